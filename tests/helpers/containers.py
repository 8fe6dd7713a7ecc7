"""Build image files byte by byte, including ones that no library would write."""

import struct
import zlib
from collections.abc import Iterable

from PIL import Image

from helpers.pictures import draw_quarters, encode

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_END = b"\xff\xd9"


def build_png_chunk(name: bytes, data: bytes) -> bytes:
    """Build a chunk: length, name, data and checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def build_png(size: tuple[int, int], *chunks: bytes, depth: int = 8, colours: int = 0) -> bytes:
    """Build a PNG from a header and these chunks; `colours` is the colour type, 0 for grey."""
    header = struct.pack(">IIBBBBB", *size, depth, colours, 0, 0, 0)
    return PNG_SIGNATURE + build_png_chunk(b"IHDR", header) + b"".join(chunks) + build_png_chunk(b"IEND", b"")


def insert_png_chunks(*chunks: bytes) -> bytes:
    """Encode `draw_quarters()` as a PNG, and insert chunks after its header."""
    data = encode(draw_quarters(), "PNG")
    header_end = len(PNG_SIGNATURE) + 25
    return data[:header_end] + b"".join(chunks) + data[header_end:]


def build_jpeg_segment(marker: int, data: bytes) -> bytes:
    """Build a segment: marker, length and data."""
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def insert_jpeg_segments(*segments: bytes) -> bytes:
    """Encode `draw_quarters()` as a JPEG, and insert segments after its start marker."""
    data = encode(draw_quarters(), "JPEG")
    return data[:2] + b"".join(segments) + data[2:]


def build_multiscan_jpeg(size: tuple[int, int], scans: int) -> bytes:
    """Build a progressive JPEG that repeats its last scan, which changes nothing."""
    data = encode(Image.new("RGB", size, (220, 30, 30)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + (scans - data.count(b"\xff\xda") + 1) * data[last:-2] + JPEG_END


def build_exif(orientation: int) -> bytes:
    """Build EXIF data with this orientation and nothing else."""
    return b"Exif\0\0" + build_tiff([(0x0112, 3, [orientation])])


def build_tiff(tags: Iterable[tuple[int, int, list[int]]], data: bytes = b"", *, order: str = "<") -> bytes:
    """Build a TIFF from tags (number, type, values), with `data` at byte 8.

    Values of type 3 have 16 bits, those of type 4 have 32.
    """
    entries, values = b"", b""
    tags = sorted(tags)
    directory = 8 + len(data) + len(data) % 2
    values_at = directory + 2 + 12 * len(tags) + 4
    for number, kind, numbers in tags:
        packed = struct.pack(f"{order}{len(numbers)}{'H' if kind == 3 else 'I'}", *numbers)
        if len(packed) > 4:
            packed, values = struct.pack(f"{order}I", values_at + len(values)), values + packed
        entries += struct.pack(f"{order}HHI4s", number, kind, len(numbers), packed)
    magic = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, directory)
    return magic + data + b"\0" * (len(data) % 2) + struct.pack(f"{order}H", len(tags)) + entries + bytes(4) + values


def build_grey_tiff(size: tuple[int, int], data: bytes, *, bits: int = 8, order: str = "<", **tags: int) -> bytes:
    """Build a TIFF of one grey strip; `white_is_zero` is 0 or 1, `compression` and `sample_format` are TIFF's codes."""
    return build_tiff(
        [
            (256, 4, [size[0]]), (257, 4, [size[1]]), (258, 3, [bits]), (259, 3, [tags.get("compression", 1)]),
            (262, 3, [1 - tags.get("white_is_zero", 0)]), (273, 4, [8]), (277, 3, [1]), (278, 4, [size[1]]),
            (279, 4, [len(data)]), (339, 3, [tags.get("sample_format", 1)]),
        ],
        data, order=order,
    )  # fmt: skip


def build_deflated_rgba16_tiff(size: tuple[int, int]) -> bytes:
    """Build a TIFF of one deflated strip of 16-bit RGBA, the accepted format with the most bytes per pixel."""
    width, height = size
    data = zlib.compress(bytes(width * height * 8), 1)
    return build_tiff(
        [
            (256, 4, [width]), (257, 4, [height]), (258, 3, [16] * 4), (259, 3, [8]), (262, 3, [2]), (273, 4, [8]),
            (277, 3, [4]), (278, 4, [height]), (279, 4, [len(data)]), (338, 3, [2]),
        ],
        data,
    )  # fmt: skip


def build_bmp(size: tuple[int, int], data: bytes, *, bits: int = 8, compression: int = 0) -> bytes:
    """Build a BMP, with a palette of greys for up to 8 bits; compression 1 is RLE8, 2 is RLE4."""
    palette = b"".join(bytes((level, level, level, 0)) for level in range(1 << bits)) if bits <= 8 else b""
    start = 14 + 40 + len(palette)
    header = struct.pack("<2sIII", b"BM", start + len(data), 0, start)
    header += struct.pack("<IiiHHIIiiII", 40, *size, 1, bits, compression, len(data), 0, 0, 0, 0)
    return header + palette + data


def build_gif(screen: tuple[int, int], frame: Image.Image, at: tuple[int, int] = (0, 0)) -> bytes:
    """Build a GIF with one frame, at this position on its logical screen."""
    data = encode(frame, "GIF")
    start = data.index(b",", 13 + 3 * (2 << (data[10] & 7)))
    width, height = frame.size
    place = struct.pack("<HHHH", *at, width, height)
    return data[:6] + struct.pack("<HH", *screen) + data[10 : start + 1] + place + data[start + 9 :]


def build_webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """Build a WebP from these chunks."""
    body = b"".join(name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
