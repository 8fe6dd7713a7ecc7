"""Put the picture on the canvas."""

from PIL import Image, ImageFilter, ImageOps, ImageStat

from process.canvas import SIZE, Box
from process.layout.framing import Framing

# The backdrop is blurred on a small copy: a blur this wide has no detail that a larger one would keep.
_BACKDROP_SIZE = (SIZE[0] // 8, SIZE[1] // 8)
_BACKDROP_BLUR = 6
# A dark or colourful picture's backdrop is toned down, that of a picture on paper or snow goes towards white: either
# way the title stands out from it, and the picture does, too.
_DIMMED, _BRIGHTENED = 0.6, 0.5
_PAPER = 165  # mean level

_FADE = 96  # pixels


def render_background(picture: Image.Image, composition: Framing, fit: str) -> Image.Image:
    """Lay a picture, framed for a composition, on the canvas.

    What it leaves free shows a blurred copy of it, with `letterbox` black.

    Returns:
        An RGB image of the canvas's size, which carries none of the picture's metadata.
    """
    canvas = Image.new("RGB", SIZE)
    edge = _fading_edge(composition)
    if fit != "letterbox" and picture.size != SIZE:
        _lay_backdrop(canvas, picture, [*_beside(composition.area), *([edge] if edge else [])])
    under = canvas.crop(edge) if edge else None
    canvas.paste(picture, composition.area[:2])
    if edge and under:
        ramp = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(under.size)
        on_the_right = composition.area.left == 0
        canvas.paste(under, edge, ramp if on_the_right else ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    return canvas


def _lay_backdrop(canvas: Image.Image, picture: Image.Image, boxes: list[Box]) -> None:
    """Show a blurred copy of a picture in boxes of the canvas: scaling it up for all of the canvas costs the most."""
    backdrop = _backdrop(picture)
    across, down = backdrop.width / SIZE[0], backdrop.height / SIZE[1]
    for left, top, right, bottom in boxes:
        part = (left * across, top * down, right * across, bottom * down)
        canvas.paste(backdrop.resize((right - left, bottom - top), Image.Resampling.BILINEAR, part), (left, top))


def _beside(area: Box) -> list[Box]:
    """Return what is left of the canvas around an area."""
    left, top, right, bottom = area
    sides = Box(0, 0, left, SIZE[1]), Box(right, 0, *SIZE)
    between = Box(left, 0, right, top), Box(left, bottom, right, SIZE[1])
    return [box for box in (*sides, *between) if box.extent]


def _backdrop(picture: Image.Image) -> Image.Image:
    """Return a picture's backdrop at a small size."""
    coarse = picture.reduce(max(1, min(picture.size) // _BACKDROP_SIZE[1] // 2))
    small = ImageOps.fit(coarse, _BACKDROP_SIZE, Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(_BACKDROP_BLUR))
    if ImageStat.Stat(soft.convert("L")).mean[0] > _PAPER:
        return soft.point(lambda value: 255 - (255 - value) * _BRIGHTENED)
    return soft.point(lambda value: value * _DIMMED)


def _fading_edge(composition: Framing) -> Box | None:
    """Return where the picture fades into the panel: a strip along the side that they share."""
    left, top, right, bottom = composition.area
    if not composition.fades:
        return None
    return Box(left, top, left + _FADE, bottom) if left > 0 else Box(right - _FADE, top, right, bottom)
