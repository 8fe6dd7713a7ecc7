"""Rasterize the glyphs of a title with HarfBuzz."""

import math
from typing import NamedTuple

import uharfbuzz as hb
from PIL import Image

from process.canvas import PixelBox
from process.layout.rotation import Point, rotate
from process.layout.typesetting import PlacedLine
from process.render.bounds import find_bounds, list_corners, move
from process.render.composition import Letters
from process.text.font import PositionedGlyph


class Layer(NamedTuple):
    """A picture or a mask, and the box of the canvas that it covers."""

    image: Image.Image
    box: PixelBox


def rasterize(letters: Letters, scale: float, *, is_emphasized: bool) -> list[Layer]:
    """Return a mask of those letters in each line that are emphasized, or of those that are not; emoji are neither."""
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


def paint_emoji(letters: Letters, scale: float) -> list[Layer]:
    """Return each emoji on a transparent background."""
    upright, layers = letters._replace(angle=0.0), []
    for placed in letters.lines:
        for glyph in placed.line.glyphs:
            if glyph.font.file.is_colour and glyph.ink:
                raster = hb.RasterPaint()
                raster.transform = _make_transform(glyph, placed, upright, scale)
                raster.set_glyph_extents(glyph.font.hb.get_glyph_extents(glyph.glyph))
                raster.paint_glyph(glyph.font.hb, glyph.glyph)
                layers.append(_turn(_read(raster.render(), "RGBA", "BGRa"), letters, scale))
    return layers


def _read(raster: hb.RasterImage, mode: str, raw_mode: str) -> Layer:
    """Return what HarfBuzz drew: up is positive, and rows are stored from bottom to top."""
    extents = raster.extents
    left, top, size = extents.x_origin, -extents.y_origin - extents.height, (extents.width, extents.height)
    image = Image.frombytes(mode, size, raster.buffer, "raw", raw_mode, extents.stride, -1)
    return Layer(image, PixelBox(left, top, left + extents.width, top + extents.height))


def _turn(upright: Layer, letters: Letters, scale: float) -> Layer:
    """Turn an emoji with its title: HarfBuzz paints nothing under a transform that turns."""
    if not letters.angle:
        return upright
    x, y = (middle * scale for middle in find_centre(letters))
    corners = list_corners(upright.box)
    box = find_bounds((*corners, *(rotate(corner, (x, y), letters.angle) for corner in corners)), 1).round()
    image = upright.image.crop(move(box, -upright.box.left, -upright.box.top))
    turned = image.rotate(letters.angle, Image.Resampling.BICUBIC, center=(x - box.left, y - box.top))
    return Layer(turned, box)


def find_centre(letters: Letters) -> Point:
    """Return the point around which letters are turned."""
    return (letters.box.left + letters.box.right) / 2, (letters.box.top + letters.box.bottom) / 2


def _make_transform(
    glyph: PositionedGlyph, placed: PlacedLine, letters: Letters, scale: float
) -> tuple[float, float, float, float, float, float]:
    """Return the affine transform from font units to pixels of the canvas, where up is positive.

    A level line begins at a whole pixel: that keeps the baseline sharp.
    """
    cosine, sine = math.cos(math.radians(letters.angle)), math.sin(math.radians(letters.angle))
    if letters.angle:
        x, y = (value * scale for value in rotate((placed.x, placed.y), find_centre(letters), letters.angle))
    else:
        x, y = snap(placed.x, scale), snap(placed.y, scale)
    size = placed.size * scale
    right, up = glyph.x * size, glyph.y * size
    x += right * cosine - up * sine
    y -= right * sine + up * cosine
    unit = glyph.font.scale * size
    return unit * cosine, unit * sine, -unit * sine, unit * cosine, x, -y


def snap(length: float, scale: float) -> int:
    """Return a length of the canvas in whole pixels of the thumbnail, as good as the same at every scale."""
    return round(round(length) * scale)
