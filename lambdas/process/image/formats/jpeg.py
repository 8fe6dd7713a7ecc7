"""What a JPEG's markers tell of it, before a pixel is decoded. The numbers are those of ITU-T T.81, annex B."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from process.errors import InvalidImage

END = b"\xff\xd9"
"""The end marker."""

_EOI, _SOS = 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = {0xC0, 0xC1, 0xC9}

# Anything else after 0xFF is a scan's data, a restart within it, or padding. With a plus after the 0xFF, a file of
# nothing else would be read over and over.
_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd9-\xfe])")

# Each scan goes over the whole picture: a thousand in 95 kB keep a processor busy for 8 s. Encoders write 10, and
# optimizing ones up to about 20; the limit is libtiff's own (LIBTIFF_JPEG_MAX_ALLOWED_SCAN_NUMBER in tif_jpeg.c).
_MAX_SCANS = 100

# Before the first scan. The largest file that is accepted, filled with the largest segments, has about 400.
_MAX_SEGMENTS = 1000

# Bytes between two segments. T.81 allows any number, and Pillow reads them one by one.
_MAX_PADDING = 1 << 16

# A block's last coefficient, and its last bit.
_FINEST = (63, 0)


@dataclass
class Markers:
    """A JPEG without its pixels.

    `segments` counts what stands before the first scan, `scans` how often the decoder goes over the picture. `frame`
    is the marker that says how it is coded, `components` the number of its channels, and `finest` holds those of which
    a scan with the last bit of the last coefficient has begun.
    """

    segments: int = 0
    scans: int = 0
    frame: int = 0
    components: int = 0
    together: bool = False
    finest: set[int] = field(default_factory=set)
    ended: bool = False

    @property
    def streams(self) -> bool:
        """Whether pixels can be decoded, at reduced scale, while the file is read.

        If not, the coefficients of the whole picture are in memory first. The first scan decides: what comes after one
        of all channels is not looked at.
        """
        return self.frame in _SEQUENTIAL and self.scans == 1 and self.together

    @property
    def begun_everywhere(self) -> bool:
        """Whether at most the end of the finest scans is missing."""
        return len(self.finest) == self.components


def scan_markers(data: bytes) -> Markers:
    """Read a JPEG's markers up to the end marker, or as far as they go or matter.

    Raises:
        InvalidImage: too many scans.
        ValueError: no scan, or more before the first one than any camera or editor writes.
    """
    found = Markers()
    for marker, body, padding, end in _segments(data):
        if marker == _EOI:
            found.ended = True
        elif marker == _SOS:
            _add_scan(found, body)
            if found.streams:
                found.ended = data.rfind(END, end) > 0
                break
        elif not found.scans:
            found.segments += 1
            if marker in _FRAMES:
                found.frame, found.components = marker, int.from_bytes(body[5:6])
            if found.segments > _MAX_SEGMENTS or padding > _MAX_PADDING:
                raise ValueError("too much before the first scan")
    if not found.scans:
        raise ValueError("no scan")
    return found


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield each segment's marker, content, the number of bytes before it that belong to none, and where it ends."""
    position = 2
    while match := _MARKER.search(data, position):
        marker, start, padding = match[1][0], match.end(), match.start() - position
        if marker == _EOI:
            yield marker, b"", padding, start
            return
        position = start + max(2, int.from_bytes(data[start : start + 2]))
        yield marker, data[start + 2 : position], padding, position


def _add_scan(found: Markers, body: bytes) -> None:
    found.scans += 1
    if found.scans > _MAX_SCANS:
        raise InvalidImage(
            f"This JPEG builds up in more than {_MAX_SCANS} steps, and cannot be read. "
            "Please open it in an image editor, save it again, and upload that."
        )
    channels = body[1:-3:2]
    found.together |= len(channels) == found.components
    if len(body) > 3 and (body[-2], body[-1] & 15) == _FINEST:  # noqa: PLR2004  the three bytes after the channels
        found.finest.update(channels)
