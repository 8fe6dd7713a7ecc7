"""Encode the canvas as a file that YouTube accepts."""

from io import BytesIO

from PIL import Image

_QUALITY = 90  # not even noise of black and white pixels reaches YouTube's 2 MB at 1280x720


def encode(canvas: Image.Image) -> bytes:
    """Encode an RGB image as a JPEG without metadata."""
    file = BytesIO()
    canvas.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
