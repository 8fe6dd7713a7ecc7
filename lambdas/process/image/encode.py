"""Encode a picture as a JPEG of the best quality that keeps it below a size."""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image

# Above this quality, colours keep their full resolution, and with it the edges of letters: there are bytes enough.
_MAX_SUBSAMPLED = 90


def encode(picture: Image.Image, quality: int, max_bytes: int) -> bytes:
    """Encode an RGB image without metadata.

    Args:
        picture: the image.
        quality: libjpeg's, 1 to 100; a lower one is used if the file would not fit.
        max_bytes: size of the file at most, unless it does not even fit at the lowest quality; pure noise of 3840x2160
            pixels takes 1.9 MB at that.
    """

    @cache
    def save(quality: int) -> bytes:
        file = BytesIO()
        subsampling = "4:2:0" if quality <= _MAX_SUBSAMPLED else "4:4:4"
        picture.save(file, "JPEG", quality=quality, subsampling=subsampling)
        return file.getvalue()

    return save(_find_quality(quality, max_bytes, lambda quality: len(save(quality))))


def _find_quality(best: int, max_bytes: int, measure: Callable[[int], int]) -> int:
    """Return the highest quality that fits, given a function that returns the size at a quality.

    Steps that double find an interval, since most files are only a little too large, and a bisection the quality in it.
    """
    quality = above = best
    step = 1
    while measure(quality) > max_bytes and quality > 1:
        quality, above = max(1, quality - step), quality
        step *= 2
    return quality - 1 + max(1, bisect_right(range(quality, above), max_bytes, key=measure))
