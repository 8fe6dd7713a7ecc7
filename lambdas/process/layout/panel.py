"""Choose the side and width of a panel of one colour for the title, with the subject beside it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from process.canvas import BADGE, SAFE_AREA, SIZE, Box
from process.layout.framing import Framing, choose_framing
from process.layout.scene import Scene
from process.layout.typesetting import Setting, Typesetter

_INSET = 20  # pixels between the letters and the margin, above and below
_INNER_PADDING = 28  # pixels between the letters and the panel's inner edge
_FILL = 0.7  # how much it matters that the letters fill the panel
_COST_EMPTY = 0.7  # for a panel without letters
_HIDDEN_BY_EDGE = 0.5  # share of the picture that is hidden where the inner edge leans or points into it


class PanelShape(NamedTuple):
    """What may be chosen for a panel.

    Attributes:
        widths: in pixels, where it is narrowest.
        reach: how far its inner edge reaches into the picture, in pixels.
        costs: what each side costs, by "left" and "right".
    """

    widths: Sequence[float]
    reach: float
    costs: Mapping[str, float]


class Panel(NamedTuple):
    """A panel with a title.

    Attributes:
        side: left or right.
        width: in pixels, where it is narrowest.
        setting: the title at its size.
        box: around the title, in pixels.
        framing: of the picture beside the panel.
        costs: by reason, those of the framing included.
    """

    side: str
    width: float
    setting: Setting
    box: Box
    framing: Framing
    costs: dict[str, float]

    @property
    def cost(self) -> float:
        """Sum of the costs."""
        return sum(self.costs.values())

    def mirror(self, x: float) -> float:
        """Return a distance from the canvas's edge at the panel's side as a coordinate."""
        return x if self.side == "left" else SIZE[0] - x


def choose_panel(scene: Scene, typesetter: Typesetter, shape: PanelShape) -> Panel:
    """Choose side, width and framing together; the user's column decides the side."""
    return min(_list_panels(scene, typesetter, shape), key=lambda panel: panel.cost)


def _list_panels(scene: Scene, typesetter: Typesetter, shape: PanelShape) -> Iterator[Panel]:
    for side in [scene.column] if scene.column in shape.costs else list(shape.costs):
        for width in shape.widths:
            zone = _find_zone(side, width)
            setting = typesetter.set_in_zone(*zone.size, fill=_FILL)
            area = Box(width, 0, *SIZE) if side == "left" else Box(0, 0, SIZE[0] - width, SIZE[1])
            edge = (
                Box(width, 0, width + shape.reach, SIZE[1])
                if side == "left"
                else Box(area.right - shape.reach, 0, area.right, SIZE[1])
            )
            framing = choose_framing(scene, area, [(edge, _HIDDEN_BY_EDGE)])
            costs = {
                "size": setting.cost,
                "empty": _COST_EMPTY * (1 - setting.height / zone.size[1]),
                "place": shape.costs[side],
            }
            yield Panel(side, width, setting, _place(setting, zone, scene.vertical), framing, framing.costs | costs)


def _find_zone(side: str, width: float) -> Box:
    """Return the part of the panel for the letters; at the right, above the duration badge."""
    if side == "left":
        return Box(SAFE_AREA.left, SAFE_AREA.top + _INSET, width - _INNER_PADDING, SAFE_AREA.bottom - _INSET)
    return Box(SIZE[0] - width + _INNER_PADDING, SAFE_AREA.top + _INSET, SAFE_AREA.right, BADGE[1])


def _place(setting: Setting, zone: Box, vertical: float) -> Box:
    left = zone.left + (zone.size[0] - setting.width) / 2
    top = zone.top + (zone.size[1] - setting.height) * vertical
    return Box(left, top, left + setting.width, top + setting.height)
