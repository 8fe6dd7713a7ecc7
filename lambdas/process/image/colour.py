"""Convert a picture of any mode and colour profile to opaque 8-bit sRGB."""

import math
from functools import cache, lru_cache
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageCms

if TYPE_CHECKING:
    from process.image.code_points import CodePoints

# A profile that changes no colour of this grid by more than this, in 8-bit levels, is one of sRGB, as most cameras and
# programs embed. Those in use differ from each other by one level.
_GRID = range(0, 256, 51)
_SRGB_TOLERANCE = 2

# ICC.1:2022, section 7.2.4; version 5, of ICC.2, is another format.
_LAST_ICC_VERSION = 4
# White in signed integers of 32 bits; and in floats, as which unsigned integers are read, too.
_WHITES = {"I": (2.0**31 - 1,), "F": (1.0, 2.0**32 - 1)}
_MIN_USED = 1 / 256  # of this range
_LEVELS, _MIDDLE_GREY = range(256), 128  # a picture of one level: it is kept if it is an 8-bit one


def to_resizable(picture: Image.Image) -> Image.Image:
    """Convert to a mode whose pixels can be averaged: 8 bits per channel, no palette, premultiplied alpha.

    `Image.resize` premultiplies too, but anew on every call.

    Raises:
        ValueError: the pixels have no finite range, as in a TIFF of floats with infinities.
    """
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return _scale_to_8_bits(picture, *_find_black_and_white(picture))
    if picture.mode in ("RGBA", "LA") and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert(picture.mode[:-1])  # opaque: scaling is faster without alpha
    if picture.mode in ("LA", "La"):
        return picture.convert("La")
    if picture.has_transparency_data:
        return (picture if picture.mode == "RGBA" else picture.convert("RGBA")).convert("RGBa")
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGB") if picture.mode == "P" else picture


def _find_black_and_white(picture: Image.Image) -> tuple[float, float]:
    """Return the levels of black and of white; in a TIFF, black may be the greater."""
    from PIL import TiffImagePlugin  # noqa: PLC0415  few pictures come here

    tags = picture.tag_v2 if isinstance(picture, TiffImagePlugin.TiffImageFile) else {}
    if picture.mode.startswith("I;16"):
        (bits, *_) = tags.get(TiffImagePlugin.BITSPERSAMPLE, (16,))
        low, high = 0.0, float(2**bits - 1)
    else:
        low, high = _find_range(picture)
    white_is_zero = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION, 1) == 0
    return (high, low) if white_is_zero else (low, high)


def _find_range(picture: Image.Image) -> tuple[float, float]:
    """Return the range of the pixels' type, or that of the pixels if they use little of it: heights or counts do.

    Raises:
        ValueError: the pixels have no finite range.
    """
    low, high = (float(value) for value in picture.getextrema() if not isinstance(value, tuple))
    if not math.isfinite(high - low):
        raise ValueError("pixels without a finite range")
    for white in _WHITES[picture.mode]:
        if low >= 0 and white * _MIN_USED <= high <= white:
            return 0.0, white
    return low, high


def _scale_to_8_bits(picture: Image.Image, black: float, white: float) -> Image.Image:
    # `convert("L")` would clip at 255 instead of scaling.
    if black == white:
        return Image.new("L", picture.size, round(black) if black in _LEVELS else _MIDDLE_GREY)
    scale = 255 / (white - black)
    return picture.convert("F").point(lambda value: value * scale - black * scale).convert("L")


def to_srgb(picture: Image.Image) -> Image.Image:
    """Convert to sRGB, by the code points in `info` or else the embedded ICC profile, if they are usable.

    Returns:
        An image in mode RGB, or RGBA if the picture has transparency, stored in the same orientation.
    """
    converted = _convert(picture)
    if converted is not picture:
        converted.info = {name: value for name, value in picture.info.items() if name == "orientation"}
    return converted


def _convert(picture: Image.Image) -> Image.Image:
    if picture.mode in ("La", "RGBa"):
        picture = picture.convert(picture.mode.upper())
    if picture.mode in ("LA", "RGBA"):
        rgb = _convert(picture.convert(picture.mode[:-1]))
        rgb.putalpha(picture.getchannel("A"))
        return rgb
    if picture.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, lab, srgb, outputMode="RGB") or picture
    profile: bytes | None = picture.info.get("icc_profile")
    code_points = picture.info.get("code_points") or _read_code_points(profile)
    if code_points and code_points.is_hdr:
        from process.image.tone_mapping import tone_map  # noqa: PLC0415  few pictures are HDR

        return tone_map(picture.convert("RGB"), code_points)
    if code_points:
        profile = code_points.build_profile()
    transform = None
    if profile:
        picture = _match_mode(picture, profile)
        transform = _build_transform(profile, picture.mode)
    if transform:
        return ImageCms.applyTransform(picture, transform) or picture
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _read_code_points(profile: bytes | None) -> "CodePoints | None":
    """Read the code points in an ICC profile, which replace all else in it."""
    if not profile or b"cicp" not in profile:
        return None
    from process.image.code_points import from_cicp  # noqa: PLC0415  few profiles have them
    from process.image.icc import find_cicp  # noqa: PLC0415

    return from_cicp(find_cicp(profile))


def _match_mode(picture: Image.Image, profile: bytes) -> Image.Image:
    """Convert a picture to a mode that profiles are made for; grey to RGB, if the profile is one for RGB."""
    is_rgb = profile[16:20] == b"RGB "  # the space that it converts from: ICC.1:2022, section 7.2.8
    fits = picture.mode in ("RGB", "CMYK") or (picture.mode == "L" and not is_rgb)
    return picture if fits else picture.convert("RGB")


@lru_cache(maxsize=4)
def _build_transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Build a transform to sRGB; None if the profile is sRGB's, broken, or not for pictures of this mode."""
    if len(profile) < int.from_bytes(profile[:4]) or profile[8] > _LAST_ICC_VERSION:
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if mode == "RGB" and _is_srgb(source):
            return None
        # Without this flag, white would stay white whatever the profile says.
        return ImageCms.buildTransform(
            source, _build_srgb_profile(), mode, "RGB", flags=ImageCms.Flags.NOWHITEONWHITEFIXUP
        )
    except (OSError, TypeError, ImageCms.PyCMSError):
        return None


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    """Tell whether a profile converts colours to themselves, whatever its name: much faster than to convert by it."""
    # Preparing tables for fast conversion would take most of the time.
    transform = ImageCms.buildTransform(profile, _build_srgb_profile(), "RGB", "RGB", flags=ImageCms.Flags.NOOPTIMIZE)
    grid = _draw_grid()
    difference = ImageChops.difference(grid, ImageCms.applyTransform(grid, transform) or grid)
    return difference.point(lambda level: max(0, level - _SRGB_TOLERANCE)).getbbox() is None


@cache
def _build_srgb_profile() -> ImageCms.ImageCmsProfile:
    """Build the target, and call it one of version 2: for those of version 4, lcms stretches dark colours to black.

    Browsers convert without this black point compensation.
    """
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return ImageCms.ImageCmsProfile(BytesIO(profile[:8] + b"\2\x40" + profile[10:]))


@cache
def _draw_grid() -> Image.Image:
    colours = bytes(level for colour in product(_GRID, repeat=3) for level in colour)
    return Image.frombytes("RGB", (len(_GRID), len(_GRID) ** 2), colours)
