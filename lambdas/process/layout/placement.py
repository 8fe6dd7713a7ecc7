"""Where the title goes, how it breaks, and how large it is: the candidate that costs least.

The weights were found by trial on about two hundred photos: run `make bench-overlay` before and after changing one.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from process.canvas import SIZE, Box
from process.layout.anchors import PANEL_COST, Anchor, list_anchors
from process.layout.cost_map import CostMap
from process.layout.framing import Framing
from process.layout.saliency import Saliency
from process.text.block import TextBlock
from process.text.font import cap_height

# How high capital letters should be, in pixels, in a title of 8 characters, and by which power that falls as titles
# grow: what can be read when YouTube shows the thumbnail 168 pixels wide, on at most half of the canvas.
_CAPITALS, _CAPITALS_LENGTH, _CAPITALS_POWER = 152, 8, 0.31
# Sizes that are tried, relative to that; if none of them fits anywhere, ever smaller ones. Larger letters take
# room from the picture, and tesseract reads them less often.
_SCALES = (1.1, 1.0, 0.92)
_SMALLER = 0.85
_LARGEST_SHARE = 0.45  # of the canvas

_OUTLINE = 0.065  # of the font's size

_COST_SEAM = 0.4
_WEIGHT_LARGER, _WEIGHT_SMALLER = 0.6, 1.5
# No place costs less than this, beside its composition.
_LEAST_COST = PANEL_COST - _WEIGHT_LARGER * math.log2(_SCALES[0])


@dataclass(frozen=True)
class Placement:
    """A block of lines at a place on the canvas.

    `size` is pixels per em; `box` is the block's, outline included; `alignment` is where each line stands in it,
    0 left and 1 right. `costs` says what the place costs, by reason; the least sum wins.
    """

    block: TextBlock
    size: int
    box: Box
    position: str
    alignment: float
    costs: dict[str, float]

    @property
    def cost(self) -> float:
        """The sum of the costs."""
        return sum(self.costs.values())

    @property
    def outline(self) -> int:
        """Width of the line around each letter, in pixels."""
        return _outline(self.size)

    def on(self, ground: CostMap) -> "Placement":
        """Add the costs of what lies under it."""
        return replace(self, costs=self.costs | ground.sum_costs(self.box))


def choose_placement(
    title: list[TextBlock], ways: list[Framing], importance: Saliency, position: str
) -> tuple[Framing, Placement | None]:
    """Choose composition and placement together: what suits the picture best leaves room for the title.

    Without a title (no blocks), the composition that costs least. What a place covers never makes it cheaper, so
    those that already cost more than the best so far need no look.
    """
    ways = sorted(ways, key=lambda way: way.cost)
    best: tuple[Framing, Placement | None] = (ways[0], None)
    least = math.inf
    for way in ways if title else []:
        if way.cost + _LEAST_COST >= least:
            break
        ground: CostMap | None = None
        for place in sorted(_places(title, way, position, least), key=lambda place: place.cost):
            if place.cost >= least:
                break
            ground = ground or CostMap(way, importance)
            placement = place.on(ground)
            if placement.cost < least:
                best, least = (way, placement), placement.cost
    return best


def list_placements(
    title: list[TextBlock], composition: Framing, importance: Saliency, position: str
) -> list[Placement]:
    """List the places for a title on a composition, those that cost least first; never none."""
    ground = CostMap(composition, importance)
    return sorted((place.on(ground) for place in _places(title, composition, position)), key=lambda place: place.cost)


def _places(
    title: list[TextBlock], composition: Framing, position: str, below: float = math.inf
) -> Iterator[Placement]:
    """Yield the places for a title, with the costs that do not depend on what they cover.

    Those that cost `below` or more for their size and spot alone are left out; of the others there is always one.
    """
    target = _target(title)
    free = list_anchors(composition, position)
    scales = list(_SCALES)
    while True:
        fitting = [
            fit for block in title for scale in scales for fit in _at(free, block, max(1, round(target * scale)), scale)
        ]
        if fitting:
            break
        scales = [scales[-1] * _SMALLER]
    for block, size, scale, spot, box in fitting:
        larger = (_WEIGHT_LARGER if scale >= 1 else _WEIGHT_SMALLER) * math.log2(scale)
        if composition.cost - larger + spot.cost < below:
            seam = _COST_SEAM * _straddles(box, composition.area)
            costs = {"picture": composition.cost, "size": -larger, "place": spot.cost, "seam": seam}
            yield Placement(block, size, box, spot.position, spot.across, costs)


def _at(
    free: list[Anchor], block: TextBlock, size: int, scale: float
) -> Iterator[tuple[TextBlock, int, float, Anchor, Box]]:
    """Yield a block at a size at each spot that has room for it."""
    edges = 2 * _outline(size)
    width, height = math.ceil(block.width * size) + edges, math.ceil(block.height * size) + edges
    if scale >= min(_SCALES) and width * height > _LARGEST_SHARE * SIZE[0] * SIZE[1]:
        return
    for spot in free:
        box = spot.box(width, height)
        if box:
            yield block, size, scale, spot, box


def _target(title: list[TextBlock]) -> float:
    """Return the font's size, in pixels per em, that a title should have."""
    length = sum(line.columns for line in title[0].lines)
    return _CAPITALS * math.pow(_CAPITALS_LENGTH / length, _CAPITALS_POWER) / cap_height()


def _outline(size: int) -> int:
    return max(2, round(size * _OUTLINE))


def _straddles(box: Box, area: Box) -> float:
    """Return how evenly a box lies on the picture and beside it: 0 for not at all, 1 for half and half."""
    across = min(box.right, area.right) - max(box.left, area.left)
    down = min(box.bottom, area.bottom) - max(box.top, area.top)
    share = max(0, across) * max(0, down) / box.extent
    return 2 * min(share, 1 - share)
