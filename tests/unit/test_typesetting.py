"""A title is broken so that it is read and noticed, and as large as its zone allows."""

from itertools import pairwise

import pytest
from helpers.titles import TITLES

from process.canvas import BADGE, Box
from process.layout.typesetting import (
    Setting,
    Typesetter,
    clear_badge,
    find_emphasis,
    place_lines,
)
from process.text.block import list_text_blocks
from process.text.emphasis import Span, Title, parse_title
from process.text.font_files import ANTON
from process.text.normalization import normalize_title
from process.text.stack import list_stacks

ZONES = [(480, 660), (560, 400), (940, 250), (1200, 200)]
BIG = "I ate *100 burgers* in one day"


def parse(title: str) -> Title:
    return parse_title(normalize_title(title))


def make_typesetter(title: str) -> Typesetter:
    return Typesetter(list_stacks(parse(title), ANTON), parse(title))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("title", [*TITLES.values(), "A", "W" * 120, "word " * 24, BIG])
def test_a_setting_fits_its_zone(zone: tuple[float, float], title: str) -> None:
    setting = make_typesetter(title).set_in_zone(*zone)
    assert 0 < setting.width <= zone[0] + 1e-6
    assert 0 < setting.height <= zone[1] + 1e-6


@pytest.mark.parametrize("title", ["Cat", BIG, "word " * 20])
def test_a_setting_fills_its_zone_in_one_direction_unless_letters_are_huge(title: str) -> None:
    setting = make_typesetter(title).set_in_zone(480, 660)
    is_huge = max(line.cap_height for line in setting.block.lines) * setting.size > 150
    assert is_huge or setting.width == pytest.approx(480) or setting.height == pytest.approx(660)


def test_a_larger_zone_holds_larger_letters() -> None:
    sizes = [make_typesetter(BIG).set_in_zone(width, 600).cap_height for width in (200, 400, 600)]
    assert sizes == sorted(set(sizes))


def test_a_narrow_zone_has_more_lines_than_a_wide_one() -> None:
    narrow, wide = (len(make_typesetter(BIG).set_in_zone(*zone).block.lines) for zone in ((300, 660), (1200, 160)))
    assert narrow > wide


def test_a_much_longer_title_is_smaller() -> None:
    sizes = [make_typesetter("word " * count + "word").set_in_zone(480, 660).cap_height for count in (2, 6, 14, 30)]
    assert sizes == sorted(set(sizes), reverse=True)


def test_smaller_letters_cost_more() -> None:
    block = list_text_blocks("Cat", ANTON)[0]
    costs = [Setting(block, size).cost for size in (300, 150, 75, 37)]
    assert all(0 <= larger < smaller for larger, smaller in pairwise(costs))


def test_letters_that_fill_the_height_are_preferred_if_asked_for() -> None:
    for title in (BIG, "The best of both worlds", "How I built this"):
        typesetter = make_typesetter(title)
        plain, filling = (typesetter.set_in_zone(500, 660, fill=fill).height for fill in (0.0, 5.0))
        assert filling >= plain


@pytest.mark.parametrize("alignment", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("title", [BIG, TITLES["Vietnamese"], TITLES["Arabic"], TITLES["Emoji, families"]])
def test_lines_are_placed_in_the_blocks_box(alignment: float, title: str) -> None:
    setting = Setting(list_text_blocks(normalize_title(title), ANTON)[-1], 90)
    lines = place_lines(setting, parse(title), 100, 50, alignment)
    boxes = [line.box for line in lines]
    assert min(box.top for box in boxes) == pytest.approx(50, abs=0.01)
    assert max(box.bottom for box in boxes) <= 50 + setting.height + 0.01
    for box in boxes:
        assert box.left >= 100 - 0.01
        assert box.right <= 100 + setting.width + 0.01
        assert box.left - 100 == pytest.approx(alignment * (setting.width - box.size[0]), abs=0.01)
    assert all(upper.bottom < lower.top for upper, lower in pairwise(boxes))


def test_a_line_knows_its_emphasized_characters() -> None:
    title = Title("one two three four", (Span(4, 13),), is_marked=True)
    assert find_emphasis(title, 0, 7) == (Span(4, 7),)
    assert find_emphasis(title, 8, 10) == (Span(0, 5),)
    assert find_emphasis(title, 14, 4) == ()


def test_the_emphasized_words_of_lines_are_those_of_the_title() -> None:
    title = parse(BIG)
    for block in list_stacks(title, ANTON):
        lines = place_lines(Setting(block, 400), title, 0, 0, 0)
        marked = [line.line.text[span.start : span.end] for line in lines for span in line.emphasis]
        assert " ".join(marked).split() == ["100", "burgers"]


# --- the badge -----------------------------------------------------------------------------------------------------


def test_a_box_is_moved_up_past_the_badge() -> None:
    assert clear_badge(Box(700, 500, 1240, 700)) == Box(700, BADGE[1] - 200, 1240, BADGE[1])


@pytest.mark.parametrize("box", [Box(40, 500, BADGE[0], 700), Box(700, 20, 1240, BADGE[1])])
def test_a_box_clear_of_the_badge_stays(box: Box) -> None:
    assert clear_badge(box) == box
