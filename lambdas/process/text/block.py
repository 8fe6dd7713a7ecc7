"""Break a title into blocks of lines: for each number of lines, the most balanced one."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

from process.text.bidi import is_rtl
from process.text.font_files import FontFile
from process.text.graphemes import split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import is_break_allowed, split_at_breaks
from process.text.shaping import ShapedLine, shape_line

# In ems. The minimum keeps lines without tall letters apart.
_MIN_INK_HEIGHT, _LINE_GAP = 0.7, 0.13

_MIN_WIDTH = 0.01

_LINE_COUNTS = range(1, 9)
_WIDTH_PRECISION = 0.01  # ems
# In ems. A wider word is broken: about forty Latin letters, or twenty Tamil ones.
_MAX_WORD_WIDTH = 16.0


@dataclass(frozen=True)
class BlockLine:
    """A line of a block.

    Attributes:
        line: the shaped line.
        start: index of its first character in the title.
        scale: its size, relative to the block's.
        baseline: distance of the baseline from the top of the block, in ems.
    """

    line: ShapedLine
    start: int
    scale: float
    baseline: float

    @property
    def width(self) -> float:
        """Width of the ink, in ems of the block."""
        return self.scale * (self.line.ink.right - self.line.ink.left)

    @property
    def cap_height(self) -> float:
        """Height of a capital, in ems of the block."""
        return self.scale * self.line.cap_height


@dataclass(frozen=True)
class TextBlock:
    """A title broken into lines, which may differ in size. Lengths are in ems of the typeface.

    Attributes:
        lines: from top to bottom.
        height: height of the ink.
        rtl: whether the title's base direction is right to left.
    """

    lines: tuple[BlockLine, ...]
    height: float
    rtl: bool

    @cached_property
    def width(self) -> float:
        """Width of the widest line's ink; never 0, even if no glyph has ink."""
        return max(_MIN_WIDTH, *(line.width for line in self.lines))

    @cached_property
    def cap_height(self) -> float:
        """Height of a capital in the smallest line."""
        return min(line.cap_height for line in self.lines)


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


def list_text_blocks(
    title: str, typeface: FontFile, *, capitals: bool = False, line_gap: float = _LINE_GAP
) -> list[TextBlock]:
    """List the balanced ways to break a title into lines of one size, by number of lines; at least one.

    Args:
        title: a title as `normalize_title` returns it, not empty.
        typeface: the font that draws what it covers.
        capitals: whether to draw letters as capitals.
        line_gap: between the ink of adjacent lines, in ems.
    """
    words = list_words(title, typeface, capitals=capitals)
    shape = make_shaper(title, typeface, capitals=capitals)
    total_width = sum(word.width + word.space for word in words)
    # The last count, for very long titles, makes the block about twice as wide as it is tall.
    line_counts = {*_LINE_COUNTS, math.ceil(math.sqrt(total_width / 2))}
    candidates = dict.fromkeys(tuple(map(tuple, _balance(words, count))) for count in sorted(line_counts))
    return [_measure(lines, shape, line_gap, rtl=is_rtl(title)) for lines in sorted(candidates, key=len)]


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


def _balance(words: list[Word], max_lines: int) -> list[list[Word]]:
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


def _measure(
    lines: Sequence[Sequence[Word]], shape: Callable[[str], ShapedLine], line_gap: float, *, rtl: bool
) -> TextBlock:
    shaped = [shape(join_words(line)) for line in lines]
    inks = [line.ink for line in shaped]
    # The adjacent lines whose ink comes closest decide: the first line's ascenders and the last line's descenders need
    # no room between lines.
    ink_height = max([_MIN_INK_HEIGHT, *(upper.bottom - lower.top for upper, lower in pairwise(inks))])
    baselines = [index * (ink_height + line_gap) - inks[0].top for index in range(len(inks))]
    return TextBlock(
        tuple(
            BlockLine(line, words[0].start, 1.0, baseline)
            for line, words, baseline in zip(shaped, lines, baselines, strict=True)
        ),
        baselines[-1] + max(0.0, inks[-1].bottom),
        rtl,
    )
