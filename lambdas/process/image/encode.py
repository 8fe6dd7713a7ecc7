"""Encode a picture as a JPEG of a quality that keeps it below a size."""

from bisect import bisect_right
from io import BytesIO

from PIL import Image

# Above this quality, colours keep their full resolution, and with it the edges of letters: there are bytes enough.
_MAX_SUBSAMPLED = 90

# libjpeg codes bands of 16 rows where colours have half the resolution. This many of them predict the size of most
# files to within one step of quality.
_BAND_ROWS, _BANDS = 16, 16


def encode(picture: Image.Image, quality: int, max_bytes: int) -> bytes:
    """Encode an RGB image without metadata.

    Args:
        picture: the image.
        quality: libjpeg's, 1 to 100. If the file would not fit, a lower one is used: the highest that fits or, where
            the sample misleads, one below that.
        max_bytes: size of the file at most, unless it does not even fit at the lowest quality; pure noise of 3840x2160
            pixels takes 1.9 MB at that.
    """
    file = _save(picture, quality)
    if len(file) <= max_bytes:
        return file
    quality, step = _estimate_quality(picture, quality, max_bytes), 1
    while len(file := _save(picture, quality)) > max_bytes and quality > 1:
        quality, step = max(1, quality - step), 2 * step
    return file


def _save(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    subsampling = "4:2:0" if quality <= _MAX_SUBSAMPLED else "4:4:4"
    picture.save(file, "JPEG", quality=quality, subsampling=subsampling)
    return file.getvalue()


def _estimate_quality(picture: Image.Image, above: int, max_bytes: int) -> int:
    """Return the highest quality below `above` at which the whole picture should fit, judged by a sample of it."""
    sample = _sample(picture)
    max_sample_bytes = max_bytes * sample.height / picture.height
    fitting = bisect_right(range(1, above), max_sample_bytes, key=lambda quality: len(_save(sample, quality)))
    return max(1, fitting)


def _sample(picture: Image.Image) -> Image.Image:
    """Return bands of a picture at equal distances, one below the other."""
    distance = max(1, picture.height // (_BANDS * _BAND_ROWS)) * _BAND_ROWS
    tops = range(0, picture.height, distance)
    sample = Image.new(picture.mode, (picture.width, len(tops) * _BAND_ROWS))
    for number, top in enumerate(tops):
        sample.paste(picture.crop((0, top, picture.width, top + _BAND_ROWS)), (0, number * _BAND_ROWS))
    return sample
