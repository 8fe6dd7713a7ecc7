"""Each look has its own places, colours and proportions; docs/looks.md describes them."""

from types import SimpleNamespace
from typing import Any

import pytest
from helpers.scenes import RegionBounds, stage

from process.canvas import BADGE, CANVAS, SIZE, WHOLE_PICTURE, Box, Region
from process.layout.anchors import list_anchors
from process.layout.colours import Ground
from process.layout.framing import Framing
from process.layout.placement import Placement
from process.layout.side import SidePlacement, Sides, choose_side
from process.layout.typesetting import Setting, Typesetter, _price_split, _rate
from process.layout.wcag import NEAR_BLACK, WHITE
from process.looks import _compare, choose_variants, compose_looks, fade, labels, list_looks, outline, stack
from process.render.composition import Composition, Fade, Letters, Shape
from process.text.block import list_text_blocks
from process.text.emphasis import Span, Title
from process.text.font_files import ANTON
from process.text.stack import list_stacks

LEFT, RIGHT, MIDDLE = (0.0, 0.1, 0.4, 0.9), (0.6, 0.1, 1.0, 0.9), (0.35, 0.1, 0.65, 0.9)
LONG = "How I built a thumbnail generator on AWS in one weekend without a server"


def compose(look: str, *subject: RegionBounds, title: str = "Cat", position: str = "auto") -> Composition:
    return compose_looks(stage(subject or (MIDDLE,), title=title, position=position), look)[look]


def letters_of(look: str, *subject: RegionBounds, title: str = "Cat", position: str = "auto") -> Letters:
    return compose(look, *subject, title=title, position=position).letters[0]


# --- places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "position", "sides"),
    [
        ("stack", "top-left", (32, 32, None, None)),
        ("stack", "bottom-left", (32, None, None, 688)),
        ("stack", "top-right", (None, 32, 1248, None)),
        ("stack", "bottom-right", (None, None, 1248, 552)),
        ("labels", "top-left", (32, 32, None, None)),
        ("labels", "bottom-left", (32, None, None, 688)),
        ("labels", "bottom-right", (None, None, 1248, 552)),
        ("panel", "top-left", (None, 38, None, None)),
        ("panel", "bottom-left", (None, None, None, 682)),
        ("panel", "bottom-right", (None, None, None, 552)),
        ("fade", "bottom-left", (38, None, None, 692)),
        ("fade", "bottom-right", (None, None, 952, 692)),
        ("fade", "top-left", (38, 28, None, None)),
        ("fade", "top-right", (None, 28, 1248, None)),
        ("outline", "top-left", (32, 18, None, None)),
        ("outline", "bottom-left", (32, None, None, 702)),
        ("outline", "top-right", (None, 18, 1248, None)),
        ("outline", "bottom-right", (None, None, 1248, 552)),
    ],
)
def test_a_title_is_set_at_the_margin(look: str, position: str, sides: tuple[float | None, ...]) -> None:
    """Right, above the badge; fades and blocks beside the picture keep a little more distance."""
    for title in ("Cat", "I ate *100 burgers* today"):
        box = letters_of(look, title=title, position=position).box
        for found, expected in zip(box, sides, strict=True):
            assert expected is None or found == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("title", ["Cat", "I ate *100 burgers* today", LONG])
def test_a_title_is_in_the_middle_of_its_panel(title: str) -> None:
    for side in ("left", "right"):
        composition = compose("panel", title=title, position=f"middle-{side}")
        area, box = composition.framing.area, composition.letters[0].box
        inner = (32, area.left - 28) if side == "left" else (area.right + 28, 1248)
        assert (box.left + box.right) / 2 == pytest.approx(sum(inner) / 2, abs=0.01)
        vertical = (38 + 682) / 2 if side == "left" else (38 + 552) / 2
        assert (box.top + box.bottom) / 2 == pytest.approx(vertical, abs=0.01)
        assert box.right - box.left <= inner[1] - inner[0] + 0.01
        width = area.left if side == "left" else SIZE[0] - area.right
        assert width in (405, 475, 555)


SHORT, MEDIUM = "Cat", "I ate *100 burgers* today"
SMALL, FULL = (0.45, 0.4, 0.55, 0.6), (0.02, 0.02, 0.98, 0.98)


@pytest.mark.parametrize(
    ("title", "subject", "width"),
    [
        ("A B C", MIDDLE, 405),
        (SHORT, MIDDLE, 475),
        (MEDIUM, MIDDLE, 555),
        (SHORT, FULL, 405),
        (MEDIUM, FULL, 475),
    ],
)
def test_a_panel_is_wide_for_long_titles_and_narrow_beside_large_subjects(
    title: str, subject: RegionBounds, width: float
) -> None:
    assert compose("panel", subject, title=title, position="middle-left").framing.area.left == width


@pytest.mark.parametrize(
    ("look", "title", "subject", "size"),
    [
        ("outline", SHORT, SMALL, (737, 288)),
        ("outline", SHORT, MIDDLE, (601, 235)),
        ("outline", MEDIUM, SMALL, (1181, 300)),
        ("outline", MEDIUM, MIDDLE, (573, 268)),
        ("outline", LONG, MIDDLE, (425, 409)),
        ("stack", SHORT, MIDDLE, (478, 235)),
        ("stack", MEDIUM, SMALL, (610, 384)),
        ("stack", MEDIUM, FULL, (520, 328)),
        ("labels", SHORT, MIDDLE, (640, 283)),
        ("labels", SHORT, FULL, (520, 236)),
        ("labels", MEDIUM, FULL, (640, 393)),
        ("fade", LONG * 2, MIDDLE, (875, 260)),
        ("fade", "word " * 30, SMALL, (914, 312)),
        ("fade", "word " * 30, FULL, (914, 215)),
    ],
)
def test_a_title_is_smaller_where_a_subject_leaves_less_room(
    look: str, title: str, subject: RegionBounds, size: tuple[float, float]
) -> None:
    """With the prices that were tuned on photos: compare `make bench-overlay` before and after changing these."""
    assert letters_of(look, subject, title=title).box.size == pytest.approx(size, abs=4)


@pytest.mark.parametrize("look", ["stack", "panel", "labels"])
def test_a_look_beside_the_subject_is_at_the_side_without_it(look: str) -> None:
    for subject, is_left in ((LEFT, False), (RIGHT, True)):
        if look == "panel":  # the picture can be moved as well
            continue
        box = letters_of(look, subject, title="I ate *100 burgers* today").box
        assert (box.left + box.right < SIZE[0]) == is_left


@pytest.mark.parametrize(("look", "column"), [("stack", "left"), ("panel", "left"), ("labels", "right")])
def test_with_room_at_both_sides_a_look_is_at_its_usual_one(look: str, column: str) -> None:
    box = letters_of(look, (0.45, 0.4, 0.55, 0.6)).box
    assert (box.left + box.right < SIZE[0]) == (column == "left")


@pytest.mark.parametrize(
    ("look", "costs"),
    [("stack", (0.0, 0.25)), ("panel", (0.0, 0.35)), ("labels", (0.1, 0.0))],
)
def test_the_other_side_costs_more(look: str, costs: tuple[float, float]) -> None:
    sides = [compose(look, position=f"middle-{side}").costs["place"] for side in ("left", "right")]
    assert sides == pytest.approx(costs)


ROWS, COLUMNS = {"bottom": 0.0, "top": 0.06, "middle": 0.12}, {"left": 0.0, "center": 0.1, "right": 0.02}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("column", COLUMNS)
def test_places_cost_more_in_the_middle_and_are_aligned_at_their_side(row: str, column: str) -> None:
    [anchor] = list_anchors(stage((MIDDLE,), position=f"{row}-{column}"), 400, 200)
    assert anchor.cost == pytest.approx(ROWS[row] + COLUMNS[column])
    assert anchor.alignment == {"left": 0.0, "center": 0.5, "right": 1.0}[column]
    left = {"left": 32, "center": 440, "right": 848}[column]
    top = {"top": 18, "middle": 260, "bottom": 352 if column == "right" else 502}[row]
    assert anchor.box == pytest.approx((left, top, left + 400, top + 200))


def test_a_box_too_high_for_a_place_above_the_badge_is_not_put_there_unless_the_user_wants_it() -> None:
    anchors = list(list_anchors(stage((MIDDLE,)), 1100, 600))
    assert not anchors
    [asked] = list_anchors(stage((MIDDLE,), position="bottom-right"), 1100, 600)
    assert asked.box.bottom == BADGE[1]
    assert len(list(list_anchors(stage((MIDDLE,)), 900, 600))) == 3, "the column clear of the badge"


def test_a_picture_is_moved_away_from_the_text_in_steps() -> None:
    steps = {"stack": (0, 170, 340, 470), "labels": (0, 220, 400)}
    for look, shifts in steps.items():
        found = set()
        for left in (0.1, 0.2, 0.3, 0.4):
            composition = compose(look, (left, 0.0, left + 0.3, 1.0), title=LONG, position="middle-left")
            found.add(composition.framing.area.left)
            moved = composition.framing.area.left / SIZE[0]
            assert composition.costs["shift"] == pytest.approx(0.5 * moved)
        assert found <= set(shifts)
        assert len(found) > 1


# --- proportions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Cat", "I ate *100 burgers* today"])
def test_shadows_and_outlines_are_in_proportion_to_the_letters(title: str) -> None:
    expected = {"stack": (0.03, 0.09, 0.8), "fade": (0.03, 0.08, 0.8), "outline": (0.055, 0.055, 0.6)}
    for look in list_looks():
        composition = compose(look, title=title)
        for letters in composition.letters:
            assert bool(letters.shadow) == (look in expected)
            if letters.shadow:
                down, blur, opacity = expected[look]
                assert letters.shadow.offset == pytest.approx((0, down * composition.cap_height))
                assert letters.shadow.blur == pytest.approx(blur * composition.cap_height)
                assert letters.shadow.opacity == opacity
            if look == "outline":
                assert letters.outline
                assert letters.outline.width == pytest.approx(0.11 * composition.cap_height)
                assert letters.outline.colour == NEAR_BLACK
            else:
                assert letters.outline is None
            assert letters.angle == (3 if look == "labels" else 0)


@pytest.mark.parametrize("column", ["left", "right"])
def test_a_panel_leans_into_the_picture_and_has_a_stripe_along_its_edge(column: str) -> None:
    composition = compose("panel", position=f"middle-{column}")
    stripe, panel = composition.layers
    assert isinstance(stripe, Shape)
    assert isinstance(panel, Shape)
    assert panel.colour == composition.ground
    assert stripe.colour == composition.letters[0].accent
    for shape, beyond in ((panel, 0), (stripe, 16)):
        (outer_top, _), (top, _), (bottom, low), (outer_bottom, _) = shape.points
        area = composition.framing.area
        edge, direction = (area.left, 1) if column == "left" else (area.right, -1)
        assert outer_top == outer_bottom == (0 if column == "left" else SIZE[0])
        assert low == SIZE[1]
        assert sorted((abs(top - edge), abs(bottom - edge))) == pytest.approx([beyond, 90 + beyond])
        assert (top - edge) * direction >= 0
        assert (bottom - edge) * direction >= 0
        assert (abs(top - edge) > abs(bottom - edge)) == (column == "left"), "it always leans to the right"


def test_bars_are_joined_and_as_wide_as_the_block() -> None:
    composition = compose("labels", title="I ate *100 burgers* today", position="middle-left")
    bars = [layer for layer in composition.layers if isinstance(layer, Shape)]
    box = composition.letters[0].box
    assert len(bars) == len(composition.lines) > 1
    for bar in bars:
        (left, top), (right, other_top), (_, bottom), _ = bar.points
        assert ((right - left) ** 2 + (other_top - top) ** 2) ** 0.5 == pytest.approx(box.right - box.left)
        assert (top - other_top) / (right - left) == pytest.approx(0.0524, abs=0.001), "three degrees, rising"
        assert bottom > top
    ordered = sorted(composition.lines, key=lambda line: line.y)
    for line, bar in zip(ordered, bars, strict=True):
        (_, top), *_, (_, bottom) = bar.points
        cap_height = line.size * line.line.cap_height
        height = line.box.bottom - line.box.top + 2 * (0.22 * cap_height + 1)
        assert (bottom - top) == pytest.approx(height * 0.99863, abs=0.1)
    lines = Box(
        min(line.box.left for line in ordered),
        min(line.box.top for line in ordered),
        max(line.box.right for line in ordered),
        max(line.box.bottom for line in ordered),
    )
    assert lines == pytest.approx((box.left + 26, box.top + 26, box.right - 26, box.bottom - 26), abs=0.1)


@pytest.mark.parametrize(
    ("position", "edge"), [("bottom-left", "bottom"), ("top-left", "top"), ("middle-left", "bottom")]
)
def test_a_fade_runs_along_the_title_and_200_pixels_further(position: str, edge: str) -> None:
    composition = compose("fade", title="I ate *100 burgers* today", position=position)
    [layer] = composition.layers
    assert isinstance(layer, Fade)
    box = composition.letters[0].box
    expected = Box(0, box.top - 200, *SIZE) if edge == "bottom" else Box(0, 0, SIZE[0], box.bottom + 200)
    assert layer.box == pytest.approx(expected)
    assert (layer.edge, layer.solid) == (edge, 0.45)


@pytest.mark.parametrize("column", ["left", "right"])
def test_the_fade_of_a_stack_ends_150_pixels_beyond_it_and_hides_the_edge_of_a_moved_picture(column: str) -> None:
    for subject in ((0.45, 0.4, 0.55, 0.6), (0.15, 0.0, 0.85, 1.0)):
        composition = compose("stack", subject, title="I ate *100 burgers* today", position=f"middle-{column}")
        [layer] = composition.layers
        assert isinstance(layer, Fade)
        box, area = composition.letters[0].box, composition.framing.area
        reach = box.right if column == "left" else SIZE[0] - box.left
        shift = area.left if column == "left" else SIZE[0] - area.right
        width = layer.box.size[0]
        assert layer.edge == column
        assert (layer.box.top, layer.box.bottom) == (0, SIZE[1])
        assert layer.box.left == 0 if column == "left" else layer.box.right == SIZE[0]
        assert width == pytest.approx(max(reach + 150, (shift + 6 + 150) if shift else 0))
        if shift:
            assert layer.opacity == 1
            assert layer.solid == pytest.approx(max(0.55, (shift + 6) / width))
        else:
            assert layer.solid == 0.55
    assert shift


@pytest.mark.parametrize(("look", "cost"), [("labels", 0.05), ("outline", 0.6), ("fade", 0.8)])
def test_some_looks_are_taken_only_if_they_suit_better(look: str, cost: float) -> None:
    assert compose(look).costs["look"] == cost


@pytest.mark.parametrize(("words", "cost"), [(1, 0.0), (7, 0.0), (8, 0.1), (10, 0.3)])
def test_labels_are_for_titles_of_few_words(words: int, cost: float) -> None:
    assert compose("labels", title="word " * words).costs["words"] == pytest.approx(cost)


def test_a_high_fade_costs_more() -> None:
    composition = compose("fade", title="Cat")
    box = composition.letters[0].box
    assert composition.costs["height"] == pytest.approx(0.9 * (box.bottom - box.top) / 720)


@pytest.mark.parametrize("column", ["left", "right"])
def test_half_of_what_the_edge_of_a_panel_leans_over_is_hidden(column: str) -> None:
    even = ((0.0, 0.0, 1.0, 1.0),)
    costs = compose("panel", *even, position=f"middle-{column}").costs
    assert costs["covers"] == pytest.approx(3 * 0.5 * 90 / SIZE[0], rel=0.12)
    assert compose("panel", MIDDLE, position=f"middle-{column}").costs["covers"] == 0


@pytest.mark.parametrize("column", ["left", "right"])
def test_half_of_what_the_fade_beside_a_stack_covers_is_hidden(column: str) -> None:
    composition = compose("stack", SMALL, (0.0, 0.95, 1.0, 1.0), position=f"middle-{column}")
    [layer] = composition.layers
    assert composition.framing.area == CANVAS
    scene = stage((SMALL, (0.0, 0.95, 1.0, 1.0)))
    box = layer.box if isinstance(layer, Fade) else CANVAS
    share = scene.subject.sum((box.left / 1280, 0.0, box.right / 1280, 1.0))
    assert composition.costs["covers"] == pytest.approx(3 * 0.5 * share, rel=0.1)


def test_a_third_of_what_a_fade_covers_is_hidden() -> None:
    scene = stage(((0.0, 0.0, 1.0, 1.0),), position="top-left")
    composition = compose_looks(scene, "fade")["fade"]
    box = composition.letters[0].box
    beside = scene.subject.sum((0.0, 0.0, 1.0, box.bottom / 720))
    behind = scene.subject.sum((box.left / 1280, box.top / 720, box.right / 1280, box.bottom / 720))
    assert composition.costs["covers"] == pytest.approx(3 * (0.35 * beside + 0.65 * behind), rel=0.05)


def test_an_empty_panel_costs_more() -> None:
    composition = compose("panel", position="middle-left")
    box = composition.letters[0].box
    assert composition.costs["empty"] == pytest.approx(0.7 * (1 - (box.bottom - box.top) / (682 - 38)))


# --- declining -----------------------------------------------------------------------------------------------------


def make_setting(cap_height: float) -> Setting:
    block = list_text_blocks("CAT", ANTON)[0]
    return Setting(block, cap_height / block.cap_height)


def make_framing(**costs: float) -> Framing:
    return Framing(WHOLE_PICTURE, CANVAS, costs)


def place_on_picture(cap_height: float, **costs: float) -> Placement:
    anchor = next(iter(list_anchors(stage((MIDDLE,)), 100, 100)))
    return Placement(make_setting(cap_height), anchor, make_framing(**costs), {})


def place_beside(
    cap_height: float = 100, area: Box = CANVAS, box: Box = CANVAS, side: str = "left", **costs: float
) -> SidePlacement:
    return SidePlacement(make_setting(cap_height), side, box, box, Framing(WHOLE_PICTURE, area, {}), costs)


@pytest.mark.parametrize(
    ("cap_height", "covers", "crops", "reason"),
    [
        (51, 0.21, 0.89, ""),
        (49, 0.0, 0.0, "the letters would be too small"),
        (100, 0.23, 0.0, "there is no place that is empty enough"),
        (100, 0.0, 0.91, "the subject does not fit the whole canvas"),
    ],
)
def test_outlined_letters_need_an_empty_place(cap_height: float, covers: float, crops: float, reason: str) -> None:
    assert outline._find_reason_to_decline(place_on_picture(cap_height, covers=covers, crops=crops)) == reason  # noqa: SLF001


@pytest.mark.parametrize(
    ("cap_height", "covers", "reason"),
    [(47, 0.19, ""), (45, 0.0, "the letters would be too small"), (100, 0.21, "there is no room beside the subject")],
)
def test_labels_need_room_beside_the_subject(cap_height: float, covers: float, reason: str) -> None:
    assert labels._find_reason_to_decline(place_beside(cap_height, covers=covers)) == reason  # noqa: SLF001


LIGHT_GREY, DARK_GREY = (200, 200, 200), (60, 60, 60)


@pytest.mark.parametrize(
    ("cap_height", "opacity", "ink", "behind", "reason"),
    [
        (55, 0.9, NEAR_BLACK, LIGHT_GREY, ""),
        (53, 0.0, WHITE, DARK_GREY, "the letters would be too small"),
        (100, 0.95, NEAR_BLACK, LIGHT_GREY, "a fade would dull the bright picture"),
        (100, 1.0, WHITE, DARK_GREY, ""),
        (100, 1.0, WHITE, (220, 220, 220), "a fade would dull the bright picture"),
        (100, 0.9, WHITE, (220, 220, 220), ""),
    ],
)
def test_a_stack_declines_if_its_fade_would_look_like_fog_or_smoke(
    cap_height: float, opacity: float, ink: tuple[int, int, int], behind: tuple[int, int, int], reason: str
) -> None:
    ground = Ground(DARK_GREY, opacity, ink)
    assert stack._find_reason_to_decline(place_beside(cap_height), ground, behind) == reason  # noqa: SLF001


@pytest.mark.parametrize(
    ("cap_height", "covers", "opacity", "ink", "reason"),
    [
        (51, 0.39, 0.45, NEAR_BLACK, ""),
        (51, 0.39, 1.0, WHITE, ""),
        (49, 0.0, 0.0, WHITE, "the letters would be too small"),
        (100, 0.41, 0.0, WHITE, "the subject fills the bottom of the picture"),
        (100, 0.0, 0.6, NEAR_BLACK, "a light fade would look like fog"),
    ],
)
def test_a_fade_declines_over_a_subject_and_if_it_would_look_like_fog(
    cap_height: float, covers: float, opacity: float, ink: tuple[int, int, int], reason: str
) -> None:
    candidate = fade._Candidate(make_setting(cap_height), CANVAS, "bottom", make_framing(), {"covers": covers})  # noqa: SLF001
    ground = Ground(DARK_GREY, opacity, ink)
    assert fade._find_reason_to_decline(candidate, ground) == reason  # noqa: SLF001


@pytest.mark.parametrize(("cap_height", "declines"), [(55, False), (53, True)])
def test_a_panel_needs_letters_of_54_pixels(cap_height: float, declines: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  a parameter
    monkeypatch.setattr(Setting, "cap_height", cap_height)
    assert bool(compose("panel").declined) == declines


# --- beside the picture --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "area", "box", "behind"),
    [
        ("left", CANVAS, (32, 100, 500, 600), (32, 100, 500, 600)),
        ("left", Box(340, 0, 1280, 720), Box(32, 100, 500, 600), (340, 100, 500, 600)),
        ("left", Box(400, 0, 1280, 720), Box(32, 100, 500, 600), (400, 100, 520, 600)),
        ("left", Box(600, 0, 1280, 720), Box(32, 100, 500, 600), (600, 100, 720, 600)),
        ("right", Box(0, 0, 900, 720), Box(700, 100, 1248, 552), (700, 100, 900, 552)),
        ("right", Box(0, 0, 600, 720), Box(700, 100, 1248, 552), (480, 100, 600, 552)),
        ("left", Box(0, 200, 1280, 500), Box(32, 100, 500, 600), (32, 100, 500, 600)),
    ],
)
def test_behind_text_is_the_picture_or_its_nearest_part(
    side: str, area: Box, box: tuple[float, float, float, float], behind: tuple[float, float, float, float]
) -> None:
    placement = place_beside(area=area, box=Box(*box), side=side)
    assert placement.behind == behind
    assert placement.shift == (area.left if side == "left" else SIZE[0] - area.right)


@pytest.mark.parametrize("fit", ["pad", "letterbox"])
def test_a_whole_picture_moves_aside_and_stays_whole(fit: str) -> None:
    sides = Sides(widths=(500,), costs={"left": 0.0, "right": 0.0}, shifts=(0, 200, 400))
    scene = stage(((0.1, 0.3, 0.4, 0.7),), fit=fit, position="middle-left")
    placement = choose_side(scene, Typesetter(list_stacks(scene.title, ANTON), scene.title), sides)
    assert placement.shift > 0
    assert placement.framing.region == WHOLE_PICTURE


def test_a_picture_is_moved_only_if_that_is_worth_it() -> None:
    scene = stage(((0.45, 0.4, 0.55, 0.6),), position="middle-left")
    typesetter = Typesetter(list_stacks(scene.title, ANTON), scene.title)
    sides = Sides(widths=(500,), costs={"left": 0.0, "right": 0.0}, shifts=(0, 200, 400))
    assert choose_side(scene, typesetter, sides).shift == 0


# --- ways to break a title -----------------------------------------------------------------------------------------


def rate(*lines: tuple[str, float], emphasis: tuple[Span, ...] = (), filler: tuple[Span, ...] = ()) -> float:
    """Rate a block of lines, each with the height of its capitals."""
    text, set_lines = "", []
    for line, _ in lines:
        text += " " * bool(text)
        set_lines.append(SimpleNamespace(start=len(text), line=SimpleNamespace(text=line)))
        text += line
    block: Any = SimpleNamespace(lines=set_lines, cap_heights=[cap_height for _, cap_height in lines])
    return _rate(block, Title(text, emphasis, is_marked=True, filler=filler))


def test_letters_should_be_large_the_smallest_and_on_average() -> None:
    assert rate(("four", 1.0), ("five", 1.0)) == 0
    assert rate(("four", 2.0), ("five", 2.0)) == pytest.approx(2.2)
    assert rate(("four", 1.0), ("five", 3.0)) == pytest.approx(1.2)
    assert rate(("four", 0.5), ("twelve chars", 1.167)) == pytest.approx(-1, abs=0.01)


def test_lines_of_one_or_two_letters_and_many_lines_cost() -> None:
    assert rate(("a", 1.0), ("four", 1.0)) == pytest.approx(-0.3)
    assert rate(("an", 1.0), ("to", 1.0)) == pytest.approx(-0.6)
    assert rate(("the", 1.0), ("four", 1.0)) == 0
    assert rate(*(("four", 1.0),) * 4) == 0
    assert rate(*(("four", 1.0),) * 6) == pytest.approx(-0.5)


def test_the_hook_should_be_no_smaller_than_the_other_lines() -> None:
    assert rate(("four", 1.0), ("five", 1.0), emphasis=(Span(0, 4),)) == 0
    plain = rate(("four", 1.0), ("five", 2.0))
    assert rate(("four", 1.0), ("five", 2.0), emphasis=(Span(5, 9),)) == pytest.approx(plain)
    assert rate(("four", 1.0), ("five", 2.0), emphasis=(Span(0, 4),)) == pytest.approx(plain - 0.8)


@pytest.mark.parametrize(
    ("extents", "cost"),
    [
        pytest.param([(0, 10)], 0.0, id="on one line"),
        pytest.param([(0, 6), (7, 12)], 0.6, id="on two, the second with other words"),
        pytest.param([(2, 6), (7, 10)], 0.2, id="on two that they have to themselves"),
        pytest.param([(2, 4), (5, 7), (8, 10)], 0.4, id="on three that they have to themselves"),
        pytest.param([(0, 4), (5, 7), (8, 14)], 1.2, id="on three, with other words"),
        pytest.param([(0, 1), (2, 10), (11, 14)], 0.0, id="on one line between others"),
    ],
)
def test_emphasized_words_should_stay_on_a_line(extents: list[tuple[int, int]], cost: float) -> None:
    assert _price_split(Span(2, 10), extents) == pytest.approx(cost)


# --- what a box shows ----------------------------------------------------------------------------------------------


def test_a_title_beside_bars_is_judged_by_picture_and_bars() -> None:
    scene = stage((MIDDLE,), fit="letterbox")
    scene.preview.paste((255, 255, 255), (0, 0, *scene.preview.size))
    area = Box(320, 0, 960, 720)
    shown = scene.crop_shown(WHOLE_PICTURE, area, Box(160, 0, 480, 720))
    assert shown.size == (40, 90)
    assert [shown.getpixel((x, 45)) for x in (0, 18, 21, 39)] == [(0, 0, 0)] * 2 + [(255, 255, 255)] * 2
    assert shown.getextrema() == ((0, 255),) * 3
    beyond = scene.crop_shown(WHOLE_PICTURE, area, Box(0, 0, 300, 200))
    assert beyond.getextrema() == ((0, 0),) * 3
    assert scene.crop_shown(Region(0.5, 0.5, 1, 1), area, area).size == (80, 90)


# --- the choice among looks ----------------------------------------------------------------------------------------


def make_candidate(title: Box, area: Box = CANVAS, *, has_layers: bool = False, cost: float = 0.0) -> Composition:
    letters = Letters((), title, WHITE, WHITE)
    layers = (Shape(((0, 0), (1, 0), (0, 1)), WHITE),) if has_layers else ()
    return Composition(Framing(WHOLE_PICTURE, area, {}), None, layers, (letters,), {"all": cost})


HERE, THERE, HALF = Box(0, 0, 200, 100), Box(600, 400, 800, 500), Box(100, 0, 300, 100)
LEFT_AREA, RIGHT_AREA = Box(0, 0, 640, 720), Box(640, 0, *SIZE)


@pytest.mark.parametrize(
    ("one", "other", "cost"),
    [
        pytest.param((HERE, LEFT_AREA), (THERE, RIGHT_AREA), 0.0, id="nothing in common"),
        pytest.param((HERE, LEFT_AREA), (HERE, RIGHT_AREA), 0.4, id="the place of the title"),
        pytest.param((HERE, LEFT_AREA), (HALF, RIGHT_AREA), 0.4 / 3, id="half of it"),
        pytest.param((HERE, CANVAS), (THERE, CANVAS), 0.2, id="the area of the picture"),
        pytest.param((HERE, CANVAS), (THERE, LEFT_AREA), 0.1, id="half of that"),
        pytest.param((HERE, CANVAS), (HERE, CANVAS), 0.6, id="all"),
    ],
)
def test_look_alikes_cost_more_the_more_they_have_in_common(
    one: tuple[Box, Box], other: tuple[Box, Box], cost: float
) -> None:
    for has_layers in (False, True):
        pair = [make_candidate(*placed, has_layers=has_layers) for placed in (one, other)]
        assert _compare(*pair) == pytest.approx(cost)


def test_pictures_in_the_same_area_look_different_if_only_one_has_layers_over_it() -> None:
    assert _compare(make_candidate(HERE, has_layers=True), make_candidate(THERE)) == 0
    assert _compare(make_candidate(HERE, has_layers=True), make_candidate(HERE)) == pytest.approx(0.4)


def test_a_look_that_declines_comes_after_any_that_does_not() -> None:
    declining = make_candidate(THERE)._replace(declined="no room")
    dear = make_candidate(HERE, cost=8.0)
    dearer = make_candidate(HALF, cost=8.5)
    assert list(choose_variants({"declining": declining, "dear": dear, "dearer": dearer})) == [
        "dear",
        "dearer",
        "declining",
    ]


# --- the colours of labels -----------------------------------------------------------------------------------------

BLUE, YELLOW_BAR = (40, 90, 220), (255, 214, 10)


def bars_of(title: str, ground: tuple[int, int, int], *, is_moved: bool) -> tuple[list[Any], Any]:
    """Compose labels over a picture of one colour, moved aside or not; return the colours of bars and ground."""
    subject = (0.15, 0.0, 0.85, 1.0) if is_moved else (0.45, 0.4, 0.55, 0.6)
    scene = stage((subject,), title=title, position="middle-left")
    scene.preview.paste(ground, (0, 0, *scene.preview.size))
    composition = compose_looks(scene, "labels")["labels"]
    assert bool(composition.framing.area.left) == is_moved
    bars = [layer.colour for layer in composition.layers if isinstance(layer, Shape)]
    for letters in composition.letters:
        assert letters.fill == letters.accent
    return bars, composition.ground


@pytest.mark.parametrize(
    ("ground", "is_moved", "hook", "plain", "beside"),
    [
        pytest.param((90, 90, 90), False, YELLOW_BAR, WHITE, None, id="grey"),
        pytest.param((230, 230, 230), False, YELLOW_BAR, NEAR_BLACK, None, id="light"),
        pytest.param((90, 90, 90), True, NEAR_BLACK, WHITE, YELLOW_BAR, id="grey, moved: the ground is yellow"),
        pytest.param((230, 230, 230), True, NEAR_BLACK, WHITE, YELLOW_BAR, id="light, moved: the same"),
        pytest.param(BLUE, True, (84, 170, 255), WHITE, (15, 54, 153), id="blue, moved: the ground is deep blue"),
        pytest.param((240, 200, 30), True, NEAR_BLACK, WHITE, YELLOW_BAR, id="yellow, moved: no brown ground"),
    ],
)
def test_the_hooks_bar_has_the_accent_or_changes_places_with_the_ground(
    ground: tuple[int, int, int],
    is_moved: bool,  # noqa: FBT001  a parameter of the test
    hook: tuple[int, int, int],
    plain: tuple[int, int, int],
    beside: tuple[int, int, int] | None,
) -> None:
    bars, found = bars_of("I ate *100 burgers* today", ground, is_moved=is_moved)
    assert set(bars) == {hook, plain}
    assert bars[-1] == plain
    if beside:
        assert found == pytest.approx(beside, abs=3)


def test_without_a_hook_all_bars_have_the_accent() -> None:
    bars, _ = bars_of("the of and", (90, 90, 90), is_moved=False)
    assert set(bars) == {YELLOW_BAR}


def test_right_to_left_lines_begin_at_the_right_unless_the_user_wants_otherwise() -> None:
    title = "שלום עולם יפה מאוד מאוד וגם ארוך מאוד"
    for look, position, side in (
        ("fade", "auto", "right"),
        ("fade", "bottom-left", "left"),
        ("outline", "bottom-left", "right"),
        ("outline", "top-right", "left"),
    ):
        lines = compose(look, title=title, position=position).lines
        edges = [getattr(line.box, side) for line in lines]
        assert len(lines) > 1
        assert edges == pytest.approx([edges[0]] * len(edges), abs=0.1)
    assert letters_of("fade", title=title).box.right == pytest.approx(952, abs=0.1)
