"""Draw the picture onto the canvas, and a blurred copy of it as a backdrop where the canvas is left free."""

from PIL import Image, ImageFilter, ImageOps, ImageStat

from process.canvas import SIZE, Box
from process.layout.framing import Framing

# Blurred at an eighth of the size: a blur this wide has no detail that a larger copy would keep.
_BACKDROP_SIZE = (SIZE[0] // 8, SIZE[1] // 8)
_BACKDROP_BLUR = 6  # pixels of that size
# The title and the picture both have to stand out from the backdrop: it is lightened for a bright picture (paper,
# snow), and darkened for any other.
_DARKENED, _LIGHTENED = 0.6, 0.5
_BRIGHT_MEAN = 165  # mean level above which a picture is bright

_FADE_WIDTH = 96  # pixels


def render_background(picture: Image.Image, framing: Framing, fit: str) -> Image.Image:
    """Draw a picture, cropped and scaled for a framing, onto the canvas.

    The rest of the canvas shows a blurred copy of the picture; with `letterbox` it is black.

    Returns:
        An RGB image of the canvas's size, without the picture's metadata.
    """
    canvas = Image.new("RGB", SIZE)
    fade = _find_fade(framing)
    if fit != "letterbox" and picture.size != SIZE:
        _draw_backdrop(canvas, picture, [*_list_free_boxes(framing.area), *([fade] if fade else [])])
    backdrop_strip = canvas.crop(fade) if fade else None
    canvas.paste(picture, framing.area[:2])
    if fade and backdrop_strip:
        ramp = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(backdrop_strip.size)
        fades_right = framing.area.left == 0
        canvas.paste(backdrop_strip, fade, ramp if fades_right else ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    return canvas


def _draw_backdrop(canvas: Image.Image, picture: Image.Image, boxes: list[Box]) -> None:
    """Draw the backdrop, but only in the given boxes of the canvas: enlarging it costs the most."""
    backdrop = _make_backdrop(picture)
    scale_x, scale_y = backdrop.width / SIZE[0], backdrop.height / SIZE[1]
    for left, top, right, bottom in boxes:
        source = (left * scale_x, top * scale_y, right * scale_x, bottom * scale_y)
        canvas.paste(backdrop.resize((right - left, bottom - top), Image.Resampling.BILINEAR, source), (left, top))


def _list_free_boxes(area: Box) -> list[Box]:
    """Return the rest of the canvas around an area, as boxes that do not overlap."""
    left, top, right, bottom = area
    sides = Box(0, 0, left, SIZE[1]), Box(right, 0, *SIZE)
    between = Box(left, 0, right, top), Box(left, bottom, right, SIZE[1])
    return [box for box in (*sides, *between) if box.area]


def _make_backdrop(picture: Image.Image) -> Image.Image:
    """Return the backdrop at an eighth of the canvas's size."""
    reduced = picture.reduce(max(1, min(picture.size) // _BACKDROP_SIZE[1] // 2))
    fitted = ImageOps.fit(reduced, _BACKDROP_SIZE, Image.Resampling.BOX)
    blurred = fitted.filter(ImageFilter.GaussianBlur(_BACKDROP_BLUR))
    if ImageStat.Stat(blurred.convert("L")).mean[0] > _BRIGHT_MEAN:
        return blurred.point(lambda value: 255 - (255 - value) * _LIGHTENED)
    return blurred.point(lambda value: value * _DARKENED)


def _find_fade(framing: Framing) -> Box | None:
    """Return the strip in which the picture fades into the panel; None if it does not."""
    left, top, right, bottom = framing.area
    if not framing.fades:
        return None
    return Box(left, top, left + _FADE_WIDTH, bottom) if left > 0 else Box(right - _FADE_WIDTH, top, right, bottom)
