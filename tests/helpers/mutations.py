"""Valid files of every format and mutations of them, for property-based tests."""

import struct
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from helpers.colour_files import (
    build_apng,
    build_cicp,
    build_gama,
    build_keyed_png,
    build_v5_bmp,
    insert_chunks,
    set_nclx,
)
from helpers.containers import build_exif, build_grey_tiff
from helpers.icc import RED_GREEN_SWAP_PROFILE
from helpers.pictures import draw_quarters, encode

if TYPE_CHECKING:
    from PIL import Image

# Small, so that most of a file is structure rather than pixels.
_SIZE = (48, 27)

# Edge cases of counters, sizes and offsets.
_INTERESTING = [0, 1, 2, 7, 8, 16, 127, 128, 255, 256, 4096, 32767, 32768, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1]
_HEADER = 256
_LONGEST = 64

Draw = Callable[[st.SearchStrategy[int]], int]


@cache
def make_valid_files() -> dict[str, bytes]:
    """Make small valid files, by name: every format, and the variants that decoders treat differently."""
    picture = draw_quarters(_SIZE)
    grey, alpha, palette = picture.convert("L"), picture.convert("RGBA"), picture.quantize(8)
    frames: dict[str, object] = {"save_all": True, "append_images": [picture.rotate(180)]}
    rich: dict[str, object] = {"icc_profile": RED_GREEN_SWAP_PROFILE, "exif": build_exif(6)}
    kinds: dict[str, tuple[Image.Image, str, dict[str, object]]] = {
        "JPEG": (picture, "JPEG", rich),
        "JPEG, progressive": (picture, "JPEG", {"progressive": True}),
        "JPEG, grey": (grey, "JPEG", {"restart_marker_blocks": 1}),
        "JPEG, CMYK": (picture.convert("CMYK"), "JPEG", {}),
        "MPO": (picture, "MPO", frames),
        "PNG": (picture, "PNG", rich),
        "PNG, palette": (palette, "PNG", {"transparency": 0}),
        "PNG, 16 bits": (grey.convert("I").convert("I;16"), "PNG", {}),
        "PNG, animated": (alpha, "PNG", frames),
        "WebP": (picture, "WEBP", rich),
        "WebP, lossless": (alpha, "WEBP", {"lossless": True}),
        "WebP, animated": (picture, "WEBP", frames),
        "GIF": (palette, "GIF", {}),
        "GIF, animated": (picture, "GIF", frames),
        "BMP": (picture, "BMP", {}),
        "BMP, palette": (palette, "BMP", {}),
        "TIFF": (picture, "TIFF", rich),
        "TIFF, floats": (grey.convert("F"), "TIFF", {}),
        **{f"TIFF, {name}": (picture, "TIFF", {"compression": name}) for name in ("tiff_lzw", "tiff_deflate", "jpeg")},
        "TIFF, fax": (grey.convert("1"), "TIFF", {"compression": "group4"}),
        "TIFF, packed": (alpha, "TIFF", {"compression": "packbits"}),
        "AVIF": (picture, "AVIF", {"speed": 10, **rich}),
        "AVIF, animated with alpha": (alpha, "AVIF", {"speed": 10, **frames, "append_images": [alpha.rotate(180)]}),
        "HEIC": (picture, "HEIF", {}),
        "HEIC with alpha": (alpha, "HEIF", {}),
    }
    files = {name: encode(image, kind, **options) for name, (image, kind, options) in kinds.items()}
    coloured = {
        "PNG, code points": insert_chunks(files["PNG, animated"], build_cicp(9, 16)),
        "PNG, gamma": insert_chunks(files["PNG, palette"], build_gama(100_000)),
        "PNG, transparent colour of 16 bits": build_keyed_png(16, 2, [(1, 2, 3)] * 16, (1, 2, 3)),
        "PNG, another first frame": build_apng(picture.crop((0, 0, 20, 20)), (4, 4), picture),
        "AVIF, code points": set_nclx(encode(picture, "AVIF", speed=10), 9, 18),
        "BMP with a profile": build_v5_bmp(picture, RED_GREEN_SWAP_PROFILE),
    }
    return files | coloured | {"TIFF, 12 bits": build_grey_tiff((16, 9), b"\x80\x08\x00" * 72, bits=12)}


@st.composite
def mutated_files(draw: Draw, files: Sequence[bytes]) -> bytes:
    """Draw one of the files, mutated one to five times."""
    data = bytearray(files[draw(st.integers(0, len(files) - 1))])
    for _ in range(draw(st.integers(1, 5))):
        _MUTATIONS[draw(st.integers(0, len(_MUTATIONS) - 1))](draw, data, files)
    return bytes(data)


def _draw_offset(draw: Draw, data: bytearray) -> int:
    """Draw an offset, half the time in what is probably the header."""
    last = max(0, len(data) - 1)
    return draw(st.one_of(st.integers(0, min(last, _HEADER)), st.integers(0, last)))


def _flip(draw: Draw, data: bytearray, _: Sequence[bytes]) -> None:
    offset = _draw_offset(draw, data)
    data[offset : offset + 1] = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in data[offset : offset + 1])


def _overwrite(draw: Draw, data: bytearray, _: Sequence[bytes]) -> None:
    layout = "BHIHI"[kind := draw(st.integers(0, 4))]
    mask = (1 << 8 * struct.calcsize(layout)) - 1
    number = _INTERESTING[draw(st.integers(0, len(_INTERESTING) - 1))] & mask
    offset, packed = _draw_offset(draw, data), struct.pack(f"{'<' if kind > 2 else '>'}{layout}", number)
    data[offset : offset + len(packed)] = packed


def _truncate(draw: Draw, data: bytearray, _: Sequence[bytes]) -> None:
    del data[_draw_offset(draw, data) :]


def _delete(draw: Draw, data: bytearray, _: Sequence[bytes]) -> None:
    offset = _draw_offset(draw, data)
    del data[offset : offset + draw(st.integers(1, _LONGEST))]


def _duplicate(draw: Draw, data: bytearray, _: Sequence[bytes]) -> None:
    offset = _draw_offset(draw, data)
    data[offset:offset] = data[offset : offset + draw(st.integers(1, _LONGEST))] * draw(st.integers(1, 20))


def _insert(draw: Draw, data: bytearray, _: Sequence[bytes]) -> None:
    offset = _draw_offset(draw, data)
    data[offset:offset] = bytes([draw(st.integers(0, 255))]) * draw(st.integers(1, _LONGEST))


def _splice(draw: Draw, data: bytearray, files: Sequence[bytes]) -> None:
    other = bytearray(files[draw(st.integers(0, len(files) - 1))])
    data[_draw_offset(draw, data) :] = other[_draw_offset(draw, other) :]


_MUTATIONS = (_flip, _overwrite, _truncate, _delete, _duplicate, _insert, _splice)
