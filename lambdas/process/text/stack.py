"""Break a title into stacks: blocks whose lines are set as wide as the block, as far as their weight allows.

Size follows meaning: no line is much larger than the one with the emphasized words, and lines of mere stop words are
small.
"""

from collections.abc import Sequence
from itertools import pairwise

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
    words = list_words(title.text, typeface, capitals=True)
    if len(words) > _MAX_LISTED_WORDS:
        return [
            _stack([(line.line, line.start) for line in block.lines], title, max_ratio, line_gap)
            for block in list_text_blocks(title.text, typeface, capitals=True)
        ]
    return [
        _stack(
            [(shape_line(title.text, start, end, typeface, capitals=True), start) for start, end in lines],
            title,
            max_ratio,
            line_gap,
        )
        for lines in _list_breaks(words)
    ]


def _list_breaks(words: Sequence[Word]) -> list[list[tuple[int, int]]]:
    """List the ways to break words into at most five lines, or as many as their writer wants."""
    wanted = sum(1 << index for index, word in enumerate(words[1:]) if word.starts_line)
    most = max(_MAX_LINES - 1, wanted.bit_count())
    every = []
    for breaks in range(2 ** (len(words) - 1)):
        if breaks & wanted == wanted and breaks.bit_count() <= most:
            cuts = [0, *(index + 1 for index in range(len(words) - 1) if breaks >> index & 1), len(words)]
            every.append([get_extent(words[start:end]) for start, end in pairwise(cuts)])
    return every


def _stack(lines: Sequence[tuple[ShapedLine, int]], title: Title, max_ratio: float, line_gap: float) -> TextBlock:
    scales = _choose_scales(lines, title, max_ratio)
    stacked: list[BlockLine] = []
    bottom = 0.0
    for (line, start), scale in zip(lines, scales, strict=True):
        if stacked:
            bottom += line_gap * line.cap_height * (scale + stacked[-1].scale) / 2
        baseline = bottom - line.ink.top * scale
        stacked.append(BlockLine(line, start, scale, baseline))
        bottom = baseline + max(0.0, line.ink.bottom) * scale
    return TextBlock(tuple(stacked), bottom, is_rtl(title.text))


def _choose_scales(lines: Sequence[tuple[ShapedLine, int]], title: Title, max_ratio: float) -> list[float]:
    """Return the size at which each line is as wide as the block, or less where its words weigh less."""
    widths = [max(_MIN_INK_WIDTH, line.ink.right - line.ink.left) for line, _ in lines]
    scales = [1 / width for width in widths]
    limit = max_ratio * min(scales)
    ranges = [(start, start + len(line.text)) for line, start in lines]
    is_hook = [title.is_emphasized(*extent) for extent in ranges]
    hook = min([limit, *(scale for scale, is_it in zip(scales, is_hook, strict=True) if is_it)])
    for index, extent in enumerate(ranges):
        if not any(is_hook) or is_hook[index]:
            most = limit
        else:
            most = hook * (_FILLER_SIZE if title.is_filler(*extent) else _PLAIN_SIZE)
        scales[index] = min(scales[index], most)
    return scales
