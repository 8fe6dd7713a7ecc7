"""Choose how the picture is framed: which region of it is shown in which area of the canvas.

Costs were tuned on the photos of `benchmarks/photos.json`: compare `make bench-overlay` before and after changing one.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box, Region
from process.layout.scene import Scene

WHOLE_FITS = ("pad", "letterbox")
"""The values of `fit` that show the whole picture, borders included."""

_ZOOMS = (1.0, 1.22, 1.5)
# Where a crop may lie, along the axis or axes that are cropped: 0 is left or top, 1 right or bottom.
_PANS, _ZOOMED_PANS = tuple(step / 8 for step in range(9)), tuple(step / 3 for step in range(4))

_MAX_CROPS = 18  # the cheapest, which are compared for each place of a title

_COST_COVERED, _COST_LOST = 3.0, 2.2
# Per doubling: closer is better as long as the subject stays whole, and there are pixels enough.
_BONUS_ZOOM, _COST_ENLARGED = 0.35, 0.35
_COST_OFF_CENTRE = 0.1
# For a subject that the crop's edges cut through: its share of the strips along them, relative to an even spread.
_COST_CUT, _CUT_BELOW, _STRIP = 0.35, 0.4, 0.06


class Framing(NamedTuple):
    """One way to show a picture on the canvas.

    Attributes:
        region: the region of the picture that is shown.
        area: where on the canvas it is shown.
        costs: what it costs, by reason.
    """

    region: Region
    area: Box
    costs: dict[str, float]

    @property
    def cost(self) -> float:
        """Sum of the costs."""
        return sum(self.costs.values())


def choose_framing(scene: Scene, area: Box = CANVAS, covered: Sequence[tuple[Box, float]] = ()) -> Framing:
    """Choose the framing in an area of the canvas that shows most of the subject and covers least of it.

    If the user asked for the whole picture, it is shown whole, as large as the area allows.

    Args:
        scene: the picture.
        area: the area of the canvas to fill.
        covered: boxes of the canvas in which the picture is covered, each with the share of it that is hidden there.
    """
    framing = find_framing(scene, area, covered, math.inf)
    if framing is None:
        raise ValueError("every area has a framing")
    return framing


def find_framing(scene: Scene, area: Box, covered: Sequence[tuple[Box, float]], max_cost: float) -> Framing | None:
    """Find the framing that `choose_framing` chooses; None if it costs `max_cost` or more."""
    if scene.fit in WHOLE_FITS:
        area = contain(scene.size, area)
    parts = [(box.intersect(area), share) for box, share in covered]
    shown = [(part, share) for part, share in parts if part.area]
    best, lowest = None, max_cost
    for cost, region, costs in _list_crops(scene, area.size):
        if cost >= lowest:
            break
        hidden = _price_covered(scene, region, area, shown)
        if cost + hidden < lowest:
            best, lowest = Framing(region, area, costs | {"covers": hidden}), cost + hidden
    return best


def _price_covered(scene: Scene, region: Region, area: Box, covered: Sequence[tuple[Box, float]]) -> float:
    """Return the cost of what is covered: boxes within the area, each with the share that is hidden there.

    Inlines `find_region`: most of the time of a decision goes here.
    """
    left, top, right, bottom = area
    x, y = region.left, region.top
    scale_x, scale_y = (region.right - x) / (right - left), (region.bottom - y) / (bottom - top)
    hidden = 0.0
    for box, share in covered:
        under = (
            x + (box[0] - left) * scale_x,
            y + (box[1] - top) * scale_y,
            x + (box[2] - left) * scale_x,
            y + (box[3] - top) * scale_y,
        )
        hidden += share * scene.subject.sum(under)
    return _COST_COVERED * hidden


def compute_max_scale(size: tuple[float, float]) -> float:
    """Return the scale, in canvas pixels per picture pixel, at which an upright picture fills the canvas."""
    return max(SIZE[0] / size[0], SIZE[1] / size[1])


def contain(size: tuple[float, float], area: Box) -> Box:
    """Return the box in the middle of an area that a whole picture fills."""
    scale = min(area.size[0] / size[0], area.size[1] / size[1])
    width, height = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    left, top = round((area.left + area.right - width) / 2), round((area.top + area.bottom - height) / 2)
    return Box(left, top, left + width, top + height)


@lru_cache(maxsize=12)  # no more than one picture needs, so that no earlier one is kept
def _list_crops(scene: Scene, size: tuple[float, float]) -> list[tuple[float, Region, dict[str, float]]]:
    """List the best crops of a picture for an area of a size: sum of the costs, region, costs; the cheapest first."""
    regions = [WHOLE_PICTURE] if scene.fit in WHOLE_FITS else _list_regions(scene, size)
    priced = ((region, _price(scene, region, size)) for region in regions)
    return sorted(((sum(costs.values()), region, costs) for region, costs in priced), key=itemgetter(0))[:_MAX_CROPS]


def _list_regions(scene: Scene, size: tuple[float, float]) -> Iterator[Region]:
    """Yield regions with an area's aspect ratio, at each zoom and pan."""
    scale = max(size[0] / scene.size[0], size[1] / scene.size[1])
    widest, tallest = size[0] / scale / scene.size[0], size[1] / scale / scene.size[1]
    for zoom in _ZOOMS:
        width, height = min(1.0, widest / zoom), min(1.0, tallest / zoom)
        pans = _PANS if zoom == 1 else _ZOOMED_PANS
        for x in pans if width < 1 else (0.0,):
            for y in pans if height < 1 else (0.0,):
                left, top = x * (1 - width), y * (1 - height)
                yield Region(left, top, min(1.0, left + width), min(1.0, top + height))


def _price(scene: Scene, region: Region, size: tuple[float, float]) -> dict[str, float]:
    scale = max(size[0] / scene.size[0], size[1] / scene.size[1])
    shown_scale = size[0] / ((region.right - region.left) * scene.size[0])
    off_centre = abs(region.left + region.right - 1) + abs(region.top + region.bottom - 1)
    crops = (
        _COST_LOST * (scene.subject.total - scene.subject.sum(region))
        + _COST_OFF_CENTRE * off_centre
        + _COST_CUT * _measure_cut(scene, region)
    )
    zoom = -_BONUS_ZOOM * math.log2(shown_scale / scale) + _COST_ENLARGED * math.log2(max(1.0, shown_scale))
    return {"crops": crops, "zoom": zoom}


def _measure_cut(scene: Scene, region: Region) -> float:
    """Return how much of the subject lies along the edges at which the picture is cropped, relative to an even spread.

    Bodies may be cropped below more than heads above, but faces may not.
    """
    left, top, right, bottom = region
    width, height = (right - left) * _STRIP, (bottom - top) * _STRIP
    cut = 0.0
    if top > 0:
        cut += scene.subject.sum((left, top, right, top + height))
    if left > 0:
        cut += scene.subject.sum((left, top, left + width, bottom))
    if right < 1:
        cut += scene.subject.sum((right - width, top, right, bottom))
    if bottom < 1:
        below = (left, bottom - height, right, bottom)
        cut += _CUT_BELOW * scene.subject.sum(below) + scene.skin.sum(below)
    return cut / _STRIP
