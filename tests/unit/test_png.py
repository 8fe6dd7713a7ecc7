"""Of a PNG, what affects the picture is selected, and the rest is left out."""

import struct
import zlib
from io import SEEK_CUR, SEEK_END

import pytest
from helpers.colour_files import build_cicp, build_gama, build_iccp
from helpers.containers import build_png, build_png_chunk
from helpers.icc import RED_GREEN_SWAP_PROFILE, build_cicp_profile

from process.image.code_points import CodePoints
from process.image.formats.png_chunks import Chunks, find_frame, make_file, read_chunks
from process.image.formats.png_colour import build_gamma_profile, has_usable_profile, read_code_points
from process.image.icc import find_cicp, is_profile

SIZE = (40, 30)
ANIMATION, PIXELS = build_png_chunk(b"acTL", bytes(8)), build_png_chunk(b"IDAT", b"pixels")
FRAME_PIXELS = build_png_chunk(b"fdAT", b"\0\0\0\2frame")


def read(*chunks: bytes) -> Chunks:
    return read_chunks(build_png(SIZE, *chunks))


def build_control(width: int, height: int, left: int = 0, upper: int = 0, *, after: bytes = bytes(6)) -> bytes:
    return build_png_chunk(b"fcTL", struct.pack(">5I", 1, width, height, left, upper) + after)


# --- chunks ----------------------------------------------------------------------------------------------------------


def test_the_file_that_is_made_has_only_what_affects_the_picture() -> None:
    palette, profile, gamma = build_png_chunk(b"PLTE", bytes(9)), build_iccp(b"x"), build_gama(1)
    text, other = build_png_chunk(b"tEXt", b"a\0b"), build_png_chunk(b"tRNS", b"\1")
    data = build_png(SIZE, gamma, text, palette, other, profile, PIXELS, PIXELS, text, depth=4, colours=3)
    chunks = read_chunks(data)
    assert (chunks.size, chunks.depth, chunks.colour_type) == (SIZE, 4, 3)
    kept = build_png(SIZE, palette, profile, PIXELS, PIXELS, depth=4, colours=3)
    assert make_file(data, chunks, [b"eXIf", b"iCCP"]).read() == kept


def test_the_file_that_is_made_can_be_read_in_any_order() -> None:
    data = build_png(SIZE, *[build_png_chunk(b"IDAT", bytes([number]) * number) for number in range(50)])
    file = make_file(data, read_chunks(data), [])
    for start in range(0, len(data), 7):
        file.seek(start)
        assert file.read(30) == data[start : start + 30]
        assert file.tell() == min(start + 30, len(data))
    file.seek(-20, SEEK_END)
    assert file.read(5) == data[-20:-15]
    file.seek(3, SEEK_CUR)
    assert file.read() == data[-12:]
    assert file.read() == b""


@pytest.mark.parametrize("chunk", [build_gama(0), build_png_chunk(b"gAMA", b"\1")])
def test_the_first_of_a_kind_counts_if_it_is_intact(chunk: bytes) -> None:
    assert read(chunk, build_gama(5)).find(b"gAMA") == chunk[8:-4]
    assert read(chunk[:-1] + bytes([chunk[-1] ^ 1]), build_gama(5)).find(b"gAMA") == b"\0\0\0\5"


def test_without_a_header_there_are_zeros() -> None:
    chunks = read_chunks(b"\x89PNG\r\n\x1a\n" + PIXELS)
    assert (chunks.size, chunks.depth, chunks.colour_type) == ((0, 0), 0, 0)


# --- animations ------------------------------------------------------------------------------------------------------

BOXES = {
    (40, 30, 0, 0): (0, 0, 40, 30), (1, 1, 39, 29): (39, 29, 40, 30), (8, 6, 5, 4): (5, 4, 13, 10),
    (40, 30, 1, 0): None, (40, 30, 0, 1): None, (41, 30, 0, 0): None, (0, 6, 5, 4): None, (8, 0, 5, 4): None,
    (1, 1, 40, 0): None, (1, 1, 0, 30): None,
}  # fmt: skip


@pytest.mark.parametrize("place", BOXES)
def test_a_frame_lies_inside_the_picture(place: tuple[int, int, int, int]) -> None:
    assert find_frame(read(ANIMATION, PIXELS, build_control(*place), FRAME_PIXELS)) == BOXES[place]


def test_the_first_frame_may_have_several_pieces_and_ends_with_the_next() -> None:
    later, size = build_control(8, 6), build_control(16, 9, 2, 3)
    pieces = [build_png_chunk(b"fdAT", b"\0\0\0\2" + content) for content in (b"one", b"two", b"three")]
    data = build_png(SIZE, ANIMATION, PIXELS, size, *pieces[:2], later, pieces[2], depth=8, colours=2)
    expected = [build_png_chunk(b"IDAT", content) for content in (b"one", b"two")]
    assert make_file(data, read_chunks(data), []).read() == build_png((16, 9), *expected, depth=8, colours=2)


@pytest.mark.parametrize(
    "chunks",
    [
        (PIXELS, build_control(8, 6), FRAME_PIXELS),
        (ANIMATION, build_control(8, 6), PIXELS, FRAME_PIXELS),
        (ANIMATION, build_control(8, 6), PIXELS, build_control(8, 6), FRAME_PIXELS),
        (ANIMATION, PIXELS, build_control(8, 6)),
        (ANIMATION, PIXELS, FRAME_PIXELS),
        (ANIMATION, PIXELS, build_control(8, 6, after=b""), FRAME_PIXELS),
        (PIXELS, ANIMATION, build_control(8, 6), FRAME_PIXELS),
    ],
    ids=["no animation", "the picture", "later", "no pixels", "no control", "cut off", "animated too late"],
)
def test_otherwise_the_picture_itself_is_shown(chunks: tuple[bytes, ...]) -> None:
    assert find_frame(read(*chunks)) is None


# --- colours ---------------------------------------------------------------------------------------------------------

CICP = build_cicp(9, 16)


def build_profile_chunk(name: bytes = b"name", method: int = 0, packed: bytes = b"") -> bytes:
    content = packed or zlib.compress(RED_GREEN_SWAP_PROFILE)
    return build_png_chunk(b"iCCP", name + bytes((0, method)) + content)


def test_a_profile_is_usable_if_it_can_be_decompressed() -> None:
    packed, large = zlib.compress(RED_GREEN_SWAP_PROFILE), RED_GREEN_SWAP_PROFILE.ljust(1 << 20, b"\0")
    usable = [
        build_profile_chunk(), build_profile_chunk(b"n"), build_profile_chunk(b"n" * 79),
        build_profile_chunk(packed=packed + b"more"), build_profile_chunk(packed=zlib.compress(large)),
    ]  # fmt: skip
    unusable = [
        build_profile_chunk(b""), build_profile_chunk(b"n" * 80), build_profile_chunk(method=1),
        build_profile_chunk(packed=packed[:-1]), build_profile_chunk(packed=b"\1" + packed),
        build_profile_chunk(packed=zlib.compress(large + b"\0")), build_profile_chunk(packed=zlib.compress(bytes(500))),
        build_png_chunk(b"iCCP", b"name"), build_png_chunk(b"iCCP", b"name\0"),
    ]  # fmt: skip
    assert [has_usable_profile(read(chunk)) for chunk in usable] == [True] * len(usable)
    assert [has_usable_profile(read(chunk)) for chunk in (*unusable, PIXELS)] == [False] * (len(unusable) + 1)


@pytest.mark.parametrize(
    ("gamma", "is_srgb"), [(43_182, False), (43_183, True), (45_455, True), (47_727, True), (47_728, False)]
)
def test_a_gamma_within_five_percent_of_srgbs_is_srgb(gamma: int, is_srgb: bool) -> None:  # noqa: FBT001
    assert (build_gamma_profile(read(build_gama(gamma))) is None) == is_srgb


def build_luminance(name: bytes, value: int, *, extra: bytes = b"") -> bytes:
    """Build a chunk whose greatest luminance is this, in 1/10000 cd/m²; its others are 7."""
    levels = (value, 7) if name == b"cLLI" else (7, 7, 7, 7, value, 7)
    return build_png_chunk(name, struct.pack(f">{len(levels)}I", *levels) + extra)


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ((), None),
        ((build_luminance(b"cLLI", 4_000_000),), 400),
        ((build_luminance(b"mDCV", 4_000_001),), 400.0001),
        ((build_luminance(b"mDCV", 9), build_luminance(b"cLLI", 4_000_000)), 400),
        ((build_luminance(b"mDCV", 4_000_000), build_luminance(b"cLLI", 0)), 400),
        ((build_luminance(b"mDCV", 4_000_000), build_luminance(b"cLLI", 9, extra=b"x")), 400),
        ((build_luminance(b"mDCV", 4_000_000, extra=b"x"),), None),
        ((build_luminance(b"mDCV", 0), build_luminance(b"cLLI", 0)), None),
    ],
)
def test_the_brightest_pixel_is_told_by_the_picture_or_by_its_screen(
    chunks: tuple[bytes, ...], expected: float | None
) -> None:
    assert read_code_points(read(CICP, *chunks)) == CodePoints(9, 16, expected)


def test_a_cicp_tag_is_found_in_a_profile_that_is_whole() -> None:
    profile = build_cicp_profile(9, 16)
    assert find_cicp(profile) == b"\x09\x10\0\1"
    assert find_cicp(RED_GREEN_SWAP_PROFILE) is None
    at = profile.index(b"cicp")
    assert find_cicp(profile[: at + 8] + struct.pack(">I", 13) + profile[at + 12 :]) is None
    for end in range(128, len(profile)):
        assert find_cicp(profile[:end]) in (None, *(b"\x09\x10\0\1"[:length] for length in range(4)))


def test_a_profile_is_longer_than_its_header() -> None:
    assert is_profile(RED_GREEN_SWAP_PROFILE[:129])
    assert not is_profile(RED_GREEN_SWAP_PROFILE[:128])
    assert not is_profile(RED_GREEN_SWAP_PROFILE.replace(b"acsp", b"acsq"))
