"""Check a TIFF's first directory before Pillow reads it: TIFF 6.0, section 2, and BigTIFF."""

import struct
from collections.abc import Iterator

_BIGTIFF = 43
_OFFSET_TAGS = (273, 324)  # StripOffsets, TileOffsets

# 64 megapixels are 250,000 tiles of the smallest size, 16x16. Pillow needs a few hundred bytes for each.
_MAX_STRIPS_OR_TILES = 300_000


def check_directory(data: bytes) -> None:
    """Refuse a TIFF with more strips or tiles than an accepted picture can have.

    Raises:
        ValueError: it has more.
    """
    if any(tag in _OFFSET_TAGS and count > _MAX_STRIPS_OR_TILES for tag, count in _iterate_entries(data)):
        raise ValueError("too many strips or tiles")


def _iterate_entries(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each tag of the first directory and its number of values; stop where the file is cut off."""
    order, big = "<" if data[:1] == b"I" else ">", _BIGTIFF in data[2:4]
    start, number, entry = (
        struct.Struct(order + fields) for fields in (("8xQ", "Q", "HHQ8x") if big else ("4xI", "H", "HHI4x"))
    )
    try:
        (directory,) = start.unpack_from(data)
        (entries,) = number.unpack_from(data, directory)
        for index in range(entries):
            tag, _, count = entry.unpack_from(data, directory + number.size + index * entry.size)
            yield tag, count
    except (struct.error, OverflowError):  # truncated, or an offset out of range: left to Pillow
        return
