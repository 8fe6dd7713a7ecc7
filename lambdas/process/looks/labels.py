"""A bar of colour behind each line, joined and slightly tilted, beside the subject."""

from process.canvas import Box
from process.layout.apca import choose_ink
from process.layout.colours import average, choose_bar, choose_panel_colour
from process.layout.rotation import rotate
from process.layout.scene import Scene
from process.layout.side import SidePlacement, Sides, choose_side
from process.layout.typesetting import PlacedLine, Typesetter, place_lines
from process.layout.wcag import NEAR_BLACK, WHITE, Colour, contrast_ratio, relative_luminance
from process.render.composition import Composition, Letters, Shape
from process.text.font_files import ARCHIVO, find_typeface
from process.text.stack import list_stacks

_ANGLE = 3.0  # degrees
_PADDING = 26  # pixels around the block: the tilt takes some of it
# `stack` and `panel` are at the left more often.
_SIDES = Sides(widths=(520, 640), costs={"left": 0.1, "right": 0.0}, padding=_PADDING, shifts=(0, 220, 400), fill=0.5)
_OVERLAP = 1  # pixels, so that no seam shows between bars
_BAR_PADDING = 0.22  # in cap heights, above and below the letters
_MAX_RATIO = 1.9  # of the largest line to the smallest
_BASE_COST = 0.05
_COST_WORD, _MANY_WORDS = 0.1, 7  # for each word above that many
_MIN_BAR_CONTRAST = 1.3  # of the emphasized bar to the others
_LIGHT = 0.45  # relative luminance above which a picture needs dark bars
_MAX_COVERED_COST = 0.2
_MIN_CAP_HEIGHT = 46


def compose(scene: Scene) -> Composition:
    """Compose the thumbnail."""
    typeface = find_typeface("labels", ARCHIVO)
    typesetter = Typesetter(
        list_stacks(scene.title, typeface, max_ratio=_MAX_RATIO, line_gap=2 * _BAR_PADDING), scene.title
    )
    placement = choose_side(scene, typesetter, _SIDES)
    behind = scene.crop_shown(placement.framing.region, placement.framing.area, placement.behind)
    box = placement.box
    lines = place_lines(placement.setting, scene.title, box.left + _PADDING, box.top + _PADDING, 0.5)
    bar = choose_bar(scene.palette, scene.accent)
    panel = choose_panel_colour(scene.palette, None, is_bright=False)
    # Where the picture has no deep colour of its own, ground and bar change places.
    is_deep = panel.ink == WHITE and panel.colour != NEAR_BLACK
    ground, hook = (panel.colour, bar) if is_deep or not placement.shift else (bar, NEAR_BLACK)
    plain = NEAR_BLACK if not placement.shift and relative_luminance(average(behind)) > _LIGHT else WHITE
    if contrast_ratio(relative_luminance(hook), relative_luminance(plain)) < _MIN_BAR_CONTRAST:
        plain = NEAR_BLACK if plain == WHITE else WHITE
    colours = _choose_bars(lines, hook, plain)
    words = len(scene.title.text.split())
    return Composition(
        framing=placement.framing,
        ground=ground,
        layers=tuple(_draw_bar(line, box, colour) for line, colour in zip(lines, colours, strict=True)),
        letters=tuple(
            Letters(
                tuple(line for line, other in zip(lines, colours, strict=True) if other == colour),
                box,
                choose_ink(colour),
                choose_ink(colour),
                angle=_ANGLE,
            )
            for colour in dict.fromkeys(colours)
        ),
        costs=placement.costs | {"words": _COST_WORD * max(0, words - _MANY_WORDS), "look": _BASE_COST},
        declined=_find_reason_to_decline(placement),
    )


def _choose_bars(lines: tuple[PlacedLine, ...], accent: Colour, plain: Colour) -> list[Colour]:
    """Return the colour of each line's bar: the accent for emphasized lines, or for all if there are none."""
    has_emphasis = any(line.emphasis for line in lines)
    return [accent if line.emphasis or not has_emphasis else plain for line in lines]


def _draw_bar(line: PlacedLine, box: Box, colour: Colour) -> Shape:
    ink, cap_height = line.box, line.size * line.line.cap_height
    y = _BAR_PADDING * cap_height + _OVERLAP
    left, right, top, bottom = box.left, box.right, ink.top - y, ink.bottom + y
    centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Shape(tuple(rotate(corner, centre, _ANGLE) for corner in corners), colour)


def _find_reason_to_decline(placement: SidePlacement) -> str:
    if placement.setting.cap_height < _MIN_CAP_HEIGHT:
        return "the letters would be too small"
    if placement.costs["covers"] > _MAX_COVERED_COST:
        return "there is no room beside the subject"
    return ""
