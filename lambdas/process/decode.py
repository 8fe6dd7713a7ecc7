"""From a file's bytes to pixels: judge by the header, then decode no more than is needed."""

import math
from io import BytesIO

from pi_heif import register_heif_opener
from PIL import (  # noqa: F401  importing a plugin registers it; no others are ever tried
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from process.composition import largest_scale
from process.errors import InvalidImage
from process.framing import upright_size

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")
"""The formats that are read, by Pillow's names."""

# What fits into the function's memory with room to spare: Pillow keeps 4 bytes a pixel, and a decoder or a
# conversion holds a second copy or two beside it. A baseline JPEG decodes at a fraction of its size.
_MAX_PIXELS = 64_000_000
_MAX_PIXELS_BASELINE_JPEG = 250_000_000

# Twice the pixels that are needed is where scaling inside the JPEG decoder stops to cost visible sharpness.
_DRAFT_FACTOR = 2


def decode(data: bytes, fit: str) -> Image.Image:
    """Decode a picture, a JPEG only at the scale that `fit` needs; of an animation, the first frame.

    Raises:
        InvalidImage: of no accepted format, or too many pixels.
        Exception: whatever Pillow raises on a broken file.
    """
    picture = _open(data)
    _check_pixels(picture)
    if picture.format in ("JPEG", "MPO"):
        scale = _DRAFT_FACTOR * largest_scale(upright_size(picture), fit)
        picture.draft(None, (math.ceil(picture.width * scale), math.ceil(picture.height * scale)))
    picture.load()
    return picture


def _open(data: bytes) -> ImageFile.ImageFile:
    """Read the header.

    `Image.open` would do, but for its guard against decompression bombs: that counts pixels without
    asking what they cost, and is set for the whole process.
    """
    if not data:
        raise InvalidImage("The file is empty. Please choose another picture.")
    refusals = []
    for name in FORMATS:
        factory, accept = Image.OPEN[name]
        if accept is None or accept(data[:16]) is not True:
            continue
        try:
            return factory(BytesIO(data), "")
        except SyntaxError as error:  # "not mine after all": AVIF and HEIF share a container
            refusals.append(error)
    if refusals:
        raise refusals[-1]
    raise InvalidImage(
        "This file is not a picture that can be read. Please upload a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC."
    )


def _check_pixels(picture: ImageFile.ImageFile) -> None:
    scales = picture.format in ("JPEG", "MPO") and not picture.info.get("progressive")
    limit = _MAX_PIXELS_BASELINE_JPEG if scales else _MAX_PIXELS
    width, height = picture.size
    if width * height > limit:
        raise InvalidImage(
            f"The picture is too large: {width}x{height} pixels, and at most {limit // 1_000_000} megapixels "
            "can be read. Please scale it down and upload it again."
        )
