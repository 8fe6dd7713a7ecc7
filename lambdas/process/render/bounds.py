"""The part of the canvas that is drawn on."""

import math
from collections.abc import Iterable

from process.canvas import Box, PixelBox
from process.layout.rotation import Point


def find_bounds(points: Iterable[Point], reach: float, size: tuple[int, int]) -> PixelBox:
    """Return the box around points and all that is `reach` pixels from them, in whole pixels.

    Args:
        points: on the canvas, in its pixels.
        reach: in pixels.
        size: of the canvas, beyond which the box does not extend; it is inverted if no part of it is on the canvas.
    """
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*points, strict=True))
    around = Box(math.floor(left - reach), math.floor(top - reach), math.ceil(right + reach), math.ceil(bottom + reach))
    return around.intersect(Box(0, 0, *size)).round()
