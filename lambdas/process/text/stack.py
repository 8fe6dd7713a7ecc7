"""Break a title into stacks: blocks whose lines are set as wide as the block, as far as their weight allows.

Size follows meaning: no line is much larger than the one with the emphasized words, and lines of mere stop words are
small.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from process.text.bidi import is_rtl
from process.text.block import BlockLine, TextBlock, Word, get_extent, list_text_blocks, list_words
from process.text.emphasis import Title
from process.text.font_files import FontFile
from process.text.shaping import ShapedLine, shape_line

# Up to so many words, all ways to break a title are listed: 64 of 7 words. Longer titles are broken evenly.
_MAX_LISTED_WORDS, _MAX_LINES = 7, 5
_MIN_INK_WIDTH = 0.2  # in ems
# The largest sizes of other lines, relative to the line with the emphasized words: of any, and of mere stop words.
_PLAIN_SIZE, _FILLER_SIZE = 1.3, 0.75


def list_stacks(title: Title, typeface: FontFile, *, max_ratio: float = 2.6, line_gap: float = 0.16) -> list[TextBlock]:
    """List the ways to break a title into lines of about the same width; at least one. The block is one em wide.

    Args:
        title: the title, not empty.
        typeface: the font that draws what it covers.
        max_ratio: of the sizes of the largest and the smallest line.
        line_gap: between the ink of adjacent lines, in cap heights of their mean size.
    """
    return [
        _stack(lines, max_ratio, line_gap, rtl=is_rtl(title.text))
        for lines in _list_lines(title, typeface, list_words(title.text, typeface, capitals=True))
    ]


class _Line(NamedTuple):
    """A line that may be part of several stacks.

    Attributes:
        line: the shaped line.
        start: index of its first character in the title.
        scale: its size where it is as wide as the block.
        is_hook: whether any of it is emphasized.
        max_size: its largest size if it is not, relative to the lines that are.
    """

    line: ShapedLine
    start: int
    scale: float
    is_hook: bool
    max_size: float


def _list_lines(title: Title, typeface: FontFile, words: Sequence[Word]) -> Iterator[list[_Line]]:
    """Yield the lines of each stack. Stacks share lines: seven words make 28 of them."""
    if len(words) > _MAX_LISTED_WORDS:
        for block in list_text_blocks(title.text, typeface, capitals=True):
            yield [_weigh(title, line.line, line.start) for line in block.lines]
        return

    @cache
    def join(first: int, last: int) -> _Line:
        start, end = get_extent(words[first:last])
        return _weigh(title, shape_line(title.text, start, end, typeface, capitals=True), start)

    for breaks in _list_breaks(words):
        yield [join(first, last) for first, last in pairwise(breaks)]


def _list_breaks(words: Sequence[Word]) -> Iterator[list[int]]:
    """Yield the ways to break words into at most five lines, or as many as their writer wants, as indices of words."""
    wanted = sum(1 << index for index, word in enumerate(words) if index and word.starts_line)
    most = max(_MAX_LINES - 1, wanted.bit_count())
    for breaks in range(0, 2 ** len(words), 2):
        if breaks & wanted == wanted and breaks.bit_count() <= most:
            yield [0, *(index for index in range(1, len(words)) if breaks >> index & 1), len(words)]


def _weigh(title: Title, line: ShapedLine, start: int) -> _Line:
    width, end = max(_MIN_INK_WIDTH, line.ink.right - line.ink.left), start + len(line.text)
    max_size = _FILLER_SIZE if title.is_filler(start, end) else _PLAIN_SIZE
    return _Line(line, start, 1 / width, title.is_emphasized(start, end), max_size)


def _stack(lines: Sequence[_Line], max_ratio: float, line_gap: float, *, rtl: bool) -> TextBlock:
    stacked: list[BlockLine] = []
    bottom = 0.0
    for (line, start, *_), scale in zip(lines, _choose_scales(lines, max_ratio), strict=True):
        if stacked:
            bottom += line_gap * line.cap_height * (scale + stacked[-1].scale) / 2
        baseline = bottom - line.ink.top * scale
        stacked.append(BlockLine(line, start, scale, baseline))
        bottom = baseline + max(0.0, line.ink.bottom) * scale
    return TextBlock(tuple(stacked), bottom, rtl)


def _choose_scales(lines: Sequence[_Line], max_ratio: float) -> list[float]:
    """Return the size at which each line is as wide as the block, or less where its words weigh less."""
    limit = max_ratio * min(line.scale for line in lines)
    hooks = [line.scale for line in lines if line.is_hook]
    if not hooks:
        return [min(line.scale, limit) for line in lines]
    hook = min(limit, *hooks)
    return [min(line.scale, limit if line.is_hook else hook * line.max_size) for line in lines]
