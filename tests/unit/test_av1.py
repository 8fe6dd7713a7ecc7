"""Colours are found in any sequence header of AV1: AV1 Bitstream Specification, sections 5.3 to 5.5."""

import pytest

from process.image.formats.av1 import read_colour_description

SEQUENCE_HEADER, TEMPORAL_DELIMITER, PADDING = 1, 2, 15
BT2020_PQ = (9, 16)

# Fields in the order of the specification, in bits: profile, still_picture, reduced_still_picture_header.
STILL, VIDEO, HIGH, PROFESSIONAL = "000 1 1", "000 0 0", "001 0 0", "010 0 0"
# Of a still picture, one level. Otherwise timing_info, initial_display_delay, count, and each point's level.
LEVEL = "01001"
POINT = "0 0 00000 000000000000 00101"
SIZE = "0100 0011 11111 1111"  # widths of the two numbers, then 32 and 16
STILL_TOOLS, TOOLS = "111", "0 111 1111 0 0 0"
FILTERS = "111"
COLOURS = "0 0 1 00001001 00010000 00000000"  # depth, mono_chrome, color_description_present_flag, code points
HEADERS = {
    "a still picture": (STILL, LEVEL, SIZE, STILL_TOOLS, FILTERS, COLOURS),
    "video": (VIDEO, POINT, SIZE, TOOLS, FILTERS, COLOURS),
    "4:4:4, which is never monochrome": (HIGH, POINT, SIZE, TOOLS, FILTERS, "1 1 00001001 00010000 00000000"),
    "ten bits": (VIDEO, POINT, SIZE, TOOLS, FILTERS, "1 0 1 00001001 00010000 00000000"),
    "twelve bits": (PROFESSIONAL, POINT, SIZE, TOOLS, FILTERS, "1 1 0 1 00001001 00010000 00000000"),
    "eight bits of the professional profile": (PROFESSIONAL, POINT, SIZE, TOOLS, FILTERS, COLOURS),
    "two points, one of a level with tiers": (
        VIDEO, "0 0 00001", "000000000000 00111", "000000000000 01000 1", SIZE, TOOLS, FILTERS, COLOURS,
    ),
    "display delays": (
        VIDEO, "0 1 00001", "000000000000 00101 1 1111", "000000000000 00101 0", SIZE, TOOLS, FILTERS, COLOURS,
    ),
    "timing": (VIDEO, f"1 {1:032b} {30:032b} 0 0", POINT[2:], SIZE, TOOLS, FILTERS, COLOURS),
    "equal intervals": (VIDEO, f"1 {1:032b} {30:032b} 1 00101 0", POINT[2:], SIZE, TOOLS, FILTERS, COLOURS),
    "a decoder model": (
        VIDEO, f"1 {1:032b} {30:032b} 0 1 00010 {1:032b} 00101 00111", "0 00001", "000000000000 00101 1 101 110 1",
        "000000000000 00101 0", SIZE, TOOLS, FILTERS, COLOURS,
    ),
    "frame numbers": (VIDEO, POINT, SIZE, "1 1010 101", TOOLS[2:], FILTERS, COLOURS),
    "order hints": (VIDEO, POINT, SIZE, "0 111 1111 1 11 0 0 101", FILTERS, COLOURS),
    "tools for screens, by frame": (VIDEO, POINT, SIZE, "0 111 1111 0 1 1", FILTERS, COLOURS),
    "tools for screens, always": (VIDEO, POINT, SIZE, "0 111 1111 0 0 1 0 1", FILTERS, COLOURS),
}  # fmt: skip


def pack(*fields: str) -> bytes:
    bits = "".join(fields).replace(" ", "")
    bits += "1" + "0" * (-len(bits) - 1 & 7)  # trailing bits: section 5.3.4
    return int(bits, 2).to_bytes(len(bits) // 8)


def build_unit(kind: int, content: bytes, *, layer: bool = False, length_bytes: int = 1) -> bytes:
    """Build an open bitstream unit; `layer` adds an extension, and a length may have more bytes than it needs."""
    lengths = [len(content) >> 7 * index & 127 | 128 for index in range(length_bytes)]
    lengths[-1] &= 127
    return bytes((kind << 3 | layer << 2 | 2, *([8] if layer else []), *lengths)) + content


HEADER = pack(*HEADERS["video"])


@pytest.mark.parametrize("name", HEADERS)
def test_colours_are_found_behind_all_that_a_header_may_hold(name: str) -> None:
    assert read_colour_description(build_unit(SEQUENCE_HEADER, pack(*HEADERS[name])), 0) == BT2020_PQ


def test_a_header_need_not_describe_colours() -> None:
    header = pack(STILL, LEVEL, SIZE, STILL_TOOLS, FILTERS, "0 0 0 11111111")
    assert read_colour_description(build_unit(SEQUENCE_HEADER, header), 0) == (2, 2)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        build_unit(TEMPORAL_DELIMITER, b""),
        build_unit(PADDING, b"\x0a" * 5, layer=True),
        build_unit(PADDING, b"\x0a" * 300, length_bytes=2),
        build_unit(PADDING, b"\x0a" * 5, length_bytes=8),
        build_unit(PADDING, b"\x0a") * 9,
    ],
)
def test_the_header_is_found_behind_other_units(before: bytes) -> None:
    start = b"skipped"
    for layer in (False, True):
        data = start + before + build_unit(SEQUENCE_HEADER, HEADER, layer=layer) + b"\x0a\x02\0\0"
        assert read_colour_description(data, len(start)) == BT2020_PQ


def test_the_last_unit_needs_no_length() -> None:
    assert read_colour_description(build_unit(TEMPORAL_DELIMITER, b"") + b"\x08" + HEADER, 0) == BT2020_PQ


@pytest.mark.parametrize("data", [b"", build_unit(PADDING, b"\x0a" * 5)])
def test_without_a_header_nothing_is_known(data: bytes) -> None:
    assert read_colour_description(data, 0) is None


def test_only_ten_units_are_searched() -> None:
    assert read_colour_description(build_unit(PADDING, b"") * 10 + build_unit(SEQUENCE_HEADER, HEADER), 0) is None


@pytest.mark.parametrize(("end", "expected"), [(4, (2, 2)), (5, (0, 0)), (6, (9, 0)), (7, BT2020_PQ)])
def test_what_is_cut_off_reads_as_zeros(end: int, expected: tuple[int, int]) -> None:
    """The description begins after 36 bits."""
    header = pack(STILL, LEVEL, SIZE, STILL_TOOLS, FILTERS, COLOURS)
    assert read_colour_description(b"\x08" + header[:end], 0) == expected
