"""Put the picture on the canvas."""

from PIL import Image, ImageFilter, ImageOps

from common.options import FITS
from process.canvas import SIZE
from process.errors import InvalidImage

# The backdrop is blurred on a small copy: a blur this wide has no detail that a larger one would keep.
_BACKDROP_SIZE = (SIZE[0] // 8, SIZE[1] // 8)
_BACKDROP_BLUR = 5
_BACKDROP_LIGHT = 0.6


def check_fit(fit: str) -> None:
    """Refuse what `compose` does not know.

    Raises:
        InvalidImage: with a message that names the accepted values.
    """
    if fit not in FITS:
        raise InvalidImage(f"The fit must be one of {', '.join(FITS)}.")


def compose(picture: Image.Image, fit: str) -> Image.Image:
    """Centre a picture, no larger than the canvas, on the canvas.

    What it leaves free shows a blurred, darkened copy of it, with `letterbox` black.

    Returns:
        An RGB image of the canvas's size, which carries none of the picture's metadata.
    """
    canvas = Image.new("RGB", SIZE) if fit == "letterbox" or picture.size == SIZE else _backdrop(picture)
    left, top = ((free - used) // 2 for free, used in zip(SIZE, picture.size, strict=True))
    canvas.paste(picture, (left, top))
    return canvas


def _backdrop(picture: Image.Image) -> Image.Image:
    small = ImageOps.fit(picture, _BACKDROP_SIZE, Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(_BACKDROP_BLUR)).point(lambda value: value * _BACKDROP_LIGHT)
    canvas = Image.new("RGB", SIZE)
    canvas.paste(soft.resize(SIZE, Image.Resampling.BICUBIC))
    return canvas
