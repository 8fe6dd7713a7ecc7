"""Scan a JPEG's markers before a pixel is decoded, and load it at reduced scale.

Marker numbers are those of ITU-T T.81, annex B.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageFile

from process.errors import InvalidImage

_END = b"\xff\xd9"
_EOI, _SOS = 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = {0xC0, 0xC1, 0xC9}

# Anything else after 0xFF is entropy-coded data, a restart marker or padding. Matching the padding too, with `\xff+`,
# would take quadratic time on runs of 0xFF.
_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd9-\xfe])")

# For each scan the decoder passes over the whole picture: 1,000 scans in 95 kB take 8 s. Encoders write 10 scans,
# optimizers up to about 20; the limit is libtiff's (LIBTIFF_JPEG_MAX_ALLOWED_SCAN_NUMBER in tif_jpeg.c).
_MAX_SCANS = 100

# Before the first scan. The largest accepted file, filled with the largest segments, has about 400.
_MAX_SEGMENTS = 1000

# Bytes between two segments. T.81 allows any number, and Pillow reads them one at a time.
_MAX_PADDING = 1 << 16

# Spectral selection and successive approximation of the finest scan: the last coefficient, down to its last bit.
_FINEST = (63, 0)

# libjpeg fills missing data with mid-grey in every channel, give or take rounding.
_FILLER = range(126, 131)


@dataclass
class Markers:
    """What a JPEG's markers say about it.

    Attributes:
        segments: number of segments before the first scan.
        scans: number of scans.
        frame: the start-of-frame marker, which says how the pixels are coded.
        components: number of channels.
        is_interleaved: whether a scan holds all channels.
        finest: channels for which the finest scan has begun.
        has_eoi: whether there is an end marker.
    """

    segments: int = 0
    scans: int = 0
    frame: int = 0
    components: int = 0
    is_interleaved: bool = False
    finest: set[int] = field(default_factory=set)
    has_eoi: bool = False

    @property
    def is_streamable(self) -> bool:
        """Whether it can be scaled down while it is read.

        Otherwise libjpeg keeps the coefficients of the whole picture in memory. The first scan decides: if it holds all
        channels, libjpeg decodes nothing after it.
        """
        return self.frame in _SEQUENTIAL and self.scans == 1 and self.is_interleaved

    @property
    def has_all_finest_scans(self) -> bool:
        """Whether the finest scan of every channel has begun: only the ends of these scans can be missing."""
        return len(self.finest) == self.components


def scan_markers(data: bytes) -> Markers:
    """Scan a JPEG's markers up to the end marker, or as far as they matter.

    Raises:
        InvalidImage: it has too many scans.
        ValueError: it has no scan, or more segments or padding before the first one than any encoder writes.
    """
    markers = Markers()
    for marker, body, padding, end in _iterate_segments(data):
        if marker == _EOI:
            markers.has_eoi = True
        elif marker == _SOS:
            _add_scan(markers, body)
            if markers.is_streamable:
                markers.has_eoi = data.rfind(_END, end) > 0
                break
        elif not markers.scans:
            markers.segments += 1
            if marker in _FRAMES:
                markers.frame, markers.components = marker, int.from_bytes(body[5:6])
            if markers.segments > _MAX_SEGMENTS or padding > _MAX_PADDING:
                raise ValueError("too much before the first scan")
    if not markers.scans:
        raise ValueError("no scan")
    return markers


def _iterate_segments(data: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield each segment's marker and body, the number of bytes between it and the one before, and where it ends."""
    position = 2
    while match := _MARKER.search(data, position):
        marker, start, padding = match[1][0], match.end(), match.start() - position
        if marker == _EOI:
            yield marker, b"", padding, start
            return
        position = start + max(2, int.from_bytes(data[start : start + 2]))
        yield marker, data[start + 2 : position], padding, position


def _add_scan(markers: Markers, body: bytes) -> None:
    markers.scans += 1
    if markers.scans > _MAX_SCANS:
        raise InvalidImage(
            f"This progressive JPEG builds up in more than {_MAX_SCANS} steps, too many to read. "
            "Please open it in an image editor, save it again, and upload that."
        )
    channels = body[1:-3:2]
    markers.is_interleaved |= len(channels) == markers.components
    if len(body) > 3 and (body[-2], body[-1] & 15) == _FINEST:  # noqa: PLR2004  three bytes follow the channels
        markers.finest.update(channels)


def complete(data: bytes, markers: Markers) -> bytes:
    """Return a JPEG with an end marker. Zeros at the end are dropped: interrupted copies are often padded with them."""
    return data if markers.has_eoi else data.rstrip(b"\0") + _END


def load_jpeg(picture: ImageFile.ImageFile, markers: Markers, min_scale: float) -> Image.Image:
    """Decode a JPEG at the smallest of 1, 1/2, 1/4 and 1/8 of its size that is not below `min_scale`.

    A missing end marker is accepted if all finest scans have begun and the last pixel is not libjpeg's grey filler.

    Raises:
        ValueError: the JPEG is truncated.
        Exception: whatever Pillow raises on a broken file.
    """
    picture.draft(picture.mode, (math.ceil(min_scale * picture.width), math.ceil(min_scale * picture.height)))
    picture.load()
    if not markers.has_eoi and (not markers.has_all_finest_scans or _ends_with_filler(picture)):
        raise ValueError("truncated")
    return picture


def _ends_with_filler(picture: Image.Image) -> bool:
    pixel = picture.getpixel((picture.width - 1, picture.height - 1))
    levels = pixel if isinstance(pixel, tuple) else (pixel,)
    return all(level in _FILLER for level in levels)
