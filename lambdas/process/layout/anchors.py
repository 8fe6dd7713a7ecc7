"""List the places on the canvas where a title may go."""

from collections.abc import Iterator
from typing import NamedTuple

from process.canvas import SAFE_AREA, Box
from process.layout.scene import Scene
from process.layout.typesetting import clear_badge

_COLUMNS = {"left": 0.0, "center": 0.5, "right": 1.0}
_ROWS = {"bottom": 1.0, "top": 0.0, "middle": 0.5}
# Subjects are in the middle more often than not, and a title across it divides the picture.
_ROW_COSTS, _COLUMN_COSTS = {"bottom": 0.0, "top": 0.06, "middle": 0.12}, {"left": 0.0, "center": 0.1, "right": 0.02}


class Anchor(NamedTuple):
    """A place for a title.

    Attributes:
        position: one of `common.options.POSITIONS`.
        box: the title's box.
        alignment: where its lines are aligned: 0 is left, 1 is right.
        cost: what the place costs, whatever the picture shows there.
    """

    position: str
    box: Box
    alignment: float
    cost: float


def list_anchors(scene: Scene, width: float, height: float) -> Iterator[Anchor]:
    """List the places for a box of this size inside the margin and clear of the duration badge.

    The user's position leaves one of them. A box that would be under the badge is moved up. Places from which it would
    then leave the margin are skipped, unless the user chose the position.
    """
    free_x, free_y = SAFE_AREA.size[0] - width, SAFE_AREA.size[1] - height
    for row, vertical in _ROWS.items():
        for column, horizontal in _COLUMNS.items():
            position = f"{row}-{column}"
            if scene.position not in ("auto", position):
                continue
            left, top = SAFE_AREA.left + free_x * horizontal, SAFE_AREA.top + free_y * vertical
            box = clear_badge(Box(left, top, left + width, top + height))
            if box.top >= SAFE_AREA.top or scene.position != "auto":
                cost = _ROW_COSTS[row] + _COLUMN_COSTS[column]
                yield Anchor(position, box, horizontal, cost)
