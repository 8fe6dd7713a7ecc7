"""What is refused before a pixel is decoded, since decoding it would cost more than the function has."""

import math

from PIL import Image, ImageFile, TiffImagePlugin

from process.errors import InvalidImage

# What fits into the function's memory with room to spare: Pillow keeps 4 bytes a pixel, and a decoder or a
# conversion holds a second copy or two beside it. A JPEG that streams is the only one that is never whole.
# `tests/benchmarks/memory.py` prints what the largest of each kind take.
_MAX_PIXELS = 64_000_000
_MAX_PIXELS_STREAMED = 250_000_000

# TIFF may store a picture's four channels one after the other. What covers it more often only takes time.
_MAX_COVERED = 4

# A tile may be larger than its picture, and is decoded whole. Writers make them of up to 4096x4096.
_MAX_TILE = 4096 * 4096


def check_pixels(picture: Image.Image, *, streamed: bool) -> None:
    """Refuse a picture of too many pixels; `streamed` says whether it is decoded at reduced scale, as it is read.

    Raises:
        InvalidImage: too many.
    """
    limit = _MAX_PIXELS_STREAMED if streamed else _MAX_PIXELS
    width, height = picture.size
    if width * height > limit:
        raise InvalidImage(
            f"The picture is too large: {width}x{height} pixels, and at most {limit // 1_000_000} megapixels "
            "can be read. Please scale it down and upload it again."
        )


def check_tiles(picture: ImageFile.ImageFile) -> None:
    """Refuse a picture whose strips or tiles are more, or larger, than its size explains.

    Raises:
        ValueError: more or larger.
    """
    boxes = [tile.extents for tile in picture.tile if tile.extents]
    covered = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
    if covered > _MAX_COVERED * math.prod(picture.size):
        raise ValueError("covered too often")
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        tags = picture.tag_v2
        if tags.get(TiffImagePlugin.TILEWIDTH, 0) * tags.get(TiffImagePlugin.TILELENGTH, 0) > _MAX_TILE:
            raise ValueError("tiles too large")
