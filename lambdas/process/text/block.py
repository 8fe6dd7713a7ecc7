"""Break a title into blocks of lines: for each number of lines, the most balanced one."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from process.text.bidi import is_rtl
from process.text.font_files import FontFile
from process.text.graphemes import split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import list_all_breaks, list_breaks
from process.text.shaping import ShapedLine, shape_line

# In ems. The minimum keeps lines without tall letters apart.
_MIN_INK_HEIGHT, _LINE_GAP = 0.7, 0.13

_MIN_WIDTH = 0.01

_LINE_COUNTS = range(1, 9)
_WIDTH_PRECISION = 0.01  # ems
# In ems. A wider word is broken: about forty Latin letters, or twenty Tamil ones.
_MAX_WORD_WIDTH = 16.0
# In ems. A line that its writer ended with a newline is broken only if it is wider: about 16 Latin letters.
_MAX_TYPED_LINE_WIDTH = 7.0


class BlockLine(NamedTuple):
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
        return max(_MIN_WIDTH, *[line.width for line in self.lines])

    @cached_property
    def cap_heights(self) -> list[float]:
        """Height of a capital in each line."""
        return [line.cap_height for line in self.lines]

    @property
    def cap_height(self) -> float:
        """Height of a capital in the smallest line."""
        return min(self.cap_heights)


class Word(NamedTuple):
    """A part of a title that stays on one line. Lengths are in ems of the typeface.

    Attributes:
        start: index of its first character in the title.
        end: index of its end, without the space after it.
        width: its advance.
        space: advance of the space before it, unless it begins a line; 0 if there is none.
        starts_line: whether the writer wants a line to begin with it.
    """

    start: int
    end: int
    width: float
    space: float
    starts_line: bool


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
    shape = partial(shape_line, title, typeface=typeface, capitals=capitals)
    total_width = sum(word.width + word.space for word in words)
    # The last count, for very long titles, makes the block about twice as wide as it is tall.
    line_counts = {*_LINE_COUNTS, math.ceil(math.sqrt(total_width / 2))}
    candidates = dict.fromkeys(tuple(map(get_extent, _balance(words, count))) for count in sorted(line_counts))
    return [_measure(lines, shape, line_gap, rtl=is_rtl(title)) for lines in sorted(candidates, key=len)]


def list_words(title: str, typeface: FontFile, *, capitals: bool = False) -> list[Word]:
    """List the parts of a title that stay on one line, in order. Arguments are those of `list_text_blocks`."""
    shape = partial(shape_line, title, typeface=typeface, capitals=capitals)
    space = shape_line(" ", 0, 1, typeface).advance
    words: list[Word] = []
    for start, end in _list_parts(title, shape):
        before = title[start - 1 : start]
        words.append(Word(start, end, shape(start, end).advance, space * (before == " "), before == "\n"))
    return words if "\n" not in title else _join_typed_lines(words)


def get_extent(words: Sequence[Word]) -> tuple[int, int]:
    """Return the start and the end, in the title, of the line that adjacent words make."""
    return words[0].start, words[-1].end


def _list_parts(title: str, shape: Callable[[int, int], ShapedLine]) -> Iterator[tuple[int, int]]:
    for start, end in pairwise([0, *list_breaks(title, detect_language(title)), len(title)]):
        yield from _split_wide(title, start, start + len(title[start:end].rstrip(" \n")), shape)


def _join_typed_lines(words: Sequence[Word]) -> list[Word]:
    """Join the words of each line that its writer ended with a newline, unless it is too wide."""
    joined: list[Word] = []
    numbers = accumulate(word.starts_line for word in words)
    for _, group in groupby(zip(numbers, words, strict=True), itemgetter(0)):
        line = [word for _, word in group]
        width = sum(word.space + word.width for word in line)
        start, end = get_extent(line)
        joined += line if width > _MAX_TYPED_LINE_WIDTH else [Word(start, end, width, 0.0, line[0].starts_line)]
    return joined


def _split_wide(title: str, start: int, end: int, shape: Callable[[int, int], ShapedLine]) -> Iterator[tuple[int, int]]:
    """Split a part of a title that is too wide into equal pieces, at allowed breaks if there are any."""
    count = math.ceil(shape(start, end).advance / _MAX_WORD_WIDTH)
    if count <= 1:
        yield start, end
        return
    graphemes = split_graphemes(title[start:end])
    ends = list(accumulate(map(len, graphemes), initial=start))
    allowed = {start + offset for offset in list_all_breaks(title[start:end])} | {end}
    length = math.ceil(len(graphemes) / count)
    first = 0
    while first < len(graphemes):
        farthest = min(first + length, len(graphemes))
        last = next((index for index in range(farthest, first, -1) if ends[index] in allowed), farthest)
        yield ends[first], ends[last]
        first = last


def _balance(words: list[Word], max_lines: int) -> list[list[Word]]:
    """Break into at most `max_lines` lines so that the widest is as narrow as possible, by bisection of the width."""
    too_narrow = max(word.width for word in words)
    wide_enough = sum(word.width + word.space for word in words) + _WIDTH_PRECISION
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
        if lines and not word.starts_line and width + word.space + word.width <= max_width:
            lines[-1].append(word)
            width += word.space + word.width
        else:
            lines.append([word])
            width = word.width
    return lines


def _measure(
    lines: Sequence[tuple[int, int]], shape: Callable[[int, int], ShapedLine], line_gap: float, *, rtl: bool
) -> TextBlock:
    shaped = [shape(*extent) for extent in lines]
    inks = [line.ink for line in shaped]
    # The adjacent lines whose ink comes closest decide: the first line's ascenders and the last line's descenders need
    # no room between lines.
    ink_height = max([_MIN_INK_HEIGHT, *(upper.bottom - lower.top for upper, lower in pairwise(inks))])
    baselines = [index * (ink_height + line_gap) - inks[0].top for index in range(len(inks))]
    return TextBlock(
        tuple(
            BlockLine(line, start, 1.0, baseline)
            for line, (start, _), baseline in zip(shaped, lines, baselines, strict=True)
        ),
        baselines[-1] + max(0.0, inks[-1].bottom),
        rtl,
    )
