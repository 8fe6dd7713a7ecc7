"""Encode the canvas as a file that YouTube accepts."""

from io import BytesIO

from PIL import Image

MAX_BYTES = 2_000_000
"""YouTube's limit for a thumbnail: https://support.google.com/youtube/answer/72431"""

_QUALITIES = (90, 80, 70, 60, 50)


def encode(canvas: Image.Image) -> bytes:
    """Encode an RGB image as a JPEG without metadata, at the best quality that stays below `MAX_BYTES`."""
    for quality in _QUALITIES:
        file = BytesIO()
        canvas.save(file, "JPEG", quality=quality)
        if file.tell() < MAX_BYTES:
            break
    return file.getvalue()
