"""What lies where on the canvas, summed up over any box quickly."""

from itertools import accumulate

from PIL import Image

from process.canvas import SIZE, Box
from process.layout.framing import Framing
from process.layout.saliency import Saliency

CELL = 16
"""Side of a cell of the maps, in pixels of the canvas."""

_WEIGHT_DETAIL, _WEIGHT_SKIN, _WEIGHT_CENTRE = 1.0, 6.0, 0.8
# Of a map with less than this share of its full sum, that share counts as its sum: a faint map is no reason.
_FAINT_DETAIL, _FAINT_SKIN = 0.02, 0.01
_WEIGHT_DENSE_DETAIL, _WEIGHT_DENSE_SKIN = 0.5, 1.0


class CostMap:
    """The maps of what matters, laid out on the canvas as a composition lays out the picture.

    `detail`, `skin` and `centre` are images in mode L, one pixel a cell; beside the picture they are 0.
    """

    def __init__(self, composition: Framing, importance: Saliency) -> None:
        """Lay the maps out."""
        self.detail, self.skin, self.centre = (
            _laid_out(image, composition) for image in (importance.detail, importance.skin, importance.centre)
        )
        self._detail, self._skin, self._centre = _Sums(self.detail), _Sums(self.skin), _Sums(self.centre)

    def sum_costs(self, box: Box) -> dict[str, float]:
        """Return what it costs to cover a box, by reason: how much of all that matters is in it, and how densely."""
        left, top, right, bottom = box.left // CELL, box.top // CELL, -(-box.right // CELL), -(-box.bottom // CELL)
        full = 255 * (right - left) * (bottom - top)
        detail, skin, centre = (
            sums.over(left, top, right, bottom) for sums in (self._detail, self._skin, self._centre)
        )
        return {
            "detail": _WEIGHT_DETAIL * detail / max(self._detail.total, _FAINT_DETAIL * self._detail.full)
            + _WEIGHT_DENSE_DETAIL * detail / full,
            "skin": _WEIGHT_SKIN * skin / max(self._skin.total, _FAINT_SKIN * self._skin.full)
            + _WEIGHT_DENSE_SKIN * skin / full,
            "centre": _WEIGHT_CENTRE * centre / max(self._centre.total, 1),
        }


def _laid_out(image: Image.Image, composition: Framing) -> Image.Image:
    left, top, right, bottom = (side // CELL for side in composition.area)
    width, height = image.size
    part = composition.region
    box = (part.left * width, part.top * height, part.right * width, part.bottom * height)
    cells = (max(1, right - left), max(1, bottom - top))
    canvas = Image.new("L", (SIZE[0] // CELL, SIZE[1] // CELL))
    canvas.paste(image.resize(cells, Image.Resampling.BILINEAR, box=box), (left, top))
    return canvas


class _Sums:
    """A summed-area table: F. Crow, Summed-area Tables for Texture Mapping, SIGGRAPH 1984."""

    def __init__(self, image: Image.Image) -> None:
        width, height = image.size
        values = image.tobytes()
        self._rows = [[0] * (width + 1)]
        for start in range(0, width * height, width):
            sums = accumulate(values[start : start + width], initial=0)
            self._rows.append([above + here for above, here in zip(self._rows[-1], sums, strict=True)])
        self.total = self._rows[-1][-1]
        self.full = 255 * width * height

    def over(self, left: int, top: int, right: int, bottom: int) -> int:
        above, below = self._rows[top], self._rows[bottom]
        return below[right] - below[left] - above[right] + above[left]
