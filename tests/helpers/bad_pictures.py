"""Broken, odd and hostile files, and what must become of each."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PIL import Image

from helpers.containers import (
    JPEG_END,
    PNG_SIGNATURE,
    build_bmp,
    build_deflated_rgba16_tiff,
    build_exif,
    build_gif,
    build_grey_tiff,
    build_jpeg_segment,
    build_multiscan_jpeg,
    build_png,
    build_png_chunk,
    build_tiff,
    build_webp,
    insert_jpeg_segments,
    insert_png_chunks,
)
from helpers.icc import LINEAR_GREY_PROFILE, RED_GREEN_SWAP_PROFILE
from helpers.pictures import BLUE, GREEN, RED, YELLOW, Colour, draw_quarters, encode

NO_PICTURE = "not a picture that can be read"
DAMAGED = "damaged, incomplete or of a rare kind"
TOO_LARGE = "too large"
QUARTERS = {(320, 180): RED, (960, 180): GREEN, (960, 540): BLUE, (320, 540): YELLOW}
WHITE = (255, 255, 255)


@dataclass(frozen=True)
class BadPicture:
    """A file, what is bad about it, and the expected outcome.

    Either the picture is refused with a message that contains `refused`, or its thumbnail has the colours in `shows`,
    which maps positions of pixels to colours.
    """

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    shows: Mapping[tuple[int, int], Colour] = field(default_factory=dict)


def _expect_grey(level: int) -> dict[tuple[int, int], Colour]:
    return {(640, 360): (level, level, level)}


def _encode_jpeg(**options: object) -> bytes:
    return encode(draw_quarters(), "JPEG", **options)


def _encode_noise(file_format: str = "JPEG", **options: object) -> bytes:
    """Encode noise, which does not compress, so that truncation cuts through pixel data."""
    pixels = hashlib.shake_128(b"noise").digest(320 * 180 * 3)
    return encode(Image.frombytes("RGB", (320, 180), pixels), file_format, **options)


def _truncate(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def _make_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    return file.getvalue()


def _claim_size(data: bytes, size: tuple[int, int], field: bytes, at: int, layout: str) -> bytes:
    """Overwrite the size that a file claims."""
    start = data.index(field) + at
    return data[:start] + struct.pack(layout, *size) + data[start + struct.calcsize(layout) :]


NOT_PICTURES = [
    BadPicture("an empty file", bytes, "empty"),
    BadPicture("one byte", lambda: b"\xff", NO_PICTURE),
    BadPicture("a text", lambda: b"hello, I am a text", NO_PICTURE),
    BadPicture("an HTML page", lambda: b"<!doctype html><html></html>", NO_PICTURE),
    BadPicture("an SVG", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', NO_PICTURE),
    BadPicture("a PDF", lambda: b"%PDF-1.7\n", NO_PICTURE),
    BadPicture("a zip", _make_zip, NO_PICTURE),
    BadPicture("an MP4", lambda: b"\0\0\0\x18ftypmp42" + bytes(500), NO_PICTURE),
    BadPicture("a PSD", lambda: b"8BPS\0\1" + bytes(500), NO_PICTURE),
    BadPicture("PostScript", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage", NO_PICTURE),
    BadPicture("zeros", lambda: bytes(10_000), NO_PICTURE),
]

_COMMENT = build_jpeg_segment(0xFE, b"")

JPEGS = [
    BadPicture("JPEG, truncated to 3 bytes", lambda: b"\xff\xd8\xff", DAMAGED),
    BadPicture("JPEG without end marker", lambda: _encode_jpeg()[:-2], shows=QUARTERS),
    BadPicture("JPEG, progressive, without end marker", lambda: _encode_jpeg(progressive=True)[:-2], shows=QUARTERS),
    BadPicture("JPEG, grey, without end marker", lambda: encode(draw_quarters().convert("L"), "JPEG")[:-2]),
    BadPicture("JPEG with half an end marker", lambda: _encode_jpeg()[:-1], shows=QUARTERS),
    BadPicture("JPEG with a zero before a segment", lambda: insert_jpeg_segments(_COMMENT, b"\0"), shows=QUARTERS),
    BadPicture("JPEG with 18 zeros before a segment",
               lambda: insert_jpeg_segments(_COMMENT, bytes(18)), shows=QUARTERS),
    BadPicture("JPEG with fill bytes before a marker", lambda: insert_jpeg_segments(b"\xff" * 3), shows=QUARTERS),
    BadPicture("JPEG with a segment longer than it says",
               lambda: insert_jpeg_segments(build_jpeg_segment(0xE1, bytes(28)) + bytes(7)), shows=QUARTERS),
    BadPicture("JPEG with a segment of length 0", lambda: insert_jpeg_segments(b"\xff\xe1\0\0"), shows=QUARTERS),
    BadPicture("JPEG with a segment that says to be longer than the file",
               lambda: insert_jpeg_segments(b"\xff\xe1\xff\xff"), DAMAGED),
    BadPicture("JPEG with a marker without its first byte",
               lambda: _encode_jpeg().replace(b"\xff\xc4", b"\xc4", 1), shows=QUARTERS),
    BadPicture("JPEG with zeros after its end", lambda: _encode_jpeg() + bytes(5000), shows=QUARTERS),
    BadPicture("JPEG with a video after its end",
               lambda: _encode_jpeg() + b"\0\0\0\x18ftypmp42" + bytes(5000), shows=QUARTERS),
    BadPicture("JPEG, truncated to 50 %", lambda: _truncate(_encode_noise(), 0.5), DAMAGED),
    BadPicture("JPEG, truncated to 90 %", lambda: _truncate(_encode_noise(), 0.9), DAMAGED),
    BadPicture("JPEG, truncated to 50 %, padded with zeros",
               lambda: _truncate(_encode_noise(), 0.5) + bytes(500_000), DAMAGED),
    BadPicture("JPEG without end marker, padded with zeros", lambda: _encode_jpeg()[:-2] + bytes(5000), shows=QUARTERS),
    BadPicture("JPEG, progressive, truncated to 50 %",
               lambda: _truncate(_encode_noise(progressive=True), 0.5), DAMAGED),
    BadPicture("JPEG of 100 scans", lambda: build_multiscan_jpeg((320, 180), 100), shows={(640, 360): RED}),
    BadPicture("JPEG of 101 scans", lambda: build_multiscan_jpeg((320, 180), 101), "more than 100 steps"),
    BadPicture("JPEG of 1,000 scans in 95 kB", lambda: build_multiscan_jpeg((4000, 3000), 1000), "more than 100 steps"),
    BadPicture("JPEG, progressive, 100 megapixels", lambda: _claim_size(
        build_multiscan_jpeg((320, 180), 10), (10_000, 10_000), b"\xff\xc2", 5, ">HH"), TOO_LARGE),
    BadPicture("JPEG, 100 megapixels, one scan per channel", lambda: _claim_size(
        _encode_jpeg().replace(b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11", b"\xff\xda\0\x08\1\1\0"),
        (10_000, 10_000), b"\xff\xc0", 5, ">HH"), TOO_LARGE),
    BadPicture("JPEG that claims 60000x60000", lambda: _claim_size(
        _encode_jpeg(), (60_000, 60_000), b"\xff\xc0", 5, ">HH"), TOO_LARGE),
    BadPicture("JPEG of height 0", lambda: _claim_size(_encode_jpeg(), (0, 320), b"\xff\xc0", 5, ">HH"), DAMAGED),
    BadPicture("JPEG that claims more rows than it has", lambda: _claim_size(
        _encode_jpeg(), (2000, 320), b"\xff\xc0", 5, ">HH")),
    BadPicture("JPEG of 12 bits per channel",
               lambda: _encode_jpeg().replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c"), DAMAGED),
    BadPicture("JPEG of two frames", lambda: insert_jpeg_segments(
        build_jpeg_segment(0xC0, b"\x08\x10\0\x10\0\3\1\x11\0\2\x11\0\3\x11\0")), DAMAGED),
    BadPicture("JPEG with a million empty comments",
               lambda: insert_jpeg_segments(build_jpeg_segment(0xFE, b"") * 1_000_000), DAMAGED),
    BadPicture("JPEG after a megabyte of padding", lambda: insert_jpeg_segments(b"\xff" * 1_000_000), DAMAGED),
    BadPicture("JPEG with comments of 20 MB",
               lambda: insert_jpeg_segments(build_jpeg_segment(0xFE, bytes(65_000)) * 300), shows=QUARTERS),
    BadPicture("JPEG with EXIF of 5 MB", lambda: insert_jpeg_segments(
        build_jpeg_segment(0xE1, b"Exif\0\0" + bytes(65_000)) * 80), shows=QUARTERS),
    BadPicture("JPEG with EXIF of 65,535 tags", lambda: insert_jpeg_segments(build_jpeg_segment(
        0xE1, b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x0f\1\2\0\xff\xff\xff\x7f\x08\0\0\0" * 5000)), shows=QUARTERS),
    BadPicture("JPEG with EXIF that points to itself", lambda: insert_jpeg_segments(build_jpeg_segment(
        0xE1, b"Exif\0\0" + build_tiff([(0x8769, 4, [8]), (0x8825, 4, [8])]))), shows=QUARTERS),
    BadPicture("JPEG, orientation 0", lambda: _encode_jpeg(exif=build_exif(0)), shows=QUARTERS),
    BadPicture("JPEG, orientation 9", lambda: _encode_jpeg(exif=build_exif(9)), shows=QUARTERS),
    BadPicture("JPEG, orientation 65535", lambda: _encode_jpeg(exif=build_exif(65_535)), shows=QUARTERS),
    BadPicture("JPEG in colour with a grey profile",
               lambda: _encode_jpeg(icc_profile=LINEAR_GREY_PROFILE), shows=QUARTERS),
    BadPicture("JPEG with a profile of 8 MB of zeros",
               lambda: _encode_jpeg(icc_profile=bytes(8_000_000)), shows=QUARTERS),
    BadPicture("JPEG with half a profile",
               lambda: _encode_jpeg(icc_profile=RED_GREEN_SWAP_PROFILE[:200]), shows=QUARTERS),
    BadPicture("JPEG, CMYK, inverted as by Adobe",
               lambda: encode(draw_quarters().convert("CMYK"), "JPEG"), shows=QUARTERS),
    BadPicture("JPEG, CMYK without Adobe's marker", lambda: encode(
        draw_quarters().convert("CMYK"), "JPEG").replace(b"\xff\xee\0\x0eAdobe", b"\xff\xee\0\x0eOther")),
    BadPicture("JPEG, CMYK with an RGB profile", lambda: encode(
        draw_quarters().convert("CMYK"), "JPEG", icc_profile=RED_GREEN_SWAP_PROFILE), shows=QUARTERS),
    BadPicture("JPEG with a zip appended", lambda: _encode_jpeg() + _make_zip(), shows=QUARTERS),
    BadPicture("JPEG with a script in a comment", lambda: insert_jpeg_segments(
        build_jpeg_segment(0xFE, b"<script>alert(1)</script>")), shows=QUARTERS),
    BadPicture("JPEG with another JPEG appended", lambda: _encode_jpeg() + _encode_noise(), shows=QUARTERS),
    BadPicture("MPO whose index is broken", lambda: insert_jpeg_segments(
        build_jpeg_segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff" + bytes(40))), shows=QUARTERS),
    BadPicture("JPEG with 500,000 restart markers at its end",
               lambda: _encode_jpeg()[:-2] + b"\xff\xd0" * 500_000 + JPEG_END, shows=QUARTERS),
]  # fmt: skip

PNGS = [
    BadPicture("PNG, truncated after its signature", lambda: PNG_SIGNATURE + bytes(30), DAMAGED),
    BadPicture("PNG, truncated to 90 %", lambda: _truncate(_encode_noise("PNG"), 0.9), DAMAGED),
    BadPicture("PNG without IEND", lambda: encode(draw_quarters(), "PNG")[:-12], shows=QUARTERS),
    BadPicture("PNG with a wrong last checksum",
               lambda: encode(draw_quarters(), "PNG")[:-16] + bytes(16), shows=QUARTERS),
    BadPicture("PNG of 20000x20000 in 49 kB", lambda: build_png(
        (20_000, 20_000), build_png_chunk(b"IDAT", zlib.compress(bytes(2501 * 20_000), 9)), depth=1), TOO_LARGE),
    BadPicture("PNG of 4294967295x4294967295", lambda: build_png((2**32 - 1, 2**32 - 1)), TOO_LARGE),
    BadPicture("PNG of width 0", lambda: build_png((0, 10), build_png_chunk(b"IDAT", zlib.compress(b""))), DAMAGED),
    BadPicture("PNG, 1x30000", lambda: encode(Image.new("RGB", (1, 30_000), RED), "PNG")),
    BadPicture("PNG, 30000x1", lambda: encode(Image.new("RGB", (30_000, 1), RED), "PNG")),
    BadPicture("PNG, 1x1", lambda: encode(Image.new("RGB", (1, 1), RED), "PNG"), shows={(640, 360): RED}),
    BadPicture("PNG with a text that inflates to 20 MB", lambda: insert_png_chunks(
        build_png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(20_000_000)))), shows=QUARTERS),
    BadPicture("PNG with a thousand texts of a megabyte", lambda: insert_png_chunks(
        build_png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000))) * 1000), shows=QUARTERS),
    BadPicture("PNG with a profile that inflates to 20 MB", lambda: insert_png_chunks(
        build_png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(20_000_000)))), shows=QUARTERS),
    BadPicture("PNG with a profile of an unknown compression", lambda: insert_png_chunks(
        build_png_chunk(b"iCCP", b"a\0\1" + zlib.compress(RED_GREEN_SWAP_PROFILE))), shows=QUARTERS),
    BadPicture("PNG with a profile that is not compressed",
               lambda: insert_png_chunks(build_png_chunk(b"iCCP", b"a\0\0zzzz")), shows=QUARTERS),
    BadPicture("PNG with 200,000 empty chunks",
               lambda: insert_png_chunks(build_png_chunk(b"abCd", b"") * 200_000), shows=QUARTERS),
    BadPicture("PNG with one byte per IDAT",
               lambda: build_png((16, 9), build_png_chunk(b"IDAT", b"x") * 200_000), DAMAGED),
    BadPicture("PNG with a chunk with a wrong checksum",
               lambda: insert_png_chunks(build_png_chunk(b"tEXt", b"a")[:-4] + bytes(4)),
               shows=QUARTERS),
    BadPicture("PNG with a chunk of 4 GB", lambda: insert_png_chunks(b"\xff\xff\xff\xfftEXt"), DAMAGED),
    BadPicture("PNG, animated, without frames",
               lambda: insert_png_chunks(build_png_chunk(b"acTL", bytes(8))), shows=QUARTERS),
    BadPicture("PNG, animated, with broken frames", lambda: insert_png_chunks(
        build_png_chunk(b"acTL", b"\0\0\0\x09\0\0\0\0"), build_png_chunk(b"fdAT", b"\0\0\0\x09zz")), shows=QUARTERS),
    BadPicture("PNG with HTML appended", lambda: encode(draw_quarters(), "PNG") + b"<html></html>", shows=QUARTERS),
    BadPicture("PNG with too short a palette", lambda: build_png(
        (16, 9), build_png_chunk(b"PLTE", bytes(3)), build_png_chunk(b"IDAT", zlib.compress((b"\0" + b"\7" * 16) * 9)),
        colours=3)),
]  # fmt: skip

GIFS = [
    BadPicture("GIF, truncated to 10 bytes", lambda: b"GIF89a\x10\0\x10\0", DAMAGED),
    BadPicture("GIF, truncated to 50 %", lambda: _truncate(_encode_noise("GIF"), 0.5), DAMAGED),
    BadPicture("GIF with a huge screen and a frame of 1x1",
               lambda: build_gif((65_535, 65_535), Image.new("P", (1, 1))), TOO_LARGE),
    BadPicture("GIF with a frame outside its screen", lambda: build_gif(
        (16, 9), Image.new("P", (1, 1)), (65_000, 65_000)), "too many pixels"),
    BadPicture("GIF with a frame that covers the left half of its screen", lambda: build_gif(
        (320, 180), draw_quarters().crop((0, 0, 160, 180)).quantize(8)),
        shows={(320, 180): RED, (320, 540): YELLOW, (960, 180): WHITE, (960, 540): WHITE}),
    BadPicture("GIF with a frame that covers the right half of its screen", lambda: build_gif(
        (320, 180), draw_quarters().crop((160, 0, 320, 180)).quantize(8), (160, 0)),
        shows={(960, 180): GREEN, (960, 540): BLUE, (320, 180): WHITE, (320, 540): WHITE}),
    BadPicture("GIF without frames", lambda: b"GIF89a\x10\0\x10\0\0\0\0;", DAMAGED),
    BadPicture("GIF with a script appended", lambda: encode(draw_quarters(), "GIF") + b"=1;alert(1)", shows=QUARTERS),
    BadPicture("GIF with a broken second frame",
               lambda: encode(draw_quarters(), "GIF")[:-1] + b",zzzzzzzz", shows=QUARTERS),
]  # fmt: skip

TIFFS = [
    BadPicture("TIFF of 12 bits",
               lambda: build_grey_tiff((16, 9), b"\x80\x08\x00" * 72, bits=12), shows=_expect_grey(128)),
    BadPicture("TIFF of 12 bits, deflated", lambda: build_grey_tiff(
        (16, 9), zlib.compress(b"\x80\x08\x00" * 72), bits=12, compression=8), shows=_expect_grey(128)),
    BadPicture("TIFF of 16 bits, zero is white", lambda: build_grey_tiff(
        (16, 9), b"\0\x40" * 144, bits=16, white_is_zero=1), shows=_expect_grey(191)),
    BadPicture("TIFF of 16 bits, zero is white, deflated", lambda: build_grey_tiff(
        (16, 9), zlib.compress(b"\0\x40" * 144), bits=16, white_is_zero=1, compression=8), shows=_expect_grey(191)),
    BadPicture("TIFF of 16 bits, big-endian", lambda: build_grey_tiff(
        (16, 9), b"\x40\0" * 144, bits=16, order=">"), shows=_expect_grey(64)),
    BadPicture("TIFF of 8 bits, zero is white",
               lambda: build_grey_tiff((16, 9), b"\x40" * 144, white_is_zero=1), shows=_expect_grey(191)),
    BadPicture("TIFF of one bit, zero is white", lambda: build_grey_tiff(
        (16, 9), b"\xff\xff" * 9, bits=1, white_is_zero=1), shows=_expect_grey(0)),
    BadPicture("TIFF of floats, zero is white", lambda: build_grey_tiff(
        (16, 9), struct.pack("<144f", *[0.25] * 142, 0, 1), bits=32, sample_format=3, white_is_zero=1),
               shows=_expect_grey(191)),
    BadPicture("TIFF of NaNs", lambda: build_grey_tiff(
        (16, 9), struct.pack("<144f", *[float("nan")] * 144), bits=32, sample_format=3), DAMAGED),
    BadPicture("TIFF of four channels of 16 bits",
               lambda: build_deflated_rgba16_tiff((16, 9)), shows=_expect_grey(255)),
    BadPicture("TIFF, truncated to 8 bytes", lambda: b"II*\0\x08\0\0\0", DAMAGED),
    BadPicture("TIFF, truncated to 50 %", lambda: _truncate(_encode_noise("TIFF"), 0.5), DAMAGED),
    BadPicture("TIFF without a size", lambda: build_tiff([(258, 3, [8])]), DAMAGED),
    BadPicture("TIFF of 4294967295x4294967295", lambda: build_grey_tiff((2**32 - 1, 2**32 - 1), b"x"), TOO_LARGE),
    BadPicture("TIFF with a million strips", lambda: _build_strips(1_000_000, 99), DAMAGED),
    BadPicture("TIFF with 100,000 strips, each nearly the whole picture", lambda: _build_strips(100_000, 99), DAMAGED),
    BadPicture("TIFF of one tile of 3.6 gigapixels", lambda: build_tiff(
        [(256, 4, [9]), (257, 4, [9]), (258, 3, [8]), (259, 3, [8]), (262, 3, [1]), (277, 3, [1]),
         (322, 4, [60_000]), (323, 4, [60_000]), (324, 4, [8]), (325, 4, [99])], bytes(99)), DAMAGED),
    BadPicture("TIFF of 60,000 channels", lambda: build_tiff(
        [(256, 4, [9]), (257, 4, [9]), (258, 3, [8]), (262, 3, [2]), (273, 4, [8]), (277, 3, [60_000])],
        bytes(99)), DAMAGED),
    BadPicture("TIFF of an unknown compression", lambda: build_grey_tiff((9, 9), bytes(81), compression=4711), DAMAGED),
    BadPicture("TIFF with an offset past its end", lambda: build_tiff(
        [(256, 4, [9]), (257, 4, [9]), (258, 3, [8]), (262, 3, [1]), (273, 4, [2**31]), (278, 4, [9])]), DAMAGED),
    BadPicture("TIFF with a directory that points to itself", lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0", DAMAGED),
    BadPicture("BigTIFF of 18 quintillion tags",
               lambda: b"II\x2b\0\x08\0\0\0\x10\0\0\0\0\0\0\0" + b"\xff" * 100, DAMAGED),
]  # fmt: skip

BMPS = [
    BadPicture("BMP, truncated to 20 bytes", lambda: encode(draw_quarters(), "BMP")[:20], DAMAGED),
    BadPicture("BMP, truncated to 50 %", lambda: _truncate(_encode_noise("BMP"), 0.5), DAMAGED),
    BadPicture("BMP that claims 64 megapixels and has no data", lambda: build_bmp((8000, 8000), b"", bits=24), DAMAGED),
    BadPicture("BMP of 2147483647x2147483647", lambda: build_bmp((2**31 - 1, 2**31 - 1), b""), TOO_LARGE),
    BadPicture("BMP of negative width", lambda: build_bmp((-16, 9), bytes(500)), TOO_LARGE),
    BadPicture("BMP, RLE, a megabyte of empty runs",
               lambda: build_bmp((3000, 3000), b"\0\0" * 500_000, compression=1), shows={(640, 360): (0, 0, 0)}),
    BadPicture("BMP, RLE, with runs past the end of a row",
               lambda: build_bmp((16, 9), b"\xff\x40" * 100, compression=1), DAMAGED),
    BadPicture("BMP, RLE, with jumps out of the picture",
               lambda: build_bmp((16, 9), b"\0\2\xff\xff" * 100, compression=1)),
]  # fmt: skip

_ANIMATED = {"save_all": True, "append_images": [Image.new("RGB", (320, 180), BLUE)] * 300}

WEBPS_AVIFS_HEICS = [
    BadPicture("WebP, truncated to 90 %", lambda: _truncate(_encode_noise("WEBP"), 0.9), DAMAGED),
    BadPicture("WebP with a canvas of 169 megapixels", lambda: build_webp(
        (b"VP8X", b"\2\0\0\0" + 2 * (12_999).to_bytes(3, "little")), (b"ANIM", bytes(6)),
        (b"ANMF", bytes(6) + b"\x3f\1\0\xb3\0\0" + bytes(4) + _encode_noise("WEBP")[12:])), TOO_LARGE),
    BadPicture("WebP with a canvas of 268 megapixels", lambda: build_webp(
        (b"VP8X", b"\2\0\0\0" + 2 * (16_383).to_bytes(3, "little")), (b"ANIM", bytes(6)),
        (b"ANMF", bytes(6) + b"\x3f\1\0\xb3\0\0" + bytes(4) + _encode_noise("WEBP")[12:])), "too many pixels"),
    BadPicture("WebP of 301 frames", lambda: encode(draw_quarters(), "WEBP", **_ANIMATED), shows=QUARTERS),
    BadPicture("WebP with an invalid profile",
               lambda: encode(draw_quarters(), "WEBP", icc_profile=b"zz"), shows=QUARTERS),
    BadPicture("a WAV", lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(50), NO_PICTURE),
    BadPicture("AVIF, truncated to 90 %", lambda: _truncate(_encode_noise("AVIF"), 0.9), DAMAGED),
    BadPicture("AVIF that claims 10000x10000", lambda: _claim_size(
        encode(draw_quarters(), "AVIF"), (10_000, 10_000), b"ispe", 8, ">II"), TOO_LARGE),
    BadPicture("AVIF that claims 4294967295x4294967295", lambda: _claim_size(
        encode(draw_quarters(), "AVIF"), (2**32 - 1, 2**32 - 1), b"ispe", 8, ">II"), DAMAGED),
    BadPicture("AVIF of 31 frames", lambda: encode(
        draw_quarters(), "AVIF", speed=10, save_all=True, append_images=[Image.new("RGB", (320, 180), BLUE)] * 30),
               shows=QUARTERS),
    BadPicture("HEIC, truncated to 90 %", lambda: _truncate(_encode_noise("HEIF"), 0.9), DAMAGED),
    BadPicture("HEIC that claims 10000x10000", lambda: _claim_size(
        encode(draw_quarters(), "HEIF"), (10_000, 10_000), b"ispe", 8, ">II"), TOO_LARGE),
    BadPicture("HEIC with only a header", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), DAMAGED),
]  # fmt: skip


def _build_strips(number: int, rows: int) -> bytes:
    """Build a TIFF of 100x100 with this many strips of this many rows, all at the same offset."""
    return build_tiff(
        [(256, 4, [100]), (257, 4, [100]), (258, 3, [8]), (262, 3, [1]), (273, 4, [8] * number), (278, 4, [rows])],
        bytes(10_000),
    )


BAD_PICTURES = [*NOT_PICTURES, *JPEGS, *PNGS, *GIFS, *TIFFS, *BMPS, *WEBPS_AVIFS_HEICS]
