"""Break a title into blocks of lines: for each number of lines, the most balanced one."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from process.text.bidi import is_rtl
from process.text.graphemes import split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import is_break_allowed, split_at_breaks
from process.text.shaping import ShapedLine, shape_line

# In ems. The minimum keeps lines without tall letters apart; the gap leaves room for two outlines, each
# `process.layout.placement.OUTLINE` wide.
_MIN_INK_HEIGHT, _LINE_GAP = 0.9, 0.17

_LINE_COUNTS = range(1, 9)
_WIDTH_PRECISION = 0.01  # ems
# In ems. A wider word is broken: about forty Latin letters, or twenty Tamil ones.
_MAX_WORD_WIDTH = 16.0


@dataclass(frozen=True)
class TextBlock:
    """A title broken into lines. Lengths are in ems, without the outline.

    Attributes:
        lines: the shaped lines, from top to bottom.
        width: width of the widest line's ink.
        ascent: how far the first line extends above its baseline.
        descent: how far the last line extends below its baseline.
        line_height: distance between baselines.
        rtl: whether the title's base direction is right to left.
    """

    lines: tuple[ShapedLine, ...]
    width: float
    ascent: float
    descent: float
    line_height: float
    rtl: bool

    @property
    def height(self) -> float:
        """Height of the block's ink."""
        return self.line_height * (len(self.lines) - 1) + self.ascent + self.descent


def list_text_blocks(title: str) -> list[TextBlock]:
    """List the balanced ways to break a title, as `normalize_title` returns it, by number of lines; at least one."""
    rtl = is_rtl(title)
    language = detect_language(title)
    shape = partial(shape_line, language=language, rtl=rtl)
    words = [piece for word in title.split(" ") for piece in _split_wide_parts(split_at_breaks(word, language), shape)]
    total_width = sum(word.width + word.space for word in words)
    # The last count, for very long titles, makes the block about twice as wide as it is tall.
    line_counts = {*_LINE_COUNTS, math.ceil(math.sqrt(total_width / 2))}
    candidates = dict.fromkeys(tuple(_balance(words, count)) for count in sorted(line_counts))
    return [_measure([shape(text) for text in lines], rtl=rtl) for lines in sorted(candidates, key=len)]


@dataclass(frozen=True)
class _Word:
    """An unbreakable word or part of one. Lengths are in ems; `space` is the space before it, 0 within a word."""

    text: str
    width: float
    space: float


def _split_wide_parts(parts: list[str], shape: Callable[[str], ShapedLine]) -> Iterator[_Word]:
    """Yield the parts of a word; those that are too wide are split into equal pieces between graphemes."""
    for number, part in enumerate(parts):
        graphemes = split_graphemes(part)
        count = math.ceil(shape(part).advance / _MAX_WORD_WIDTH) or 1
        length = math.ceil(len(graphemes) / count) or 1
        start = 0
        while start < len(graphemes):
            end = _find_piece_end(graphemes, start, start + length)
            piece = "".join(graphemes[start:end])
            yield _Word(piece, shape(piece).advance, 0.0 if number or start else shape(" ").advance)
            start = end


def _find_piece_end(graphemes: list[str], start: int, end: int) -> int:
    """Return the last offset up to `end` at which a break is allowed; `end` itself if there is none."""
    for candidate in range(min(end, len(graphemes)), start, -1):
        if candidate == len(graphemes) or is_break_allowed(graphemes[candidate - 1], graphemes[candidate]):
            return candidate
    return end


def _balance(words: list[_Word], max_lines: int) -> list[str]:
    """Break into at most `max_lines` lines so that the widest is as narrow as possible, by bisection of the width."""
    too_narrow = max(word.width for word in words)
    wide_enough = sum(word.width + word.space for word in words)
    lines = _wrap(words, wide_enough)
    while wide_enough - too_narrow > _WIDTH_PRECISION:
        width = (too_narrow + wide_enough) / 2
        candidate = _wrap(words, width)
        if len(candidate) <= max_lines:
            wide_enough, lines = width, candidate
        else:
            too_narrow = width
    return lines


def _wrap(words: list[_Word], max_width: float) -> list[str]:
    lines: list[str] = []
    width = 0.0
    for word in words:
        if lines and width + word.space + word.width <= max_width:
            lines[-1] += (" " if word.space else "") + word.text
            width += word.space + word.width
        else:
            lines.append(word.text)
            width = word.width
    return lines


def _measure(lines: list[ShapedLine], *, rtl: bool) -> TextBlock:
    inks = [line.ink for line in lines]
    return TextBlock(
        lines=tuple(lines),
        width=max(ink.right - ink.left for ink in inks),
        ascent=-inks[0].top,
        descent=max(0.0, inks[-1].bottom),
        # The adjacent lines whose ink comes closest decide: the first line's ascenders and the last line's descenders
        # need no room between lines.
        line_height=max([_MIN_INK_HEIGHT, *(upper.bottom - lower.top for upper, lower in pairwise(inks))]) + _LINE_GAP,
        rtl=rtl,
    )
