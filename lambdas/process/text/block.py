"""Break a title into blocks of lines: for each number of lines, the most balanced one."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from process.text.bidi import is_rtl
from process.text.font_files import FontFile
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
    """A title broken into lines. Lengths are in ems of the typeface, without the outline.

    Attributes:
        lines: the shaped lines, from top to bottom.
        width: width of the widest line's ink.
        ascent: how far the first line extends above its baseline.
        descent: how far the last line extends below its baseline.
        line_height: distance between baselines.
        rtl: whether the title's base direction is right to left.
        cap_height: height of the typeface's capitals.
    """

    lines: tuple[ShapedLine, ...]
    width: float
    ascent: float
    descent: float
    line_height: float
    rtl: bool
    cap_height: float

    @property
    def height(self) -> float:
        """Height of the block's ink."""
        return self.line_height * (len(self.lines) - 1) + self.ascent + self.descent


@dataclass(frozen=True)
class Word:
    """An unbreakable word, or an unbreakable part of one. Lengths are in ems of the typeface.

    Attributes:
        text: the word as typed, without spaces.
        start: index of its first character in the title.
        width: its advance.
        space: advance of the space before it, unless it begins a line; 0 within a word.
    """

    text: str
    start: int
    width: float
    space: float


def list_text_blocks(title: str, typeface: FontFile, *, capitals: bool = False) -> list[TextBlock]:
    """List the balanced ways to break a title, by number of lines; at least one.

    Args:
        title: a title as `normalize_title` returns it, not empty.
        typeface: the font that draws what it covers.
        capitals: whether to draw letters as capitals.
    """
    shape = make_shaper(title, typeface, capitals=capitals)
    words = list_words(title, typeface, capitals=capitals)
    total_width = sum(word.width + word.space for word in words)
    # The last count, for very long titles, makes the block about twice as wide as it is tall.
    line_counts = {*_LINE_COUNTS, math.ceil(math.sqrt(total_width / 2))}
    candidates = dict.fromkeys(tuple(_balance(words, count)) for count in sorted(line_counts))
    return [_measure([shape(text) for text in lines], rtl=is_rtl(title)) for lines in sorted(candidates, key=len)]


def make_shaper(title: str, typeface: FontFile, *, capitals: bool = False) -> Callable[[str], ShapedLine]:
    """Return a function that shapes a line of a title, which depends on the title's language and base direction."""
    return partial(shape_line, typeface=typeface, language=detect_language(title), rtl=is_rtl(title), capitals=capitals)


def list_words(title: str, typeface: FontFile, *, capitals: bool = False) -> list[Word]:
    """List the parts of a title that stay on one line, in order. Arguments are those of `list_text_blocks`."""
    shape = make_shaper(title, typeface, capitals=capitals)
    space = shape(" ").advance
    words: list[Word] = []
    start = 0
    for spaced in title.split(" "):
        pieces = [
            piece for part in split_at_breaks(spaced, detect_language(title)) for piece in _split_wide(part, shape)
        ]
        for number, piece in enumerate(pieces):
            words.append(Word(piece, start, shape(piece).advance, 0.0 if number else space))
            start += len(piece)
        start += len(" ")
    return words


def join_words(words: Sequence[Word]) -> str:
    """Return the text of a line of adjacent words, with the spaces between them."""
    return "".join(" " * (word.space > 0) * (number > 0) + word.text for number, word in enumerate(words))


def _split_wide(part: str, shape: Callable[[str], ShapedLine]) -> Iterator[str]:
    """Split a part of a word that is too wide into equal pieces, between graphemes."""
    graphemes = split_graphemes(part)
    count = math.ceil(shape(part).advance / _MAX_WORD_WIDTH) or 1
    length = math.ceil(len(graphemes) / count) or 1
    start = 0
    while start < len(graphemes):
        end = _find_piece_end(graphemes, start, start + length)
        yield "".join(graphemes[start:end])
        start = end


def _find_piece_end(graphemes: list[str], start: int, end: int) -> int:
    """Return the last offset up to `end` at which a break is allowed; `end` itself if there is none."""
    for candidate in range(min(end, len(graphemes)), start, -1):
        if candidate == len(graphemes) or is_break_allowed(graphemes[candidate - 1], graphemes[candidate]):
            return candidate
    return end


def _balance(words: list[Word], max_lines: int) -> list[str]:
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
    return list(map(join_words, lines))


def _wrap(words: list[Word], max_width: float) -> list[list[Word]]:
    lines: list[list[Word]] = []
    width = 0.0
    for word in words:
        if lines and width + word.space + word.width <= max_width:
            lines[-1].append(word)
            width += word.space + word.width
        else:
            lines.append([word])
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
        cap_height=lines[0].cap_height,
    )
