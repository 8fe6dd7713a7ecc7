"""A TIFF of any layout is read right or refused; never read wrong. Its picture is its full page."""

import struct
from collections.abc import Sequence

import pytest
from helpers.odd_layouts import GREYS, SIZE, build_layout, build_pages, list_channels, list_pictures
from helpers.pictures import BLUE, GREEN, RED, YELLOW, assert_colours, draw_quarters
from PIL import Image

from process.errors import InvalidImage
from process.image.colour import to_srgb
from process.image.decode import decode, open_header
from process.thumbnail import make_thumbnail

PICTURES = {name: data for name, data in list_pictures().items() if name.startswith("TIFF")}
COLOURS = [RED, GREEN, YELLOW, BLUE]
SMALL = Image.new("RGB", (16, 9), (128, 128, 128))
SENSOR, LINEAR_RAW = 32803, 34892


def read(data: bytes) -> Image.Image:
    return to_srgb(decode(open_header(data), 1.0))


def check_quarters(picture: Image.Image, colours: Sequence[tuple[int, ...]]) -> None:
    width, height = picture.size
    points = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    assert_colours(picture, dict(zip(points, colours, strict=True)), tolerance=2)


@pytest.mark.parametrize("name", PICTURES)
def test_an_odd_layout_shows_the_picture(name: str) -> None:
    greys = [(level, level, level) for level in GREYS]
    check_quarters(read(PICTURES[name]), greys if "grey" in name else COLOURS)


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("deflated", [False, True])
@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize("extra", [[], [1], [2]])
def test_colours_are_read_however_channels_are_stored(
    bits: int,
    order: str,
    deflated: bool,  # noqa: FBT001 - parameters of the test
    planar: bool,  # noqa: FBT001
    extra: list[int],
) -> None:
    channels = list_channels(*[255 for _ in extra])
    tags = [(338, 3, extra)] if extra else []
    check_quarters(
        read(build_layout(channels, 2, bits=bits, order=order, planar=planar, deflated=deflated, tags=tags)), COLOURS
    )


@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize("bits", [8, 16])
def test_a_premultiplied_colour_is_divided_by_its_alpha(bits: int, planar: bool) -> None:  # noqa: FBT001
    halved = [bytes(level // 2 for level in channel) for channel in list_channels(255)]
    picture = read(build_layout(halved, 2, bits=bits, planar=planar, tags=[(338, 3, [1])]))
    assert picture.getchannel("A").getextrema() in {(127, 127), (126, 127)}
    check_quarters(picture.convert("RGB"), [tuple(level // 2 * 2 for level in colour) for colour in COLOURS])


def test_planes_are_read_from_a_file_that_is_larger_than_a_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.MAXBLOCK", 512)
    check_quarters(read(PICTURES["TIFF, planes of 16 bits"]), COLOURS)


UNREADABLE = {
    "grey and alpha, planes apart": build_layout(
        [bytes(SIZE[0] * SIZE[1])] * 2, 1, planar=True, deflated=True, tags=[(338, 3, [2])]
    ),
    "a colour map and alpha, planes apart": build_layout(
        [bytes(SIZE[0] * SIZE[1])] * 2, 3, planar=True, deflated=True, tags=[(338, 3, [2]), (320, 3, [999] * 768)]
    ),
    "CIELab, planes apart": build_layout(list_channels(), 8, planar=True),
    "signed bytes": build_layout([bytes(SIZE[0] * SIZE[1])], 1, sample_format=2),
    "subsampled chroma, not compressed": build_layout(list_channels(), 6, tags=[(530, 3, [2, 2])]),
    "chroma that is subsampled by default": build_layout(list_channels(), 6),
    "a JPEG of 16 bits": build_layout(list_channels()[:1], 1, bits=16).replace(
        struct.pack("<HHII", 259, 3, 1, 1), struct.pack("<HHII", 259, 3, 1, 7)
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_layout_that_would_be_read_wrong_is_refused(name: str) -> None:
    with pytest.raises(InvalidImage, match="of a rare kind"):
        make_thumbnail(UNREADABLE[name], "")


@pytest.mark.parametrize("sub", [False, True])
@pytest.mark.parametrize("photometric", [SENSOR, LINEAR_RAW])
def test_a_camera_raw_is_refused_by_its_kind(photometric: int, sub: bool) -> None:  # noqa: FBT001
    """NEF, DNG, ARW and others are TIFFs with a reduced copy first, and the sensor's pixels after it."""
    data = build_pages((SMALL, 1), (draw_quarters(SIZE), 0), sub=sub, photometric=photometric)
    with pytest.raises(InvalidImage, match=r"camera's raw picture.*JPEG, PNG"):
        make_thumbnail(data, "")


def test_a_canon_raw_is_refused_though_its_first_page_looks_like_a_picture() -> None:
    page = build_pages((draw_quarters(SIZE), 0))
    data = page[:8] + b"CR\2\0" + page[12:]
    with pytest.raises(InvalidImage, match=r"camera's raw picture.*JPEG, PNG"):
        make_thumbnail(data, "")


@pytest.mark.parametrize(
    "start", [b"IIRO\x08\0\0\0", b"IIRS\x08\0\0\0", b"IIU\0\x18\0\0\0", b"MMOR\0\0\0\x08", b"II\x1a\0"]
)
def test_a_camera_raw_with_a_signature_of_its_own_is_refused_by_its_kind(start: bytes) -> None:
    with pytest.raises(InvalidImage, match="JPEG, PNG"):
        make_thumbnail(start + bytes(500), "")


def test_a_reduced_copy_alone_is_refused() -> None:
    for kind in (1, 4, 5):
        with pytest.raises(InvalidImage, match=r"reduced copy.*JPEG, PNG"):
            make_thumbnail(build_pages((SMALL, kind), (SMALL, kind)), "")


def test_the_first_full_page_is_taken() -> None:
    check_quarters(read(build_pages((draw_quarters(SIZE), 0), (SMALL, 0))), COLOURS)
    check_quarters(read(build_pages((draw_quarters(SIZE), 2), (SMALL, 0))), COLOURS)  # a page of a document
    check_quarters(read(build_pages((SMALL, 1), (SMALL, 5), (draw_quarters(SIZE), 0))), COLOURS)


def test_the_limits_hold_for_the_page_that_is_read() -> None:
    data = build_pages((SMALL, 1), (draw_quarters(SIZE), 0))
    width = data.rindex(struct.pack("<HHI", 256, 4, 1)) + 8
    with pytest.raises(InvalidImage, match="too large"):
        make_thumbnail(data[:width] + struct.pack("<I", 2**31) + data[width + 4 :], "")


def test_pages_that_follow_each_other_in_a_circle_end() -> None:
    data = build_pages((SMALL, 1), (SMALL, 1))
    (first,) = struct.unpack_from("<I", data, 4)
    with pytest.raises(InvalidImage, match="reduced copy"):
        make_thumbnail(data[:-4] + struct.pack("<I", first), "")


def test_a_page_of_many_fields_is_refused_and_does_not_hide_the_first() -> None:
    whole = build_pages((draw_quarters(SIZE), 0), (SMALL, 0))
    (first,) = struct.unpack_from("<I", whole, 4)
    second = first + 2 + 12 * 11 + 4
    check_quarters(read(whole[:second] + b"\xff\xff" + whole[second + 2 :]), COLOURS)
    with pytest.raises(InvalidImage, match="damaged"):
        make_thumbnail(whole[:first] + b"\xff\xff" + whole[first + 2 :], "")
