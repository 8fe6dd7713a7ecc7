"""Choose the title's place, line breaks and size: the candidate with the lowest cost.

The weights were tuned on about two hundred photos: compare `make bench-overlay` before and after changing one.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from process.canvas import SIZE, Box
from process.layout.anchors import MIN_ANCHOR_COST, Anchor, list_anchors
from process.layout.cost_map import CostMap
from process.layout.framing import Framing
from process.layout.saliency import Saliency
from process.text.block import TextBlock

# The target: capitals of 152 px in a title of 8 columns, smaller by a power law in longer ones; legible where YouTube
# shows the thumbnail 168 pixels wide.
_TARGET_CAP_HEIGHT, _TARGET_COLUMNS, _TARGET_EXPONENT = 152, 8, 0.31
# Sizes to try, relative to the target; if none fits, ever smaller ones until one does. Larger letters hide more of the
# picture, and OCR (tesseract) reads them less often.
_SCALES = (1.1, 1.0, 0.92)
_SHRINK_FACTOR = 0.85
_MAX_COVERED = 0.45  # of the canvas, by a title that is not shrunk

OUTLINE = 0.065
"""Width of the outline, as a fraction of the font size; the line gap of `process.text.block` leaves room for two."""

_COST_SEAM = 0.4
_WEIGHT_LARGER, _WEIGHT_SMALLER = 0.6, 1.5  # bonus per doubling of the target size, and cost per halving
# Lower bound of what a placement adds to the cost of its framing.
_MIN_COST = MIN_ANCHOR_COST - _WEIGHT_LARGER * math.log2(_SCALES[0])


@dataclass(frozen=True)
class Placement:
    """A title at a place on the canvas.

    Attributes:
        block: the title, broken into lines.
        size: font size, in pixels per em.
        box: box of the block, outline included.
        position: one of `common.options.POSITIONS`.
        alignment: where the lines are aligned in the box: 0 is left, 1 is right; the reverse for a right-to-left title.
        costs: what the placement costs, by reason; the lowest sum wins.
    """

    block: TextBlock
    size: int
    box: Box
    position: str
    alignment: float
    costs: dict[str, float]

    @property
    def cost(self) -> float:
        """Sum of the costs."""
        return sum(self.costs.values())

    @property
    def outline(self) -> int:
        """Width of the outline, in pixels."""
        return _compute_outline(self.size)

    def add_covered(self, cost_map: CostMap) -> "Placement":
        """Return this placement with the costs of what it covers."""
        return replace(self, costs=self.costs | cost_map.price(self.box))


def choose_placement(
    text_blocks: list[TextBlock], framings: list[Framing], saliency: Saliency, position: str
) -> tuple[Framing, Placement | None]:
    """Choose framing and placement together, at the lowest total cost.

    Branch and bound: covering content never lowers a cost, so candidates that already cost as much as the best so far
    are skipped.

    Args:
        text_blocks: the ways to break the title; none if there is no title.
        framings: the framings to choose from.
        saliency: of the whole picture.
        position: one of `common.options.POSITIONS`.

    Returns:
        The framing and, if there is a title, its placement.
    """
    framings = sorted(framings, key=lambda framing: framing.cost)
    best: tuple[Framing, Placement | None] = (framings[0], None)
    lowest = math.inf
    for framing in framings if text_blocks else []:
        if framing.cost + _MIN_COST >= lowest:
            break
        cost_map: CostMap | None = None
        for candidate in sorted(_iterate_candidates(text_blocks, framing, position, lowest), key=lambda c: c.cost):
            if candidate.cost >= lowest:
                break
            cost_map = cost_map or CostMap(framing, saliency)
            placement = candidate.add_covered(cost_map)
            if placement.cost < lowest:
                best, lowest = (framing, placement), placement.cost
    return best


def list_placements(
    text_blocks: list[TextBlock], framing: Framing, saliency: Saliency, position: str
) -> list[Placement]:
    """List the placements of a title on a framing, cheapest first; at least one."""
    cost_map = CostMap(framing, saliency)
    candidates = _iterate_candidates(text_blocks, framing, position)
    return sorted((candidate.add_covered(cost_map) for candidate in candidates), key=lambda c: c.cost)


def _iterate_candidates(
    text_blocks: list[TextBlock], framing: Framing, position: str, max_cost: float = math.inf
) -> Iterator[Placement]:
    """Yield placements, not yet priced for what they cover, that cost less than `max_cost` without their seam.

    Without `max_cost` there is at least one.
    """
    target = _compute_target_size(text_blocks)
    anchors = list_anchors(framing, position)
    scales = list(_SCALES)
    while True:
        fitting = [
            fit
            for block in text_blocks
            for scale in scales
            for fit in _fit_to_anchors(anchors, block, max(1, round(target * scale)), scale)
        ]
        if fitting:
            break
        scales = [scales[-1] * _SHRINK_FACTOR]
    for block, size, scale, anchor, box in fitting:
        size_bonus = (_WEIGHT_LARGER if scale >= 1 else _WEIGHT_SMALLER) * math.log2(scale)
        if framing.cost - size_bonus + anchor.cost < max_cost:
            seam = _COST_SEAM * _straddle(box, framing.area)
            costs = {"picture": framing.cost, "size": -size_bonus, "place": anchor.cost, "seam": seam}
            yield Placement(block, size, box, anchor.position, anchor.horizontal, costs)


def _fit_to_anchors(
    anchors: list[Anchor], block: TextBlock, size: int, scale: float
) -> Iterator[tuple[TextBlock, int, float, Anchor, Box]]:
    """Yield a block at a size at each anchor that has room for it."""
    outlines = 2 * _compute_outline(size)
    width, height = math.ceil(block.width * size) + outlines, math.ceil(block.height * size) + outlines
    if scale >= min(_SCALES) and width * height > _MAX_COVERED * SIZE[0] * SIZE[1]:
        return
    for anchor in anchors:
        box = anchor.place(width, height)
        if box:
            yield block, size, scale, anchor, box


def _compute_target_size(text_blocks: list[TextBlock]) -> float:
    """Return the target font size of a title, in pixels per em."""
    columns = sum(line.columns for line in text_blocks[0].lines)
    return _TARGET_CAP_HEIGHT * math.pow(_TARGET_COLUMNS / columns, _TARGET_EXPONENT) / text_blocks[0].cap_height


def _compute_outline(size: int) -> int:
    return max(2, round(size * OUTLINE))


def _straddle(box: Box, area: Box) -> float:
    """Return how evenly a box straddles the picture's edge: 0 if it is on one side, 1 if it is half and half."""
    overlap_x = min(box.right, area.right) - max(box.left, area.left)
    overlap_y = min(box.bottom, area.bottom) - max(box.top, area.top)
    inside = max(0, overlap_x) * max(0, overlap_y) / box.area
    return 2 * min(inside, 1 - inside)
