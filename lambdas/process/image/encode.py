"""Encode a picture as a JPEG of the best quality that keeps it below a size."""

from bisect import bisect_right
from dataclasses import dataclass
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
    file = _save(picture, preset, preset.quality)
    if len(file) <= preset.max_bytes:
        return file
    lower = range(1, preset.quality)
    fitting = bisect_right(lower, preset.max_bytes, key=lambda quality: len(_save(picture, preset, quality)))
    return _save(picture, preset, lower[max(0, fitting - 1)])


def _save(picture: Image.Image, preset: Preset, quality: int) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, subsampling=preset.subsampling)
    return file.getvalue()
