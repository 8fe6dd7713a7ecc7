"""Encode a picture as a JPEG of the best quality that keeps it below a size."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image


@dataclass(frozen=True)
class Preset:
    """What a file may take, and the best quality that is worth it.

    Attributes:
        max_bytes: size of the file at most.
        quality: libjpeg's, 1 to 100.
        subsampling: of the colours, as Pillow names it.
    """

    max_bytes: int
    quality: int
    subsampling: str


def encode(picture: Image.Image, preset: Preset) -> bytes:
    """Encode an RGB image without metadata, at the preset's quality or the highest below it that fits.

    The lowest quality is used even if it does not fit; pure noise of 3840x2160 pixels takes 1.9 MB at that.
    """

    @cache
    def save(quality: int) -> bytes:
        file = BytesIO()
        picture.save(file, "JPEG", quality=quality, subsampling=preset.subsampling)
        return file.getvalue()

    return save(_find_quality(preset, lambda quality: len(save(quality))))


def _find_quality(preset: Preset, measure: Callable[[int], int]) -> int:
    """Return the highest quality that fits, given a function that returns the size at a quality.

    Steps that double find an interval, since most files are only a little too large, and a bisection the quality in it.
    """
    quality = above = preset.quality
    step = 1
    while measure(quality) > preset.max_bytes and quality > 1:
        quality, above = max(1, quality - step), quality
        step *= 2
    return quality - 1 + max(1, bisect_right(range(quality, above), preset.max_bytes, key=measure))
