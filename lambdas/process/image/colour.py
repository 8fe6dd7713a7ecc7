"""From whatever a file stores to opaque 8-bit sRGB."""

import math
from io import BytesIO

from PIL import Image, ImageCms, TiffImagePlugin

_SRGB = ImageCms.createProfile("sRGB")
_LAB = ImageCms.createProfile("LAB")
# In the description of the profile that most cameras and programs write for sRGB: nothing is to be converted.
_SRGB_NAME = b"sRGB IEC61966-2"


def to_resizable(picture: Image.Image) -> Image.Image:
    """Return the picture in a mode whose pixels can be averaged: 8 bits a channel, no palette, premultiplied alpha.

    Pillow would premultiply as well, but anew for every copy that is made.
    """
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return _scaled_to_8_bits(picture, *_black_and_white(picture))
    if picture.mode in ("RGBA", "LA") and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert(picture.mode[:-1])  # nothing is transparent: scaling it costs half
    if picture.mode in ("LA", "La"):
        return picture.convert("La")
    if picture.has_transparency_data:
        return (picture if picture.mode == "RGBA" else picture.convert("RGBA")).convert("RGBa")
    if picture.mode == "1":
        return picture.convert("L")
    return picture.convert("RGB") if picture.mode == "P" else picture


def _black_and_white(picture: Image.Image) -> tuple[float, float]:
    """Return the values that stand for black and for white, which in a TIFF may be the greater and the smaller."""
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


def _scaled_to_8_bits(picture: Image.Image, black: float, white: float) -> Image.Image:
    # Pillow's own conversion to "L" clips at 255 instead of scaling.
    if black == white:
        return picture.convert("L")
    scale = 255 / (white - black)
    return picture.convert("F").point(lambda value: value * scale - black * scale).convert("L")


def to_srgb(picture: Image.Image) -> Image.Image:
    """Convert a picture to sRGB, by its ICC profile if it has one that can be used.

    Returns:
        An image in mode RGB, or RGBA if it has transparency.
    """
    if picture.mode in ("La", "RGBa"):
        return to_srgb(picture.convert(picture.mode.upper()))
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
    if not data or _SRGB_NAME in data:
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
