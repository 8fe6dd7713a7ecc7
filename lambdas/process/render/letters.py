"""Draw the letters of a title, with their shadow and outline. What they look like is decided in `process.looks`."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageFilter

from process.canvas import Box, PixelBox
from process.layout.rotation import Point, rotate
from process.layout.typesetting import PlacedLine
from process.layout.wcag import Colour
from process.render.bounds import find_bounds
from process.render.composition import Letters, Shadow
from process.text.shaping import PositionedGlyph

_VISIBLE_BLUR = 2.5  # standard deviations
# Masks are blurred at a quarter of their size: the blur leaves no detail that this would lose.
_BLUR_REDUCTION = 4
# Of a regular polygon with 16 sides, as fractions of its inradius: 2 * tan(pi / 16) / sqrt(5), the length of a side in
# steps of two pixels along one axis and one along the other; and 2 - sqrt(2), what an octagon cuts off a square's side.
_SIDE, _CORNER = 0.1779, 0.5858


class _Layer(NamedTuple):
    """A picture or a mask, and the box of the canvas that it covers."""

    image: Image.Image
    box: PixelBox


def draw_letters(canvas: Image.Image, letters: Letters, scale: float) -> None:
    """Draw a title onto an RGB canvas: shadow, outline, letters, emoji.

    Args:
        canvas: the canvas.
        letters: the title.
        scale: the canvas's size, relative to `process.canvas.SIZE`.
    """
    plain = _rasterize(letters, scale, is_emphasized=False)
    emphasized = _rasterize(letters, scale, is_emphasized=True)
    emoji = [_turn(layer, letters, scale, canvas.size) for layer in _paint_emoji(letters, scale)]
    if letters.outline or letters.shadow:
        alphas = [layer._replace(image=layer.image.getchannel("A")) for layer in emoji]
        _draw_surroundings(canvas, letters, [*plain, *emphasized, *alphas], scale)
    for colour, masks in ((letters.fill, plain), (letters.accent, emphasized)):
        for mask in masks:
            _paste(canvas, colour, mask)
    for image, box in emoji:
        canvas.paste(image, box, image)


def _paste(canvas: Image.Image, colour: Colour, mask: _Layer) -> None:
    # Pillow pastes an image of a single colour faster than the colour itself.
    canvas.paste(Image.new("RGB", mask.box.size, colour), mask.box, mask.image)


def _rasterize(letters: Letters, scale: float, *, is_emphasized: bool) -> list[_Layer]:
    """Return a mask of those letters in each line that are emphasized, or of the others; emoji are neither."""
    masks = []
    for placed in letters.lines:
        raster = hb.RasterDraw()
        for glyph in placed.line.glyphs:
            in_span = any(span.start <= glyph.offset < span.end for span in placed.emphasis)
            if in_span == is_emphasized and not glyph.font.file.is_colour:
                raster.transform = _make_transform(glyph, placed, letters, scale)
                raster.draw_glyph(glyph.font.hb, glyph.glyph)
        masks.append(_read(raster.render(), "L", "L"))
    return [mask for mask in masks if all(mask.box.size)]


def _paint_emoji(letters: Letters, scale: float) -> list[_Layer]:
    """Return the emoji, upright, each on a transparent background."""
    upright, layers = replace(letters, angle=0.0), []
    for placed in letters.lines:
        for glyph in placed.line.glyphs:
            if glyph.font.file.is_colour:
                raster = hb.RasterPaint()
                raster.transform = _make_transform(glyph, placed, upright, scale)
                raster.set_glyph_extents(glyph.font.hb.get_glyph_extents(glyph.glyph))
                raster.paint_glyph(glyph.font.hb, glyph.glyph)
                layers.append(_read(raster.render(), "RGBA", "BGRa"))
    return layers


def _read(raster: hb.RasterImage, mode: str, raw_mode: str) -> _Layer:
    """Return what HarfBuzz drew: up is positive, and rows are stored from bottom to top."""
    extents = raster.extents
    left, top, size = extents.x_origin, -extents.y_origin - extents.height, (extents.width, extents.height)
    image = Image.frombytes(mode, size, raster.buffer, "raw", raw_mode, extents.stride, -1)
    return _Layer(image, PixelBox(left, top, left + extents.width, top + extents.height))


def _turn(upright: _Layer, letters: Letters, scale: float, canvas: tuple[int, int]) -> _Layer:
    """Turn an emoji with its title: HarfBuzz paints nothing under a transform that turns."""
    if not letters.angle:
        return upright
    x, y = (middle * scale for middle in _find_centre(letters))
    corners = _list_corners(upright.box)
    box = find_bounds((*corners, *(rotate(corner, (x, y), letters.angle) for corner in corners)), 1, canvas)
    image = upright.image.crop(_move(box, -upright.box.left, -upright.box.top))
    turned = image.rotate(letters.angle, Image.Resampling.BICUBIC, center=(x - box.left, y - box.top))
    return _Layer(turned, box)


def _draw_surroundings(canvas: Image.Image, letters: Letters, masks: Sequence[_Layer], scale: float) -> None:
    """Draw the shadow and the outline of masks."""
    frame = _find_frame(letters, canvas.size, scale)
    shapes = Image.new("L", frame.size)
    for mask, box in masks:
        in_frame = _move(box, -frame.left, -frame.top)
        shapes.paste(ImageChops.lighter(shapes.crop(in_frame), mask), in_frame)
    if letters.outline:
        shapes = _dilate(shapes, _snap(letters.outline.width, scale))
    if letters.shadow:
        _paste(canvas, letters.shadow.colour, _Layer(_cast(shapes, letters.shadow, scale), frame))
    if letters.outline:
        _paste(canvas, letters.outline.colour, _Layer(shapes, frame))


def _find_frame(letters: Letters, canvas: tuple[int, int], scale: float) -> PixelBox:
    """Return the box around the turned letters, extended by the reach of their shadow."""
    shadow, centre = letters.shadow, _find_centre(letters)
    turned = [rotate(corner, centre, letters.angle) for corner in _list_corners(letters.box)]
    reach = (max(map(abs, shadow.offset)) + shadow.blur * _VISIBLE_BLUR if shadow else 0) * scale + 2
    return find_bounds([(x * scale, y * scale) for x, y in turned], reach, canvas)


def _find_centre(letters: Letters) -> Point:
    return (letters.box.left + letters.box.right) / 2, (letters.box.top + letters.box.bottom) / 2


def _list_corners(box: Box | PixelBox) -> list[Point]:
    return [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]


def _move(box: PixelBox, right: int, down: int) -> PixelBox:
    return PixelBox(box.left + right, box.top + down, box.right + right, box.bottom + down)


def _make_transform(
    glyph: PositionedGlyph, placed: PlacedLine, letters: Letters, scale: float
) -> tuple[float, float, float, float, float, float]:
    """Return the affine transform from font units to pixels of the canvas, where up is positive.

    A level line begins at a whole pixel: that keeps the baseline sharp.
    """
    cosine, sine = math.cos(math.radians(letters.angle)), math.sin(math.radians(letters.angle))
    if letters.angle:
        x, y = (value * scale for value in rotate((placed.x, placed.y), _find_centre(letters), letters.angle))
    else:
        x, y = _snap(placed.x, scale), _snap(placed.y, scale)
    size = placed.size * scale
    right, up = glyph.x * size, glyph.y * size
    x += right * cosine - up * sine
    y -= right * sine + up * cosine
    unit = glyph.font.scale * size
    return unit * cosine, unit * sine, -unit * sine, unit * cosine, x, -y


def _snap(length: float, scale: float) -> int:
    """Return a length of the canvas in whole pixels of the thumbnail, as good as the same at every scale."""
    return round(round(length) * scale)


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
    moved = _shift(shapes, *(_snap(distance, scale) for distance in shadow.offset))
    if not shadow.blur:
        return moved.point(lambda value: value * shadow.opacity)
    reduced = moved.reduce(_BLUR_REDUCTION).filter(ImageFilter.GaussianBlur(shadow.blur * scale / _BLUR_REDUCTION))
    reduced = reduced.point(lambda value: value * shadow.opacity)
    box = (0, 0, shapes.width / _BLUR_REDUCTION, shapes.height / _BLUR_REDUCTION)
    return reduced.resize(shapes.size, Image.Resampling.BILINEAR, box)
