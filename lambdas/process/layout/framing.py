"""How a picture may lie on the canvas: filling it, or beside a panel that carries the title.

Costs are comparable with those of `process.placement`: the least sum of both wins. They were found by trial on about
two hundred photos: run `make bench-overlay` before and after changing one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image

from process.canvas import SIZE, Box, Region
from process.layout.saliency import Saliency

# `auto` may cut away this much of the picture's area.
_MOST_CROPPED = 0.3

# A panel smaller than this, in pixels, carries no title.
_LEAST_PANEL = (400, 200)

# A picture so full that a title would cover what matters may be set back, to these shares of the size it could have.
_SET_BACK = (0.66, 0.56)
_SET_BACK_AIR = 24

# Or it moves aside, out over the edge of the canvas, by these shares of the canvas's width.
_ASIDE = (0.3, 0.4)

_COST_WHOLE = 0.05
_COST_SMALLER = 0.4
_COST_SET_BACK, _COST_SET_BACK_PEOPLE = 1.35, 0.85
_COST_ASIDE = 0.2
_COST_OFF_CENTRE = 0.2
_WEIGHT_SKIN, _WEIGHT_CENTRE = 1.5, 0.6


WHOLE = Region(0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Framing:
    """One way to show a picture: this part of it, in this area of the canvas.

    `name` ends with where the panel is, if there is one; `panel` is what stays free beside the picture for the title,
    `panel_at` the position that this is for a user. `fades` says whether the picture goes over into the panel softly.
    """

    name: str
    region: Region
    area: Box
    cost: float
    panel: Box | None = None
    panel_position: str = ""
    fades: bool = False


def list_framings(size: tuple[int, int], fit: str, importance: Saliency, *, titled: bool) -> list[Framing]:
    """List the ways that `fit` allows for an upright picture of `size` pixels; never none."""
    aspect = _aspect(size)
    whole = _whole(aspect)
    if fit == "letterbox":
        return [whole]
    filling = _filling(aspect, importance)
    if fit == "crop":
        return [filling]
    ways = [whole]
    if titled:
        ways += _beside(aspect, importance)
    if fit == "auto" and _crops_lightly(aspect):
        ways.append(filling)
        if titled:
            ways += _aside(filling, importance)
    return ways


def compute_scale(size: tuple[int, int], fit: str) -> float:
    """Return how many canvas pixels a pixel of an upright picture becomes in the closest composition `fit` allows."""
    whole, filling = sorted((SIZE[0] / size[0], SIZE[1] / size[1]))
    return filling if fit == "crop" or (fit == "auto" and _crops_lightly(_aspect(size))) else whole


def _aspect(size: tuple[int, int]) -> float:
    """Return how many times wider than the canvas a picture of the same height is."""
    return size[0] / size[1] / (SIZE[0] / SIZE[1])


def _crops_lightly(aspect: float) -> bool:
    return min(aspect, 1 / aspect) >= 1 - _MOST_CROPPED


def _shown(aspect: float) -> tuple[int, int]:
    """Return the largest size at which the whole picture is on the canvas."""
    return max(1, round(SIZE[0] * min(1, aspect))), max(1, round(SIZE[1] * min(1, 1 / aspect)))


def _smaller(width: int, height: int) -> float:
    return _COST_WHOLE + _COST_SMALLER * (1 - width * height / (SIZE[0] * SIZE[1]))


def _whole(aspect: float) -> Framing:
    width, height = _shown(aspect)
    left, top = (SIZE[0] - width) // 2, (SIZE[1] - height) // 2
    return Framing("whole", WHOLE, Box(left, top, left + width, top + height), _smaller(width, height))


def _beside(aspect: float, importance: Saliency) -> Iterator[Framing]:
    """Show the whole picture at a side of the canvas: as large as it can be, or set back."""
    for scale in (1.0, *_SET_BACK):
        width, height = (max(1, round(side * scale)) for side in _shown(aspect))
        cost, air, name = _smaller(width, height), 0, "panel"
        if scale < 1:
            name = "set back"
            cost += _COST_SET_BACK + (_COST_SET_BACK_PEOPLE - _COST_SET_BACK) * importance.people
            air = _SET_BACK_AIR
        right, bottom = SIZE[0] - width - air, SIZE[1] - height - air
        if right >= _LEAST_PANEL[0]:
            top = (SIZE[1] - height) // 2
            yield _panelled(f"{name} left", WHOLE, Box(right, top, right + width, top + height), cost)
            yield _panelled(f"{name} right", WHOLE, Box(air, top, air + width, top + height), cost)
        if bottom >= _LEAST_PANEL[1]:
            left = (SIZE[0] - width) // 2
            yield _panelled(f"{name} below", WHOLE, Box(left, air, left + width, air + height), cost)
            yield _panelled(f"{name} above", WHOLE, Box(left, bottom, left + width, bottom + height), cost)


def _panelled(name: str, part: Region, area: Box, cost: float, *, fades: bool = False) -> Framing:
    panel, position = {
        "left": (Box(0, 0, area.left, SIZE[1]), "middle-left"),
        "right": (Box(area.right, 0, *SIZE), "middle-right"),
        "below": (Box(0, area.bottom, *SIZE), "bottom-center"),
        "above": (Box(0, 0, SIZE[0], area.top), "top-center"),
    }[name.rsplit(maxsplit=1)[-1]]
    return Framing(name, part, area, cost, panel, position, fades)


def _filling(aspect: float, importance: Saliency) -> Framing:
    """Fill the canvas with the part that keeps the most of what matters."""
    across, kept = aspect > 1, min(aspect, 1 / aspect)
    detail = _windows(importance.detail, kept, across=across)
    skin = _windows(importance.skin, kept, across=across)
    last = len(detail) - 1

    def cost(start: int) -> float:
        off_centre = abs(start - last / 2) / (last + 1)
        return (1 - detail[start]) + _WEIGHT_SKIN * (1 - skin[start]) + _COST_OFF_CENTRE * off_centre

    start = min(range(last + 1), key=cost)
    begin = start / last * (1 - kept) if last else (1 - kept) / 2
    end = min(1.0, begin + kept)  # rounding may leave a hair more than all
    part = Region(begin, 0.0, end, 1.0) if across else Region(0.0, begin, 1.0, end)
    return Framing("filling", part, Box(0, 0, *SIZE), max(0.0, cost(start) - (1 - kept)))


def _windows(image: Image.Image, kept: float, *, across: bool) -> list[float]:
    """Slide a window of `kept` of the map's length along it; return the share of the map in it at each step."""
    width, height = image.size
    profile = image.resize((width, 1) if across else (1, height), Image.Resampling.BOX).tobytes()
    sums = list(accumulate(profile, initial=0))
    window = max(1, round(len(profile) * kept))
    if sums[-1] < len(profile):  # not one level each: nothing is there that could be lost
        return [1.0] * (len(profile) - window + 1)
    return [(end - start) / sums[-1] for start, end in zip(sums, sums[window:], strict=False)]


def _aside(filling: Framing, importance: Saliency) -> Iterator[Framing]:
    """Move a filling picture out over one edge, so that a panel opens at the other."""
    left, top, right, bottom = filling.region
    for share in _ASIDE:
        width, kept = round(SIZE[0] * (1 - share)), (right - left) * (1 - share)
        for name, part, area in (
            ("aside left", Region(left, top, left + kept, bottom), Box(SIZE[0] - width, 0, *SIZE)),
            ("aside right", Region(right - kept, top, right, bottom), Box(0, 0, width, SIZE[1])),
        ):
            lost = max(0.0, _lost(importance, part, filling.region) - share)
            cost = filling.cost + _COST_ASIDE + _COST_SMALLER * share + lost
            yield _panelled(name, part, area, cost, fades=True)


def _lost(importance: Saliency, part: Region, whole: Region) -> float:
    """Return the shares of what matters in `whole` that lie outside `part`, weighted and summed up."""
    weights = ((importance.detail, 1.0), (importance.skin, _WEIGHT_SKIN), (importance.centre, _WEIGHT_CENTRE))
    return max(0.0, sum(weight * (1 - _share(image, part, whole)) for image, weight in weights))


def _share(image: Image.Image, part: Region, whole: Region) -> float:
    nothing = 0.005 * 255
    return _sum(image, part) / max(_sum(image, whole), nothing)


def _sum(image: Image.Image, part: Region) -> float:
    """Return the mean level within a part of a map, times the part's area."""
    width, height = image.size
    box = (part.left * width, part.top * height, part.right * width, part.bottom * height)
    (mean,) = image.resize((1, 1), Image.Resampling.BOX, box=box).tobytes()
    return mean * (part.right - part.left) * (part.bottom - part.top)
