"""BMPs show what Chromium shows; the expected values were read from its canvas."""

import pytest
from helpers.icc import RED_GREEN_SWAP_PROFILE
from helpers.odd_layouts import (
    PALETTE,
    SIZE,
    build_bmp_file,
    build_masked_bmp,
    build_profiled_bmp,
    build_runs_bmp,
    list_pictures,
)
from helpers.pictures import BLUE, GREEN, RED, YELLOW, assert_colours, assert_quarters, encode
from PIL import Image

from process.errors import InvalidImage
from process.image.colour import to_srgb
from process.image.decode import decode, open_header
from process.thumbnail import make_thumbnail

PICTURES = {name: data for name, data in list_pictures().items() if name.startswith("BMP")}
BOX = (0, 0, *SIZE)
LEFT, RIGHT = (8, 4), (24, 4)
BLACK = (0, 0, 0)
ARGB, ARGB16 = (0xFF0000, 0xFF00, 0xFF, 0xFF000000), (0xF00, 0xF0, 0xF, 0xF000)


def read(data: bytes) -> Image.Image:
    return to_srgb(decode(open_header(data), 1.0))


@pytest.mark.parametrize("name", PICTURES)
def test_an_odd_layout_shows_the_picture(name: str) -> None:
    assert_quarters(read(PICTURES[name]), BOX)


@pytest.mark.parametrize("alpha", [0, 136])
@pytest.mark.parametrize(("bits", "masks"), [(16, ARGB16), (32, ARGB), (32, (0xFF, 0xFF00, 0xFF0000, 0xFF000000))])
@pytest.mark.parametrize(("header", "compression"), [(56, 3), (108, 3), (124, 3), (40, 6)])
def test_a_mask_of_alpha_makes_transparent(
    bits: int, masks: tuple[int, ...], header: int, compression: int, alpha: int
) -> None:
    picture = read(build_masked_bmp(bits, masks, alpha=alpha, header=header, compression=compression))
    assert picture.getchannel("A").getpixel(LEFT) == alpha
    assert picture.getchannel("A").getpixel(RIGHT) == 255


@pytest.mark.parametrize(("header", "mode"), [(56, "RGB"), (108, "RGBA"), (124, "RGBA")])
def test_without_bit_fields_only_the_largest_headers_have_alpha(header: int, mode: str) -> None:
    assert read(build_masked_bmp(32, ARGB, alpha=0, header=header, compression=0)).mode == mode


@pytest.mark.parametrize(
    ("bits", "masks", "tolerance"), [(16, (0x7C00, 0x3E0, 0x1F), 4), (32, (0xFF0000, 0xFF00, 0xFF), 0)]
)
@pytest.mark.parametrize("given", [(), (0xF800, 0x7E0, 0x1F)])
def test_without_bit_fields_masks_are_the_usual_ones(
    bits: int, masks: tuple[int, ...], tolerance: int, given: tuple[int, ...]
) -> None:
    """Masks in the header count only with bit fields."""
    data = build_masked_bmp(bits, masks, header=40, compression=0)
    start, pixels = 14 + 40, data[14 + 40 + 12 :]
    head = data[:10] + (start + 4 * len(given)).to_bytes(4, "little") + data[14:start]
    picture = read(head + b"".join(mask.to_bytes(4, "little") for mask in given) + pixels)
    assert picture.mode == "RGB"
    assert_colours(picture, {LEFT: RED, RIGHT: GREEN, (8, 14): YELLOW, (24, 14): BLUE}, tolerance)


def test_a_picture_that_is_transparent_all_over_stays_so() -> None:
    picture = read(build_masked_bmp(16, (0x7C00, 0x3E0, 0x1F, 0x8000), alpha=0))
    assert picture.getchannel("A").getpixel(LEFT) == 0


def test_a_channel_without_bits_is_black() -> None:
    assert_colours(read(build_masked_bmp(32, (0, 0xFF00, 0xFF))), {LEFT: (0, *RED[1:]), RIGHT: (0, *GREEN[1:])})
    assert_colours(read(build_masked_bmp(32, (0, 0, 0))), {LEFT: BLACK, RIGHT: BLACK})


def test_pixels_that_runs_skip_are_black() -> None:
    assert_colours(read(build_runs_bmp(gaps=True)), {LEFT: RED, RIGHT: BLACK, (8, 14): YELLOW})


def test_a_run_is_cut_off_at_the_end_of_its_row() -> None:
    rows = bytes((16, 0, 200, 1, 0, 0)) * SIZE[1]
    assert_colours(
        read(build_bmp_file(8, rows, compression=1, after=PALETTE.ljust(1024, b"\0"))), {LEFT: RED, RIGHT: GREEN}
    )


@pytest.mark.parametrize(("bits", "compression", "colours"), [(4, 2, [RED, GREEN, RED, GREEN]), (8, 1, [RED] * 4)])
def test_literal_pixels_are_padded_to_an_even_number_of_bytes(
    bits: int, compression: int, colours: list[tuple[int, ...]]
) -> None:
    row = b"\0\x05\x01\x01\x01\0" if bits == 4 else b"\0\x05\0\0\0\0\0\0"
    after = PALETTE.ljust(4 << bits, b"\0")
    picture = read(build_bmp_file(bits, (row + b"\0\0") * SIZE[1], compression=compression, after=after))
    assert_colours(picture, {(x, 4): colour for x, colour in enumerate(colours)} | {(5, 4): BLACK})


def build_rows(*rows: bytes) -> bytes:
    """Build a BMP in RLE8 whose bottom rows are these; what follows their end is not heeded."""
    runs = b"".join(row + b"\0\0" for row in rows) + b"\0\1" + bytes((SIZE[0], 1)) * 4
    return build_bmp_file(8, runs, compression=1, after=PALETTE.ljust(1024, b"\0"))


def test_runs_may_jump_to_the_right_and_up() -> None:
    """Colours are numbered red, green, yellow and blue; the first row is the bottom one."""
    bottom = SIZE[1] - 1
    picture = read(build_rows(b"\2\0\0\2\3\1\2\1", b"\1\3"))
    expected = {(0, bottom): RED, (1, bottom): RED, (2, bottom): BLACK, (5, bottom): BLACK}
    expected |= {(4, bottom - 1): BLACK, (5, bottom - 1): GREEN, (6, bottom - 1): GREEN, (7, bottom - 1): BLACK}
    expected |= {(0, bottom - 2): BLUE, (1, bottom - 2): BLACK, (0, bottom - 3): BLACK, (0, bottom - 4): BLACK}
    assert_colours(picture, expected)


def test_after_literal_pixels_more_may_follow_in_their_row() -> None:
    bottom = SIZE[1] - 1
    picture = read(build_rows(b"\0\3\0\1\2\0" + b"\1\3" + b"\0\4\1\1\1\1" + b"\1\2"))
    colours = [RED, GREEN, YELLOW, BLUE, GREEN, GREEN, GREEN, GREEN, YELLOW, BLACK]
    assert_colours(picture, {(x, bottom): colour for x, colour in enumerate(colours)})


def test_runs_of_half_bytes_take_turns() -> None:
    row = b"\5\x01\2\x23\0\0"
    picture = read(build_bmp_file(4, row * SIZE[1], compression=2, after=PALETTE.ljust(64, b"\0")))
    colours = [RED, GREEN, RED, GREEN, RED, YELLOW, BLUE, BLACK]
    assert_colours(picture, {(x, y): colour for x, colour in enumerate(colours) for y in (0, 17)})


def test_os2s_runs_of_24_bits_are_read() -> None:
    red, green, blue = (bytes(colour[::-1]) for colour in (RED, GREEN, BLUE))
    row = b"\2" + red + b"\0\3" + green + blue + red + b"\0" + b"\1" + blue + b"\0\2\2\0" + b"\x40" + green + b"\0\0"
    picture = read(build_bmp_file(24, row * SIZE[1], header=64, compression=4, after=bytes(24)))
    colours = [RED, RED, GREEN, BLUE, RED, BLUE, BLACK, BLACK, GREEN]
    assert_colours(picture, {(x, y): colour for x, colour in enumerate(colours) for y in (0, 9, 17)})
    assert_colours(picture, {(SIZE[0] - 1, 17): GREEN})


@pytest.mark.parametrize("position", [0, 5, 255])
def test_skipped_pixels_have_the_first_black_of_the_palette(position: int) -> None:
    palette = b"\xff" * 4 * position + b"\0\0\0\xff" + b"\xff" * 4 * (255 - position)
    picture = read(build_bmp_file(8, b"\0\1", compression=1, after=palette))
    assert_colours(picture, {LEFT: BLACK, RIGHT: BLACK})


def test_without_black_in_the_palette_skipped_pixels_have_its_first_colour() -> None:
    palette = bytes((*RED[::-1], 0)) + b"\xff" * 4 * 255
    assert_colours(read(build_bmp_file(8, b"\0\1", compression=1, after=palette)), {LEFT: RED, RIGHT: RED})


@pytest.mark.parametrize(("bits", "compression"), [(4, 1), (8, 2), (24, 1), (8, 4), (1, 3), (8, 3), (32, 2)])
@pytest.mark.parametrize("header", [40, 64])
def test_a_compression_that_does_not_fit_the_bits_is_refused(bits: int, compression: int, header: int) -> None:
    data = build_bmp_file(bits, bytes(5000), header=header, compression=compression, after=bytes(1024))
    with pytest.raises(InvalidImage, match="of a rare kind"):
        make_thumbnail(data, "")


@pytest.mark.parametrize("header", [39, 48, 60, 128])
def test_an_unknown_header_is_refused(header: int) -> None:
    data = build_bmp_file(24, bytes(5000), header=header, after=bytes(200))
    with pytest.raises(InvalidImage, match="of a rare kind"):
        make_thumbnail(data, "")


@pytest.mark.parametrize("width", [29, 30, 31, 33])
@pytest.mark.parametrize("bits", [1, 4, 8, 24, 32])
def test_rows_are_padded_to_32_bits(bits: int, width: int) -> None:
    """The left column is red, the others green."""
    pixels = [0] + [1] * (width - 1)
    if bits <= 8:
        stored = "".join(format(index, f"0{bits}b") for index in pixels)
    else:
        colours = [int.from_bytes(bytes(colour)) for colour in (RED, GREEN)]
        stored = "".join(colours[index].to_bytes(bits // 8, "little").hex() for index in pixels)
        stored = "".join(format(int(digit, 16), "04b") for digit in stored)
    stored += "0" * (-len(stored) % 32)
    row = int(stored, 2).to_bytes(len(stored) // 8)
    palette = PALETTE[: 4 << bits].ljust(4 << bits, b"\0") if bits <= 8 else b""
    data = build_bmp_file(bits, row * SIZE[1], after=palette)
    picture = read(data[:18] + width.to_bytes(4, "little") + data[22:])
    assert_colours(picture, {(x, y): GREEN if x else RED for x in (0, 1, width - 1) for y in (0, 9, 17)})


def test_indices_beyond_the_palette_are_black() -> None:
    data = build_bmp_file(8, bytes([200]) * SIZE[0] * SIZE[1], after=PALETTE[:8].ljust(1024, b"\x40"))
    few = data[:46] + b"\2" + data[47:]  # the number of colours
    assert_colours(read(few), {LEFT: BLACK})


def test_an_embedded_profile_counts() -> None:
    swapped = read(build_profiled_bmp(RED_GREEN_SWAP_PROFILE))
    assert_colours(swapped, {LEFT: (RED[1], RED[0], RED[2]), RIGHT: (GREEN[1], GREEN[0], GREEN[2])}, tolerance=20)


@pytest.mark.parametrize("compression", [4, 5, 11])
def test_a_bmp_around_another_format_is_refused(compression: int) -> None:
    """Chromium shows none of them."""
    with pytest.raises(InvalidImage, match="of a rare kind"):
        make_thumbnail(build_bmp_file(24, bytes(5000), compression=compression), "")


def test_a_bmp_of_one_pixel_is_read() -> None:
    picture = Image.new("RGB", (1, 1), RED)
    assert_colours(read(encode(picture, "BMP")), {(0, 0): RED})


def test_a_truncated_bmp_is_refused() -> None:
    for name in ("BMP, 32 bits, 11-11-10", "BMP, runs", "BMP, 2 bits"):
        with pytest.raises(InvalidImage, match="damaged"):
            make_thumbnail(PICTURES[name][:-20], "")
