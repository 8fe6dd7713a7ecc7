"""Of a PNG, what decides how it looks. The names are those of https://www.w3.org/TR/png-3/, section 11."""

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from itertools import accumulate
from typing import Any

_SIGNATURE = 8
_EMPTY_CHUNK = 12
_SHOWS = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT"}
_END = b"\0\0\0\0IEND\xaeB`\x82"

# The largest file that is accepted has a few thousand of the usual size. Pillow takes its time for each.
_MAX_CHUNKS = 100_000

# Printers' profiles, the largest there are, have about this many bytes.
_LARGEST_PROFILE = 1 << 20


def strip_chunks(data: bytes) -> BufferedReader:
    """Return a PNG without comments, further frames and whatever else could be broken or blown up unseen.

    Raises:
        ValueError: cut into crumbs.
    """
    whole = memoryview(data)
    kept = [chunk for name, chunk in _chunks(whole) if name in _SHOWS and _usable(name, chunk)]
    if len(kept) > _MAX_CHUNKS:
        raise ValueError("too many chunks")
    return BufferedReader(_Pieces([whole[:_SIGNATURE], *kept, memoryview(_END)]))


class _Pieces(RawIOBase):
    """A file of pieces: the largest picture is as large as the function has room to copy."""

    def __init__(self, pieces: list[memoryview]) -> None:
        self._pieces = pieces
        self._ends = list(accumulate(map(len, pieces)))
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._position = offset + (0, self._position, self._ends[-1])[whence]
        return self._position

    def readinto(self, buffer: Any) -> int:  # a memoryview; RawIOBase promises less
        number = bisect_right(self._ends, self._position)
        if number == len(self._pieces):
            return 0
        piece = self._pieces[number]
        start = len(piece) - (self._ends[number] - self._position)
        count = min(len(buffer), len(piece) - start)
        buffer[:count] = piece[start : start + count]
        self._position += count
        return count


def _chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    position = _SIGNATURE
    while position < len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        yield bytes(data[position + 4 : position + 8]), data[position:end]
        position = end


def _usable(name: bytes, chunk: memoryview) -> bool:
    """Tell whether an ICC profile can be unpacked, and that there is anything in other chunks."""
    if name != b"iCCP":
        return len(chunk) > _EMPTY_CHUNK
    _, _, method_and_profile = bytes(chunk[8:-4]).partition(b"\0")
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(method_and_profile[1:], _LARGEST_PROFILE)
    except zlib.error:
        return False
    return method_and_profile[:1] == b"\0" and unpacking.eof
