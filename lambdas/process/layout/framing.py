"""List the framings of a picture: filling the canvas, whole, or beside a panel for the title.

Costs add to those of `process.layout.placement`, and the lowest sum wins. They were tuned on about two hundred photos:
compare `make bench-overlay` before and after changing one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from process.canvas import SIZE, WHOLE_PICTURE, Box, Region
from process.layout.crop import choose_crop, measure_loss
from process.layout.saliency import Saliency

_MAX_CROPPED = 0.3  # of the picture's area, with `auto`

# In pixels: the least width of a panel beside a whole picture, and the least height of one above or below it.
_MIN_PANEL = (400, 200)

# Scales of an inset picture, for when a title would cover salient content at full size.
_INSET_SCALES = (0.66, 0.56)
_INSET_MARGIN = 24  # pixels

# Fractions of the canvas's width by which a picture is moved off the canvas, to open a panel on the other side.
_OFFSETS = (0.3, 0.4)

_COST_WHOLE = 0.05
_COST_SMALLER = 0.4
# Lower with people: a title beside a small picture is better than one on a face.
_COST_INSET, _COST_INSET_PEOPLE = 1.35, 0.85
_COST_OFFSET = 0.2


@dataclass(frozen=True)
class Framing:
    """One way to show a picture on the canvas.

    Attributes:
        name: shown by `make explain`; it ends with the panel's side if there is a panel.
        region: the region of the picture that is shown.
        area: where on the canvas it is shown.
        cost: what the framing costs, without a title.
        panel: the area beside the picture that is free for the title; None if there is none.
        panel_position: the position that selects the panel, one of `common.options.POSITIONS`; empty without a panel.
        fades: whether the picture fades into the panel.
    """

    name: str
    region: Region
    area: Box
    cost: float
    panel: Box | None = None
    panel_position: str = ""
    fades: bool = False


def list_framings(size: tuple[int, int], fit: str, saliency: Saliency, *, has_title: bool) -> list[Framing]:
    """List the framings that `fit` allows for an upright picture of `size` pixels; at least one."""
    aspect = _relative_aspect(size)
    whole = _show_whole(aspect)
    if fit == "letterbox":
        return [whole]
    fill = _fill(aspect, saliency)
    if fit == "crop":
        return [fill]
    framings = [whole]
    if has_title:
        framings += _put_beside_panel(aspect, saliency)
    if fit == "auto" and _is_crop_acceptable(aspect):
        framings.append(fill)
        if has_title:
            framings += _offset(fill, saliency)
    return framings


def compute_max_scale(size: tuple[int, int], fit: str) -> float:
    """Return the largest scale, in canvas pixels per picture pixel, of any framing that `fit` allows.

    Args:
        size: width and height of the upright picture, in pixels.
        fit: one of `common.options.FITS`.
    """
    whole, fill = sorted((SIZE[0] / size[0], SIZE[1] / size[1]))
    return fill if fit == "crop" or (fit == "auto" and _is_crop_acceptable(_relative_aspect(size))) else whole


def _relative_aspect(size: tuple[int, int]) -> float:
    """Return the aspect ratio of a picture, divided by that of the canvas."""
    return size[0] / size[1] / (SIZE[0] / SIZE[1])


def _is_crop_acceptable(aspect: float) -> bool:
    return min(aspect, 1 / aspect) >= 1 - _MAX_CROPPED


def _contain(aspect: float) -> tuple[int, int]:
    """Return the largest size at which the whole picture fits the canvas."""
    return max(1, round(SIZE[0] * min(1, aspect))), max(1, round(SIZE[1] * min(1, 1 / aspect)))


def _price_whole(width: int, height: int) -> float:
    return _COST_WHOLE + _COST_SMALLER * (1 - width * height / (SIZE[0] * SIZE[1]))


def _show_whole(aspect: float) -> Framing:
    width, height = _contain(aspect)
    left, top = (SIZE[0] - width) // 2, (SIZE[1] - height) // 2
    area = Box(left, top, left + width, top + height)
    return Framing("whole", WHOLE_PICTURE, area, _price_whole(width, height))


def _put_beside_panel(aspect: float, saliency: Saliency) -> Iterator[Framing]:
    """Show the whole picture on one side of the canvas, at full size or inset, with the panel on the other."""
    for scale in (1.0, *_INSET_SCALES):
        width, height = (max(1, round(side * scale)) for side in _contain(aspect))
        cost, margin, name = _price_whole(width, height), 0, "panel"
        if scale < 1:
            name = "inset"
            cost += _COST_INSET + (_COST_INSET_PEOPLE - _COST_INSET) * saliency.people
            margin = _INSET_MARGIN
        right, bottom = SIZE[0] - width - margin, SIZE[1] - height - margin
        if right >= _MIN_PANEL[0]:
            top = (SIZE[1] - height) // 2
            yield _add_panel(f"{name} left", WHOLE_PICTURE, Box(right, top, right + width, top + height), cost)
            yield _add_panel(f"{name} right", WHOLE_PICTURE, Box(margin, top, margin + width, top + height), cost)
        if bottom >= _MIN_PANEL[1]:
            left = (SIZE[0] - width) // 2
            yield _add_panel(f"{name} below", WHOLE_PICTURE, Box(left, margin, left + width, margin + height), cost)
            yield _add_panel(f"{name} above", WHOLE_PICTURE, Box(left, bottom, left + width, bottom + height), cost)


def _add_panel(name: str, region: Region, area: Box, cost: float, *, fades: bool = False) -> Framing:
    """Return a framing whose panel is on the side that its name ends with."""
    panel, position = {
        "left": (Box(0, 0, area.left, SIZE[1]), "middle-left"),
        "right": (Box(area.right, 0, *SIZE), "middle-right"),
        "below": (Box(0, area.bottom, *SIZE), "bottom-center"),
        "above": (Box(0, 0, SIZE[0], area.top), "top-center"),
    }[name.rsplit(maxsplit=1)[-1]]
    return Framing(name, region, area, cost, panel, position, fades)


def _fill(aspect: float, saliency: Saliency) -> Framing:
    region, cost = choose_crop(aspect, saliency)
    return Framing("fill", region, Box(0, 0, *SIZE), cost)


def _offset(fill: Framing, saliency: Saliency) -> Iterator[Framing]:
    """Move a picture that fills the canvas past one edge, to open a panel at the opposite one."""
    left, top, right, bottom = fill.region
    for offset in _OFFSETS:
        width, kept = round(SIZE[0] * (1 - offset)), (right - left) * (1 - offset)
        for name, region, area in (
            ("offset left", Region(left, top, left + kept, bottom), Box(SIZE[0] - width, 0, *SIZE)),
            ("offset right", Region(right - kept, top, right, bottom), Box(0, 0, width, SIZE[1])),
        ):
            lost = max(0.0, measure_loss(saliency, region, fill.region) - offset)
            cost = fill.cost + _COST_OFFSET + _COST_SMALLER * offset + lost
            yield _add_panel(name, region, area, cost, fades=True)
