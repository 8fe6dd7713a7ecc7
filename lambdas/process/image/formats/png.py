"""Strip a PNG of the chunks that do not affect its first frame. Chunk names: https://www.w3.org/TR/png-3/."""

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from itertools import accumulate
from typing import Any

_SIGNATURE_BYTES = 8
_CHUNK_OVERHEAD = 12  # length, name and checksum
_KEPT_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT"}
_END = b"\0\0\0\0IEND\xaeB`\x82"

# The largest accepted file has a few thousand chunks of the usual size. Pillow reads chunks slowly.
_MAX_CHUNKS = 100_000

# Pillow's own limit, PngImagePlugin.MAX_TEXT_CHUNK: it would refuse the file for a larger profile.
_MAX_PROFILE_BYTES = 1 << 20


def strip_chunks(data: bytes) -> BufferedReader:
    """Return a PNG without comments, further frames, or anything else that may be broken or a decompression bomb.

    Raises:
        ValueError: it has too many chunks.
    """
    file = memoryview(data)
    kept = [chunk for name, chunk in _iterate_chunks(file) if name in _KEPT_CHUNKS and _is_usable(name, chunk)]
    if len(kept) > _MAX_CHUNKS:
        raise ValueError("too many chunks")
    return BufferedReader(_ConcatenatedFile([file[:_SIGNATURE_BYTES], *kept, memoryview(_END)]))


class _ConcatenatedFile(RawIOBase):
    """A read-only file made of pieces, which are not copied: memory may not hold the file twice."""

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

    def readinto(self, buffer: Any) -> int:  # a memoryview; the type that RawIOBase declares has no slices
        index = bisect_right(self._ends, self._position)
        if index == len(self._pieces):
            return 0
        piece = self._pieces[index]
        start = len(piece) - (self._ends[index] - self._position)
        count = min(len(buffer), len(piece) - start)
        buffer[:count] = piece[start : start + count]
        self._position += count
        return count


def _iterate_chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    position = _SIGNATURE_BYTES
    while position < len(data):
        end = position + _CHUNK_OVERHEAD + int.from_bytes(data[position : position + 4])
        yield bytes(data[position + 4 : position + 8]), data[position:end]
        position = end


def _is_usable(name: bytes, chunk: memoryview) -> bool:
    """Tell whether a chunk is not empty and, if it is an ICC profile, can be decompressed."""
    if name != b"iCCP":
        return len(chunk) > _CHUNK_OVERHEAD
    _, _, method_and_profile = bytes(chunk[8:-4]).partition(b"\0")
    decompressor = zlib.decompressobj()
    try:
        decompressor.decompress(method_and_profile[1:], _MAX_PROFILE_BYTES)
    except zlib.error:
        return False
    return method_and_profile[:1] == b"\0" and decompressor.eof
