"""Break a title into lines."""

import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from common.characters import is_seen
from process.breaks import language, parts
from process.clusters import clusters
from process.direction import is_rtl
from process.itemize import drawable
from process.line import Line, line

# In ems. A line without tall letters keeps its distance; the gap holds two outlines and some air.
_LEAST_PITCH, _LINE_GAP = 0.9, 0.17

_MOST_LINES = 8
_MOST_MARKS = 4
_PRECISION = 0.01  # ems
# A word that is wider than this, in ems, is broken: about thirty letters.
_WIDEST_WORD = 13.0
# Joiners, directions and variants, a zero-width space, and what spells the flags of regions.
_SETTING = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
_TAGS = ("\U000e0020", "\U000e007f")


@dataclass(frozen=True)
class Block:
    """A title broken into lines. Lengths are in ems, without the outline.

    `ascent` and `descent` are how far the tallest and the deepest letters reach from their baseline; `rtl` tells
    whether it is read from the right.
    """

    lines: tuple[Line, ...]
    width: float
    ascent: float
    descent: float
    rtl: bool

    @property
    def pitch(self) -> float:
        """Distance from one baseline to the next."""
        return max(self.ascent + self.descent, _LEAST_PITCH) + _LINE_GAP

    @property
    def height(self) -> float:
        """Height of the whole block."""
        return self.pitch * (len(self.lines) - 1) + self.ascent + self.descent


def clean(text: str) -> str:
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
    return drawable(kept) if any(map(is_seen, kept)) else ""


def _is_of_use(character: str) -> bool:
    return character in _SETTING or _TAGS[0] <= character <= _TAGS[1] or is_seen(character)


def blocks(text: str) -> list[Block]:
    """List the ways to break a title, as `clean` returns it: the most balanced one for each number of lines."""
    rtl = is_rtl(text)
    tongue = language(text)
    set_line = partial(line, language=tongue, rtl=rtl)
    words = [piece for word in text.split(" ") for piece in _pieces(parts(word, tongue), set_line)]
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


def _pieces(word: list[str], set_line: Callable[[str], Line]) -> Iterator[_Word]:
    """Measure the parts of a word; one that is too wide is broken into equal pieces, never inside a cluster."""
    for number, part in enumerate(word):
        letters = clusters(part)
        count = math.ceil(set_line(part).advance / _WIDEST_WORD) or 1
        length = math.ceil(len(letters) / count) or 1
        for start in range(0, len(letters), length):
            piece = "".join(letters[start : start + length])
            yield _Word(piece, set_line(piece).advance, 0.0 if number or start else set_line(" ").advance)


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


def _measured(lines: list[Line], *, rtl: bool) -> Block:
    inks = [line.ink for line in lines]
    return Block(
        lines=tuple(lines),
        width=max(ink.right - ink.left for ink in inks),
        ascent=max(-ink.top for ink in inks),
        descent=max(0.0, *(ink.bottom for ink in inks)),
        rtl=rtl,
    )
