"""Of a PNG, what decides how it looks. The names are those of https://www.w3.org/TR/png-3/, section 11."""

import zlib
from collections.abc import Iterator

_SIGNATURE = 8
_EMPTY_CHUNK = 12
_SHOWS = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT"}
_END = b"\0\0\0\0IEND\xaeB`\x82"

# The largest file that is accepted has a few thousand of the usual size. Pillow takes its time for each.
_MAX_CHUNKS = 100_000

# Printers' profiles, the largest there are, have about this many bytes.
_LARGEST_PROFILE = 1 << 20


def essential(data: bytes) -> bytes:
    """Return a PNG without comments, further frames and whatever else could be broken or blown up unseen.

    Raises:
        ValueError: cut into crumbs.
    """
    kept = [chunk for name, chunk in _chunks(data) if name in _SHOWS and _usable(name, chunk)]
    if len(kept) > _MAX_CHUNKS:
        raise ValueError("too many chunks")
    return b"".join([data[:_SIGNATURE], *kept, _END])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = _SIGNATURE
    while position < len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        yield data[position + 4 : position + 8], data[position:end]
        position = end


def _usable(name: bytes, chunk: bytes) -> bool:
    """Tell whether an ICC profile can be unpacked, and that there is anything in other chunks."""
    if name != b"iCCP":
        return len(chunk) > _EMPTY_CHUNK
    _, _, method_and_profile = chunk[8:-4].partition(b"\0")
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(method_and_profile[1:], _LARGEST_PROFILE)
    except zlib.error:
        return False
    return method_and_profile[:1] == b"\0" and unpacking.eof
