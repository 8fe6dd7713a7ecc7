"""TIFFs and BMPs whose pixels are laid out in ways that few programs write, built byte by byte."""

import struct
import zlib
from collections.abc import Iterable, Sequence

from PIL import Image

from helpers.containers import build_tiff
from helpers.pictures import BLUE, GREEN, RED, YELLOW, draw_quarters, encode

SIZE = (32, 18)
GREYS = (0, 200, 120, 255)
"""Levels of the quarters in greyscale, in the order top left, top right, bottom left, bottom right."""

_TIFF_CODES = {(8, 1): "B", (16, 1): "H", (32, 1): "I", (8, 2): "b", (16, 2): "h", (32, 2): "i", (32, 3): "f"}
_FLOAT, _SIGNED = 3, 2


def _list_greys() -> bytes:
    width, height = SIZE
    return bytes(GREYS[(x >= width // 2) + 2 * (y >= height // 2)] for y in range(height) for x in range(width))


def _list_indices() -> bytes:
    return bytes(GREYS.index(level) for level in _list_greys())


def list_channels(*extra: int) -> list[bytes]:
    """Return red, green and blue of the quarters, and further channels of a single level."""
    pixels = SIZE[0] * SIZE[1]
    return [*(band.tobytes() for band in draw_quarters(SIZE).split()), *(bytes([level]) * pixels for level in extra)]


def build_layout(  # noqa: PLR0913  one for each thing that layouts differ in
    channels: Sequence[bytes],
    photometric: int,
    *,
    bits: int = 8,
    sample_format: int = 1,
    order: str = "<",
    planar: bool = False,
    deflated: bool = False,
    tags: Iterable[tuple[int, int, list[int]]] = (),
) -> bytes:
    """Build a TIFF of `SIZE`.

    Args:
        channels: levels of 8 bits, which are scaled to `bits`.
        photometric: how they are interpreted: 1 is grey, 2 RGB, 3 a colour map, 5 CMYK.
        bits: of each channel.
        sample_format: 1 unsigned, 2 signed, 3 floating point from 0 to 1.
        order: of the bytes, < or >.
        planar: whether the channels lie one after the other.
        deflated: whether they are compressed.
        tags: number, type and values of further fields.
    """
    code = _TIFF_CODES[bits, sample_format]
    samples = [[_scale(level, bits, sample_format, photometric) for level in channel] for channel in channels]
    interleaved = [value for pixel in zip(*samples, strict=True) for value in pixel]
    blocks = [struct.pack(f"{order}{len(values)}{code}", *values) for values in (samples if planar else [interleaved])]
    if deflated:
        blocks = [zlib.compress(block) for block in blocks]
    starts = [8 + sum(map(len, blocks[:index])) for index in range(len(blocks))]
    fields = [
        (256, 4, [SIZE[0]]), (257, 4, [SIZE[1]]), (258, 3, [bits] * len(channels)), (259, 3, [8 if deflated else 1]),
        (262, 3, [photometric]), (273, 4, starts), (277, 3, [len(channels)]), (278, 4, [SIZE[1]]),
        (279, 4, [len(block) for block in blocks]), (284, 3, [2 if planar else 1]),
        (339, 3, [sample_format] * len(channels)), *tags,
    ]  # fmt: skip
    return build_tiff(fields, b"".join(blocks), order=order)


def _scale(level: int, bits: int, sample_format: int, photometric: int) -> float:
    if photometric == 3:
        return level
    if sample_format == _FLOAT:
        return level / 255
    return level * ((1 << bits) - 1) // 255 - ((1 << bits - 1) if sample_format == _SIGNED else 0)


def build_mapped_tiff(*, shift: int) -> bytes:
    """Build a TIFF with a colour map, whose levels should be shifted by 8 bits, and are not by some programs."""
    colours = [draw_quarters((2, 2)).getpixel((index % 2, index // 2)) for index in range(4)]
    levels = [colour[band] << shift for band in range(3) for colour in (*colours, *[(0, 0, 0)] * 252)]  # type: ignore[index]
    return build_layout([_list_indices()], 3, tags=[(320, 3, levels)])


def build_pages(*pages: tuple[Image.Image, int], sub: bool = False, photometric: int = 2) -> bytes:
    """Build a TIFF of RGB pages, each with its NewSubfileType: in a row, or those after the first as its SubIFDs.

    `photometric` is that of the last page.
    """
    pixels = [picture.tobytes() for picture, _ in pages]
    length = 2 + 12 * 11 + 4  # of a directory
    directories = [8 + len(b"".join(pixels)) + number * length for number in range(len(pages))]
    data = b"II*\0" + struct.pack("<I", directories[0]) + b"".join(pixels)
    for number, (picture, kind) in enumerate(pages):
        following = [*directories[1:], 0][number]
        start = 8 + sum(map(len, pixels[:number]))
        last = number == len(pages) - 1
        fields = [
            (254, 4, kind), (256, 4, picture.width), (257, 4, picture.height), (258, 3, 8), (259, 3, 1),
            (262, 3, photometric if last else 2), (273, 4, start), (277, 3, 3), (278, 4, picture.height),
            (279, 4, len(pixels[number])), (330, 4, following) if sub and following else (331, 4, 0),
        ]  # fmt: skip
        entries = b"".join(struct.pack("<HHII", tag, kind_, 1, value) for tag, kind_, value in fields)
        data += struct.pack("<H", len(fields)) + entries + struct.pack("<I", 0 if sub else following)
    return data


def build_bmp_file(  # noqa: PLR0913
    bits: int, data: bytes, *, header: int = 40, compression: int = 0, after: bytes = b"", top_down: bool = False
) -> bytes:
    """Build a BMP of `SIZE` from its pixels.

    Args:
        bits: per pixel.
        data: the pixels.
        header: its size: 12 and 16 are OS/2's, which have only a width, a height and the bits.
        compression: 0 is RGB, 1 RLE8, 2 RLE4, 3 bit fields, 6 bit fields with alpha.
        after: the rest of a larger header, masks or palette.
        top_down: whether the first row is stored first.
    """
    width, height = SIZE
    if header in (12, 16):
        start = struct.pack("<IHHHH" if header == 12 else "<IIIHH", header, width, height, 1, bits)
    else:
        start = struct.pack("<IiiHHI20x", header, width, -height if top_down else height, 1, bits, compression)
    offset = 14 + len(start) + len(after)
    return struct.pack("<2sI4xI", b"BM", offset + len(data), offset) + start + after + data


def build_masked_bmp(  # noqa: PLR0913
    bits: int, masks: Sequence[int], *, alpha: int = 255, header: int = 56, compression: int = 3, top_down: bool = False
) -> bytes:
    """Build a BMP of the quarters in 16 or 32 bits per pixel.

    Args:
        bits: per pixel.
        masks: of red, green, blue and perhaps alpha. They follow a header of 40 bytes, or are in a larger one.
        alpha: of the left half; the right half is opaque.
        header: see `build_bmp_file`.
        compression: see `build_bmp_file`.
        top_down: see `build_bmp_file`.
    """
    width, height = SIZE
    left = [alpha] * (width // 2) + [255] * (width // 2)
    pixels = zip(*list_channels(), left * height, strict=True)
    values = [sum(_place(level, mask) for level, mask in zip(pixel, masks, strict=False)) for pixel in pixels]
    rows = [values[row * width : (row + 1) * width] for row in range(height)]
    data = b"".join(
        struct.pack(f"<{width}{'H' if bits == 16 else 'I'}", *row) for row in rows[:: 1 if top_down else -1]
    )
    after = struct.pack(f"<{len(masks)}I", *masks)
    if header > 40:
        after = after.ljust(header - 40, b"\0")
    return build_bmp_file(bits, data, header=header, compression=compression, after=after, top_down=top_down)


def _place(level: int, mask: int) -> int:
    """Return a level scaled to the bits of a mask."""
    return round(level / 255 * (mask // (mask & -mask))) * (mask & -mask) if mask else 0


def build_profiled_bmp(profile: bytes) -> bytes:
    """Build a BMP with an embedded profile."""
    data = encode(draw_quarters(SIZE), "BMP")[54:]
    after = bytes(16) + b"DEBM" + bytes(52) + struct.pack("<IIII", 124 + len(data), len(profile), 0, 0)
    return build_bmp_file(24, data, header=124, after=after[:84]) + profile


PALETTE = b"".join(bytes((*colour[::-1], 0)) for colour in (RED, GREEN, YELLOW, BLUE))


def build_runs_bmp(*, gaps: bool = False) -> bytes:
    """Build a BMP in RLE8; with gaps, the right half of it is left out."""
    width, height = SIZE
    rows = b""
    for row in range(height - 1, -1, -1):
        left = 0 if row < height // 2 else 2
        rows += bytes((width // 2, left)) + (b"" if gaps else bytes((width // 2, left + 1))) + b"\0\0"
    return build_bmp_file(8, rows + b"\0\1", compression=1, after=PALETTE.ljust(1024, b"\0"))


def list_pictures() -> dict[str, bytes]:
    """Return small files by what is odd about them. All show the quarters, in colour or in `GREYS`."""
    small, full = Image.new("RGB", (16, 9), (128, 128, 128)), draw_quarters(SIZE)
    indices = _list_indices()
    flipped = _flip(indices)
    packed = bytes(
        a << 6 | b << 4 | c << 2 | d
        for a, b, c, d in zip(flipped[::4], flipped[1::4], flipped[2::4], flipped[3::4], strict=True)
    )
    return {
        "TIFF, planes of 16 bits": build_layout(list_channels(), 2, bits=16, planar=True),
        "TIFF, planes of 16 bits, deflated": build_layout(list_channels(), 2, bits=16, planar=True, deflated=True),
        "TIFF, planes of 16 bits, big-endian": build_layout(list_channels(), 2, bits=16, order=">", planar=True),
        "TIFF, planes of 16 bits with alpha": build_layout(
            list_channels(255), 2, bits=16, planar=True, tags=[(338, 3, [2])]
        ),
        "TIFF, colour map of 16 bits": build_mapped_tiff(shift=8),
        "TIFF, colour map of 8 bits": build_mapped_tiff(shift=0),
        "TIFF, grey of 32 bits": build_layout([_list_greys()], 1, bits=32),
        "TIFF, grey of 32 bits, signed": build_layout([_list_greys()], 1, bits=32, sample_format=_SIGNED),
        "TIFF, grey of 16 bits, signed, big-endian, deflated": build_layout(
            [_list_greys()], 1, bits=16, sample_format=_SIGNED, order=">", deflated=True
        ),
        "TIFF, grey of floats, big-endian, deflated": build_layout(
            [_list_greys()], 1, bits=32, sample_format=_FLOAT, order=">", deflated=True
        ),
        "TIFF, reduced copy first": build_pages((small, 1), (full, 0)),
        "TIFF, reduced copy with the picture as its SubIFD": build_pages((small, 1), (full, 0), sub=True),
        "TIFF, mask first": build_pages((small, 4), (full, 0)),
        "BMP, 16 bits, 4-4-4": build_masked_bmp(16, (0xF00, 0xF0, 0xF), header=40),
        "BMP, 16 bits, 4-4-4-4": build_masked_bmp(16, (0xF00, 0xF0, 0xF, 0xF000)),
        "BMP, 16 bits, 5-6-5, top row first": build_masked_bmp(16, (0xF800, 0x7E0, 0x1F), header=40, top_down=True),
        "BMP, 32 bits, 11-11-10": build_masked_bmp(32, (0xFFE00000, 0x1FFC00, 0x3FF)),
        "BMP, 32 bits, 10-10-10-2": build_masked_bmp(32, (0x3FF00000, 0xFFC00, 0x3FF, 0xC0000000), header=108),
        "BMP, 32 bits, a channel across bytes": build_masked_bmp(32, (0xFF000000, 0xFF0, 0xFF0000)),
        "BMP, 32 bits, masks of alpha behind the header": build_masked_bmp(
            32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), header=40, compression=6
        ),
        "BMP, 2 bits": build_bmp_file(2, packed, after=PALETTE),
        "BMP, OS/2 header of 12 bytes": build_bmp_file(24, encode(full, "BMP")[54:], header=12),
        "BMP, OS/2 header of 16 bytes": build_bmp_file(24, encode(full, "BMP")[54:], header=16),
        "BMP, palette of fewer colours": build_bmp_file(8, flipped, after=PALETTE.ljust(1024, b"\0")),
        "BMP, runs": build_runs_bmp(),
    }


def _flip(pixels: bytes) -> bytes:
    """Turn rows of one byte per pixel upside down."""
    return Image.frombytes("L", SIZE, pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
