"""Put the picture on the canvas."""

from PIL import Image, ImageFilter, ImageOps, ImageStat

from process.canvas import SIZE
from process.composition import Composition

# The backdrop is blurred on a small copy: a blur this wide has no detail that a larger one would keep.
_BACKDROP_SIZE = (SIZE[0] // 8, SIZE[1] // 8)
_BACKDROP_BLUR = 6
# A dark or colourful picture's backdrop is toned down, that of a picture on paper or snow goes towards white: either
# way the title stands out from it, and the picture does, too.
_DIMMED, _BRIGHTENED = 0.6, 0.5
_PAPER = 165  # mean level

_FADE = 96  # pixels


def compose(picture: Image.Image, composition: Composition, fit: str) -> Image.Image:
    """Lay a picture, framed for a composition, on the canvas.

    What it leaves free shows a blurred copy of it, with `letterbox` black.

    Returns:
        An RGB image of the canvas's size, which carries none of the picture's metadata.
    """
    canvas = Image.new("RGB", SIZE) if fit == "letterbox" or picture.size == SIZE else _backdrop(picture)
    canvas.paste(picture, composition.area[:2], _fade(composition) if composition.fades else None)
    return canvas


def _backdrop(picture: Image.Image) -> Image.Image:
    small = ImageOps.fit(picture, _BACKDROP_SIZE, Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(_BACKDROP_BLUR))
    if ImageStat.Stat(soft.convert("L")).mean[0] > _PAPER:
        toned = soft.point(lambda value: 255 - (255 - value) * _BRIGHTENED)
    else:
        toned = soft.point(lambda value: value * _DIMMED)
    canvas = Image.new("RGB", SIZE)
    canvas.paste(toned.resize(SIZE, Image.Resampling.BICUBIC))
    return canvas


def _fade(composition: Composition) -> Image.Image:
    """Return a mask that lets the picture's edge at the panel fade out."""
    left, top, right, bottom = composition.area
    mask = Image.new("L", (right - left, bottom - top), 255)
    ramp = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize((_FADE, bottom - top))
    if left > 0:
        mask.paste(ramp, (0, 0))
    else:
        mask.paste(ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (right - left - _FADE, 0))
    return mask
