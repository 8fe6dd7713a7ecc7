"""Draw the picture onto the canvas, and a blurred copy of it as a backdrop where the canvas is left free."""

from PIL import Image, ImageFilter, ImageOps, ImageStat

from process.canvas import PixelBox
from process.layout.wcag import Colour

# Blurred at an eighth of the size: a blur this wide has no detail that a larger copy would keep.
_BACKDROP_REDUCTION = 8
_BACKDROP_BLUR = 6  # pixels of that size, at `process.canvas.SIZE`
# The title and the picture both have to stand out from the backdrop: it is lightened for a bright picture (paper,
# snow), and darkened for any other.
_DARKENED, _LIGHTENED = 0.6, 0.5
_BRIGHT_MEAN = 165  # mean level above which a picture is bright


def render_background(
    picture: Image.Image, position: tuple[int, int], size: tuple[int, int], ground: Colour | None
) -> Image.Image:
    """Draw a picture, cropped and scaled as it is shown, onto a canvas.

    Args:
        picture: in RGB; it becomes the canvas if it is as large.
        position: of its top left corner on the canvas, in pixels.
        size: of the canvas, in pixels.
        ground: colour of the rest of the canvas; None for a blurred copy of the picture.

    Returns:
        An RGB image of the canvas's size, without the picture's metadata.
    """
    if picture.size == size:
        picture.info = {}
        return picture
    canvas = Image.new("RGB", size, ground or (0, 0, 0))
    if ground is None:
        _draw_backdrop(canvas, picture, _list_free_boxes(PixelBox(*position, *_add(position, picture.size)), size))
    canvas.paste(picture, position)
    return canvas


def _add(position: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    return position[0] + size[0], position[1] + size[1]


def _draw_backdrop(canvas: Image.Image, picture: Image.Image, boxes: list[PixelBox]) -> None:
    """Draw the backdrop, but only in the given boxes of the canvas: enlarging it costs the most."""
    backdrop = _make_backdrop(picture, canvas.size)
    scale_x, scale_y = backdrop.width / canvas.width, backdrop.height / canvas.height
    for left, top, right, bottom in boxes:
        source = (left * scale_x, top * scale_y, right * scale_x, bottom * scale_y)
        canvas.paste(backdrop.resize((right - left, bottom - top), Image.Resampling.BILINEAR, source), (left, top))


def _list_free_boxes(area: PixelBox, size: tuple[int, int]) -> list[PixelBox]:
    """Return the rest of the canvas around an area, as boxes that do not overlap."""
    left, top, right, bottom = area
    sides = PixelBox(0, 0, left, size[1]), PixelBox(right, 0, *size)
    between = PixelBox(left, 0, right, top), PixelBox(left, bottom, right, size[1])
    return [box for box in (*sides, *between) if all(box.size)]


def _make_backdrop(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the backdrop at an eighth of the canvas's size."""
    small = size[0] // _BACKDROP_REDUCTION, size[1] // _BACKDROP_REDUCTION
    reduced = picture.reduce(max(1, min(picture.size) // small[1] // 2))
    fitted = ImageOps.fit(reduced, small, Image.Resampling.BOX)
    blurred = fitted.filter(ImageFilter.GaussianBlur(_BACKDROP_BLUR * small[0] / 160))
    if ImageStat.Stat(blurred.convert("L")).mean[0] > _BRIGHT_MEAN:
        return blurred.point(lambda value: 255 - (255 - value) * _LIGHTENED)
    return blurred.point(lambda value: value * _DARKENED)
