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
from helpers.pictures import GREEN, RED, YELLOW, assert_colours, assert_quarters, encode
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
