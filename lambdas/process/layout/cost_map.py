"""Price what a title would cover: lay saliency out on the canvas, and sum it over any box in constant time."""

from itertools import accumulate

from PIL import Image

from process.canvas import SIZE, Box
from process.layout.framing import Framing
from process.layout.saliency import Saliency

CELL = 16
"""Side of a map's cell, in pixels of the canvas."""

_WEIGHT_DETAIL, _WEIGHT_SKIN, _WEIGHT_CENTRE = 1.0, 6.0, 0.8
_WEIGHT_DETAIL_DENSITY, _WEIGHT_SKIN_DENSITY = 0.5, 1.0
# Lower bounds of the totals that costs are divided by, as fractions of a full map: near-empty maps must not dominate.
_MIN_DETAIL, _MIN_SKIN = 0.02, 0.01


class CostMap:
    """Saliency maps, laid out on the canvas as a framing lays out the picture.

    `detail`, `skin` and `centre` are images in mode L, one pixel per cell; outside the picture they are 0.
    """

    def __init__(self, framing: Framing, saliency: Saliency) -> None:
        """Lay out the maps."""
        self.detail, self.skin, self.centre = (
            _lay_out(saliency_map, framing) for saliency_map in (saliency.detail, saliency.skin, saliency.centre)
        )
        self._detail, self._skin, self._centre = map(_SummedAreaTable, (self.detail, self.skin, self.centre))

    def price(self, box: Box) -> dict[str, float]:
        """Return the costs of covering a box, by map: the box's share of it and, except for `centre`, its density."""
        left, top, right, bottom = box.left // CELL, box.top // CELL, -(-box.right // CELL), -(-box.bottom // CELL)
        full = 255 * (right - left) * (bottom - top)
        detail, skin, centre = (
            table.sum(left, top, right, bottom) for table in (self._detail, self._skin, self._centre)
        )
        return {
            "detail": _WEIGHT_DETAIL * detail / max(self._detail.total, _MIN_DETAIL * self._detail.full)
            + _WEIGHT_DETAIL_DENSITY * detail / full,
            "skin": _WEIGHT_SKIN * skin / max(self._skin.total, _MIN_SKIN * self._skin.full)
            + _WEIGHT_SKIN_DENSITY * skin / full,
            "centre": _WEIGHT_CENTRE * centre / max(self._centre.total, 1),
        }


def _lay_out(saliency_map: Image.Image, framing: Framing) -> Image.Image:
    left, top, right, bottom = (side // CELL for side in framing.area)
    width, height = saliency_map.size
    region = framing.region
    box = (region.left * width, region.top * height, region.right * width, region.bottom * height)
    cells = (max(1, right - left), max(1, bottom - top))
    canvas = Image.new("L", (SIZE[0] // CELL, SIZE[1] // CELL))
    canvas.paste(saliency_map.resize(cells, Image.Resampling.BILINEAR, box=box), (left, top))
    return canvas


class _SummedAreaTable:
    """Sums over any rectangle: F. Crow, Summed-area Tables for Texture Mapping, SIGGRAPH 1984."""

    def __init__(self, image: Image.Image) -> None:
        width, height = image.size
        values = image.tobytes()
        self._rows = [[0] * (width + 1)]
        for start in range(0, width * height, width):
            sums = accumulate(values[start : start + width], initial=0)
            self._rows.append([above + here for above, here in zip(self._rows[-1], sums, strict=True)])
        self.total = self._rows[-1][-1]
        self.full = 255 * width * height

    def sum(self, left: int, top: int, right: int, bottom: int) -> int:
        """Return the sum over a rectangle of cells."""
        above, below = self._rows[top], self._rows[bottom]
        return below[right] - below[left] - above[right] + above[left]
