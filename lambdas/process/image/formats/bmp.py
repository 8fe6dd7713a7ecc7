"""Read BMPs as Chromium does: any channel masks, alpha, profiles, OS/2's headers, and runs that skip pixels.

Pillow's own plugin knows few of these. Format: BITMAPV5HEADER in https://learn.microsoft.com/windows/win32/wingdi, and
for what is seen in practice https://entropymine.com/jason/bmpsuite.
"""

import struct
from functools import reduce
from typing import IO, NamedTuple, cast

from PIL import Image, ImageChops, ImageFile, ImagePalette
from PIL.ImageFile import _Tile

import process.image.formats.bmp_runs  # noqa: F401  registers the decoder

_FILE_HEADER = struct.Struct("<2s8xI")  # magic, start of the pixels
_DIB = 14  # bytes: where the second header begins
_CORE_HEADER, _HEADER = struct.Struct("<HH2xH"), struct.Struct("<Ii2xHI12xI")  # width, height, bits, …
_CORE, _INFO, _V3, _OS2, _V4, _V5 = 12, 40, 56, 64, 108, 124  # sizes of headers
_SIZES = (16, _INFO, 52, _V3, _OS2, _V4, _V5)
_HEAD_BYTES = _DIB + _V5 + 4 * 256  # with the palette

_RGB, _RLE8, _RLE4, _BITFIELDS, _RLE24, _ALPHABITFIELDS = 0, 1, 2, 3, 4, 6  # compressions; RLE24 is OS/2's
_MASKED = (_BITFIELDS, _ALPHABITFIELDS)

_INDEXED = {1: "P;1", 2: "P;2", 4: "P;4", 8: "P"}
# By bits: the masks where none are given, and Pillow's mode that has a channel per byte.
_DIRECT = {
    16: ((0x7C00, 0x3E0, 0x1F), "LA"),
    24: ((0xFF0000, 0xFF00, 0xFF), "RGB"),
    32: ((0xFF0000, 0xFF00, 0xFF), "RGBA"),
}
# By bits and masks, alpha last: Pillow's raw mode, where there is one.
_RAW_MODES = {
    (16, (0x7C00, 0x3E0, 0x1F, 0)): "BGR;15",
    (16, (0xF800, 0x7E0, 0x1F, 0)): "BGR;16",
    (24, (0xFF0000, 0xFF00, 0xFF, 0)): "BGR",
    (32, (0xFF0000, 0xFF00, 0xFF, 0)): "BGRX",
}
_EMBEDDED_PROFILE = b"DEBM"  # 'MBED', little-endian


class _Header(NamedTuple):
    """Of the fields of any header, those that matter; `size` is the header's own."""

    size: int
    width: int
    height: int
    bits: int
    compression: int = _RGB
    colours: int = 0

    @property
    def has_runs(self) -> bool:
        """Whether the pixels are stored in runs."""
        runs = self.bits, self.compression
        return runs in ((8, _RLE8), (4, _RLE4)) or (self.size, *runs) == (_OS2, 24, _RLE24)


class BmpFile(ImageFile.ImageFile):
    """A BMP."""

    format = "BMP"
    _masks: tuple[int, ...] = ()  # of the channels, if pixels are decoded to one band per byte

    def _open(self) -> None:
        file = cast("IO[bytes]", self.fp)  # None only once it is closed
        head = file.read(_HEAD_BYTES).ljust(_HEAD_BYTES, b"\0")
        _, start = _FILE_HEADER.unpack_from(head)
        header = _read_header(head)
        bits, direction = header.bits, 1 if header.height < 0 else -1
        self._size = header.width, abs(header.height)
        skipped = 0
        if bits in _INDEXED:
            skipped = self._open_indexed(header, head[_DIB + header.size :])
            raw_mode = _INDEXED[bits]
        else:
            raw_mode = self._open_direct(header, head)
        if header.has_runs:
            self.tile = [_Tile("bmp_runs", (0, 0, *self.size), start, (bits, direction, skipped))]
        elif header.compression == _RGB or (bits not in _INDEXED and header.compression in _MASKED):
            stride = (header.width * bits + 31) // 32 * 4
            self.tile = [_Tile("raw", (0, 0, *self.size), start, (raw_mode, stride, direction))]
        else:
            raise ValueError("unknown compression")
        if header.size == _V5:
            self._read_profile(file, head)

    def _open_indexed(self, header: _Header, data: bytes) -> int:
        """Read the palette; return an index of black, 0 if there is none. What is beyond the palette is black."""
        self._mode = "P"
        entry = "BGR" if header.size == _CORE else "BGRX"
        length, colours = len(entry), header.colours or 1 << header.bits
        palette = data[: length * min(colours, 256)].ljust(length * 256, b"\0")
        self.palette = ImagePalette.raw(entry, palette)
        starts = range(0, len(palette), length)
        return next((index for index, at in enumerate(starts) if palette[at : at + 3] == bytes(3)), 0)

    def _open_direct(self, header: _Header, head: bytes) -> str:
        """Read the masks, set the mode, and return the raw mode."""
        colours, mode = _DIRECT[header.bits]
        red, green, blue, alpha = struct.unpack_from("<4I", head, _DIB + _INFO)
        if header.compression in _MASKED:
            colours = red, green, blue
            has_alpha = header.size >= _V3 or header.compression == _ALPHABITFIELDS
        else:  # Chromium heeds the mask of alpha, but not the others
            has_alpha = header.size >= _V4 and mode == "RGBA"
        masks = (*colours, alpha if has_alpha else 0)
        if (header.bits, masks) in _RAW_MODES:
            self._mode = "RGB"
            return _RAW_MODES[header.bits, masks]
        self._mode, self._masks = mode, masks if masks[3] else masks[:3]
        return mode

    def _read_profile(self, file: IO[bytes], head: bytes) -> None:
        kind, start, size = struct.unpack_from("<4s52xII", head, _DIB + _INFO + 16)
        if kind == _EMBEDDED_PROFILE:
            file.seek(_DIB + start)
            self.info["icc_profile"] = file.read(size)

    def load_end(self) -> None:
        """Put the channels together from the bytes of the pixels."""
        if self._masks:
            planes = self.split()
            channels = [_extract(planes, mask) for mask in self._masks]
            picture = Image.merge("RGBA"[: len(channels)], channels)
            self.im, self._mode, self._masks = picture.im, picture.mode, ()


def _read_header(head: bytes) -> _Header:
    (size,) = struct.unpack_from("<I", head, _DIB)
    fields = head[_DIB + 4 : _DIB + size]
    if size == _CORE:
        return _Header(size, *_CORE_HEADER.unpack(fields))
    if size in _SIZES:
        return _Header(size, *_HEADER.unpack_from(fields.ljust(_HEADER.size, b"\0")))
    raise ValueError("unknown header")


def _extract(planes: tuple[Image.Image, ...], mask: int) -> Image.Image:
    """Return a channel, scaled to 8 bits, from the planes of bytes over which its mask extends."""
    scale = 255 / (mask >> ((mask & -mask).bit_length() - 1)) if mask else 0.0
    low = mask & -mask or 1
    parts = [
        plane.point([round((byte << shift & mask) // low * scale) for byte in range(256)])
        for plane, shift in zip(planes, range(0, 32, 8), strict=False)
        if mask >> shift & 0xFF
    ]
    return reduce(ImageChops.add, parts) if parts else Image.new("L", planes[0].size)


Image.register_open(BmpFile.format, BmpFile, lambda start: start.startswith(b"BM"))
