"""Set a block of text: choose its line breaks and size for a zone, and place its lines."""

import math
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from process.canvas import BADGE, Box
from process.text.block import TextBlock
from process.text.emphasis import Span, Title
from process.text.shaping import ShapedLine

# Pixels on the canvas. Capitals lower than the first are hard to read where the thumbnail is shown 168 pixels wide;
# above the second they gain nothing.
_COMFORTABLE_CAP_HEIGHT, _MAX_CAP_HEIGHT = 104, 230
_COST_SMALL, _COST_SMALLER = 0.5, 0.25  # per halving of the first, and of the second
_WEIGHT_MEAN_SIZE = 1.2
_WEIGHT_HOOK = 0.8
_COST_SPLIT, _COST_SPLIT_ALONE = 0.6, 0.2  # for emphasized words on several lines
_COST_FILLER_LINE = 0.4
_COST_ORPHAN, _ORPHAN = 0.3, 2  # for a line of so few characters
_COST_LINE, _MANY_LINES = 0.25, 4  # for each line above that many


class PlacedLine(NamedTuple):
    """A line of text on the canvas. `size` is in pixels per em; `x` and `y` are the start of its baseline.

    `emphasis` are the characters of the line that are emphasized.
    """

    line: ShapedLine
    size: float
    x: float
    y: float
    emphasis: tuple[Span, ...] = ()

    @property
    def box(self) -> Box:
        """Box around the line's ink."""
        ink = self.line.ink
        return Box(
            self.x + ink.left * self.size,
            self.y + ink.top * self.size,
            self.x + ink.right * self.size,
            self.y + ink.bottom * self.size,
        )


class Setting(NamedTuple):
    """A block at a size: `size` is in pixels per em of the block."""

    block: TextBlock
    size: float

    @property
    def width(self) -> float:
        """Width of the ink, in pixels."""
        return self.block.width * self.size

    @property
    def height(self) -> float:
        """Height of the ink, in pixels."""
        return self.block.height * self.size

    @property
    def cap_height(self) -> float:
        """Height of a capital of the smallest line, in pixels."""
        return self.block.cap_height * self.size

    @property
    def cost(self) -> float:
        """What it costs if the letters are small."""
        return _COST_SMALL * max(0.0, math.log2(_COMFORTABLE_CAP_HEIGHT / self.cap_height)) + _COST_SMALLER * max(
            0.0, math.log2(_MAX_CAP_HEIGHT / self.cap_height)
        )


class Typesetter:
    """Chooses among the ways to break a title."""

    def __init__(self, blocks: Sequence[TextBlock], title: Title) -> None:
        """Rate each block, as far as that does not depend on its size."""
        self._rated = [(_rate(block, title), _MAX_CAP_HEIGHT / max(block.cap_heights), block) for block in blocks]

    def set_in_zone(self, width: float, height: float, *, fill: float = 0.0) -> Setting:
        """Choose the block that is largest in a zone of the canvas, and its size.

        Args:
            width: of the zone, in pixels.
            height: of the zone, in pixels.
            fill: how much it matters that the block fills the height.
        """

        def rate(rated: tuple[float, float, TextBlock]) -> float:
            rating, max_size, block = rated
            size = min(width / block.width, height / block.height, max_size)
            return rating + (1 + _WEIGHT_MEAN_SIZE) * math.log2(size) + fill * math.log2(block.height * size)

        _, max_size, block = max(self._rated, key=rate)
        return Setting(block, min(width / block.width, height / block.height, max_size))


def _rate(block: TextBlock, title: Title) -> float:
    """Rate a block at size 1: the smallest line decides whether it is read, the mean whether it is noticed."""
    caps = block.cap_heights
    lengths = [len(line.line.text) for line in block.lines]
    extents = [(line.start, line.start + length) for line, length in zip(block.lines, lengths, strict=True)]
    mean = sum(map(mul, caps, lengths)) / sum(lengths)
    rating = math.log2(min(caps)) + _WEIGHT_MEAN_SIZE * math.log2(mean)
    hooks = [cap for cap, extent in zip(caps, extents, strict=True) if title.is_emphasized(*extent)]
    if hooks:
        rating += _WEIGHT_HOOK * math.log2(min(hooks) / max(caps))
    for start, end in extents:
        if end - start <= _ORPHAN:
            rating -= _COST_ORPHAN
        if " " not in title.text[start:end] and title.is_filler(start, end):
            rating -= _COST_FILLER_LINE
    rating -= _COST_LINE * max(0, len(caps) - _MANY_LINES)
    rating -= sum(_price_split(span, extents) for span in title.emphasis)
    return rating


def _price_split(span: Span, extents: Sequence[tuple[int, int]]) -> float:
    """Return what it costs that emphasized words are on several lines: less if nothing else is on these."""
    holding = [(start, end) for start, end in extents if start < span.end and end > span.start]
    are_alone = all(span.start <= start and end <= span.end for start, end in holding)
    return (len(holding) - 1) * (_COST_SPLIT_ALONE if are_alone else _COST_SPLIT)


def place_lines(setting: Setting, title: Title, left: float, top: float, alignment: float) -> tuple[PlacedLine, ...]:
    """Place the lines of a block whose ink begins at `left` and `top`.

    Args:
        setting: the block at its size.
        title: the title, whose emphasis the lines carry.
        left: left edge of the block, in pixels.
        top: top edge of the block, in pixels.
        alignment: 0 aligns the lines at the left, 1 at the right.
    """
    size, placed = setting.size, []
    for line in setting.block.lines:
        ink, line_size = line.line.ink, line.scale * size
        free = setting.width - (ink.right - ink.left) * line_size
        placed.append(
            PlacedLine(
                line.line,
                line_size,
                left + free * alignment - ink.left * line_size,
                top + line.baseline * size,
                find_emphasis(title, line.start, len(line.line.text)),
            )
        )
    return tuple(placed)


def find_emphasis(title: Title, start: int, length: int) -> tuple[Span, ...]:
    """Return the emphasized characters of a part of the title, counted from the start of that part."""
    spans = (Span(max(0, span.start - start), min(length, span.end - start)) for span in title.emphasis)
    return tuple(span for span in spans if span.start < span.end)


def clear_badge(box: Box) -> Box:
    """Return the box, moved up if it would be under the duration badge."""
    if box.right <= BADGE[0] or box.bottom <= BADGE[1]:
        return box
    up = box.bottom - BADGE[1]
    return Box(box.left, box.top - up, box.right, BADGE[1])
