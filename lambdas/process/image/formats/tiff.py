"""What a TIFF's directory tells of its picture, before it is taken apart: TIFF 6.0, section 2, and BigTIFF."""

import struct
from collections.abc import Iterator

_BIG = 43
_OFFSETS = (273, 324)

# 64 megapixels in tiles of 16x16, the smallest there are, are 250,000. Pillow takes a few hundred bytes for each.
_MAX_PIECES = 300_000


def check_directory(data: bytes) -> None:
    """Refuse a TIFF of more strips or tiles than a picture could have.

    Raises:
        ValueError: more.
    """
    if any(tag in _OFFSETS and count > _MAX_PIECES for tag, count in _entries(data)):
        raise ValueError("too many strips or tiles")


def _entries(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each tag of the first directory and how many values it has, as far as the file goes."""
    order, big = "<" if data[:1] == b"I" else ">", _BIG in data[2:4]
    start, number, entry = (
        struct.Struct(order + fields) for fields in (("8xQ", "Q", "HHQ8x") if big else ("4xI", "H", "HHI4x"))
    )
    try:
        (directory,) = start.unpack_from(data)
        (entries,) = number.unpack_from(data, directory)
        for index in range(entries):
            tag, _, count = entry.unpack_from(data, directory + number.size + index * entry.size)
            yield tag, count
    except (struct.error, OverflowError):  # cut off, or beyond all bounds: Pillow has its own say about that
        return
