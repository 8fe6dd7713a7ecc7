"""The picture is found among a TIFF's pages, in either byte order and with offsets of 32 or 64 bits."""

import struct
from collections.abc import Sequence
from itertools import pairwise

import pytest

from process.errors import InvalidImage
from process.image.formats.tiff_pages import select_page

Field = tuple[int, int, list[int]]
Page = Sequence[Field]

SHORT, LONG, IFD, LONG8, IFD8 = 3, 4, 13, 16, 18
LAYOUTS = {SHORT: "H", LONG: "I", IFD: "I", LONG8: "Q", IFD8: "Q"}
REDUCED, FULL, DOCUMENT_PAGE, MASK = ([(254, LONG, [kind])] for kind in (1, 0, 2, 4))
SUB_IFDS, PHOTOMETRIC = 330, 262
every_layout = pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True), (">", True)])


class Layout:
    """How numbers are stored in a file."""

    def __init__(self, order: str, *, big: bool) -> None:
        self.order, self.start, self.word = order, 16 if big else 8, "Q" if big else "I"
        self.count, self.field = ("Q", "HHQ") if big else ("H", "HHI")

    def pack(self, layout: str, *values: int) -> bytes:
        return struct.pack(self.order + layout, *values)

    def build_header(self, first: int) -> bytes:
        magic = b"II" if self.order == "<" else b"MM"
        version = self.pack("H", 42) if self.word == "I" else self.pack("HHH", 43, 8, 0)
        return magic + version + self.pack(self.word, first)

    def build_page(self, at: int, page: Page, following: int) -> bytes:
        """Build a directory for this offset; the values that do not fit into their field come after it."""
        width = struct.calcsize(self.word)
        data = self.pack(self.count, len(page))
        values_at = at + len(data) + len(page) * (struct.calcsize("=" + self.field) + width) + width
        values = b""
        for tag, kind, numbers in page:
            packed = self.pack(f"{len(numbers)}{LAYOUTS[kind]}", *numbers)
            if len(packed) > width:
                packed, values = self.pack(self.word, values_at + len(values)), values + packed
            data += self.pack(self.field, tag, kind, len(numbers)) + packed.ljust(width, b"\0")
        return data + self.pack(self.word, following) + values


def build_chain(layout: Layout, *pages: Page, distance: int = 300) -> tuple[bytes, list[int]]:
    """Build a file of pages that follow each other; return it and their offsets."""
    starts = [layout.start + number * distance for number in range(len(pages))]
    data = layout.build_header(starts[0])
    for page, (start, following) in zip(pages, pairwise([*starts, 0]), strict=True):
        data = data.ljust(start, b"\0") + layout.build_page(start, page, following)
    return data, starts


def add_sub_pages(layout: Layout, first: Page, kind: int, *pages: Page) -> tuple[bytes, list[int]]:
    """Build a file whose first page has the others as its SubIFDs, and no page after it."""
    _, starts = build_chain(layout, first, *pages)
    data, _ = build_chain(layout, [*first, (SUB_IFDS, kind, starts[1:])], *pages)
    end = struct.calcsize("=" + layout.count) + (len(first) + 1) * (struct.calcsize("=" + layout.field + layout.word))
    at = layout.start + end
    return data[:at] + layout.pack(layout.word, 0) + data[at + struct.calcsize(layout.word) :], starts


def find_first(layout: Layout, data: bytes) -> int:
    """Return the offset of the page that a reader takes."""
    (first,) = struct.unpack_from(layout.order + layout.word, data, layout.start - struct.calcsize(layout.word))
    return int(first)


@every_layout
@pytest.mark.parametrize("other", [REDUCED, MASK, [(254, SHORT, [1])], [(254, LONG, [5])], [(255, SHORT, [2])]])
def test_a_reduced_copy_or_a_mask_is_passed_over(order: str, big: bool, other: Page) -> None:  # noqa: FBT001
    layout = Layout(order, big=big)
    data, starts = build_chain(layout, other, other, FULL, FULL)
    selected = select_page(data)
    assert find_first(layout, selected) == starts[2]
    assert selected[layout.start :] == data[layout.start :]
    assert len(selected) == len(data)


@every_layout
@pytest.mark.parametrize("first", [FULL, DOCUMENT_PAGE, [], [(255, SHORT, [1])], [(255, SHORT, [3])]])
def test_the_first_page_is_the_picture_unless_it_says_otherwise(order: str, big: bool, first: Page) -> None:  # noqa: FBT001
    data, _ = build_chain(Layout(order, big=big), first, FULL)
    assert select_page(data) == data


@every_layout
@pytest.mark.parametrize("kind", [LONG, IFD, LONG8, IFD8])
def test_the_picture_may_be_any_sub_page(order: str, big: bool, kind: int) -> None:  # noqa: FBT001
    layout = Layout(order, big=big)
    for before in (0, 1, 3):
        data, starts = add_sub_pages(layout, REDUCED, kind, *[REDUCED] * before, FULL)
        assert find_first(layout, select_page(data)) == starts[-1]


@every_layout
def test_a_sensors_pixels_on_any_page_are_refused(order: str, big: bool) -> None:  # noqa: FBT001
    layout = Layout(order, big=big)
    for photometric in (32803, 34892):
        sensor = [*FULL, (PHOTOMETRIC, SHORT, [photometric])]
        for data, _ in (build_chain(layout, FULL, sensor), add_sub_pages(layout, FULL, LONG, REDUCED, sensor)):
            with pytest.raises(InvalidImage, match="raw picture"):
                select_page(data)
    data, _ = build_chain(layout, FULL, [*FULL, (PHOTOMETRIC, SHORT, [2])])
    assert select_page(data) == data


def test_a_hundred_pages_are_searched() -> None:
    layout = Layout("<", big=False)
    data, starts = build_chain(layout, *[REDUCED] * 99, FULL)
    assert find_first(layout, select_page(data)) == starts[99]
    data, _ = build_chain(layout, *[REDUCED] * 100, FULL)
    with pytest.raises(InvalidImage, match="reduced copy"):
        select_page(data)


def test_a_page_may_have_a_thousand_fields() -> None:
    layout = Layout("<", big=False)
    fields: list[Field] = [(1000 + number, LONG, [0]) for number in range(1000)]
    data, _ = build_chain(layout, fields)
    assert select_page(data) == data
    data, _ = build_chain(layout, [*fields, *FULL])
    with pytest.raises(ValueError, match="too many fields"):
        select_page(data)


@every_layout
def test_a_page_that_is_cut_off_is_left_to_the_decoder(order: str, big: bool) -> None:  # noqa: FBT001
    layout = Layout(order, big=big)
    data, starts = build_chain(layout, FULL, [*REDUCED, (PHOTOMETRIC, SHORT, [1])])
    for end in range(layout.start, len(data)):
        assert select_page(data[:end]) == data[:end]
    data, starts = build_chain(layout, REDUCED, FULL)
    assert find_first(layout, select_page(data[:-1])) == starts[1]  # only the offset of the next page is incomplete
    data, _ = build_chain(layout, REDUCED, REDUCED)
    with pytest.raises(InvalidImage, match="reduced copy"):
        select_page(data[:-1])


@every_layout
def test_values_that_are_cut_off_tell_nothing(order: str, big: bool) -> None:  # noqa: FBT001
    layout = Layout(order, big=big)
    data, _ = build_chain(layout, [(254, LONG, [1, 0, 0])])
    assert select_page(data[:-1]) == data[:-1]
    with pytest.raises(InvalidImage, match="reduced copy"):
        select_page(data)
