"""Refuse pictures that would cost more memory or time to decode than the function has."""

import math

from PIL import Image, ImageFile

from process.errors import InvalidImage

# What fits into the function's memory with room to spare: Pillow keeps 4 bytes per pixel, and a decoder or a
# conversion holds one or two more copies. Only a streamed JPEG is never held in full. `make bench-memory` prints
# the peak for the largest accepted picture of each kind.
_MAX_PIXELS = 64_000_000
_MAX_PIXELS_STREAMED = 250_000_000

# How many times tiles may cover the picture: a TIFF may store its four channels one after the other, each in its own
# tiles. Covering the picture more often only costs time.
_MAX_COVERAGE = 4


def check_pixels(picture: Image.Image, *, is_streamed: bool) -> None:
    """Refuse a picture with too many pixels; the limit is higher for one that is scaled down while it is read.

    Raises:
        InvalidImage: it has too many.
    """
    limit = _MAX_PIXELS_STREAMED if is_streamed else _MAX_PIXELS
    width, height = picture.size
    if width * height > limit:
        raise InvalidImage(
            f"The picture is too large: {width}x{height} pixels, and at most {limit // 1_000_000} megapixels "
            "can be read. Please scale it down and upload it again."
        )


def check_tiles(picture: ImageFile.ImageFile) -> None:
    """Refuse a picture whose strips or tiles cover it too often.

    Raises:
        ValueError: they do.
    """
    boxes = [tile.extents for tile in picture.tile if tile.extents]
    covered = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    if covered > _MAX_COVERAGE * math.prod(picture.size):
        raise ValueError("tiles cover the picture too often")
