"""From whatever a file stores to opaque 8-bit sRGB."""

import math
from io import BytesIO

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_LAB = ImageCms.createProfile("LAB")


def resizable(picture: Image.Image) -> Image.Image:
    """Return the picture in a mode whose pixels can be averaged: 8 bits a channel, no palette, real alpha."""
    if picture.mode == "La":
        picture = picture.convert("LA")
    if picture.mode.startswith("I;16"):
        return _scaled_to_8_bits(picture, 0, 65535)
    if picture.mode in ("I", "F"):
        return _scaled_to_8_bits(picture, *picture.getextrema())
    if picture.has_transparency_data:
        return picture if picture.mode in ("RGBA", "LA") else picture.convert("RGBA")
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGB") if picture.mode == "P" else picture


def _scaled_to_8_bits(picture: Image.Image, low: float, high: float) -> Image.Image:
    # Pillow's own conversion to "L" clips at 255 instead of scaling.
    if not math.isfinite(high - low):
        raise ValueError("pixels without a finite range")
    if low == high:
        return picture.convert("L")
    scale = 255 / (high - low)
    return picture.convert("F").point(lambda value: value * scale - low * scale).convert("L")


def to_srgb(picture: Image.Image) -> Image.Image:
    """Convert a picture to sRGB, by its ICC profile if it has one that can be used.

    Returns:
        An image in mode RGB, or RGBA if it has transparency.
    """
    if picture.mode == "LA":  # a grey profile knows of no alpha
        coloured = to_srgb(picture.getchannel("L"))
        coloured.putalpha(picture.getchannel("A"))
        return coloured
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    source = _LAB if picture.mode == "LAB" else _profile(picture)
    if source is not None and picture.mode in ("L", "RGB", "RGBA", "CMYK", "LAB"):
        try:
            return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode) or picture
        except ImageCms.PyCMSError:  # made for another kind of picture than the one it comes with
            pass
    return picture if picture.mode == mode else picture.convert(mode)


def _profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    data = picture.info.get("icc_profile")
    if not data:
        return None
    try:
        return ImageCms.ImageCmsProfile(BytesIO(data))
    except (OSError, TypeError):
        return None


def flatten(picture: Image.Image) -> Image.Image:
    """Lay a picture that has transparency on white."""
    if picture.mode != "RGBA":
        return picture
    opaque = Image.new("RGB", picture.size, "white")
    opaque.paste(picture, mask=picture.getchannel("A"))
    return opaque
