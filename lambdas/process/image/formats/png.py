"""Open a PNG and load it, with the colour that it declares transparent."""

import struct
from collections.abc import Mapping

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngImageFile

from process.image.formats.gif import place_on_screen
from process.image.formats.png_chunks import Chunks, find_frame, make_file, read_chunks
from process.image.formats.png_colour import build_gamma_profile, has_usable_profile, read_code_points

_GREY, _RGB, _PALETTE = 0, 2, 3  # colour types
_KEY_LAYOUTS = {_GREY: ">H", _RGB: ">3H"}

# Pillow's names for reading the high or the low byte of each 16-bit sample, by colour type.
_MODES = {_GREY: "L", _RGB: "RGB"}
_HIGH_BYTES, _LOW_BYTES = {_GREY: "L;16B", _RGB: "RGB;16B"}, {_GREY: "L;16", _RGB: "RGB;16L"}
_DEEP = 16


def open_png(data: bytes) -> PngImageFile:
    """Read the header of a PNG. Of an animation, the picture is the first frame.

    Raises:
        ValueError: it has too many chunks.
        Exception: whatever Pillow raises on a broken file.
    """
    chunks = read_chunks(data)
    code_points = read_code_points(chunks)
    has_profile = not code_points and has_usable_profile(chunks)
    kept = [b"eXIf", *([b"iCCP"] if has_profile else []), *([b"tRNS"] if chunks.colour_type == _PALETTE else [])]
    picture = PngImageFile(make_file(data, chunks, kept), "")
    if box := find_frame(chunks):
        picture._size = chunks.size  # noqa: SLF001  there is no public way
        picture.tile = [tile._replace(extents=box) for tile in picture.tile]
    if code_points:
        picture.info["code_points"] = code_points
    elif not has_profile and (profile := build_gamma_profile(chunks)):
        picture.info["icc_profile"] = profile
    key = _read_key(chunks)
    if key and chunks.depth < _DEEP:
        picture.info["transparency"] = _scale_key(key, chunks.depth)
    return picture


def _read_key(chunks: Chunks) -> tuple[int, ...] | None:
    """Return the colour to be shown transparent, in the depth of the file; None if no pixel can have it."""
    layout, content = _KEY_LAYOUTS.get(chunks.colour_type), chunks.find(b"tRNS")
    if not layout or len(content) < struct.calcsize(layout):
        return None
    key: tuple[int, ...] = struct.unpack_from(layout, content)
    if chunks.depth == 8:  # noqa: PLR2004  libpng and Chromium drop the bits beyond this depth, and only there
        key = tuple(value & 255 for value in key)
    return key if max(key) < 1 << chunks.depth else None


def _scale_key(key: tuple[int, ...], depth: int) -> int | tuple[int, ...]:
    """Scale to 8 bits, as Pillow does with pixels."""
    scaled = tuple(value * 255 // ((1 << depth) - 1) for value in key)
    return scaled if len(scaled) > 1 else scaled[0]


def load_png(picture: Image.Image, data: bytes) -> Image.Image:
    """Decode a PNG that was opened from `data`.

    Raises:
        Exception: whatever Pillow raises on a broken file.
    """
    chunks = read_chunks(data)
    key = _read_key(chunks)
    if key and chunks.depth == _DEEP:
        return _load_deep_with_key(data, chunks.colour_type, key)
    picture.load()
    box = find_frame(chunks)
    return place_on_screen(picture, box) if box else picture


def _load_deep_with_key(data: bytes, colour_type: int, key: tuple[int, ...]) -> Image.Image:
    """Decode 16-bit samples without alpha. Pillow keeps 8 of the bits, and the key is compared with all 16.

    The low bytes are decoded first and reduced to a mask: both halves together would take more memory.
    """
    low = _load_bytes(data, colour_type, _LOW_BYTES)
    opaque = _find_other_levels(low, [value & 255 for value in key])
    del low
    high = _load_bytes(data, colour_type, _HIGH_BYTES)
    high.putalpha(ImageChops.lighter(opaque, _find_other_levels(high, [value >> 8 for value in key])))
    return high


def _load_bytes(data: bytes, colour_type: int, raw_modes: Mapping[int, str]) -> Image.Image:
    picture = open_png(data)
    picture._mode = _MODES[colour_type]  # noqa: SLF001  there is no public way
    picture.tile = [tile._replace(args=raw_modes[colour_type]) for tile in picture.tile]
    picture.load()
    return picture


def _find_other_levels(picture: Image.Image, levels: list[int]) -> Image.Image:
    """Return a mask of the pixels that have another level in any channel."""
    masks = (
        picture.getchannel(channel).point([0 if code == level else 255 for code in range(256)])
        for channel, level in enumerate(levels)
    )
    mask = next(masks)
    for other in masks:
        mask = ImageChops.lighter(mask, other)
    return mask
