"""A panel in the picture's own colour with a slanted edge: capitals on it, the subject beside it."""

from process.canvas import SIZE
from process.layout.colours import choose_accent, choose_panel_colour
from process.layout.panel import Panel, PanelShape, choose_panel
from process.layout.scene import Scene
from process.layout.typesetting import Typesetter, place_lines
from process.layout.wcag import Colour
from process.render.composition import Composition, Letters, Shape
from process.text.font_files import ANTON, find_typeface
from process.text.stack import list_stacks

_LEAN, _STRIPE = 90, 16  # pixels: how far the edge leans, and how wide the stripe along it is
# The badge leaves less room at the right.
_SHAPE = PanelShape(widths=(405, 475, 555), reach=_LEAN, costs={"left": 0.0, "right": 0.35})
_MIN_CAP_HEIGHT = 54


def compose(scene: Scene) -> Composition:
    """Compose the thumbnail."""
    typesetter = Typesetter(list_stacks(scene.title, find_typeface("panel", ANTON)), scene.title)
    panel = choose_panel(scene, typesetter, _SHAPE)
    ground = choose_panel_colour(scene.palette, scene.accent, is_bright=scene.is_bright)
    accent = choose_accent(scene.palette, None, ground)
    lines = place_lines(panel.setting, scene.title, panel.box.left, panel.box.top, 0.5)
    return Composition(
        framing=panel.framing,
        ground=ground.colour,
        layers=(_draw_panel(panel, _STRIPE, accent), _draw_panel(panel, 0, ground.colour)),
        letters=(Letters(lines, panel.box, ground.ink, accent),),
        costs=panel.costs,
        declined="the letters would be too small" if panel.setting.cap_height < _MIN_CAP_HEIGHT else "",
    )


def _draw_panel(panel: Panel, beyond: float, colour: Colour) -> Shape:
    """Return the panel, wider by `beyond` pixels."""
    upper, lower = panel.width + _LEAN + beyond, panel.width + beyond
    if panel.side == "right":
        upper, lower = lower, upper
    corners = ((0, 0), (upper, 0), (lower, SIZE[1]), (0, SIZE[1]))
    return Shape(tuple((panel.mirror(x), y) for x, y in corners), colour)
