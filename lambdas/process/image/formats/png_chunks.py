"""Select the chunks of a PNG that affect what is shown of it, and make a file of them.

What may be broken or a decompression bomb is left out. Chunk names: https://www.w3.org/TR/png-3/.
"""

import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader, RawIOBase
from itertools import accumulate
from typing import Any

_SIGNATURE_BYTES = 8
_CHUNK_OVERHEAD = 12  # length, name and checksum
_HEADER_BYTES = 13
_END = b"\0\0\0\0IEND\xaeB`\x82"
_ANCILLARY = {b"tRNS", b"eXIf", b"acTL", b"cICP", b"cLLI", b"mDCV", b"iCCP", b"sRGB", b"gAMA", b"cHRM"}

# The largest accepted file has a few thousand chunks of the usual size. Pillow reads chunks slowly.
_MAX_CHUNKS = 100_000

Box = tuple[int, int, int, int]


@dataclass
class Chunks:
    """The chunks that matter, each as a whole.

    Attributes:
        critical: header and palette.
        ancillary: those before the pixels whose checksum is right, by name; the first if there are several.
        pixels: of the picture.
        frame_control: of the first frame, if that is not the picture itself; as in an animation whose picture is only
            for programs that show no animations.
        frame_pixels: of that frame.
    """

    critical: list[memoryview] = field(default_factory=list)
    ancillary: dict[bytes, memoryview] = field(default_factory=dict)
    pixels: list[memoryview] = field(default_factory=list)
    frame_control: memoryview | None = None
    frame_pixels: list[memoryview] = field(default_factory=list)

    @property
    def header(self) -> bytes:
        """Content of the header, with zeros for what is missing."""
        return (_get_content(self.critical[0]) if self.critical else b"").ljust(_HEADER_BYTES, b"\0")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int.from_bytes(self.header[:4]), int.from_bytes(self.header[4:8])

    @property
    def depth(self) -> int:
        """Bits per sample."""
        return self.header[8]

    @property
    def colour_type(self) -> int:
        """0 is grey, 2 RGB, 3 a palette; 4 and 6 have alpha."""
        return self.header[9]

    def find(self, name: bytes) -> bytes:
        """Return the content of an ancillary chunk; empty if it is missing."""
        return _get_content(self.ancillary[name]) if name in self.ancillary else b""


def _get_content(chunk: memoryview) -> bytes:
    return bytes(chunk[8:-4])


def read_chunks(data: bytes) -> Chunks:
    """Read the chunks of a PNG.

    Raises:
        ValueError: there are too many.
    """
    chunks, frames = Chunks(), 0
    for name, chunk in _iterate_chunks(memoryview(data)):
        if name == b"IDAT":
            chunks.pixels.append(chunk)
        elif name == b"fcTL":
            frames += 1
            if frames == 1 and chunks.pixels and b"acTL" in chunks.ancillary:
                chunks.frame_control = chunk
        elif name == b"fdAT" and frames == 1 and chunks.frame_control:
            chunks.frame_pixels.append(chunk)
        elif name in (b"IHDR", b"PLTE"):
            chunks.critical.append(chunk)
        elif name in _ANCILLARY and not chunks.pixels and _is_intact(chunk):
            chunks.ancillary.setdefault(name, chunk)
    if len(chunks.critical) + len(chunks.pixels) + len(chunks.frame_pixels) > _MAX_CHUNKS:
        raise ValueError("too many chunks")
    return chunks


def _iterate_chunks(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    position = _SIGNATURE_BYTES
    while position < len(data):
        end = position + _CHUNK_OVERHEAD + int.from_bytes(data[position : position + 4])
        yield bytes(data[position + 4 : position + 8]), data[position:end]
        position = end


def _is_intact(chunk: memoryview) -> bool:
    return len(chunk) > _CHUNK_OVERHEAD and zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:])


def find_frame(chunks: Chunks) -> Box | None:
    """Return the box of the first frame, if that is not the picture itself; None if it is, or the frame is broken."""
    content = _get_content(chunks.frame_control) if chunks.frame_control else b""
    if not chunks.frame_pixels or len(content) != 26:  # noqa: PLR2004  sequence number, four fields, delay, operations
        return None
    width, height, left, upper = struct.unpack_from(">4I", content, 4)
    whole_width, whole_height = chunks.size
    box = left, upper, left + width, upper + height
    return box if 0 < width <= whole_width - left and 0 < height <= whole_height - upper else None


def make_file(data: bytes, chunks: Chunks, kept: Sequence[bytes]) -> BufferedReader:
    """Make a file of the picture's critical chunks and of these ancillary ones."""
    pixels: Sequence[memoryview] = chunks.pixels
    critical = chunks.critical
    if box := find_frame(chunks):
        left, upper, right, lower = box
        size = struct.pack(">II", right - left, lower - upper)
        critical = [*_build_chunk(b"IHDR", memoryview(size + chunks.header[8:])), *critical[1:]]
        pixels = [piece for chunk in chunks.frame_pixels for piece in _build_chunk(b"IDAT", chunk[12:-4])]
    ancillary = [chunks.ancillary[name] for name in kept if name in chunks.ancillary]
    start = memoryview(data)[:_SIGNATURE_BYTES]
    return BufferedReader(_ConcatenatedFile([start, *critical, *ancillary, *pixels, memoryview(_END)]))


def _build_chunk(name: bytes, content: memoryview) -> list[memoryview]:
    checksum = zlib.crc32(content, zlib.crc32(name))
    return [memoryview(struct.pack(">I4s", len(content), name)), content, memoryview(struct.pack(">I", checksum))]


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
