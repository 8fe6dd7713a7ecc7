"""Heavy outlined letters on the picture, where it is emptiest; the hook is larger."""

from process.layout.colours import Ground, average, choose_accent
from process.layout.placement import Placement, choose_placement
from process.layout.scene import Scene
from process.layout.typesetting import Setting, Typesetter, place_lines
from process.layout.wcag import NEAR_BLACK, WHITE
from process.render.composition import Composition, Letters, Outline, Shadow
from process.text.font_files import KANIT_ITALIC, find_typeface
from process.text.stack import list_stacks

_ZONES = ((560, 400), (740, 340), (940, 250), (1160, 330))  # widths and heights that are tried, in pixels
_MAX_RATIO = 1.7  # of the largest line to the smallest
_OUTLINE = 0.11  # in cap heights
_BASE_COST = 0.6
_MAX_COVERED_COST, _MAX_CROPPED_COST = 0.22, 0.9
_MIN_CAP_HEIGHT = 50


def compose(scene: Scene) -> Composition:
    """Compose the thumbnail."""
    blocks = list_stacks(scene.title, find_typeface("outline", KANIT_ITALIC), max_ratio=_MAX_RATIO)
    typesetter = Typesetter(blocks, scene.title)
    settings = [typesetter.set_in_zone(*zone) for zone in _ZONES]
    best = choose_placement(scene, [(setting, *_add_outline(setting)) for setting in settings])
    box, outline = best.anchor.box, _OUTLINE * best.setting.cap_height
    # Mirrored for right-to-left text, whose lines begin at the right.
    alignment = 1 - best.anchor.alignment if best.setting.block.rtl else best.anchor.alignment
    lines = place_lines(best.setting, scene.title, box.left + outline, box.top + outline, alignment)
    around = average(scene.crop_shown(best.framing.region, best.framing.area, box))
    accent = choose_accent(scene.palette, scene.accent, Ground(NEAR_BLACK, 1.0, WHITE), around)
    return Composition(
        framing=best.framing,
        ground=None,
        layers=(),
        letters=(
            Letters(
                lines,
                box,
                WHITE,
                accent,
                outline=Outline(NEAR_BLACK, outline),
                shadow=Shadow(NEAR_BLACK, (0.0, 0.5 * outline), 0.5 * outline, 0.6),
            ),
        ),
        costs=best.framing.costs | best.costs | {"look": _BASE_COST},
        declined=_find_reason_to_decline(best),
    )


def _add_outline(setting: Setting) -> tuple[float, float]:
    """Return the width and height of a block with its outline."""
    around = 2 * _OUTLINE * setting.cap_height
    return setting.width + around, setting.height + around


def _find_reason_to_decline(candidate: Placement) -> str:
    if candidate.setting.cap_height < _MIN_CAP_HEIGHT:
        return "the letters would be too small"
    if candidate.framing.costs["covers"] > _MAX_COVERED_COST:
        return "there is no place that is empty enough"
    if candidate.framing.costs["crops"] > _MAX_CROPPED_COST:
        return "the subject does not fit the whole canvas"
    return ""
