"""The list of photos that titles are measured on."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from benchmarks import photos
from benchmarks.inputs import GENERATED
from PIL import Image

from user_error import UserError

_LISTING: dict[str, Any] = json.loads(Path(photos.__file__).with_name("photos.json").read_text())
_ENTRIES = _LISTING["photos"] + _LISTING["generated"]


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry["file"])
def test_every_photo_has_a_title_of_two_to_eight_words_and_a_split(entry: dict[str, Any]) -> None:
    assert 2 <= len(entry["title"].split()) <= 8
    assert entry["split"] in {"tune", "judge"}
    assert all(left < right and top < bottom for left, top, right, bottom in entry.get("faces", []))


def test_no_photo_and_no_title_is_listed_twice() -> None:
    for key in ("file", "title"):
        assert max(Counter(entry[key] for entry in _ENTRIES).values()) == 1


def test_every_generated_picture_is_listed() -> None:
    assert {entry["file"] for entry in _LISTING["generated"]} == set(GENERATED)


def test_every_photo_is_in_a_listed_package_with_a_licence() -> None:
    assert {photo["package"] for photo in _LISTING["photos"]} == {package["name"] for package in _LISTING["packages"]}
    assert all(package["licence"] and len(package["sha256"]) == 64 for package in _LISTING["packages"])


def test_both_splits_are_about_as_large() -> None:
    sizes = Counter(entry["split"] for entry in _ENTRIES)
    assert abs(sizes["tune"] - sizes["judge"]) <= 0.1 * len(_ENTRIES)


def test_titles_come_from_the_manifest_of_a_folder(tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        Image.new("RGB", (8, 4)).save(tmp_path / name)
    entries = [{"file": "one.png", "title": "A title", "faces": [[0, 0, 2, 2]]}, {"file": "two.png"}]
    (tmp_path / "manifest.json").write_text(json.dumps(entries))
    one, two = photos.list_photos(tmp_path)
    assert (one.title, one.faces, one.size) == ("A title", ((0, 0, 2, 2),), (8, 4))
    assert (two.title, two.faces) == (None, ())


def test_without_npm_an_npm_package_cannot_be_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    package = {"name": "pictures", "version": "1.0.0"}
    with pytest.raises(UserError, match=r"npm cannot download pictures-1\.0\.0\.tgz"):
        photos._download(package, tmp_path / "pictures-1.0.0.tgz")  # noqa: SLF001  there is no network in a test
