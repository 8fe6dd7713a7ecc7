"""Decode a WebP at reduced size, by the library that Pillow comes with.

Pillow decodes each WebP as an animation: whole, with alpha, and in four copies. That is what is left to it: animations,
pictures with alpha, and to say what is wrong with those that are broken. The structures are those of libwebp's
src/webp/decode.h: https://chromium.googlesource.com/webm/libwebp
"""

import ctypes
import math
from functools import cache

from PIL import Image, ImageFile, _webp

# The functions check its upper half: the structures are the same in all versions that share it.
_ABI_VERSION = 0x0209
_OK, _RGB = 0, 0


class _Features(ctypes.Structure):
    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("has_alpha", ctypes.c_int),
        ("has_animation", ctypes.c_int),
        ("format", ctypes.c_int),
        ("pad", ctypes.c_uint32 * 5),
    )


class _Pixels(ctypes.Structure):
    """One of a union; the other is larger by what `unused` holds."""

    _fields_ = (
        ("start", ctypes.c_void_p),
        ("stride", ctypes.c_int),
        ("size", ctypes.c_size_t),
        ("unused", ctypes.c_uint64 * 7),
    )


class _Output(ctypes.Structure):
    _fields_ = (
        ("colorspace", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("is_external_memory", ctypes.c_int),
        ("pixels", _Pixels),
        ("pad", ctypes.c_uint32 * 4),
        ("private_memory", ctypes.c_void_p),
    )


class _Options(ctypes.Structure):
    _fields_ = (
        ("bypass_filtering", ctypes.c_int),
        ("no_fancy_upsampling", ctypes.c_int),
        ("use_cropping", ctypes.c_int),
        ("crop", ctypes.c_int * 4),
        ("use_scaling", ctypes.c_int),
        ("scaled_width", ctypes.c_int),
        ("scaled_height", ctypes.c_int),
        ("others", ctypes.c_int * 4),
        ("pad", ctypes.c_uint32 * 5),
    )


class _Configuration(ctypes.Structure):
    _fields_ = (("input", _Features), ("output", _Output), ("options", _Options))


def decoded_webp(picture: ImageFile.ImageFile, data: bytes, scale: float) -> Image.Image:
    """Decode a WebP whose header Pillow has read; at `scale`, at most 1, if it is opaque and stands still.

    Raises:
        Exception: whatever Pillow raises on a broken file.
    """
    small = _decoded(data, picture.size, scale) if picture.mode == "RGB" else None
    if small is None:
        picture.load()
        return picture
    small.info = picture.info
    return small


def _decoded(data: bytes, size: tuple[int, int], scale: float) -> Image.Image | None:
    width, height = (math.ceil(side * scale) for side in size)
    library, configuration = _library(), _Configuration()
    if not library or not library.WebPInitDecoderConfigInternal(ctypes.byref(configuration), _ABI_VERSION):
        return None
    pixels = bytearray(3 * width * height)
    start = ctypes.addressof((ctypes.c_char * len(pixels)).from_buffer(pixels))
    output, options = configuration.output, configuration.options
    output.colorspace, output.is_external_memory = _RGB, 1
    output.pixels = _Pixels(start, 3 * width, len(pixels))
    options.use_scaling, options.scaled_width, options.scaled_height = int(scale < 1), width, height
    if library.WebPDecode(data, ctypes.c_size_t(len(data)), ctypes.byref(configuration)) != _OK:
        return None
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "RGB", 0, 1)


@cache
def _library() -> ctypes.CDLL | None:
    """Return libwebp, which is found through the part of Pillow that is linked with it; None if it is not there."""
    library = ctypes.CDLL(_webp.__file__)
    return library if hasattr(library, "WebPInitDecoderConfigInternal") and hasattr(library, "WebPDecode") else None
