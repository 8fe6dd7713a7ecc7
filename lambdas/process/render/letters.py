"""Draw the letters of a title, with their shadow and outline. What they look like is decided in `process.looks`."""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter

from process.canvas import Box, PixelBox
from process.layout.rotation import rotate
from process.layout.wcag import Colour
from process.render.bounds import find_bounds, list_corners, move
from process.render.composition import Letters, Shadow
from process.render.glyphs import Layer, find_centre, paint_emoji, rasterize, snap

_VISIBLE_BLUR = 2.5  # standard deviations
# Masks are blurred at a quarter of their size: the blur leaves no detail that this would lose.
_BLUR_REDUCTION = 4
# Of a regular polygon with 16 sides, as fractions of its inradius: 2 * tan(pi / 16) / sqrt(5), the length of a side in
# steps of two pixels along one axis and one along the other; and 2 - sqrt(2), what an octagon cuts off a square's side.
_SIDE, _CORNER = 0.1779, 0.5858


def draw_letters(canvas: Image.Image, letters: Letters, scale: float) -> None:
    """Draw a title onto an RGB canvas: shadow, outline, letters, emoji.

    Args:
        canvas: the canvas.
        letters: the title.
        scale: the canvas's size, relative to `process.canvas.SIZE`.
    """
    plain = rasterize(letters, scale, is_emphasized=False)
    emphasized = rasterize(letters, scale, is_emphasized=True)
    emoji = paint_emoji(letters, scale)
    if letters.outline or letters.shadow:
        alphas = [layer._replace(image=layer.image.getchannel("A")) for layer in emoji]
        _draw_surroundings(canvas, letters, [*plain, *emphasized, *alphas], scale)
    for colour, masks in ((letters.fill, plain), (letters.accent, emphasized)):
        for mask in masks:
            _paste(canvas, colour, mask)
    for image, box in emoji:
        canvas.paste(image, box, image)


def _paste(canvas: Image.Image, colour: Colour, mask: Layer) -> None:
    # Pillow pastes an image of a single colour faster than the colour itself.
    canvas.paste(Image.new("RGB", mask.box.size, colour), mask.box, mask.image)


def _draw_surroundings(canvas: Image.Image, letters: Letters, masks: Sequence[Layer], scale: float) -> None:
    """Draw the shadow and the outline of masks."""
    frame = _find_frame(letters, canvas.size, scale)
    shapes = Image.new("L", frame.size)
    for mask, box in masks:
        in_frame = move(box, -frame.left, -frame.top)
        shapes.paste(ImageChops.lighter(shapes.crop(in_frame), mask), in_frame)
    if letters.outline:
        shapes = _dilate(shapes, snap(letters.outline.width, scale))
    if letters.shadow:
        _paste(canvas, letters.shadow.colour, Layer(_cast(shapes, letters.shadow, scale), frame))
    if letters.outline:
        _paste(canvas, letters.outline.colour, Layer(shapes, frame))


def _find_frame(letters: Letters, canvas: tuple[int, int], scale: float) -> PixelBox:
    """Return the part of a canvas around the turned letters, extended by the reach of their shadow."""
    shadow, centre = letters.shadow, find_centre(letters)
    turned = [rotate(corner, centre, letters.angle) for corner in list_corners(letters.box)]
    reach = (max(map(abs, shadow.offset)) + shadow.blur * _VISIBLE_BLUR if shadow else 0) * scale + 2
    bounds = find_bounds([(x * scale, y * scale) for x, y in turned], reach)
    return bounds.intersect(Box(0, 0, *canvas)).round()


def _dilate(mask: Image.Image, radius: int) -> Image.Image:
    """Dilate a mask by a regular polygon with 16 sides, nearly a disc, around a circle of this radius in pixels.

    The polygon is the Minkowski sum of eight segments, and dilation by a segment is a few shifts of doubling length.
    """
    steep = int(radius * _SIDE)
    diagonal = round(radius * _CORNER) - 2 * steep
    level = 2 * (radius - diagonal - 3 * steep)
    mask = _shift(mask, -(level // 2), -radius)
    for direction, length in (
        *(((1, 0), level), ((0, 1), level)),
        *(((1, 1), diagonal), ((-1, 1), diagonal)),
        *(((2, 1), steep), ((1, 2), steep), ((-1, 2), steep), ((-2, 1), steep)),
    ):
        covered = 0
        while covered < length:
            step = min(covered + 1, length - covered)
            mask = ImageChops.lighter(mask, _shift(mask, direction[0] * step, direction[1] * step))
            covered += step
    return mask


def _shift(mask: Image.Image, right: int, down: int) -> Image.Image:
    return mask.crop((-right, -down, mask.width - right, mask.height - down))


def _cast(shapes: Image.Image, shadow: Shadow, scale: float) -> Image.Image:
    """Return the mask of a shadow of shapes."""
    moved = _shift(shapes, *(snap(distance, scale) for distance in shadow.offset))
    if not shadow.blur:
        return moved.point(lambda value: value * shadow.opacity)
    reduced = moved.reduce(_BLUR_REDUCTION).filter(ImageFilter.GaussianBlur(shadow.blur * scale / _BLUR_REDUCTION))
    reduced = reduced.point(lambda value: value * shadow.opacity)
    box = (0, 0, shapes.width / _BLUR_REDUCTION, shapes.height / _BLUR_REDUCTION)
    return reduced.resize(shapes.size, Image.Resampling.BILINEAR, box)
