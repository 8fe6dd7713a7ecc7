"""Break a title into lines."""

import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from common.characters import is_visible
from process.text.bidi import is_rtl
from process.text.font_fallback import make_drawable
from process.text.graphemes import is_break_allowed, split_graphemes
from process.text.line_breaks import detect_language, split_at_breaks
from process.text.shaping import ShapedLine, shape_line

# In ems. Lines without tall letters keep their distance; the gap holds two outlines and some air.
_LEAST_PITCH, _LINE_GAP = 0.9, 0.17

_MOST_LINES = 8
_MOST_MARKS = 4
_PRECISION = 0.01  # ems
# A word that is wider than this, in ems, is broken: about forty letters of Latin, half as many of Tamil.
_WIDEST_WORD = 16.0
# Joiners, directions and variants, a zero-width space, and what spells the flags of regions.
_SETTING = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
_TAGS = ("\U000e0020", "\U000e007f")


@dataclass(frozen=True)
class TextBlock:
    """A title broken into lines. Lengths are in ems, without the outline.

    `ascent` is how far the first line reaches above its baseline, `descent` how far the last one reaches below;
    `pitch` is the distance from one baseline to the next; `rtl` tells whether it is read from the right.
    """

    lines: tuple[ShapedLine, ...]
    width: float
    ascent: float
    descent: float
    pitch: float
    rtl: bool

    @property
    def height(self) -> float:
        """Height of the whole block."""
        return self.pitch * (len(self.lines) - 1) + self.ascent + self.descent


def normalize_title(text: str) -> str:
    """Return a title as it is drawn: one space between words, letters precomposed, only what can be drawn.

    Of what cannot be seen, the joiners, directions and variants are kept that letters around them are set by. Of the
    marks on one letter, the first few are kept.

    Raises:
        UndrawableTitle: no font has a character of it.
    """
    words = "".join(c for c in unicodedata.normalize("NFC", text) if c.isspace() or _is_of_use(c)).split()
    kept, marks = "", 0
    for character in " ".join(words).replace("\N{NON-BREAKING HYPHEN}", "-"):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept += character
    return make_drawable(kept) if any(map(is_visible, kept)) else ""


def _is_of_use(character: str) -> bool:
    return character in _SETTING or _TAGS[0] <= character <= _TAGS[1] or is_visible(character)


def list_text_blocks(text: str) -> list[TextBlock]:
    """List the ways to break a title, as `clean` returns it: the most balanced one for each number of lines."""
    rtl = is_rtl(text)
    tongue = detect_language(text)
    set_line = partial(shape_line, language=tongue, rtl=rtl)
    words = [piece for word in text.split(" ") for piece in _pieces(split_at_breaks(word, tongue), set_line)]
    whole = sum(word.width + word.gap for word in words)
    counts = {*range(1, _MOST_LINES + 1), math.ceil(math.sqrt(whole / 2))}
    ways = {tuple(_balanced(words, count)) for count in counts}
    return [_measured([set_line(text) for text in way], rtl=rtl) for way in sorted(ways, key=len)]


@dataclass(frozen=True)
class _Word:
    """A word, or a piece of one too long for a line. `gap` is the space before it; widths are in ems."""

    text: str
    width: float
    gap: float


def _pieces(word: list[str], set_line: Callable[[str], ShapedLine]) -> Iterator[_Word]:
    """Measure the parts of a word; one that is too wide is broken into equal pieces, never inside a cluster."""
    for number, part in enumerate(word):
        letters = split_graphemes(part)
        count = math.ceil(set_line(part).advance / _WIDEST_WORD) or 1
        length = math.ceil(len(letters) / count) or 1
        start = 0
        while start < len(letters):
            end = _end(letters, start, start + length)
            piece = "".join(letters[start:end])
            yield _Word(piece, set_line(piece).advance, 0.0 if number or start else set_line(" ").advance)
            start = end


def _end(letters: list[str], start: int, end: int) -> int:
    """Return where a piece ends: there or, if what follows must not begin a line, as little before as can be."""
    for earlier in range(min(end, len(letters)), start, -1):
        if earlier == len(letters) or is_break_allowed(letters[earlier - 1], letters[earlier]):
            return earlier
    return end


def _balanced(words: list[_Word], count: int) -> list[str]:
    """Break into at most `count` lines, so that the widest is as narrow as can be."""
    narrow = max(word.width for word in words)
    wide = sum(word.width + word.gap for word in words)
    lines = _wrapped(words, wide)
    while wide - narrow > _PRECISION:
        middle = (narrow + wide) / 2
        candidate = _wrapped(words, middle)
        if len(candidate) <= count:
            wide, lines = middle, candidate
        else:
            narrow = middle
    return lines


def _wrapped(words: list[_Word], width: float) -> list[str]:
    lines: list[str] = []
    used = 0.0
    for word in words:
        if lines and used + word.gap + word.width <= width:
            lines[-1] += (" " if word.gap else "") + word.text
            used += word.gap + word.width
        else:
            lines.append(word.text)
            used = word.width
    return lines


def _measured(lines: list[ShapedLine], *, rtl: bool) -> TextBlock:
    inks = [line.ink for line in lines]
    return TextBlock(
        lines=tuple(lines),
        width=max(ink.right - ink.left for ink in inks),
        ascent=-inks[0].top,
        descent=max(0.0, inks[-1].bottom),
        # As much as the two lines ask for that come nearest to each other: the tall letters of the first line, as the
        # deep ones of the last, need no room between lines.
        pitch=max([_LEAST_PITCH, *(upper.bottom - lower.top for upper, lower in pairwise(inks))]) + _LINE_GAP,
        rtl=rtl,
    )
