"""A picture is read if its pixels fit into the function's memory; of a larger one, only the header is."""

import struct
from io import BytesIO

import pytest
from helpers.containers import build_jpeg_segment, build_png, build_png_chunk, build_tiff, insert_jpeg_segments
from helpers.pictures import encode
from PIL import Image

from process.errors import InvalidImage
from process.image.decode import decode, open_header
from process.image.formats.jpeg import scan_markers
from process.image.formats.png_chunks import read_chunks
from process.image.formats.tiff_pages import select_page
from process.image.limits import check_tiles
from process.image.plugins import open_file


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


# --- what costs time rather than memory ----------------------------------------------------------------------------


def make_directory(count: int, tag: int, order: str, *, big: bool) -> bytes:
    """Make a TIFF's first directory: two tags, the second with this number of values."""
    entries = ((256, 1), (tag, count))
    start, number, entry = ("8xQ", "Q", "HHQ8x") if big else ("4xI", "H", "HHI4x")
    magic = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 43 if big else 42)
    header = magic + struct.pack(order + start, 20 if big else 12)[4:]
    body = struct.pack(order + number, len(entries)) + b"".join(
        struct.pack(order + entry, name, 4, values) for name, values in entries
    )
    return header.ljust(20 if big else 12, b"\0") + body


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("tag", [273, 324])
def test_a_tiff_may_have_300_000_strips_or_tiles(tag: int, order: str, big: bool) -> None:  # noqa: FBT001  a parameter
    select_page(make_directory(300_000, tag, order, big=big))
    select_page(make_directory(10_000_000, 700, order, big=big))
    with pytest.raises(ValueError, match="too many strips or tiles"):
        select_page(make_directory(300_001, tag, order, big=big))


def load_tiled(tile: tuple[int, int]) -> Image.Image:
    """Decode a TIFF of 64x64 pixels in a tile of this size."""
    width, height = tile
    tags = [(256, 4, [64]), (257, 4, [64]), (258, 3, [8]), (259, 3, [1]), (262, 3, [1]), (277, 3, [1])]
    tags += [(322, 4, [width]), (323, 4, [height]), (324, 4, [8]), (325, 4, [width * height])]
    return decode(open_header(build_tiff(tags) + bytes(width * height)), 1.0)


def test_a_tile_of_a_tiff_may_have_4096x4096_pixels() -> None:
    assert load_tiled((4096, 4096)).size == (64, 64)
    assert load_tiled((64, 16_777_216 // 64)).size == (64, 64)
    with pytest.raises(ValueError, match="tiles are too large"):
        load_tiled((4096, 4112))


def test_strips_may_cover_a_picture_four_times() -> None:
    picture = open_file(BytesIO(encode(Image.new("L", (10, 10)), "TIFF")))
    [strip] = picture.tile
    picture.tile = [strip] * 4
    check_tiles(picture)
    picture.tile = [strip._replace(extents=(2, 1, 9, 5))] * 14
    check_tiles(picture)
    for tiles in ([strip] * 5, [strip] * 4 + [strip._replace(extents=(0, 0, 1, 1))]):
        picture.tile = tiles
        with pytest.raises(ValueError, match="tiles cover the picture too often"):
            check_tiles(picture)


def test_a_jpeg_may_have_a_thousand_segments_before_its_first_scan() -> None:
    own = scan_markers(insert_jpeg_segments(b"")).segments
    comment = build_jpeg_segment(0xFE, b"")
    assert scan_markers(insert_jpeg_segments(comment * (1000 - own))).segments == 1000
    with pytest.raises(ValueError, match="too much before the first scan"):
        scan_markers(insert_jpeg_segments(comment * (1001 - own)))


def test_a_jpeg_may_have_64_kilobytes_between_two_segments() -> None:
    assert scan_markers(insert_jpeg_segments(bytes(65_536))).scans == 1
    with pytest.raises(ValueError, match="too much before the first scan"):
        scan_markers(insert_jpeg_segments(bytes(65_537)))


def test_a_png_may_have_100_000_chunks() -> None:
    chunk = build_png_chunk(b"IDAT", b"\0")
    assert len(read_chunks(build_png((8, 8), chunk * 99_999)).pixels) == 99_999
    with pytest.raises(ValueError, match="too many chunks"):
        read_chunks(build_png((8, 8), chunk * 100_000))
