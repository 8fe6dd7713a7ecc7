"""Find the full picture among the pages of a TIFF: TIFF 6.0, TIFF/EP, DNG and BigTIFF."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from process.errors import InvalidImage
from process.image.plugins import ACCEPTED

_BIGTIFF = 43
_CR2 = slice(8, 10), b"CR"  # a Canon raw: nothing else tells that its first page is a preview

# Tags, and the values that tell that a page is not the picture.
_NEW_SUBFILE_TYPE, _REDUCED_OR_MASK = 254, 0b101
_SUBFILE_TYPE, _REDUCED = 255, 2
_PHOTOMETRIC, _SENSOR = 262, (32803, 34892)  # colour filter array, linear raw
_SUB_IFDS = 330
_OFFSET_TAGS = (273, 324)  # StripOffsets, TileOffsets
_FIELD_FORMATS = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}  # SHORT, LONG, IFD, LONG8, IFD8

# Pages that are searched for the picture, and fields of a page: ten times as many as camera raws have.
_MAX_PAGES, _MAX_FIELDS = 100, 1000

# 64 megapixels are 250,000 tiles of the smallest size, 16x16. Pillow needs a few hundred bytes for each.
_MAX_STRIPS_OR_TILES = 300_000


class _Page(NamedTuple):
    """A directory: its offset, its fields by tag (type, count, value or offset), and the offset of the next one."""

    offset: int
    fields: dict[int, tuple[int, int, bytes]]
    following: int


class _Directories:
    """The directories of a TIFF or BigTIFF. What is cut off is left out."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = "<" if data[:1] == b"I" else ">"
        is_big = _BIGTIFF in data[2:4]
        self._start = 8 if is_big else 4
        self._offset, self._number, self._entry = (
            struct.Struct(self._order + fields) for fields in (("Q", "Q", "HHQ8s") if is_big else ("I", "H", "HHI4s"))
        )

    def iterate(self) -> Iterator[_Page]:
        """Yield the first page, its SubIFDs, and the pages after it, as far as they can be read; perhaps without end.

        Raises:
            ValueError: the first page has too many fields.
        """
        first = self._read(self._unpack_offset(self._start))
        yield first
        with suppress(ValueError):
            for offset in self.get_values(first, _SUB_IFDS):
                yield self._read(offset)
            page = first
            while page.following:
                page = self._read(page.following)
                yield page

    def get_values(self, page: _Page, tag: int) -> tuple[int, ...]:
        """Return the values of a field of whole numbers; none if the page does not have it."""
        kind, count, field = page.fields.get(tag, (0, 0, b""))
        if kind not in _FIELD_FORMATS or count > _MAX_PAGES:
            return ()
        values = struct.Struct(f"{self._order}{count}{_FIELD_FORMATS[kind]}")
        if values.size > len(field):
            (start,) = self._offset.unpack(field)
            field = self._data[start : start + values.size]
        return values.unpack_from(field) if len(field) >= values.size else ()

    def start_with(self, page: _Page) -> bytes:
        """Return the file with this page as the first."""
        after = self._start + self._offset.size
        return self._data[: self._start] + self._offset.pack(page.offset) + self._data[after:]

    def _read(self, offset: int) -> _Page:
        fields: dict[int, tuple[int, int, bytes]] = {}
        try:
            (number,) = self._number.unpack_from(self._data, offset)
            if number > _MAX_FIELDS:
                raise ValueError("too many fields")
            position = offset + self._number.size
            for _ in range(number):
                tag, *field = self._entry.unpack_from(self._data, position)
                fields[tag] = (field[0], field[1], field[2])
                position += self._entry.size
            return _Page(offset, fields, self._unpack_offset(position))
        except (struct.error, OverflowError):  # truncated, or an offset out of range: left to Pillow
            return _Page(offset, fields, 0)

    def _unpack_offset(self, position: int) -> int:
        end = position + self._offset.size
        return int(self._offset.unpack(self._data[position:end])[0]) if end <= len(self._data) else 0


def select_page(data: bytes) -> bytes:
    """Return a TIFF whose first page is the picture: not a reduced copy of it, as in camera raws, nor a mask.

    Raises:
        InvalidImage: there is no such page, or the picture is what a camera's sensor saw.
        ValueError: the page has more fields, strips or tiles than an accepted picture can have.
    """
    directories = _Directories(data)
    pages = list(islice(directories.iterate(), _MAX_PAGES))
    is_raw = any(value in _SENSOR for page in pages for value in directories.get_values(page, _PHOTOMETRIC))
    picture = next((page for page in pages if _is_full(directories, page)), None)
    if is_raw or picture is None or data[_CR2[0]] == _CR2[1]:
        raise InvalidImage(
            "This file is a camera's raw picture, or a TIFF with only a reduced copy of its picture, and cannot be "
            f"read. Please export the picture, and upload {ACCEPTED}."
        )
    if any(picture.fields.get(tag, (0, 0))[1] > _MAX_STRIPS_OR_TILES for tag in _OFFSET_TAGS):
        raise ValueError("too many strips or tiles")
    return data if picture is pages[0] else directories.start_with(picture)


def _is_full(directories: _Directories, page: _Page) -> bool:
    is_other = any(value & _REDUCED_OR_MASK for value in directories.get_values(page, _NEW_SUBFILE_TYPE))
    return not is_other and _REDUCED not in directories.get_values(page, _SUBFILE_TYPE)
