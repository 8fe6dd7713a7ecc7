"""Which way is up, which part of the picture is used, and how large it becomes."""

from PIL import ExifTags, Image

import process.canvas
from process.layout.framing import Framing

# Exif 2.32, section 4.6.4 A, tag Orientation: what to do to see the picture upright.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_MIRRORED_X, _MIRRORED_Y = (2, 3, 7, 8), (3, 4, 6, 7)

# How many times the pixels that are needed are left to the good filter, after a fast one took off the others: a photo
# comes within 45 dB (`make bench`). https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize
_REDUCING_GAP = 1.4
# The good filter; what is enlarged has no detail that Lanczos would keep, and edges around which it would ring.
_SHRINKING, _ENLARGING = Image.Resampling.LANCZOS, Image.Resampling.BICUBIC


def upright_size(picture: Image.Image) -> tuple[int, int]:
    """Return the width and height that a picture has once it is turned upright."""
    width, height = picture.size
    return (height, width) if _orientation(picture) in _SIDEWAYS else (width, height)


def make_preview(picture: Image.Image, side: int) -> Image.Image:
    """Return a small upright copy of a picture, its longer side `side` pixels."""
    scale = side / max(picture.size)
    width, height = (max(1, round(length * scale)) for length in picture.size)
    # A gap of 1 lets Pillow shrink by a whole factor first, which is all that a small copy needs, and much faster.
    small = picture.resize((width, height), Image.Resampling.BOX, reducing_gap=1.0)
    return _upright(small, _orientation(picture))


def crop_and_scale(picture: Image.Image, composition: Framing) -> Image.Image:
    """Cut out the part of a picture that a composition shows, scale it, up or down, and turn it upright.

    Turning comes last: it costs least on the small picture.
    """
    orientation = _orientation(picture)
    left, top, right, bottom = composition.area
    size = (right - left, bottom - top)
    x0, y0, x1, y1 = _stored(composition.region, orientation)
    box = (x0 * picture.width, y0 * picture.height, x1 * picture.width, y1 * picture.height)
    stored_size = size[::-1] if orientation in _SIDEWAYS else size
    good = _SHRINKING if box[2] - box[0] > stored_size[0] else _ENLARGING
    return _upright(picture.resize(stored_size, good, box, reducing_gap=_REDUCING_GAP), orientation)


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    return picture.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else picture


def _stored(part: process.canvas.Region, orientation: int) -> process.canvas.Region:
    """Return where a part of the upright picture lies in the picture as it is stored."""
    left, top, right, bottom = part
    if orientation in _SIDEWAYS:
        left, top, right, bottom = top, left, bottom, right
    if orientation in _MIRRORED_X:
        left, right = 1 - right, 1 - left
    if orientation in _MIRRORED_Y:
        top, bottom = 1 - bottom, 1 - top
    return process.canvas.Region(left, top, right, bottom)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  a broken note about the picture is no reason to refuse the picture
        return 1
