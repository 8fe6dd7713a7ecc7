"""Draw the title over the picture."""

from typing import NamedTuple

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageFilter

from process.canvas import MARGIN, SIZE
from process.layout.colours import TitleColours
from process.layout.placement import Placement
from process.text.shaping import PositionedGlyph, ShapedLine

_SHADOW = 0.5
_SHADOW_BLUR = 0.05  # of the font's size
_SCRIM_BLUR = 0.35  # of the font's size
# How many standard deviations of a blur can be seen.
_REACH = 2.5
# Blurred masks have no detail that a quarter of their sides would not keep.
_COARSE = 4
# How far the slanting sides of a regular octagon reach across, of the circle in it: 2 - sqrt(2).
_SLANT = 0.5858


class _StandingLine(NamedTuple):
    """A line of text and the left end of its baseline, in pixels of the region that is drawn."""

    line: ShapedLine
    x: int
    y: int


def draw_title(canvas: Image.Image, placement: Placement, style: TitleColours) -> None:
    """Draw a title onto an RGB canvas: scrim where one is needed, soft shadow, outline, letters, emoji."""
    region = _region(placement, _SCRIM_BLUR if style.scrim else _SHADOW_BLUR)
    extent = (region[2] - region[0], region[3] - region[1])
    lines = _lines(placement, region[:2])
    letters = _letters(lines, placement.size, extent)
    pictures = _pictures(lines, placement.size, extent)
    shapes = ImageChops.lighter(letters, pictures.getchannel("A")) if pictures else letters
    outlined = _grown(shapes, placement.outline)
    # Layers of one colour, laid on each other, are one layer whose mask is theirs screened.
    ground = ImageChops.screen(outlined, _soft(outlined, placement.size * _SHADOW_BLUR, _SHADOW))
    if style.scrim:
        bars = _bars(lines, placement.size, extent)
        ground = ImageChops.screen(ground, _soft(bars, placement.size * _SCRIM_BLUR, style.scrim))
    # A picture of one colour is pasted in a third of the time that Pillow takes for the colour itself.
    for colour, mask in ((style.outline, ground), (style.fill, letters)):
        canvas.paste(Image.new("RGB", extent, colour), region, mask)
    if pictures:
        canvas.paste(pictures, region[:2], pictures)


def _region(placement: Placement, blur: float) -> tuple[int, int, int, int]:
    """Return the block's box and what a blur reaches around it, without the margin."""
    reach = round(placement.size * blur * _REACH)
    left, top, right, bottom = placement.box
    return (
        max(MARGIN[0], left - reach),
        max(MARGIN[1], top - reach),
        min(SIZE[0] - MARGIN[0], right + reach),
        min(SIZE[1] - MARGIN[1], bottom + reach),
    )


def _lines(placement: Placement, origin: tuple[int, int]) -> list[_StandingLine]:
    block, size, box, outline = placement.block, placement.size, placement.box, placement.outline
    # A text that is read from the right has its even edge there.
    alignment = 1 - placement.alignment if block.rtl else placement.alignment
    lines = []
    for number, line in enumerate(block.lines):
        ink = line.ink
        free = box.right - box.left - 2 * outline - (ink.right - ink.left) * size
        x = box.left + outline + free * alignment - ink.left * size
        y = box.top + outline + (block.ascent + number * block.pitch) * size
        lines.append(_StandingLine(line, round(x) - origin[0], round(y) - origin[1]))
    return lines


def _letters(lines: list[_StandingLine], size: int, extent: tuple[int, int]) -> Image.Image:
    """Return the mask of all that is drawn in one colour."""
    raster = hb.RasterDraw()
    raster.extents = _extents(extent)
    for standing in lines:
        for placed in standing.line.glyphs:
            if not placed.font.typeface.is_colour:
                raster.transform = _transform(placed, standing, size, extent)
                raster.draw_glyph(placed.font.hb, placed.glyph)
    mask = raster.render()
    # Rows come from the bottom to the top.
    return Image.frombytes("L", extent, mask.buffer, "raw", "L", mask.extents.stride, -1)


def _pictures(lines: list[_StandingLine], size: int, extent: tuple[int, int]) -> Image.Image | None:
    """Return what has colours of its own on a transparent ground, None where there is none."""
    found = [
        (placed, standing) for standing in lines for placed in standing.line.glyphs if placed.font.typeface.is_colour
    ]
    if not found:
        return None
    raster = hb.RasterPaint()
    raster.extents = _extents(extent)
    for placed, standing in found:
        raster.transform = _transform(placed, standing, size, extent)
        raster.paint_glyph(placed.font.hb, placed.glyph)
    picture = raster.render()
    return Image.frombytes("RGBA", extent, picture.buffer, "raw", "BGRa", picture.extents.stride, -1)


def _extents(extent: tuple[int, int]) -> hb.RasterExtents:
    return hb.RasterExtents(x_origin=0, y_origin=0, width=extent[0], height=extent[1], stride=0)


def _transform(
    placed: PositionedGlyph, standing: _StandingLine, size: int, extent: tuple[int, int]
) -> tuple[float, float, float, float, float, float]:
    """Return what brings a glyph from the units of its font to pixels of the region, whose origin is bottom left."""
    scale = placed.font.scale * size
    return (scale, 0, 0, scale, standing.x + placed.x * size, extent[1] - standing.y + placed.y * size)


def _grown(mask: Image.Image, radius: int) -> Image.Image:
    """Return a mask that reaches so many pixels further on every side: its dilation by an octagon.

    An octagon is the Minkowski sum of four segments, and a segment that of ever longer steps along it.
    """
    slant = round(radius * _SLANT)
    along = 2 * (radius - slant)
    mask = _shifted(mask, -along // 2, -radius)
    for direction, length in (((1, 0), along), ((0, 1), along), ((1, 1), slant), ((-1, 1), slant)):
        covered = 0
        while covered < length:
            step = min(covered + 1, length - covered)
            mask = ImageChops.lighter(mask, _shifted(mask, direction[0] * step, direction[1] * step))
            covered += step
    return mask


def _shifted(mask: Image.Image, right: int, down: int) -> Image.Image:
    return mask.crop((-right, -down, mask.width - right, mask.height - down))


def _bars(lines: list[_StandingLine], size: int, extent: tuple[int, int]) -> Image.Image:
    """Return a mask of the lines' boxes: the shape of the scrim."""
    mask = Image.new("L", extent)
    for standing in lines:
        left, top, right, bottom = (side * size for side in standing.line.ink)
        mask.paste(
            255,
            (round(standing.x + left), round(standing.y + top), round(standing.x + right), round(standing.y + bottom)),
        )
    return mask


def _soft(mask: Image.Image, radius: float, strength: float) -> Image.Image:
    coarse = mask.reduce(_COARSE).filter(ImageFilter.GaussianBlur(radius / _COARSE))
    coarse = coarse.point(lambda value: value * strength)
    box = (0, 0, mask.width / _COARSE, mask.height / _COARSE)
    return coarse.resize(mask.size, Image.Resampling.BILINEAR, box)
