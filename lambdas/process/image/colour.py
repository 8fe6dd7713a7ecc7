"""Convert a picture of any mode and colour profile to opaque 8-bit sRGB."""

import math
from io import BytesIO

from PIL import Image, ImageCms, TiffImagePlugin

_SRGB = ImageCms.createProfile("sRGB")
_LAB = ImageCms.createProfile("LAB")
# Identifies, by its description, the sRGB profile that most cameras and programs embed: it needs no conversion.
_SRGB_DESCRIPTION = b"sRGB IEC61966-2"


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
    tags = picture.tag_v2 if isinstance(picture, TiffImagePlugin.TiffImageFile) else {}
    if picture.mode.startswith("I;16"):
        (bits, *_) = tags.get(TiffImagePlugin.BITSPERSAMPLE, (16,))
        low, high = 0.0, float(2**bits - 1)
    else:
        low, high = (float(value) for value in picture.getextrema() if not isinstance(value, tuple))
    if not math.isfinite(high - low):
        raise ValueError("pixels without a finite range")
    white_is_zero = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION, 1) == 0
    return (high, low) if white_is_zero else (low, high)


def _scale_to_8_bits(picture: Image.Image, black: float, white: float) -> Image.Image:
    # `convert("L")` would clip at 255 instead of scaling.
    if black == white:
        return picture.convert("L")
    scale = 255 / (white - black)
    return picture.convert("F").point(lambda value: value * scale - black * scale).convert("L")


def to_srgb(picture: Image.Image) -> Image.Image:
    """Convert to sRGB, through the embedded ICC profile if it is usable.

    Returns:
        An image in mode RGB, or RGBA if the picture has transparency.
    """
    if picture.mode in ("La", "RGBa"):
        return to_srgb(picture.convert(picture.mode.upper()))
    if picture.mode == "LA":  # a grey profile has no alpha channel
        rgb = to_srgb(picture.getchannel("L"))
        rgb.putalpha(picture.getchannel("A"))
        return rgb
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    source = _LAB if picture.mode == "LAB" else _read_profile(picture)
    if source is not None and picture.mode in ("L", "RGB", "RGBA", "CMYK", "LAB"):
        try:
            return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode) or picture
        except ImageCms.PyCMSError:  # the profile does not fit the picture's mode
            pass
    return picture if picture.mode == mode else picture.convert(mode)


def _read_profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    data = picture.info.get("icc_profile")
    if not data or _SRGB_DESCRIPTION in data:
        return None
    try:
        return ImageCms.ImageCmsProfile(BytesIO(data))
    except (OSError, TypeError):
        return None
