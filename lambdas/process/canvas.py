"""The canvas that every thumbnail is drawn on, and rectangles on it and on the picture."""

from typing import NamedTuple

SIZE = (1280, 720)
"""Width and height of the canvas, in its own pixels: those of the smallest size at which a thumbnail is drawn."""

MARGIN = (SIZE[0] // 40, SIZE[1] // 40)
"""Margin that the title stays out of, in pixels, horizontally and vertically: 2.5 %."""

BADGE = (SIZE[0] - 320, SIZE[1] - 168)
"""Top left corner of the area that YouTube's duration badge may cover, in the canvas's bottom right corner.

The badge keeps its size in CSS pixels, so it covers the most where the thumbnail is shown smallest, 168 pixels wide.
"""


def parse_size(name: str) -> tuple[int, int]:
    """Return the width and height that one of `common.options.SIZES` names."""
    width, height = map(int, name.split("x"))
    return width, height


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels of `SIZE`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return self.right - self.left, self.bottom - self.top

    @property
    def area(self) -> float:
        """Area in square pixels; 0 for an inverted box."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)

    def round(self, scale: float = 1.0) -> "PixelBox":
        """Return the box, multiplied by a scale, with its sides at whole pixels."""
        left, top, right, bottom = (round(side * scale) for side in self)
        return PixelBox(left, top, right, bottom)

    def intersect(self, other: "Box") -> "Box":
        """Return the common part of two boxes, inverted if there is none."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


class PixelBox(NamedTuple):
    """A rectangle of an image whose sides are at whole pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.right - self.left, self.bottom - self.top


CANVAS = Box(0, 0, *SIZE)
"""The whole canvas."""

SAFE_AREA = Box(MARGIN[0], MARGIN[1], SIZE[0] - MARGIN[0], SIZE[1] - MARGIN[1])
"""The canvas without its margin."""


class Region(NamedTuple):
    """A rectangle of the upright picture, as fractions of its width and height."""

    left: float
    top: float
    right: float
    bottom: float

    def scale(self, size: tuple[float, float]) -> Box:
        """Return the box of the region in a picture of this size, in pixels."""
        return Box(self.left * size[0], self.top * size[1], self.right * size[0], self.bottom * size[1])

    def within(self, outer: "Region") -> "Region":
        """Return, as a region of the picture, this region of a region of it."""
        width, height = outer.right - outer.left, outer.bottom - outer.top
        return Region(
            outer.left + self.left * width,
            outer.top + self.top * height,
            outer.left + self.right * width,
            outer.top + self.bottom * height,
        )


WHOLE_PICTURE = Region(0.0, 0.0, 1.0, 1.0)
