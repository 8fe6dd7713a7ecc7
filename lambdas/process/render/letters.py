"""Draw the letters of a title, with their shadow and outline. What they look like is decided in `process.looks`."""

import math
from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageFilter

from process.layout.typesetting import PlacedLine
from process.render.composition import Letters, Shadow
from process.text.shaping import PositionedGlyph

_VISIBLE_BLUR = 2.5  # standard deviations
# Masks are blurred at a quarter of their size: the blur leaves no detail that this would lose.
_BLUR_REDUCTION = 4
# Of a regular polygon with 16 sides, as fractions of its inradius: 2 * tan(pi / 16) / sqrt(5), the length of a side in
# steps of two pixels along one axis and one along the other; and 2 - sqrt(2), what an octagon cuts off a square's side.
_SIDE, _CORNER = 0.1779, 0.5858

Glyphs = Iterator[tuple[PlacedLine, PositionedGlyph]]


class _Frame(NamedTuple):
    """The part of the canvas that is drawn on, in its pixels, and how the letters are turned into it."""

    left: int
    top: int
    width: int
    height: int
    scale: float
    cosine: float
    sine: float
    centre: tuple[float, float]

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    def map(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the layout lies in the frame."""
        dx, dy = x - self.centre[0], y - self.centre[1]
        turned_x = self.centre[0] + dx * self.cosine + dy * self.sine
        turned_y = self.centre[1] - dx * self.sine + dy * self.cosine
        return turned_x * self.scale - self.left, turned_y * self.scale - self.top


def draw_letters(canvas: Image.Image, letters: Letters, scale: float) -> None:
    """Draw a title onto an RGB canvas: shadow, outline, letters, emoji.

    Args:
        canvas: the canvas.
        letters: the title.
        scale: the canvas's size, relative to `process.canvas.SIZE`.
    """
    frame = _find_frame(letters, canvas.size, scale)
    plain = _rasterize(_list_glyphs(letters, is_emphasized=False), frame)
    emphasized = _rasterize(_list_glyphs(letters, is_emphasized=True), frame)
    emoji = _rasterize_emoji(letters, frame)
    masks = [mask for mask in (plain, emphasized, emoji and emoji.getchannel("A")) if mask]
    shapes = reduce(ImageChops.lighter, masks)
    if letters.outline:
        shapes = _dilate(shapes, _snap(letters.outline.width, scale))
    if letters.shadow:
        _paste(canvas, frame, letters.shadow.colour, _cast(shapes, letters.shadow, scale))
    if letters.outline:
        _paste(canvas, frame, letters.outline.colour, shapes)
    for colour, mask in ((letters.fill, plain), (letters.accent, emphasized)):
        if mask:
            _paste(canvas, frame, colour, mask)
    if emoji:
        canvas.paste(emoji, (frame.left, frame.top), emoji)


def _paste(canvas: Image.Image, frame: _Frame, colour: tuple[int, int, int], mask: Image.Image) -> None:
    # Pillow pastes an image of a single colour faster than the colour itself.
    canvas.paste(Image.new("RGB", frame.size, colour), (frame.left, frame.top), mask)


def _find_frame(letters: Letters, canvas: tuple[int, int], scale: float) -> _Frame:
    """Return the frame around the turned letters, extended by the reach of their shadow."""
    angle = math.radians(letters.angle)
    box, shadow = letters.box, letters.shadow
    centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    unclipped = _Frame(0, 0, 0, 0, scale, math.cos(angle), math.sin(angle), centre)
    corners = [unclipped.map(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    reach = (max(map(abs, shadow.offset)) + shadow.blur * _VISIBLE_BLUR if shadow else 0) * scale + 2
    left, top = (max(0, math.floor(min(values) - reach)) for values in zip(*corners, strict=True))
    right, bottom = (
        min(limit, math.ceil(max(values) + reach))
        for values, limit in zip(zip(*corners, strict=True), canvas, strict=True)
    )
    return unclipped._replace(left=left, top=top, width=right - left, height=bottom - top)


def _list_glyphs(letters: Letters, *, is_emphasized: bool) -> Glyphs:
    """Yield all glyphs but emoji, which have colours of their own."""
    for placed in letters.lines:
        for glyph in placed.line.glyphs:
            in_span = any(span.start <= glyph.offset < span.end for span in placed.emphasis)
            if in_span == is_emphasized and not glyph.font.file.is_colour:
                yield placed, glyph


def _rasterize(glyphs: Glyphs, frame: _Frame) -> Image.Image | None:
    """Return a mask of glyphs; None if there are none."""
    raster = hb.RasterDraw()
    raster.extents = _make_extents(frame)
    is_empty = True
    for placed, glyph in glyphs:
        raster.transform = _make_transform(glyph, placed, frame)
        raster.draw_glyph(glyph.font.hb, glyph.glyph)
        is_empty = False
    if is_empty:
        return None
    mask = raster.render()
    # HarfBuzz stores rows from bottom to top.
    return Image.frombytes("L", frame.size, mask.buffer, "raw", "L", mask.extents.stride, -1)


def _rasterize_emoji(letters: Letters, frame: _Frame) -> Image.Image | None:
    """Return the emoji on a transparent background; None if there are none."""
    emoji = [(placed, glyph) for placed in letters.lines for glyph in placed.line.glyphs if glyph.font.file.is_colour]
    if not emoji:
        return None
    raster = hb.RasterPaint()
    raster.extents = _make_extents(frame)
    upright = frame._replace(cosine=1.0, sine=0.0)
    for placed, glyph in emoji:
        raster.transform = _make_transform(glyph, placed, upright)
        raster.paint_glyph(glyph.font.hb, glyph.glyph)
    rendered = raster.render()
    picture = Image.frombytes("RGBA", frame.size, rendered.buffer, "raw", "BGRa", rendered.extents.stride, -1)
    # HarfBuzz paints nothing under a transform that turns.
    return picture.rotate(letters.angle, Image.Resampling.BICUBIC, center=frame.map(*frame.centre))


def _make_extents(frame: _Frame) -> hb.RasterExtents:
    return hb.RasterExtents(x_origin=0, y_origin=0, width=frame.width, height=frame.height, stride=0)


def _make_transform(
    glyph: PositionedGlyph, placed: PlacedLine, frame: _Frame
) -> tuple[float, float, float, float, float, float]:
    """Return the affine transform from font units to pixels of the frame, whose origin is bottom left.

    A level line begins at a whole pixel: that keeps the baseline sharp.
    """
    if frame.sine:
        x, y = frame.map(placed.x, placed.y)
    else:
        x, y = _snap(placed.x, frame.scale) - frame.left, _snap(placed.y, frame.scale) - frame.top
    size = placed.size * frame.scale
    right, up = glyph.x * size, glyph.y * size
    x += right * frame.cosine - up * frame.sine
    y -= right * frame.sine + up * frame.cosine
    scale = glyph.font.scale * size
    return (scale * frame.cosine, scale * frame.sine, -scale * frame.sine, scale * frame.cosine, x, frame.height - y)


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
