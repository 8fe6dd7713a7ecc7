"""The canvas that every thumbnail is drawn on, and rectangles on it and on the picture."""

from typing import NamedTuple

SIZE = (1280, 720)
"""Width and height in pixels, as YouTube recommends: https://support.google.com/youtube/answer/72431"""

MARGIN = (SIZE[0] // 40, SIZE[1] // 40)
"""Margin that the title stays out of, in pixels, horizontally and vertically: 2.5 %."""

BADGE = (SIZE[0] - 190, SIZE[1] - 90)
"""Top left corner of the area that YouTube's duration badge may cover, in the canvas's bottom right corner."""


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.right - self.left, self.bottom - self.top

    @property
    def area(self) -> int:
        """Area in square pixels; 0 for an inverted box."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)


class Region(NamedTuple):
    """A rectangle of the upright picture, as fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE_PICTURE = Region(0.0, 0.0, 1.0, 1.0)
