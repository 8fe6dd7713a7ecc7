"""Boxes around what is drawn on the canvas, in its pixels."""

import math
from collections.abc import Iterable

from process.canvas import Box, PixelBox
from process.layout.rotation import Point


def find_bounds(points: Iterable[Point], reach: float) -> Box:
    """Return the box around points and all that is `reach` pixels from them, with its sides at whole pixels."""
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*points, strict=True))
    return Box(math.floor(left - reach), math.floor(top - reach), math.ceil(right + reach), math.ceil(bottom + reach))


def list_corners(box: Box | PixelBox) -> list[Point]:
    """List the corners of a box."""
    return [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]


def move(box: PixelBox, right: int, down: int) -> PixelBox:
    """Return a box, moved by a number of pixels."""
    return PixelBox(box.left + right, box.top + down, box.right + right, box.bottom + down)
