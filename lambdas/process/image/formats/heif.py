"""Decode a HEIC at a fraction of its size.

Its decoder makes all the pixels at once, in three bytes each; here they are scaled down from there, strip by strip,
instead of copied to the four bytes each that Pillow takes.
"""

from io import BytesIO

from pi_heif import open_heif
from PIL import Image, ImageFile

# Rows that Pillow holds at a time, of the size that is decoded.
_ROWS = 128


def load_heif(picture: ImageFile.ImageFile, data: bytes, divisor: int) -> Image.Image:
    """Decode a HEIC whose header Pillow has read, to a `divisor`th of its sides if it is opaque.

    Raises:
        Exception: whatever the decoder raises on a broken file.
    """
    if picture.mode != "RGB" or divisor == 1:
        picture.load()
        return picture
    # With the settings of its own plug-in for Pillow, of which the last leaves out a copy.
    frame = open_heif(BytesIO(data), hdr_to_16bit=True, remove_stride=False)[picture.tell()]
    pixels, (width, height) = frame.data, frame.size  # the size is right only then
    small = Image.new("RGB", (-(-width // divisor), -(-height // divisor)))
    for top in range(0, height, _ROWS * divisor):
        rows = min(_ROWS * divisor, height - top)
        part = bytes(pixels[top * frame.stride : (top + rows) * frame.stride])
        strip = Image.frombuffer("RGB", (width, rows), part, "raw", "RGB", frame.stride, 1)
        small.paste(strip.reduce(divisor), (0, top // divisor))
    small.info = picture.info
    return small
