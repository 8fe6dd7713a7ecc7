"""List the anchors of a title: the places within a framing where it may go, and which of them are preferred."""

from collections.abc import Iterator
from dataclasses import dataclass

from process.canvas import BADGE, MARGIN, SIZE, Box
from process.layout.framing import Framing

# Pixels between the title's box and the margin. The soft shadow fades out there, and is clipped at the margin.
_SHADOW_SPACE = 6
_PANEL_PADDING = 24  # pixels
_SAFE_AREA = Box(
    MARGIN[0] + _SHADOW_SPACE,
    MARGIN[1] + _SHADOW_SPACE,
    SIZE[0] - MARGIN[0] - _SHADOW_SPACE,
    SIZE[1] - MARGIN[1] - _SHADOW_SPACE,
)

_HORIZONTAL = {"left": 0.0, "center": 0.5, "right": 1.0}
_VERTICAL = {"bottom": 1.0, "middle": 0.5, "top": 0.0}
# Viewers expect a title at the bottom, and faces are seldom there.
_ROW_COSTS = {"bottom": 0.0, "middle": 0.22, "top": 0.12}
# Negative: the panel exists for the title.
_PANEL_COST = -0.1

MIN_ANCHOR_COST = min(_PANEL_COST, *_ROW_COSTS.values())
"""Lower bound of an anchor's cost."""


@dataclass(frozen=True)
class Anchor:
    """A place for a title within an area of the canvas.

    Attributes:
        position: one of `common.options.POSITIONS`.
        area: the area that the title has to stay within.
        horizontal: fraction of the free width that is to the left of the title, 0 to 1.
        vertical: fraction of the free height that is above the title, 0 to 1.
        cost: what the place costs, whatever the picture shows there.
    """

    position: str
    area: Box
    horizontal: float
    vertical: float
    cost: float

    def place(self, width: int, height: int) -> Box | None:
        """Return the box of a title of this size, clear of the duration badge; None if there is no room."""
        free_x, free_y = self.area.right - self.area.left - width, self.area.bottom - self.area.top - height
        if free_x < 0 or free_y < 0:
            return None
        left, top = self.area.left + round(free_x * self.horizontal), self.area.top + round(free_y * self.vertical)
        if left + width > BADGE[0] and top + height > BADGE[1]:
            top = BADGE[1] - height
        return Box(left, top, left + width, top + height) if top >= self.area.top else None


def list_anchors(framing: Framing, position: str) -> list[Anchor]:
    """List a framing's anchors at a position; with `auto`, all of them."""
    return [anchor for anchor in _iterate_anchors(framing) if position in ("auto", anchor.position)]


def _iterate_anchors(framing: Framing) -> Iterator[Anchor]:
    if framing.panel:
        left, top, right, bottom = framing.panel
        area = Box(
            max(_SAFE_AREA.left, left + _PANEL_PADDING),
            max(_SAFE_AREA.top, top + _PANEL_PADDING),
            min(_SAFE_AREA.right, right - _PANEL_PADDING),
            min(_SAFE_AREA.bottom, bottom - _PANEL_PADDING),
        )
        yield Anchor(framing.panel_position, area, 0.5, 0.5, _PANEL_COST)
    for row, vertical in _VERTICAL.items():
        for column, horizontal in _HORIZONTAL.items():
            yield Anchor(f"{row}-{column}", _SAFE_AREA, horizontal, vertical, _ROW_COSTS[row])
