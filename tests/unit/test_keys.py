"""Upload keys: what presign creates, poll accepts, and nothing else."""

import pytest

from common.keys import create_upload_key, get_thumbnail_key, is_upload_key

ID = "0123456789abcdef0123456789abcdef"


def test_a_new_key_has_128_random_bits_and_is_an_upload_key() -> None:
    keys = {create_upload_key("png") for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key) == 32 + len(".png") and is_upload_key(key) for key in keys)


@pytest.mark.parametrize("extension", ["ps", "jpg", "heic", "jpeg2", "7z"])
def test_a_key_may_have_any_extension_of_two_to_five_characters(extension: str) -> None:
    assert is_upload_key(f"{ID}.{extension}")


@pytest.mark.parametrize(
    "key",
    [
        f"{ID[:30]}.png",
        f"{ID[:31]}.png",
        f"{ID}0.png",
        f"{ID}ab.png",
        f"{ID}.p",
        f"{ID}.pictur",
        f"{ID}.PNG",
        f"{ID.upper()}.png",
        f"{ID[:-1]}g.png",
        f"{ID}png",
        f"{ID}.png\n",
        f"{ID}.png.jpg",
        f"a/{ID}.png",
        ID,
        "",
    ],
)
def test_any_other_name_is_no_upload_key(key: str) -> None:
    assert not is_upload_key(key)


def test_the_first_thumbnails_key_is_the_uploads_and_the_others_are_numbered() -> None:
    assert [get_thumbnail_key("cat.png", *number) for number in ((), (1,), (2,), (3,))] == [
        "cat.png.jpg",
        "cat.png.jpg",
        "cat.png.2.jpg",
        "cat.png.3.jpg",
    ]
