"""A few wide lines at the bottom of the full picture, over a fade of the picture's own hue."""

from collections.abc import Iterator
from typing import NamedTuple

from process.canvas import BADGE, CANVAS, SAFE_AREA, SIZE, Box
from process.layout.colours import Ground, average, choose_accent, choose_fade
from process.layout.framing import Framing, choose_framing
from process.layout.scene import Scene
from process.layout.typesetting import Setting, Typesetter, place_lines
from process.layout.wcag import WHITE
from process.render.composition import Composition, Fade, Letters, Shadow
from process.text.block import list_text_blocks
from process.text.font_files import MONTSERRAT, find_typeface

_MAX_HEIGHTS = (260, 330, 420)  # of the block, in pixels of the canvas
_FADE_REACH = 200  # above the block
_HIDDEN_BY_FADE = 0.35  # share of the picture that the fade hides outside the block
_COST_HEIGHT = 0.9  # for a block as high as the canvas
_BASE_COST = 0.8
_MAX_COVERED_COST = 0.4
_MAX_FOG = 0.45  # opacity of a light fade: above, it looks like fog
_MIN_CAP_HEIGHT = 50


class _Candidate(NamedTuple):
    setting: Setting
    box: Box
    row: str
    framing: Framing
    costs: dict[str, float]

    @property
    def cost(self) -> float:
        return sum(self.costs.values())


def compose(scene: Scene) -> Composition:
    """Compose the thumbnail."""
    blocks = list_text_blocks(scene.title.text, find_typeface("fade", MONTSERRAT), capitals=scene.capitals)
    best = min(_list_candidates(scene, Typesetter(blocks, scene.title)), key=lambda candidate: candidate.cost)
    fade_box = _find_fade_box(best.row, best.box)
    covered = scene.crop_shown(best.framing.region, best.framing.area, _find_band(best.row, best.box))
    ground = choose_fade(covered)
    depth = best.setting.cap_height
    alignment = _align(best.setting, scene.column)
    lines = place_lines(best.setting, scene.title, best.box.left, best.box.top, alignment)
    return Composition(
        framing=best.framing,
        ground=None,
        layers=(Fade(fade_box, best.row, ground.colour, ground.opacity, 0.45),),
        letters=(
            Letters(
                lines,
                best.box,
                ground.ink,
                choose_accent(scene.palette, scene.accent, ground, average(covered)),
                shadow=Shadow(ground.colour, (0, 0.03 * depth), 0.08 * depth, 0.8),
            ),
        ),
        costs=best.costs,
        declined=_find_reason_to_decline(best, ground),
    )


def _list_candidates(scene: Scene, typesetter: Typesetter) -> Iterator[_Candidate]:
    row = "top" if scene.row == "top" else "bottom"
    right = BADGE[0] - 8 if row == "bottom" else SAFE_AREA.right
    zone = Box(SAFE_AREA.left + 6, SAFE_AREA.top + 10, right, SAFE_AREA.bottom - 10)
    for max_height in _MAX_HEIGHTS:
        setting = typesetter.set_in_zone(zone.size[0], max_height)
        top = zone.top if row == "top" else zone.bottom - setting.height
        left = zone.left + (zone.size[0] - setting.width) * _align(setting, scene.column)
        box = Box(left, top, left + setting.width, top + setting.height)
        covered = [(box, 1 - _HIDDEN_BY_FADE), (_find_band(row, box), _HIDDEN_BY_FADE)]
        framing = choose_framing(scene, CANVAS, covered)
        height = _COST_HEIGHT * setting.height / SIZE[1]
        yield _Candidate(
            setting, box, row, framing, framing.costs | {"size": setting.cost, "height": height, "look": _BASE_COST}
        )


def _align(setting: Setting, column: str) -> float:
    """Return where the lines are aligned, 0 for left to 1 for right: where they begin, unless the user chose."""
    return {"left": 0.0, "center": 0.5, "right": 1.0}.get(column, 1.0 if setting.block.rtl else 0.0)


def _find_band(row: str, box: Box) -> Box:
    return Box(0, 0, SIZE[0], box.bottom) if row == "top" else Box(0, box.top, *SIZE)


def _find_fade_box(row: str, box: Box) -> Box:
    if row == "top":
        return Box(0, 0, SIZE[0], min(SIZE[1], box.bottom + _FADE_REACH))
    return Box(0, max(0, box.top - _FADE_REACH), *SIZE)


def _find_reason_to_decline(candidate: _Candidate, ground: Ground) -> str:
    if candidate.setting.cap_height < _MIN_CAP_HEIGHT:
        return "the letters would be too small"
    if candidate.costs["covers"] > _MAX_COVERED_COST:
        return f"the subject fills the {candidate.row} of the picture"
    if ground.ink != WHITE and ground.opacity > _MAX_FOG:
        return "a light fade would look like fog"
    return ""
