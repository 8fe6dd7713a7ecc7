"""A picture is read if its pixels fit into the function's memory; of a larger one, only the header is."""

import struct

import pytest
from helpers.containers import build_png, build_png_chunk
from helpers.pictures import encode
from PIL import Image

from process.errors import InvalidImage
from process.image.decode import open_header


def make_png(width: int, height: int) -> bytes:
    """Make a PNG whose header claims a size; it has hardly any pixels."""
    return build_png((width, height), build_png_chunk(b"IDAT", b"\0"))


def make_jpeg(width: int, height: int, *, progressive: bool = False) -> bytes:
    data = encode(Image.new("L", (8, 8)), "JPEG", progressive=progressive)
    size = data.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return data[:size] + struct.pack(">HH", height, width) + data[size + 4 :]


def test_64_megapixels_are_read() -> None:
    assert open_header(make_png(8000, 8000)).size == (8000, 8000)
    assert open_header(make_jpeg(8000, 8000, progressive=True)).size == (8000, 8000)


@pytest.mark.parametrize("size", [(8000, 8001), (10_000, 6500), (64_000_001, 1)])
def test_a_picture_of_more_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidImage, match=f"{size[0]}x{size[1]} pixels, and at most 64 megapixels"):
        open_header(make_png(*size))


def test_a_jpeg_that_is_scaled_down_while_it_is_read_may_have_250_megapixels() -> None:
    assert open_header(make_jpeg(20_000, 12_500)).size == (20_000, 12_500)


@pytest.mark.parametrize("size", [(20_000, 12_501), (16_000, 16_250)])
def test_a_jpeg_of_more_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidImage, match=f"{size[0]}x{size[1]} pixels, and at most 250 megapixels"):
        open_header(make_jpeg(*size))


def test_a_progressive_jpeg_has_the_lower_limit() -> None:
    """All of its coefficients are kept in memory."""
    with pytest.raises(InvalidImage, match="at most 64 megapixels"):
        open_header(make_jpeg(10_000, 6500, progressive=True))
