"""A JPEG's markers tell whether it is complete, and whether it can be scaled down while it is read."""

import pytest
from helpers.containers import build_multiscan_jpeg
from helpers.pictures import draw_quarters, encode
from PIL import Image

from process.errors import InvalidImage
from process.image.decode import decode, open_header
from process.image.formats.jpeg import complete, scan_markers
from process.thumbnail import make_thumbnail

BASELINE, PROGRESSIVE = (encode(draw_quarters(), "JPEG", progressive=progressive) for progressive in (False, True))
GREY = encode(draw_quarters().convert("L"), "JPEG")
END = b"\xff\xd9"


@pytest.mark.parametrize(
    ("data", "components", "is_streamable"), [(BASELINE, 3, True), (PROGRESSIVE, 3, False), (GREY, 1, True)]
)
def test_only_a_sequential_jpeg_is_streamable(data: bytes, components: int, is_streamable: bool) -> None:  # noqa: FBT001  a parameter
    markers = scan_markers(data)
    assert markers.components == components
    assert markers.is_streamable == is_streamable
    assert markers.is_interleaved
    assert markers.has_all_finest_scans
    assert (markers.scans == 1) == is_streamable


@pytest.mark.parametrize("data", [BASELINE, PROGRESSIVE, GREY], ids=["baseline", "progressive", "grey"])
def test_an_end_marker_is_added_where_it_is_missing(data: bytes) -> None:
    assert scan_markers(data).has_eoi
    assert scan_markers(data + b"trailing bytes").has_eoi
    assert complete(data, scan_markers(data)) is data
    for cut in (data[:-2], data[:-2] + bytes(1000)):
        markers = scan_markers(cut)
        assert not markers.has_eoi
        assert complete(cut, markers) == data


@pytest.mark.parametrize("scans", [10, 20])
def test_scans_are_counted(scans: int) -> None:
    assert scan_markers(build_multiscan_jpeg((16, 16), scans)).scans == scans


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("level", [125, 126, 128, 130, 131])
def test_a_jpeg_without_end_marker_whose_last_pixel_is_grey_filler_is_refused(
    level: int,
    progressive: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """With its end marker, it is a grey picture."""
    picture = Image.new("L", (64, 64), 40)
    picture.paste(level, (48, 48, 64, 64))
    data = encode(picture, "JPEG", quality=100, progressive=progressive)
    assert decode(open_header(data), 1.0).getpixel((63, 63)) == level
    if 126 <= level <= 130:
        with pytest.raises(InvalidImage):
            make_thumbnail(data[:-2], "")
    else:
        make_thumbnail(data[:-2], "")


@pytest.mark.parametrize(
    ("scale", "width"),
    [(1.0, 320), (0.45, 320), (0.44, 160), (0.23, 160), (0.22, 80), (0.12, 80), (0.10, 40)],
)
def test_a_jpeg_is_decoded_at_the_smallest_scale_that_is_1_125_times_what_is_shown(scale: float, width: int) -> None:
    assert decode(open_header(BASELINE), scale).size == (width, width * 9 // 16 + (width * 9 % 16 > 0))
