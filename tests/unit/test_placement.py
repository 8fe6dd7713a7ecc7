"""A title is drawn completely, where there is room for it: beside the subject, clear of the margin and the badge."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import pytest
from helpers.pictures import encode, find_changed_area
from helpers.scenes import (
    assert_in_free_area,
    draw_subject,
    find_shown,
    is_inside,
    list_line_boxes,
    make_plain,
    make_scene,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from common.options import POSITIONS
from process.canvas import CANVAS, Box
from process.errors import InvalidImage
from process.layout.anchors import list_anchors
from process.layout.framing import choose_framing
from process.layout.placement import choose_placement
from process.layout.scene import Scene
from process.layout.side import SidePlacement, Sides, choose_side
from process.layout.typesetting import Setting, Typesetter
from process.looks import list_looks
from process.text.block import list_text_blocks
from process.text.font_files import ANTON
from process.text.normalization import normalize_title
from process.text.shaping import shape_line
from process.text.stack import list_stacks
from process.thumbnail import make_thumbnail, make_thumbnails, plan

LAMBDAS = Path(__file__).parent.parent.parent / "lambdas"

GREY = encode(Image.new("RGB", (1280, 720), (128, 128, 128)), "PNG")
SIXTY = "How we travelled around the whole world with only one bag now"

TITLES = [
    "A",
    "Cat",
    "We launched it!",
    "ÀÉÎÕÜ Ñandú Ťěšínský Ứng dụng",
    "gjpqy Qÿ,;",
    "How I built a thumbnail generator on AWS in one weekend without a server",
    "W" * 120,
    "abcdefghij" * 190,
    "x" + "\N{COMBINING LATIN SMALL LETTER A}" * 600,
    "日" * 200,
    "Donaudampfschifffahrtsgesellschaftskapitän ahoi",
    " ".join(["word"] * 24),
]

# Joiners, directional controls, marks, brackets, and letters of several scripts.
PIECES = [
    *"\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f\u034f\u20e3\u0301\u0323",
    *"()[]<>«» \n09٠٣abאבابتकषि्กำか日가👩💻👨❤🇩🇪🏽\U000e0067\U000e007f\u115f\u3164─ﰀ",
    "\U00020001",
    "\U0001e800",
]


@pytest.mark.parametrize("title", TITLES)
def test_the_letters_of_every_variant_stay_inside_the_margin_and_off_the_duration_badge(title: str) -> None:
    """As the encoded thumbnails show it, shadows included."""
    drawn, bare = (make_thumbnails(GREY, title, letters=letters) for letters in (True, False))
    for with_letters, without in zip(drawn, bare, strict=True):
        area = find_changed_area(with_letters.jpeg, without.jpeg)
        assert area is not None, "no title was drawn"
        assert_in_free_area(area, tolerance=8)


@pytest.mark.parametrize("title", TITLES)
def test_no_letter_is_lost_however_a_title_breaks(title: str) -> None:
    for block in list_text_blocks(normalize_title(title), ANTON):
        assert "".join(line.line.text for line in block.lines).replace(" ", "") == normalize_title(title).replace(
            " ", ""
        )


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join))
def test_any_text_is_drawn_completely_or_refused(typed: str) -> None:
    try:
        title = normalize_title(typed)
    except InvalidImage:
        return
    for block in list_text_blocks(title, ANTON) if title else []:
        text = "".join(line.line.text for line in block.lines)
        assert re.sub("[ \n]", "", text) == re.sub("[ \n]", "", title)
        assert all(placed.glyph for line in block.lines for placed in line.line.glyphs)


def test_tracking_is_added_after_every_letter() -> None:
    path = ANTON.find()
    assert path
    file = ImageFont.truetype(path, 200)
    assert shape_line("sad", 0, 3, ANTON).advance == pytest.approx(
        file.getlength("sad") / 200 + 3 * ANTON.tracking, abs=0.01
    )


@pytest.mark.parametrize(("title", "height"), [("BIG NEWS", 16), ("I built this in one week!", 9), (SIXTY, 7)])
def test_the_best_variants_letters_are_large_enough_for_the_sidebar(title: str, height: int) -> None:
    """YouTube's sidebar shows a thumbnail 168 pixels wide."""
    assert make_thumbnails(GREY, title)[0].cap_height >= height


def test_a_much_longer_title_is_smaller() -> None:
    heights = [make_thumbnails(GREY, "word " * count + "word", look="stack")[0].cap_height for count in (2, 6, 14, 30)]
    assert heights == sorted(set(heights), reverse=True)


def test_a_thumbnail_comes_with_what_was_measured_of_it() -> None:
    for thumbnail in make_thumbnails(GREY, "Four words, no more"):
        assert thumbnail.words == 4
        assert 3 <= thumbnail.contrast <= 21
        assert 5 < thumbnail.cap_height < 95


def test_the_height_of_capitals_is_measured_where_the_thumbnail_is_168_pixels_wide() -> None:
    planned = plan(GREY, "Four words, no more")
    for thumbnail in make_thumbnails(GREY, "Four words, no more"):
        expected = planned.variants[thumbnail.look].cap_height * 168 / 1280
        assert thumbnail.cap_height == pytest.approx(expected)


def test_the_plan_has_the_lines_of_the_first_variant() -> None:
    planned = plan(GREY, "I built this in *one week*")
    assert " ".join(planned.lines) == "I built this in one week"
    assert list(planned.variants) == [
        thumbnail.look for thumbnail in make_thumbnails(GREY, "I built this in *one week*")
    ]


def test_steps_are_reported_as_they_are_done() -> None:
    steps: list[str] = []
    make_thumbnails(GREY, "Cat", on_step=steps.append)
    assert steps == ["decode", "analyse", "decode", "resize", *["draw", "encode"] * 3]


def test_lines_are_balanced() -> None:
    for block in list_text_blocks("the quick brown fox jumps over the lazy dog again", ANTON)[1:4]:
        lengths = [len(line.line.text) for line in block.lines]
        assert min(lengths) > max(lengths) / 2, lengths


def test_a_title_breaks_into_every_number_of_lines_once() -> None:
    counts = [len(block.lines) for block in list_text_blocks("one two three four five", ANTON)]
    assert counts == [1, 2, 3, 4, 5]


def test_a_break_never_separates_a_letter_from_its_mark() -> None:
    title = "x\N{COMBINING RING BELOW}" * 60
    for block in list_text_blocks(normalize_title(title), ANTON):
        assert all(line.line.text.startswith("x") for line in block.lines)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("  two \t words\t", "two words"),
        ("tab\x00ulated\x07", "tabulated"),
        ("\u202aAcme\u202c می\u200cخواهم 👩\u200d💻", "\u202aAcme\u202c می\u200cخواهم 👩\u200d💻"),
        ("a \x00 b", "a b"),
        ("x" + "\u0363" * 50, "x" + "\u0363" * 4),
        ("e\N{COMBINING ACUTE ACCENT}t\N{COMBINING ACUTE ACCENT}", "ét\N{COMBINING ACUTE ACCENT}"),
    ],
)
def test_a_title_is_normalized(typed: str, drawn: str) -> None:
    assert normalize_title(typed) == drawn


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\x00", "\x00 \x00", "\ufeff"])
def test_a_blank_title_leaves_the_picture_untouched(title: str) -> None:
    assert make_thumbnail(GREY, title) == make_thumbnail(GREY, "", overlay=False)


def test_capitals_are_used_if_asked_for() -> None:
    for look in list_looks():
        asked, typed = (make_thumbnail(GREY, title, look=look, caps=True) for title in ("Straße", "STRASSE"))
        assert asked == typed
    assert make_thumbnail(GREY, "Cat", look="fade") != make_thumbnail(GREY, "CAT", look="fade")


def test_an_unknown_position_is_refused() -> None:
    with pytest.raises(InvalidImage, match="auto, top-left"):
        make_thumbnail(GREY, "Cat", position="somewhere")


@pytest.mark.parametrize("look", ["sepia", "", "Stack", "../stack"])
def test_an_unknown_look_is_refused(look: str) -> None:
    with pytest.raises(InvalidImage, match="look"):
        make_thumbnail(GREY, "Cat", look=look)


@pytest.mark.parametrize("left", [100, 780])
def test_the_best_title_avoids_salient_content(left: int) -> None:
    picture = Image.new("RGB", (1280, 720), (60, 90, 120))
    picture.paste(Image.effect_noise((400, 500), 90).convert("RGB"), (left, 100))
    best = next(iter(plan(encode(picture, "PNG"), "I built this in one week").variants.values()))
    shown = find_shown(best.framing, (1280, 720), (left, 100, left + 400, 600))
    assert sum(line.intersect(shown).area for line in list_line_boxes(best)) < 0.05 * shown.area


# --- the places to choose from --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(300, 200), (900, 250), (600, 400)])
def test_anchors_are_inside_the_margin_and_off_the_badge(size: tuple[int, int]) -> None:
    anchors = list(list_anchors(make_scene(make_plain()), *size))
    assert len({anchor.position for anchor in anchors}) == len(POSITIONS) - 1
    assert all(is_inside(anchor.box) for anchor in anchors)
    assert all(anchor.box.size == pytest.approx(size) for anchor in anchors)


@pytest.mark.parametrize("position", POSITIONS[1:])
def test_a_position_leaves_one_anchor(position: str) -> None:
    [anchor] = list_anchors(make_scene(make_plain(), position=position), 400, 200)
    assert anchor.position == position


def test_anchors_prefer_the_bottom_and_the_sides() -> None:
    costs = {anchor.position: anchor.cost for anchor in list_anchors(make_scene(make_plain()), 400, 200)}
    assert costs["bottom-left"] < costs["top-left"] < costs["middle-left"]
    assert costs["bottom-left"] < costs["bottom-center"]


def make_setting(size: float) -> Setting:
    return Setting(list_text_blocks("Cat", ANTON)[0], size)


def test_a_placement_avoids_the_subject() -> None:
    for box in ((100, 60, 500, 660), (780, 60, 1180, 660)):
        scene = make_scene(draw_subject((1280, 720), box))
        setting = make_setting(250)
        found = choose_placement(scene, [(setting, setting.width, setting.height)])
        assert found.framing.costs["covers"] < 0.3


def test_a_placement_is_the_cheapest_of_all() -> None:
    """Branch and bound must not miss it."""
    scene = make_scene(draw_subject((1280, 720), (300, 60, 700, 660)))
    settings = [(setting, setting.width, setting.height) for setting in map(make_setting, (120, 250, 400))]
    found = choose_placement(scene, settings)
    cheapest = min(
        setting.cost + anchor.cost + choose_framing(scene, CANVAS, [(anchor.box, 1.0)]).cost
        for setting, width, height in settings
        for anchor in list_anchors(scene, width, height)
    )
    assert found.framing.cost + sum(found.costs.values()) == pytest.approx(cheapest)


# --- beside the subject ---------------------------------------------------------------------------------------------


class SideOptions(TypedDict, total=False):
    padding: float
    shifts: Sequence[float]


def place_beside(scene: Scene, **options: Unpack[SideOptions]) -> SidePlacement:
    sides = Sides(widths=(480, 560), costs={"left": 0.0, "right": 0.0}, **options)
    return choose_side(scene, Typesetter(list_stacks(scene.title, ANTON), scene.title), sides)


@pytest.mark.parametrize(("box", "side"), [((60, 60, 560, 660), "right"), ((720, 60, 1220, 660), "left")])
def test_text_is_on_the_side_without_the_subject(box: tuple[int, int, int, int], side: str) -> None:
    placement = place_beside(make_scene(draw_subject((1280, 720), box)))
    assert placement.side == side
    assert is_inside(placement.box)


@pytest.mark.parametrize("padding", [0.0, 30.0])
@pytest.mark.parametrize("column", ["left", "right"])
def test_text_is_on_the_side_asked_for(column: str, padding: float) -> None:
    scene = make_scene(draw_subject((1280, 720), (60, 60, 1220, 660)), position=f"middle-{column}")
    placement = place_beside(scene, padding=padding)
    assert placement.side == column
    assert is_inside(placement.box)
    assert placement.box.size[0] == pytest.approx(placement.setting.width + 2 * padding)
    assert placement.box.size[1] == pytest.approx(placement.setting.height + 2 * padding)


def test_the_picture_is_moved_away_from_text_over_a_central_subject() -> None:
    scene = make_scene(draw_subject((1280, 720), (400, 30, 880, 700)))
    fixed, moved = (place_beside(scene, shifts=shifts) for shifts in ((0,), (0, 170, 340)))
    assert fixed.shift == 0
    assert moved.shift > 0
    assert moved.cost < fixed.cost


def test_a_fade_reaches_from_the_edge_beyond_the_text() -> None:
    for column in ("left", "right"):
        placement = place_beside(make_scene(make_plain(), position=f"top-{column}"))
        assert placement.fade.intersect(placement.box) == placement.box
        left, right = placement.box.left - 150, placement.box.right + 150
        assert placement.fade == (Box(0, 0, right, 720) if column == "left" else Box(left, 0, 1280, 720))


def test_the_same_title_gives_the_same_bytes_in_another_process() -> None:
    """Anything that depends on hashes or memory addresses would differ there."""
    title = "The same, always"
    program = "import sys; from process.thumbnail import make_thumbnail as make; "
    program += "sys.stdout.buffer.write(make(sys.stdin.buffer.read(), sys.argv[1]))"
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": str(LAMBDAS), "PYTHONHASHSEED": seed}
        made = subprocess.run(
            [sys.executable, "-c", program, title], input=GREY, capture_output=True, check=True, env=environment
        )
        assert made.stdout == make_thumbnail(GREY, title)
