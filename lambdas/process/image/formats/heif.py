"""Load a HEIC at a fraction of its size.

The decoder always decodes every pixel, at three bytes each. They are scaled down strip by strip from its own buffer:
a full copy in Pillow would take four more bytes per pixel.
"""

from io import BytesIO

from pi_heif import open_heif
from PIL import Image, ImageFile

from process.image.code_points import CodePoints, from_nclx
from process.image.formats.isobmff import read_colour_properties

_STRIP_ROWS = 128  # of the reduced picture


def read_code_points(picture: ImageFile.ImageFile, data: bytes) -> CodePoints | None:
    """Read the code points of an opened HEIC without an ICC profile."""
    nclx = picture.info.get("nclx_profile")
    if not nclx:
        return None
    max_luminance = read_colour_properties(data).max_luminance
    return from_nclx(nclx["color_primaries"], nclx["transfer_characteristics"], max_luminance)


def load_heif(picture: ImageFile.ImageFile, data: bytes, divisor: int) -> Image.Image:
    """Decode a HEIC at 1/`divisor` of its width and height, or in full if it has transparency.

    Args:
        picture: the opened picture.
        data: the whole file.
        divisor: at least 1.

    Raises:
        Exception: whatever the decoder raises on a broken file.
    """
    if picture.mode != "RGB" or divisor == 1:
        picture.load()
        return picture
    # The arguments of pi_heif's own Pillow plugin. Removing the stride would copy all pixels.
    frame = open_heif(BytesIO(data), hdr_to_16bit=True, remove_stride=False)[picture.tell()]
    pixels, (width, height) = frame.data, frame.size  # `data` first: it decodes, and only then is `size` right
    reduced = Image.new("RGB", (-(-width // divisor), -(-height // divisor)))
    for top in range(0, height, _STRIP_ROWS * divisor):
        rows = min(_STRIP_ROWS * divisor, height - top)
        strip_bytes = bytes(pixels[top * frame.stride : (top + rows) * frame.stride])
        strip = Image.frombuffer("RGB", (width, rows), strip_bytes, "raw", "RGB", frame.stride, 1)
        reduced.paste(strip.reduce(divisor), (0, top // divisor))
    reduced.info = picture.info
    return reduced
