"""The canvas that every thumbnail is drawn on."""

from typing import NamedTuple


class Region(NamedTuple):
    """Left, top, right and bottom of a part of the upright picture, as shares of its sides."""

    left: float
    top: float
    right: float
    bottom: float


class Box(NamedTuple):
    """Left, top, right and bottom, in pixels of the canvas."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def extent(self) -> int:
        """Its area, in pixels."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)


SIZE = (1280, 720)
"""Width and height in pixels, as YouTube recommends: https://support.google.com/youtube/answer/72431"""

MARGIN = (SIZE[0] // 40, SIZE[1] // 40)
"""What a title leaves free on the left and right, and on the top and bottom: 2.5 %."""

BADGE = (SIZE[0] - 190, SIZE[1] - 90)
"""Where YouTube's badge with the video's duration begins, with room for a shadow: it covers the bottom right corner."""
