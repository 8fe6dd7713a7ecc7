"""Find what an AVIF or HEIC says about the colours of its primary picture.

Boxes: ISO/IEC 14496-12 (ISOBMFF) and 23008-12 (HEIF).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

# Bytes before the boxes inside a box: of a full box, of `stsd`, and of a picture's entry in it (VisualSampleEntry).
_FULL, _SAMPLE_DESCRIPTION, _SAMPLE_ENTRY = 4, 8, 78
_PATH_TO_SAMPLES = (b"moov", b"trak", b"mdia", b"minf", b"stbl")

# More than any encoder writes into one box; reading on would only cost time.
_MAX_BOXES = 1000


class Box(NamedTuple):
    """A box's name, and where its content lies in the file."""

    name: bytes
    start: int
    end: int


class ColourProperties(NamedTuple):
    """What a file says about the colours of its picture, apart from an ICC profile.

    Attributes:
        nclx: code points of primaries and transfer; None if it has no such property.
        max_luminance: of the brightest pixel, MaxCLL, in cd/m²; None if unknown.
        coded_at: offset of the coded picture; None if unknown.
    """

    nclx: tuple[int, int] | None = None
    max_luminance: float | None = None
    coded_at: int | None = None


def read_colour_properties(data: bytes) -> ColourProperties:
    """Read the properties of the primary picture or, if the file is a sequence, of its first track."""
    try:
        return _read_track(data) if data[8:12] == b"avis" else _read_primary_item(data)
    except (struct.error, IndexError, KeyError):  # cut off, or a box is missing
        return ColourProperties()


def _read_track(data: bytes) -> ColourProperties:
    box = Box(b"", 0, len(data))
    for name in _PATH_TO_SAMPLES:
        box = _find(data, box, name)
    entry = next(_iterate(data, _find(data, box, b"stsd"), _SAMPLE_DESCRIPTION), None)
    if entry is None:
        return ColourProperties()
    offsets = next(child for child in _iterate(data, box) if child.name in (b"stco", b"co64"))
    layout = ">I" if offsets.name == b"stco" else ">Q"
    (coded_at,) = struct.unpack_from(layout, data, offsets.start + _FULL + 4)
    return _describe(data, _iterate(data, entry, _SAMPLE_ENTRY), coded_at)


def _read_primary_item(data: bytes) -> ColourProperties:
    meta = _find(data, Box(b"", 0, len(data)), b"meta")
    boxes = {box.name: box for box in _iterate(data, meta, _FULL)}
    item = _read_primary_id(data, boxes[b"pitm"])
    properties = {box.name: box for box in _iterate(data, boxes[b"iprp"])}
    available = list(_iterate(data, properties[b"ipco"]))
    associated = [available[index - 1] for index in _iterate_associations(data, properties[b"ipma"], item) if index]
    return _describe(data, iter(associated), _find_item(data, boxes[b"iloc"], item))


def _describe(data: bytes, properties: Iterator[Box], coded_at: int | None) -> ColourProperties:
    nclx = max_luminance = None
    for box in properties:
        if box.name == b"colr" and data[box.start : box.start + 4] == b"nclx":
            nclx = nclx or struct.unpack_from(">HH", data, box.start + 4)
        elif box.name == b"clli":
            (max_luminance,) = struct.unpack_from(">H", data, box.start)
    return ColourProperties(nclx, max_luminance or None, coded_at)


def _iterate(data: bytes, parent: Box, skipped: int = 0) -> Iterator[Box]:
    """Yield the boxes in a box whose content begins with `skipped` other bytes."""
    position = parent.start + skipped
    for _ in range(_MAX_BOXES):
        if position + 8 > parent.end:
            return
        size, name = struct.unpack_from(">I4s", data, position)
        header = 8
        if size == 1:
            (size,), header = struct.unpack_from(">Q", data, position + 8), 16
        end = min(position + size, parent.end) if size else parent.end
        if end < position + header:
            return
        yield Box(name, position + header, end)
        position = end


def _find(data: bytes, parent: Box, name: bytes) -> Box:
    for box in _iterate(data, parent):
        if box.name == name:
            return box
    raise KeyError(name)


def _read_primary_id(data: bytes, box: Box) -> int:
    (item,) = struct.unpack_from(">I" if data[box.start] else ">H", data, box.start + _FULL)
    return int(item)


def _iterate_associations(data: bytes, box: Box, item: int) -> Iterator[int]:
    """Yield the numbers of an item's properties, from 1."""
    wide_ids, wide_numbers = data[box.start] > 0, data[box.start + 3] & 1
    entry = struct.Struct(">IB" if wide_ids else ">HB")
    number, mask = (struct.Struct(">H"), 0x7FFF) if wide_numbers else (struct.Struct(">B"), 0x7F)
    (entries,) = struct.unpack_from(">I", data, box.start + _FULL)
    position = box.start + _FULL + 4
    for _ in range(min(entries, _MAX_BOXES)):
        owner, count = entry.unpack_from(data, position)
        position += entry.size
        if owner == item:
            for index in range(count):
                yield number.unpack_from(data, position + index * number.size)[0] & mask
        position += count * number.size


def _find_item(data: bytes, box: Box, item: int) -> int | None:
    """Return the offset of an item's first extent; None if it is not an offset in the file."""
    version = data[box.start]
    offset_size, length_size = data[box.start + 4] >> 4, data[box.start + 4] & 15
    base_size, index_size = data[box.start + 5] >> 4, data[box.start + 5] & 15 if version else 0
    id_size = 4 if version > 1 else 2
    position = box.start + 6 + id_size
    for _ in range(min(int.from_bytes(data[box.start + 6 : position]), _MAX_BOXES)):
        owner = int.from_bytes(data[position : position + id_size])
        position += id_size
        method = data[position + 1] & 15 if version else 0
        position += 4 if version else 2
        base = int.from_bytes(data[position : position + base_size])
        position += base_size
        (extents,) = struct.unpack_from(">H", data, position)
        first = position + 2 + index_size
        if owner == item:
            return base + int.from_bytes(data[first : first + offset_size]) if extents and method == 0 else None
        position += 2 + extents * (index_size + offset_size + length_size)
    return None
