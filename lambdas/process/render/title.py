"""Draw the title over the background. Its size, place and outline width are decided in `process.layout.placement`."""

from typing import NamedTuple

import uharfbuzz as hb
from PIL import Image, ImageChops, ImageFilter

from process.canvas import MARGIN, SIZE, Box
from process.layout.colours import TitleColours
from process.layout.placement import Placement
from process.text.shaping import PositionedGlyph, ShapedLine

_SHADOW_OPACITY = 0.5
_SHADOW_BLUR = 0.05  # of the font size
_SCRIM_BLUR = 0.35  # of the font size
_VISIBLE_BLUR = 2.5  # standard deviations
# Masks are blurred at a quarter of their size: the blur leaves no detail that this would lose.
_BLUR_REDUCTION = 4
# Horizontal extent of a regular octagon's diagonal side, as a fraction of the inradius: 2 - sqrt(2).
_OCTAGON_CORNER = 0.5858


class _PlacedLine(NamedTuple):
    """A line and the left end of its baseline, in pixels from the top left of the region that is drawn."""

    line: ShapedLine
    x: int
    y: int


def draw_title(canvas: Image.Image, placement: Placement, colours: TitleColours) -> None:
    """Draw a title onto an RGB canvas: scrim (if any), soft shadow, outline, letters, emoji."""
    region = _find_drawn_region(placement, _SCRIM_BLUR if colours.scrim else _SHADOW_BLUR)
    lines = _place_lines(placement, region)
    letters = _rasterize_letters(lines, placement.size, region.size)
    emoji = _rasterize_emoji(lines, placement.size, region.size)
    shapes = ImageChops.lighter(letters, emoji.getchannel("A")) if emoji else letters
    outline = _dilate(shapes, placement.outline)
    # Outline, shadow and scrim share one colour: compositing it once, through a mask that combines theirs by `screen`,
    # is the same as compositing them in turn.
    mask = ImageChops.screen(outline, _blur(outline, placement.size * _SHADOW_BLUR, _SHADOW_OPACITY))
    if colours.scrim:
        scrim = _mask_line_boxes(lines, placement.size, region.size)
        mask = ImageChops.screen(mask, _blur(scrim, placement.size * _SCRIM_BLUR, colours.scrim))
    # Pillow pastes an image of a single colour faster than the colour itself.
    for colour, layer in ((colours.outline, mask), (colours.fill, letters)):
        canvas.paste(Image.new("RGB", region.size, colour), region, layer)
    if emoji:
        canvas.paste(emoji, region[:2], emoji)


def _find_drawn_region(placement: Placement, blur: float) -> Box:
    """Return the title's box, extended by the reach of a blur but not into the margins."""
    reach = round(placement.size * blur * _VISIBLE_BLUR)
    left, top, right, bottom = placement.box
    return Box(
        max(MARGIN[0], left - reach),
        max(MARGIN[1], top - reach),
        min(SIZE[0] - MARGIN[0], right + reach),
        min(SIZE[1] - MARGIN[1], bottom + reach),
    )


def _place_lines(placement: Placement, region: Box) -> list[_PlacedLine]:
    block, size, box, outline = placement.block, placement.size, placement.box, placement.outline
    # Mirrored for right-to-left text: its lines begin at the right edge, so 0 aligns them there.
    alignment = 1 - placement.alignment if block.rtl else placement.alignment
    placed = []
    for index, line in enumerate(block.lines):
        ink = line.ink
        free_width = box.right - box.left - 2 * outline - (ink.right - ink.left) * size
        x = box.left + outline + free_width * alignment - ink.left * size
        y = box.top + outline + (block.ascent + index * block.line_height) * size
        placed.append(_PlacedLine(line, round(x) - region.left, round(y) - region.top))
    return placed


def _rasterize_letters(lines: list[_PlacedLine], font_size: int, size: tuple[int, int]) -> Image.Image:
    """Return a mask of all glyphs but emoji, which have colours of their own."""
    raster = hb.RasterDraw()
    raster.extents = _make_extents(size)
    for placed in lines:
        for glyph in placed.line.glyphs:
            if not glyph.font.file.is_colour:
                raster.transform = _make_transform(glyph, placed, font_size, size)
                raster.draw_glyph(glyph.font.hb, glyph.glyph)
    mask = raster.render()
    # HarfBuzz stores rows from bottom to top.
    return Image.frombytes("L", size, mask.buffer, "raw", "L", mask.extents.stride, -1)


def _rasterize_emoji(lines: list[_PlacedLine], font_size: int, size: tuple[int, int]) -> Image.Image | None:
    """Return the emoji on a transparent background; None if there are none."""
    emoji = [(glyph, placed) for placed in lines for glyph in placed.line.glyphs if glyph.font.file.is_colour]
    if not emoji:
        return None
    raster = hb.RasterPaint()
    raster.extents = _make_extents(size)
    for glyph, placed in emoji:
        raster.transform = _make_transform(glyph, placed, font_size, size)
        raster.paint_glyph(glyph.font.hb, glyph.glyph)
    picture = raster.render()
    return Image.frombytes("RGBA", size, picture.buffer, "raw", "BGRa", picture.extents.stride, -1)


def _make_extents(size: tuple[int, int]) -> hb.RasterExtents:
    return hb.RasterExtents(x_origin=0, y_origin=0, width=size[0], height=size[1], stride=0)


def _make_transform(
    glyph: PositionedGlyph, placed: _PlacedLine, font_size: int, size: tuple[int, int]
) -> tuple[float, float, float, float, float, float]:
    """Return the affine transform from font units to pixels of the region, whose origin is bottom left."""
    scale = glyph.font.scale * font_size
    return (scale, 0, 0, scale, placed.x + glyph.x * font_size, size[1] - placed.y + glyph.y * font_size)


def _dilate(mask: Image.Image, radius: int) -> Image.Image:
    """Dilate a mask by a regular octagon with this inradius, in pixels.

    An octagon is the Minkowski sum of four segments, and dilation by a segment is a few shifts of doubling length.
    """
    corner = round(radius * _OCTAGON_CORNER)
    side = 2 * (radius - corner)
    mask = _shift(mask, -side // 2, -radius)
    for direction, length in (((1, 0), side), ((0, 1), side), ((1, 1), corner), ((-1, 1), corner)):
        covered = 0
        while covered < length:
            step = min(covered + 1, length - covered)
            mask = ImageChops.lighter(mask, _shift(mask, direction[0] * step, direction[1] * step))
            covered += step
    return mask


def _shift(mask: Image.Image, right: int, down: int) -> Image.Image:
    return mask.crop((-right, -down, mask.width - right, mask.height - down))


def _mask_line_boxes(lines: list[_PlacedLine], font_size: int, size: tuple[int, int]) -> Image.Image:
    """Return a mask of the lines' boxes: the shape of the scrim."""
    mask = Image.new("L", size)
    for placed in lines:
        left, top, right, bottom = (side * font_size for side in placed.line.ink)
        mask.paste(
            255, (round(placed.x + left), round(placed.y + top), round(placed.x + right), round(placed.y + bottom))
        )
    return mask


def _blur(mask: Image.Image, radius: float, opacity: float) -> Image.Image:
    reduced = mask.reduce(_BLUR_REDUCTION).filter(ImageFilter.GaussianBlur(radius / _BLUR_REDUCTION))
    reduced = reduced.point(lambda value: value * opacity)
    box = (0, 0, mask.width / _BLUR_REDUCTION, mask.height / _BLUR_REDUCTION)
    return reduced.resize(mask.size, Image.Resampling.BILINEAR, box)
