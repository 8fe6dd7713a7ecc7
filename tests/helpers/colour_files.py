"""Build and edit files that tell their colours or their orientation in unusual ways."""

import struct
import zlib
from collections.abc import Sequence

from PIL import Image

from helpers.containers import PNG_SIGNATURE, build_jpeg_segment, build_png, build_png_chunk, build_webp
from helpers.pictures import encode

EXIF, LONG, SHORT = b"Exif\0\0", 4, 3
_ORIENTATION = 0x0112


def build_cicp(primaries: int, transfer: int, *, matrix: int = 0, full_range: int = 1) -> bytes:
    """Build a PNG's cICP chunk."""
    return build_png_chunk(b"cICP", bytes((primaries, transfer, matrix, full_range)))


def build_iccp(profile: bytes) -> bytes:
    """Build a PNG's iCCP chunk."""
    return build_png_chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile))


def build_gama(gamma: int) -> bytes:
    """Build a PNG's gAMA chunk; the gamma is in 1/100000."""
    return build_png_chunk(b"gAMA", struct.pack(">I", gamma))


def insert_chunks(png: bytes, *chunks: bytes, before: bytes = b"") -> bytes:
    """Insert chunks after a PNG's header, or before its first chunk of this name."""
    at = png.index(before) - 4 if before else len(PNG_SIGNATURE) + 25
    return png[:at] + b"".join(chunks) + png[at:]


def build_keyed_png(depth: int, colours: int, pixels: Sequence[tuple[int, ...]], key: tuple[int, ...]) -> bytes:
    """Build a PNG of 9 equal rows in which one colour is declared transparent.

    Args:
        depth: bits per sample.
        colours: 0 for grey, 2 for RGB.
        pixels: of a row.
        key: the transparent colour.
    """
    bits = "".join(format(sample, f"0{depth}b") for pixel in pixels for sample in pixel)
    row = b"\0" + int(bits, 2).to_bytes(len(bits) // 8)
    transparent = build_png_chunk(b"tRNS", struct.pack(f">{len(key)}H", *key))
    data = build_png_chunk(b"IDAT", zlib.compress(row * 9))
    return build_png((len(pixels), 9), transparent, data, depth=depth, colours=colours)


def build_apng(frame: Image.Image, at: tuple[int, int], default: Image.Image) -> bytes:
    """Build an animated PNG of one frame, at this position, with another picture for programs that show no animation.

    Both are of mode RGB.
    """
    control = struct.pack(">5IHHBB", 0, *frame.size, *at, 1, 10, 0, 0)
    return build_png(
        default.size,
        build_png_chunk(b"acTL", struct.pack(">II", 1, 0)),
        build_png_chunk(b"IDAT", _deflate(default)),
        build_png_chunk(b"fcTL", control),
        build_png_chunk(b"fdAT", struct.pack(">I", 1) + _deflate(frame)),
        colours=2,
    )


def _deflate(picture: Image.Image) -> bytes:
    pixels, row = picture.tobytes(), picture.width * 3
    return zlib.compress(b"".join(b"\0" + pixels[start : start + row] for start in range(0, len(pixels), row)))


def insert_exif(jpeg: bytes, *segments: bytes) -> bytes:
    """Insert APP1 segments after a JPEG's start marker."""
    return jpeg[:2] + b"".join(build_jpeg_segment(0xE1, data) for data in segments) + jpeg[2:]


def build_orientation(values: Sequence[int], kind: int = SHORT) -> bytes:
    """Build a TIFF directory of an orientation, with one entry for all values, of this type."""
    packed = struct.pack(f"<{len(values)}{'H' if kind == SHORT else 'I'}", *values).ljust(4, b"\0")
    return _build_directory(struct.pack("<HHI4s", _ORIENTATION, kind, len(values), packed))


def repeat_orientation(*values: int) -> bytes:
    """Build a TIFF directory of an orientation, with one entry for each value."""
    return _build_directory(*(struct.pack("<HHIHH", _ORIENTATION, SHORT, 1, value, 0) for value in values))


def _build_directory(*entries: bytes) -> bytes:
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)


def set_nclx(data: bytes, primaries: int, transfer: int) -> bytes:
    """Set code points in the nclx box of an AVIF or HEIC."""
    at = data.index(b"nclx") + 4
    return data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :]


def move_nclx_into_stream(avif: bytes, primaries: int, transfer: int) -> bytes:
    """Take an AVIF's nclx box away, and set the code points in the sequence header of the coded picture."""
    stream = avif.index(b"mdat") + 4
    start = avif.index(b"\x0a", stream)
    size = avif[start + 1]
    bits = format(int.from_bytes(avif[start + 2 : start + 2 + size]), f"0{8 * size}b")
    before = format(0x010D06, "024b")  # BT.709, sRGB, BT.601
    assert bits.count(before) == 1
    changed = int(bits.replace(before, format(primaries << 16 | transfer << 8 | 6, "024b")), 2)
    avif = avif[: start + 2] + changed.to_bytes(size) + avif[start + 2 + size :]
    return avif.replace(b"colrnclx", b"freenclx")


def add_exif_orientation(avif: bytes) -> bytes:
    """Turn the `Model` in an AVIF's EXIF into an orientation of 6, which Pillow would write as a property."""
    exif = max(avif.find(b"MM\0*"), avif.find(b"II*\0"))
    order = ">" if avif[exif : exif + 1] == b"M" else "<"
    at = avif.index(struct.pack(f"{order}H", 0x0110), exif)
    return avif[:at] + struct.pack(f"{order}HHIHH", _ORIENTATION, SHORT, 1, 6, 0) + avif[at + 12 :]


def build_animated_webp(screen: tuple[int, int], frame: Image.Image, at: tuple[int, int]) -> bytes:
    """Build an animated WebP of one frame, at an even position on its screen."""
    picture = encode(frame, "WEBP", lossless=True)
    width, height = screen
    header = bytes((0x12, 0, 0, 0)) + _pack24(width - 1) + _pack24(height - 1)
    place = b"".join(map(_pack24, (at[0] // 2, at[1] // 2, frame.width - 1, frame.height - 1, 100)))
    pixels = picture[picture.index(b"VP8L") :]
    return build_webp((b"VP8X", header), (b"ANIM", bytes(6)), (b"ANMF", place + b"\0" + pixels))


def _pack24(value: int) -> bytes:
    return value.to_bytes(3, "little")


def set_adobe_transform(jpeg: bytes, transform: int) -> bytes:
    """Set how Adobe's marker says the channels are coded: 0 is as they are, 1 YCbCr, 2 YCCK."""
    at = jpeg.index(b"Adobe") + 11
    return jpeg[:at] + bytes((transform,)) + jpeg[at + 1 :]


def rename_channels(jpeg: bytes, names: bytes) -> bytes:
    """Give the three channels of a baseline JPEG other identifiers."""
    data, frame, scan = bytearray(jpeg), jpeg.index(b"\xff\xc0"), jpeg.index(b"\xff\xda")
    for index, name in enumerate(names):
        data[frame + 10 + 3 * index] = name
        data[scan + 5 + 2 * index] = name
    return bytes(data)


def build_v5_bmp(picture: Image.Image, profile: bytes) -> bytes:
    """Build a BMP of 24 bits with a BITMAPV5HEADER and an embedded ICC profile."""
    old = encode(picture, "BMP")
    pixels = old[54:]
    header = struct.pack("<I", 124) + old[18:54] + bytes(16) + b"DEBM" + bytes(48)
    header += struct.pack("<4I", 4, 124 + len(pixels), len(profile), 0)
    return struct.pack("<2sIII", b"BM", 138 + len(pixels) + len(profile), 0, 138) + header + pixels + profile
