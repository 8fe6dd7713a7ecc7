"""Draw the title over the picture."""

from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from process.canvas import MARGIN, SIZE
from process.font import font
from process.line import ink, letters
from process.placement import Placement
from process.style import Style

_SHADOW = 0.5
_SHADOW_BLUR = 0.05  # of the font's size
_SCRIM_BLUR = 0.35  # of the font's size
# How many standard deviations of a blur can be seen.
_REACH = 2.5
# Blurred masks have no detail that a quarter of their sides would not keep.
_COARSE = 4


class _Line(NamedTuple):
    """A line of text and the left end of its baseline, in pixels of the region that is drawn."""

    text: str
    x: int
    y: int


def draw_title(canvas: Image.Image, placement: Placement, style: Style) -> None:
    """Draw a title onto an RGB canvas: scrim where one is needed, soft shadow, outline, letters."""
    region = _region(placement, _SCRIM_BLUR if style.scrim else _SHADOW_BLUR)
    extent = (region[2] - region[0], region[3] - region[1])
    lines = _lines(placement, region[:2])
    letters = _mask(lines, placement.size, extent, 0)
    outlined = _mask(lines, placement.size, extent, placement.outline)
    # Layers of one colour, laid on each other, are one layer whose mask is theirs screened.
    ground = ImageChops.screen(outlined, _soft(outlined, placement.size * _SHADOW_BLUR, _SHADOW))
    if style.scrim:
        bars = _bars(lines, placement.size, extent)
        ground = ImageChops.screen(ground, _soft(bars, placement.size * _SCRIM_BLUR, style.scrim))
    # A picture of one colour is pasted in a third of the time that Pillow takes for the colour itself.
    for colour, mask in ((style.outline, ground), (style.fill, letters)):
        canvas.paste(Image.new("RGB", extent, colour), region, mask)


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


def _lines(placement: Placement, origin: tuple[int, int]) -> list[_Line]:
    block, size, box, outline = placement.block, placement.size, placement.box, placement.outline
    lines = []
    for number, text in enumerate(block.lines):
        reach = ink(text)
        free = box.right - box.left - 2 * outline - (reach.right - reach.left) * size
        x = box.left + outline + free * placement.alignment - reach.left * size
        y = box.top + outline + (block.ascent + number * block.pitch) * size
        lines.append(_Line(text, round(x) - origin[0], round(y) - origin[1]))
    return lines


def _mask(lines: list[_Line], size: int, extent: tuple[int, int], stroke: int) -> Image.Image:
    mask = Image.new("L", extent)
    draw = ImageDraw.Draw(mask)
    for line in lines:
        for letter, x in letters(line.text):
            draw.text((line.x + x * size, line.y), letter, 255, font(size), anchor="ls", stroke_width=stroke)
    return mask


def _bars(lines: list[_Line], size: int, extent: tuple[int, int]) -> Image.Image:
    """Return a mask of the lines' boxes: the shape of the scrim."""
    mask = Image.new("L", extent)
    draw = ImageDraw.Draw(mask)
    for line in lines:
        left, top, right, bottom = (side * size for side in ink(line.text))
        draw.rectangle((line.x + left, line.y + top, line.x + right, line.y + bottom), 255)
    return mask


def _soft(mask: Image.Image, radius: float, strength: float) -> Image.Image:
    coarse = mask.reduce(_COARSE).filter(ImageFilter.GaussianBlur(radius / _COARSE))
    coarse = coarse.point(lambda value: value * strength)
    box = (0, 0, mask.width / _COARSE, mask.height / _COARSE)
    return coarse.resize(mask.size, Image.Resampling.BILINEAR, box)
