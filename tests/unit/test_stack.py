"""Stacked lines are as wide as their block, and their sizes follow the words' meaning."""

from itertools import pairwise

import pytest
from helpers.titles import TITLES

from process.text.block import TextBlock
from process.text.emphasis import Title, parse_title
from process.text.font_files import ANTON
from process.text.normalization import normalize_title
from process.text.stack import list_stacks

every_title = pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())


def parse(title: str) -> Title:
    return parse_title(normalize_title(title))


def find_stack(title: str, *lines: str, max_ratio: float = 2.6) -> TextBlock:
    """Return the stack with these lines."""
    [found] = [
        stack
        for stack in list_stacks(parse(title), ANTON, max_ratio=max_ratio)
        if [line.line.text for line in stack.lines] == list(lines)
    ]
    return found


@every_title
def test_no_letter_is_lost_and_lines_know_where_they_start(title: str) -> None:
    parsed = parse(title)
    for stack in list_stacks(parsed, ANTON):
        assert "".join(line.line.text for line in stack.lines).replace(" ", "") == parsed.text.replace(" ", "")
        for line in stack.lines:
            assert parsed.text[line.start : line.start + len(line.line.text)] == line.line.text


@every_title
def test_lines_of_a_stack_do_not_touch(title: str) -> None:
    for stack in list_stacks(parse(title), ANTON):
        for upper, lower in pairwise(stack.lines):
            bottom = upper.baseline + upper.scale * upper.line.ink.bottom
            assert bottom < lower.baseline + lower.scale * lower.line.ink.top
        assert stack.lines[0].baseline + stack.lines[0].scale * stack.lines[0].line.ink.top == pytest.approx(0)
        last = stack.lines[-1]
        assert stack.height == pytest.approx(last.baseline + last.scale * max(0, last.line.ink.bottom))


@every_title
def test_no_line_is_wider_than_the_block(title: str) -> None:
    for stack in list_stacks(parse(title), ANTON):
        assert stack.width <= 1 + 1e-6


def test_lines_are_as_wide_as_the_block_where_their_weight_allows() -> None:
    stack = find_stack("Paris London Berlin", "Paris", "London", "Berlin")
    assert [line.width for line in stack.lines] == pytest.approx([1, 1, 1], abs=0.12)


@pytest.mark.parametrize("max_ratio", [1.0, 1.5, 3.0])
def test_sizes_differ_no_more_than_asked_for(max_ratio: float) -> None:
    for title in ("A Donaudampfschifffahrt", "I *won* everything here"):
        for stack in list_stacks(parse(title), ANTON, max_ratio=max_ratio):
            scales = [line.scale for line in stack.lines]
            # Lines of mere stop words may be smaller still.
            assert max(scales) / min(scales) <= 2 * max_ratio


def test_lines_of_stop_words_are_smaller_than_the_emphasized_line() -> None:
    stack = find_stack("the *biggest* of them", "the", "biggest", "of them")
    small, big, other = (line.scale for line in stack.lines)
    assert small < big
    assert other < big


@pytest.mark.parametrize(
    ("title", "size"),
    [("*wonderful*\ni", 0.75), ("*wonderful*\nox", 1.3), ("wonderful\nox", 2.6), ("*ox*\nwonderful", None)],
)
def test_a_short_line_is_limited_by_its_meaning(title: str, size: float | None) -> None:
    """Sizes are relative to the line above: of stop words, of others, and in a title without emphasis."""
    [stack] = list_stacks(parse(title), ANTON)
    first, second = stack.lines
    if size:
        assert second.scale / first.scale == pytest.approx(size)
    else:
        assert second.width == pytest.approx(1)
        assert first.scale / second.scale == pytest.approx(2.6)


def test_a_title_of_few_words_breaks_in_every_way() -> None:
    broken = {tuple(line.line.text for line in stack.lines) for stack in list_stacks(parse("one two three"), ANTON)}
    assert broken == {("one two three",), ("one", "two three"), ("one two", "three"), ("one", "two", "three")}


@pytest.mark.parametrize("title", ["A", "🤯", ".", "word " * 40, "W" * 400, "the", "*a*"])
def test_every_title_has_a_stack(title: str) -> None:
    stacks = list_stacks(parse(title), ANTON)
    assert stacks
    assert all(stack.height > 0 and stack.cap_height > 0 for stack in stacks)


def test_stacks_are_few_enough_to_compare() -> None:
    """Up to seven words are broken into at most five lines in all ways; more, in one way for each number of lines."""
    assert len(list_stacks(parse("one two three four five six seven"), ANTON)) == 1 + 6 + 15 + 20 + 15
    assert len(list_stacks(parse("one two three four five six seven eight"), ANTON)) == 8
    assert len(list_stacks(parse("word " * 30), ANTON)) <= 64


def test_the_gap_is_relative_to_the_capitals_of_both_lines() -> None:
    upper, lower = find_stack("*wonderful*\nI", "wonderful", "I").lines
    gap = (lower.baseline + lower.scale * lower.line.ink.top) - (upper.baseline + upper.scale * upper.line.ink.bottom)
    assert gap == pytest.approx(0.16 * (upper.cap_height + lower.cap_height) / 2)


def test_a_wider_gap_makes_a_taller_stack() -> None:
    title = parse("one two three")
    narrow, wide = (list_stacks(title, ANTON, line_gap=gap)[-1].height for gap in (0.1, 0.5))
    assert wide > narrow


def test_letters_are_drawn_as_capitals() -> None:
    typed, capitals = (list_stacks(parse(title), ANTON) for title in ("big news", "BIG NEWS"))
    assert [stack.height for stack in typed] == pytest.approx([stack.height for stack in capitals])
