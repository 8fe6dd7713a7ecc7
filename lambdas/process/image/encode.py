"""From the canvas to the file that YouTube takes."""

from io import BytesIO

from PIL import Image

MAX_BYTES = 2_000_000
"""YouTube's limit for a thumbnail: https://support.google.com/youtube/answer/72431"""

_QUALITIES = (90, 80, 70, 60, 50)


def encode(canvas: Image.Image) -> bytes:
    """Encode as JPEG, at the best quality that stays under `MAX_BYTES`; no metadata is written."""
    for quality in _QUALITIES:
        file = BytesIO()
        canvas.save(file, "JPEG", quality=quality)
        if file.tell() < MAX_BYTES:
            break
    return file.getvalue()
