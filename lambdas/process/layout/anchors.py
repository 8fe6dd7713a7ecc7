"""Where on a composition a title may stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from process.canvas import BADGE, MARGIN, SIZE, Box
from process.layout.framing import Framing

# Between block and margin: the soft shadow ends in it.
_AIR = 6
_PANEL_AIR = 24
_SAFE = Box(MARGIN[0] + _AIR, MARGIN[1] + _AIR, SIZE[0] - MARGIN[0] - _AIR, SIZE[1] - MARGIN[1] - _AIR)

_ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}
_DOWN = {"bottom": 1.0, "middle": 0.5, "top": 0.0}
# The bottom is where viewers expect a title and faces seldom are.
_COST = {"bottom": 0.0, "middle": 0.22, "top": 0.12}

PANEL_COST = -0.1
"""What it costs to stand in a panel: less than nothing, for the panel is there for the title."""


@dataclass(frozen=True)
class Anchor:
    """A place for a title within an area of the canvas.

    `across` and `down` are the shares of what it leaves free there that lie on its left and above it.
    """

    position: str
    area: Box
    across: float
    down: float
    cost: float

    def box(self, width: int, height: int) -> Box | None:
        """Return where a block of that size stands, clear of the duration badge; None if there is no room."""
        free_x, free_y = self.area.right - self.area.left - width, self.area.bottom - self.area.top - height
        if free_x < 0 or free_y < 0:
            return None
        left, top = self.area.left + round(free_x * self.across), self.area.top + round(free_y * self.down)
        if left + width > BADGE[0] and top + height > BADGE[1]:
            top = BADGE[1] - height
        return Box(left, top, left + width, top + height) if top >= self.area.top else None


def list_anchors(composition: Framing, position: str) -> list[Anchor]:
    """List the spots of a composition at a position, or all with `auto`."""
    return [spot for spot in _all(composition) if position in ("auto", spot.position)]


def _all(composition: Framing) -> Iterator[Anchor]:
    if composition.panel:
        left, top, right, bottom = composition.panel
        area = Box(
            max(_SAFE.left, left + _PANEL_AIR),
            max(_SAFE.top, top + _PANEL_AIR),
            min(_SAFE.right, right - _PANEL_AIR),
            min(_SAFE.bottom, bottom - _PANEL_AIR),
        )
        yield Anchor(composition.panel_position, area, 0.5, 0.5, PANEL_COST)
    for vertical, down in _DOWN.items():
        for horizontal, across in _ACROSS.items():
            yield Anchor(f"{vertical}-{horizontal}", _SAFE, across, down, _COST[vertical])
