"""Uploads that name an earlier upload as their source."""

import pytest

from common.keys import create_upload_key
from process.errors import InvalidImage
from process.upload import Upload, follow_source

KEY = "0123456789abcdef0123456789abcdef.jpg"
PHOTO = Upload(b"photo", {"filename": "cat.jpg", "text": "Old", "look": "panel"})


def fetch_photo(key: str) -> Upload:
    assert key == KEY
    return PHOTO


def never_fetch(key: str) -> Upload:
    raise AssertionError(key)


def test_an_upload_without_a_source_stays_as_it_is() -> None:
    upload = Upload(b"picture", {"text": "Hello"})
    assert follow_source(upload, never_fetch) is upload


def test_the_picture_is_the_sources_and_title_and_options_are_the_uploads_own() -> None:
    followed = follow_source(Upload(b"", {"source": KEY, "text": "New", "fit": "crop"}), fetch_photo)
    assert followed.picture == b"photo"
    assert {name: value for name, value in followed.values.items() if name not in ("source", "filename")} == {
        "text": "New",
        "fit": "crop",
    }


@pytest.mark.parametrize(
    ("own", "source", "filename"),
    [
        ({}, {"filename": "cat.jpg"}, "cat.jpg"),
        ({"filename": "dog.jpg"}, {"filename": "cat.jpg"}, "dog.jpg"),
        ({}, {}, KEY),
    ],
)
def test_the_filename_is_the_uploads_own_or_else_the_sources(
    own: dict[str, str], source: dict[str, str], filename: str
) -> None:
    followed = follow_source(Upload(b"", {"source": KEY, **own}), lambda _: Upload(b"photo", source))
    assert followed.values["filename"] == filename


def test_what_was_uploaded_beside_a_source_is_ignored() -> None:
    assert follow_source(Upload(b"another picture", {"source": KEY}), fetch_photo).picture == b"photo"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "cat.jpg",
        "by hand/cat.jpg",
        "../processed/cat.jpg",
        f"x/{KEY}",
        f"{KEY}\n",
        f"{KEY}?versionId=1",
        KEY.upper(),
        KEY.removesuffix(".jpg"),
        f"{KEY}.2.jpg",
    ],
)
def test_a_source_that_presign_never_named_is_refused_and_not_read(name: str) -> None:
    with pytest.raises(InvalidImage, match="POST /generate-presigned-url returned"):
        follow_source(Upload(b"", {"source": name}), never_fetch)


def test_a_source_that_has_a_source_is_refused() -> None:
    chained = Upload(b"", {"source": create_upload_key("jpg")})
    with pytest.raises(InvalidImage, match="has a source itself"):
        follow_source(Upload(b"", {"source": KEY}), lambda _: chained)


def test_an_upload_that_names_itself_is_refused() -> None:
    own = Upload(b"", {"source": KEY})
    with pytest.raises(InvalidImage, match="has a source itself"):
        follow_source(own, lambda _: own)
