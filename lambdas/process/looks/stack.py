"""Capitals stacked beside the subject, each line as wide as the block, over a fade of the picture's own hue."""

from process.canvas import SIZE, Box
from process.layout.colours import Ground, average, choose_accent, choose_fade
from process.layout.scene import Scene
from process.layout.side import FADE_REACH, SidePlacement, Sides, choose_side
from process.layout.typesetting import Typesetter, place_lines
from process.layout.wcag import WHITE, Colour, relative_luminance
from process.render.composition import Composition, Fade, Letters, Shadow
from process.text.font_files import BARLOW_CONDENSED, find_typeface
from process.text.stack import list_stacks

# The badge leaves less room at the right.
_SIDES = Sides(widths=(520, 610), costs={"left": 0.0, "right": 0.25}, shifts=(0, 170, 340, 470), fade=0.5)
_SOLID, _SOLID_MARGIN = 0.55, 6  # fraction of the fade, and pixels beyond the picture's edge
# Of an opaque fade: a light one looks like fog, and a dark one over a bright picture like smoke.
_COST_FOG, _COST_SMOKE = 0.6, 0.8
_MAX_FADE_COST = 0.55
_MIN_CAP_HEIGHT = 54


def compose(scene: Scene) -> Composition:
    """Compose the thumbnail."""
    typesetter = Typesetter(list_stacks(scene.title, find_typeface("stack", BARLOW_CONDENSED)), scene.title)
    placement = choose_side(scene, typesetter, _SIDES)
    behind = scene.crop_shown(placement.framing.region, placement.framing.area, placement.behind)
    ground = choose_fade(behind)
    box, depth = placement.box, placement.setting.cap_height
    return Composition(
        framing=placement.framing,
        ground=ground.colour,
        layers=(_make_fade(placement, ground),),
        letters=(
            Letters(
                place_lines(placement.setting, scene.title, box.left, box.top, 0.5),
                box,
                ground.ink,
                choose_accent(scene.palette, scene.accent, ground, average(behind)),
                shadow=Shadow(ground.colour, (0, 0.03 * depth), 0.09 * depth, 0.8),
            ),
        ),
        costs=placement.costs | {"fade": _price_fade(ground, average(behind))},
        declined=_find_reason_to_decline(placement, ground, average(behind)),
    )


def _make_fade(placement: SidePlacement, ground: Ground) -> Fade:
    """Return the fade, which hides the picture's edge if the picture has been moved."""
    if not placement.shift:
        return Fade(placement.fade, placement.side, ground.colour, ground.opacity, _SOLID)
    solid = placement.shift + _SOLID_MARGIN
    width = max(placement.fade.size[0], solid + FADE_REACH)
    box = Box(0, 0, width, SIZE[1]) if placement.side == "left" else Box(SIZE[0] - width, 0, *SIZE)
    return Fade(box, placement.side, ground.colour, 1.0, max(_SOLID, solid / width))


def _price_fade(ground: Ground, behind: Colour) -> float:
    if ground.ink == WHITE:
        return _COST_SMOKE * ground.opacity * relative_luminance(behind)
    return _COST_FOG * ground.opacity


def _find_reason_to_decline(placement: SidePlacement, ground: Ground, behind: Colour) -> str:
    if placement.setting.cap_height < _MIN_CAP_HEIGHT:
        return "the letters would be too small"
    if _price_fade(ground, behind) > _MAX_FADE_COST:
        return "a fade would dull the bright picture"
    return ""
