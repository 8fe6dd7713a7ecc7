"""Choose a place for a tall block of text at the left or right of the canvas, with the subject beside it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from process.canvas import BADGE, SAFE_AREA, SIZE, WHOLE_PICTURE, Box
from process.layout.framing import Framing, find_framing
from process.layout.scene import Scene
from process.layout.typesetting import Setting, Typesetter

FADE_REACH = 150
"""How far beyond the text a fade reaches, in pixels."""

_COST_SHIFT = 0.5  # for a whole canvas width
_EDGE_WIDTH = 120  # pixels


class Sides(NamedTuple):
    """What may be chosen for a block of text at one side.

    Attributes:
        widths: of the zone for the block, in pixels.
        costs: what each side costs, by "left" and "right".
        padding: around the block, in pixels.
        shifts: how far the picture may be moved away from the block, in pixels.
        fade: share of the picture that a fade hides around the block.
        fill: how much it matters that the block fills the height.
    """

    widths: Sequence[float]
    costs: Mapping[str, float]
    padding: float = 0.0
    shifts: Sequence[float] = (0.0,)
    fade: float = 0.0
    fill: float = 0.35


class SidePlacement(NamedTuple):
    """A block of text at one side.

    Attributes:
        setting: the block at its size.
        side: left or right.
        box: around the block and its padding, in pixels.
        fade: from the edge of the canvas to where the picture is untouched, in pixels.
        framing: of the picture.
        costs: by reason, those of the framing included.
    """

    setting: Setting
    side: str
    box: Box
    fade: Box
    framing: Framing
    costs: dict[str, float]

    @property
    def cost(self) -> float:
        """Sum of the costs."""
        return sum(self.costs.values())

    @property
    def behind(self) -> Box:
        """The part of the picture that is behind the block or, if it has been moved away from there, next to it."""
        area = self.framing.area
        common = self.box.intersect(area)
        if common.size[0] >= _EDGE_WIDTH:
            return common._replace(top=self.box.top, bottom=self.box.bottom)
        if self.side == "left":
            return Box(area.left, self.box.top, area.left + _EDGE_WIDTH, self.box.bottom)
        return Box(area.right - _EDGE_WIDTH, self.box.top, area.right, self.box.bottom)

    @property
    def shift(self) -> float:
        """How far the picture has been moved off the canvas's edge, in pixels."""
        return self.framing.area.left if self.side == "left" else SIZE[0] - self.framing.area.right


def choose_side(scene: Scene, typesetter: Typesetter, sides: Sides) -> SidePlacement:
    """Choose side, size and framing together.

    Args:
        scene: the picture and the title.
        typesetter: the ways to break the title.
        sides: what may be chosen.
    """
    best: SidePlacement | None = None
    lowest = math.inf
    for fixed, candidate in sorted(_list_candidates(scene, typesetter, sides), key=itemgetter(0)):
        covered = [(candidate.box, 1 - sides.fade), (candidate.fade, sides.fade)]
        framing = find_framing(scene, candidate.framing.area, covered, lowest - fixed)
        if framing:
            best = candidate._replace(framing=framing, costs=candidate.costs | framing.costs)
            lowest = best.cost
    if best is None:
        raise ValueError("a title needs a width")
    return best


def _list_candidates(scene: Scene, typesetter: Typesetter, sides: Sides) -> Iterator[tuple[float, SidePlacement]]:
    """Yield placements whose framing is not chosen yet, with the sum of their costs so far."""
    padding = sides.padding
    for side in [scene.column] if scene.column in sides.costs else list(sides.costs):
        for width in sides.widths:
            zone = _find_zone(side, width)
            setting = typesetter.set_in_zone(zone.size[0] - 2 * padding, zone.size[1] - 2 * padding, fill=sides.fill)
            box = _place(setting, zone, side, scene.vertical, padding)
            for area in _list_areas(side, sides.shifts):
                shift = 1 - area.size[0] / SIZE[0]
                costs = {"size": setting.cost, "place": sides.costs[side], "shift": _COST_SHIFT * shift}
                framing = Framing(WHOLE_PICTURE, area, {})
                yield sum(costs.values()), SidePlacement(setting, side, box, _find_fade(side, box), framing, costs)


def _list_areas(side: str, shifts: Sequence[float]) -> list[Box]:
    """List the areas for the picture: the whole canvas, and that without a strip at the text's side."""
    if side == "left":
        return [Box(shift, 0, *SIZE) for shift in shifts]
    return [Box(0, 0, SIZE[0] - shift, SIZE[1]) for shift in shifts]


def _find_zone(side: str, width: float) -> Box:
    """Return where the text may be; at the right, above the duration badge."""
    if side == "left":
        return Box(SAFE_AREA.left, SAFE_AREA.top + 14, SAFE_AREA.left + width, SAFE_AREA.bottom - 14)
    return Box(SAFE_AREA.right - width, SAFE_AREA.top + 14, SAFE_AREA.right, BADGE[1])


def _place(setting: Setting, zone: Box, side: str, vertical: float, padding: float) -> Box:
    width, height = setting.width + 2 * padding, setting.height + 2 * padding
    left = zone.left if side == "left" else zone.right - width
    top = zone.top + (zone.size[1] - height) * vertical
    return Box(left, top, left + width, top + height)


def _find_fade(side: str, box: Box) -> Box:
    if side == "left":
        return Box(0, 0, min(SIZE[0], box.right + FADE_REACH), SIZE[1])
    return Box(max(0, box.left - FADE_REACH), 0, *SIZE)
