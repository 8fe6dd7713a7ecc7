"""Colours are found in the boxes of AVIF and HEIC, however they are laid out: ISO/IEC 14496-12 and 23008-12."""

import struct
from collections.abc import Sequence

import pytest

from process.image.formats.isobmff import ColourProperties, read_colour_properties

P3, OTHER = (12, 13), (9, 16)
ITEM = 7


def build_box(name: bytes, content: bytes, *, size: str = "compact") -> bytes:
    """Build a box: its size in 32 bits, in 64, or left open up to the end of what is around it."""
    if size == "large":
        return struct.pack(">I4sQ", 1, name, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8 if size == "compact" else 0, name) + content


def build_full_box(name: bytes, content: bytes, *, version: int = 0, flags: int = 0) -> bytes:
    return build_box(name, struct.pack(">I", version << 24 | flags) + content)


def build_nclx(code_points: tuple[int, int]) -> bytes:
    return build_box(b"colr", struct.pack(">4sHHHB", b"nclx", *code_points, 6, 0x80))


def build_clli(luminance: int) -> bytes:
    return build_box(b"clli", struct.pack(">HH", luminance, 99))


ICC, SIZE = build_box(b"colr", b"prof" + b"\0\1\0\2" * 8), build_box(b"ispe", bytes(12))
SHORT_ID = build_full_box(b"pitm", struct.pack(">H", ITEM))
PROPERTIES = (SIZE, build_nclx(OTHER), build_nclx(P3), build_clli(400), build_clli(0), ICC)


def build_associations(
    *owned: tuple[int, Sequence[int]], wide_ids: bool = False, wide_numbers: bool = False, essential: bool = False
) -> bytes:
    """Build an ipma box: of each item, the numbers of its properties."""
    content = struct.pack(">I", len(owned))
    for item, numbers in owned:
        content += struct.pack(">IB" if wide_ids else ">HB", item, len(numbers))
        bit = (0x8000 if wide_numbers else 0x80) * essential
        content += struct.pack(f">{len(numbers)}{'H' if wide_numbers else 'B'}", *(number | bit for number in numbers))
    return build_full_box(b"ipma", content, version=int(wide_ids), flags=int(wide_numbers))


def build_item_file(
    *,
    primary: bytes = SHORT_ID,
    properties: Sequence[bytes] = PROPERTIES,
    associations: bytes = build_associations((ITEM, [1, 3])),
    locations: bytes = build_full_box(b"iloc", bytes(4)),
) -> bytes:
    container = build_box(b"iprp", build_box(b"ipco", b"".join(properties)) + associations)
    return build_box(b"ftyp", b"avif\0\0\0\0") + build_full_box(b"meta", primary + locations + container)


@pytest.mark.parametrize(
    "associations",
    [
        build_associations((ITEM, [1, 3])),
        build_associations((ITEM, [1, 3]), essential=True),
        build_associations((ITEM, [1, 3]), wide_numbers=True, essential=True),
        build_associations((ITEM, [1, 3]), wide_ids=True),
        build_associations((1, [2]), (2, []), (ITEM, [3]), (8, [2])),
        build_associations((1, [2]), (2, [1, 2]), (ITEM, [3]), wide_ids=True, wide_numbers=True),
        build_associations((ITEM, [0, 3])),
        build_associations((ITEM, [3, 2])),
        build_associations((ITEM, [6, 3])),
    ],
)
def test_the_properties_of_the_primary_item_count(associations: bytes) -> None:
    assert read_colour_properties(build_item_file(associations=associations)).nclx == P3


@pytest.mark.parametrize("numbers", [[], [0], [1], [6]])
def test_an_item_may_have_no_code_points(numbers: list[int]) -> None:
    data = build_item_file(associations=build_associations((1, [2]), (ITEM, numbers)))
    assert read_colour_properties(data).nclx is None


def test_an_item_number_may_have_32_bits() -> None:
    primary = build_full_box(b"pitm", struct.pack(">I", 1 << 16 | ITEM), version=1)
    associations = build_associations((1, [2]), (1 << 16 | ITEM, [3]), wide_ids=True)
    assert read_colour_properties(build_item_file(primary=primary, associations=associations)).nclx == P3


@pytest.mark.parametrize(("numbers", "expected"), [([3], None), ([3, 4], 400), ([4, 3], 400), ([5], None)])
def test_the_brightest_pixel_may_be_told(numbers: list[int], expected: int | None) -> None:
    data = build_item_file(associations=build_associations((ITEM, numbers)))
    assert read_colour_properties(data).max_luminance == expected


@pytest.mark.parametrize("size", ["large", "open"])
def test_boxes_may_have_large_or_open_sizes(size: str) -> None:
    first = build_box(b"ispe", bytes(12), size="large")
    nclx = build_box(b"colr", struct.pack(">4sHHHB", b"nclx", *P3, 6, 0x80), size=size)
    data = build_item_file(properties=(first, nclx), associations=build_associations((ITEM, [2])))
    assert read_colour_properties(data).nclx == P3


@pytest.mark.parametrize("length", range(8))
def test_bytes_too_few_for_a_box_are_skipped(length: int) -> None:
    data = build_item_file(properties=(*PROPERTIES, b"\1" * length))
    assert read_colour_properties(data + b"\1" * length).nclx == P3


def test_a_box_that_is_smaller_than_its_header_ends_the_boxes() -> None:
    for broken in (struct.pack(">I4s", 7, b"free"), struct.pack(">I4sQ", 1, b"free", 15)):
        data = build_item_file(properties=(build_nclx(P3), broken, build_nclx(OTHER)))
        assert read_colour_properties(data) == ColourProperties()


def build_locations(version: int, *items: bytes, sizes: tuple[int, int, int, int] = (4, 4, 0, 0)) -> bytes:
    """Build an iloc box; sizes in bytes of offsets, lengths, base offsets and indices."""
    offset, length, base, index = sizes
    count = struct.pack(">I" if version > 1 else ">H", len(items))
    content = bytes((offset << 4 | length, base << 4 | index)) + count + b"".join(items)
    return build_full_box(b"iloc", content, version=version)


OTHER_ITEM = struct.pack(">HHH", 1, 0, 2) + struct.pack(">4I", 11, 12, 13, 14)
LOCATIONS = {
    "an offset": (build_locations(0, struct.pack(">3HII", ITEM, 0, 1, 500, 60)), 500),
    "after another item": (build_locations(0, OTHER_ITEM, struct.pack(">3HII", ITEM, 0, 1, 500, 60)), 500),
    "of two extents the first": (build_locations(0, struct.pack(">3H4I", ITEM, 0, 2, 500, 60, 700, 60)), 500),
    "a base offset": (
        build_locations(0, struct.pack(">HHIHII", ITEM, 0, 300, 1, 500, 60), sizes=(4, 4, 4, 0)), 800,
    ),
    "only a base offset": (build_locations(0, struct.pack(">HHIHI", ITEM, 0, 300, 1, 60), sizes=(0, 4, 4, 0)), 300),
    "64 bits": (build_locations(0, struct.pack(">HHHQQ", ITEM, 0, 1, 1 << 32, 60), sizes=(8, 8, 0, 0)), 1 << 32),
    "version 0 has no indices": (
        build_locations(0, OTHER_ITEM, struct.pack(">3HII", ITEM, 0, 1, 500, 60), sizes=(4, 4, 0, 4)), 500,
    ),
    "version 1": (build_locations(1, struct.pack(">4HII", ITEM, 0, 0, 1, 500, 60)), 500),
    "indices": (
        build_locations(
            1, struct.pack(">4H6I", 1, 0, 0, 2, *range(6)), struct.pack(">4H3I", ITEM, 0, 0, 1, 9, 500, 60),
            sizes=(4, 4, 0, 4),
        ), 500,
    ),
    "version 2": (build_locations(2, struct.pack(">I3HII", ITEM, 0, 0, 1, 500, 60)), 500),
    "in the box idat, not in the file": (build_locations(1, struct.pack(">4HII", ITEM, 1, 0, 1, 500, 60)), None),
    "no extent": (build_locations(0, struct.pack(">3H", ITEM, 0, 0)), None),
    "of another item": (build_locations(0, OTHER_ITEM), None),
}  # fmt: skip


@pytest.mark.parametrize("name", LOCATIONS)
def test_the_coded_picture_is_located(name: str) -> None:
    locations, expected = LOCATIONS[name]
    assert read_colour_properties(build_item_file(locations=locations)) == ColourProperties(P3, None, expected)


def build_sequence(
    *children: bytes, offsets: bytes = build_full_box(b"stco", struct.pack(">III", 2, 500, 900))
) -> bytes:
    """Build a file of two tracks; the first track's picture has these boxes."""
    entry = build_box(b"av01", bytes(78) + b"".join(children))
    tracks = b""
    for description in (build_full_box(b"stsd", struct.pack(">I", 1) + entry), build_full_box(b"stsd", bytes(4))):
        samples = build_box(b"stbl", description + build_full_box(b"stts", bytes(4)) + offsets)
        media = build_box(b"mdia", build_box(b"mdhd", bytes(24)) + build_box(b"minf", samples))
        tracks += build_box(b"trak", build_box(b"tkhd", bytes(84)) + media)
    return build_box(b"ftyp", b"avis\0\0\0\0") + build_box(b"moov", build_box(b"mvhd", bytes(100)) + tracks)


def test_the_first_track_of_a_sequence_counts() -> None:
    found = read_colour_properties(build_sequence(build_box(b"av1C", bytes(4)), build_nclx(P3), build_clli(400)))
    assert found == ColourProperties(P3, 400, 500)
    large = build_full_box(b"co64", struct.pack(">IQ", 1, 1 << 32))
    assert read_colour_properties(build_sequence(offsets=large)) == ColourProperties(coded_at=1 << 32)


def test_a_sequence_without_pictures_tells_nothing() -> None:
    data = build_sequence(build_nclx(P3))
    assert read_colour_properties(data.replace(b"av01", b"\0\0\0\0").replace(b"stsd", b"free")) == ColourProperties()
    empty = data.replace(struct.pack(">I4s", 86 + len(build_nclx(P3)), b"av01"), struct.pack(">I4s", 4, b"av01"))
    assert read_colour_properties(empty) == ColourProperties()
