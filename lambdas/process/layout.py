"""Break a title into lines."""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from process.line import advance, clusters, ink

# In ems. A line without tall letters keeps its distance; the gap holds two outlines and some air.
_LEAST_PITCH, _LINE_GAP = 0.9, 0.17

_MOST_LINES = 8
_MOST_MARKS = 4
_PRECISION = 0.01  # ems
# A word that is wider than this, in ems, is broken: about thirty letters.
_WIDEST_WORD = 13.0


@dataclass(frozen=True)
class Block:
    """A title broken into lines. Lengths are in ems, without the outline.

    `ascent` and `descent` are how far the tallest and the deepest letters reach from their baseline.
    """

    lines: tuple[str, ...]
    width: float
    ascent: float
    descent: float

    @property
    def pitch(self) -> float:
        """Distance from one baseline to the next."""
        return max(self.ascent + self.descent, _LEAST_PITCH) + _LINE_GAP

    @property
    def height(self) -> float:
        """Height of the whole block."""
        return self.pitch * (len(self.lines) - 1) + self.ascent + self.descent


def clean(text: str) -> str:
    """Return a title as it is drawn: one space between words, letters precomposed, nothing that cannot be seen.

    Invisible characters (direction marks, joiners, variation selectors, controls) come along with pasted text,
    and the font would draw a box for each. Of the marks on one letter, the first few are kept.
    """
    words = "".join(c for c in unicodedata.normalize("NFC", text) if c.isspace() or _is_visible(c)).split()
    kept, marks = "", 0
    for character in " ".join(words).replace("\N{NON-BREAKING HYPHEN}", "-"):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept += character
    return kept


def _is_visible(character: str) -> bool:
    return not (
        unicodedata.category(character) in ("Cc", "Cf", "Cs")
        or character == "\N{COMBINING GRAPHEME JOINER}"
        or "\N{VARIATION SELECTOR-1}" <= character <= "\N{VARIATION SELECTOR-16}"
    )


def blocks(text: str) -> list[Block]:
    """List the ways to break a title, as `clean` returns it: the most balanced one for each number of lines."""
    words = [piece for word in text.split(" ") for piece in _pieces(word)]
    whole = sum(word.width + word.gap for word in words)
    counts = {*range(1, _MOST_LINES + 1), math.ceil(math.sqrt(whole / 2))}
    ways = {tuple(_balanced(words, count)) for count in counts}
    return [_measured(lines) for lines in sorted(ways, key=len)]


@dataclass(frozen=True)
class _Word:
    """A word, or a piece of one too long for a line. `gap` is the space before it; widths are in ems."""

    text: str
    width: float
    gap: float


def _pieces(word: str) -> Iterator[_Word]:
    """Break a word that is too wide into equal pieces; a combining mark stays with its letter."""
    letters = clusters(word)
    count = math.ceil(advance(word) / _WIDEST_WORD) or 1
    length = math.ceil(len(letters) / count) or 1
    for start in range(0, len(letters), length):
        piece = "".join(letters[start : start + length])
        yield _Word(piece, advance(piece), 0.0 if start else advance(" "))


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


def _measured(lines: tuple[str, ...]) -> Block:
    inks = [ink(line) for line in lines]
    return Block(
        lines=lines,
        width=max(reach.right - reach.left for reach in inks),
        ascent=max(-reach.top for reach in inks),
        descent=max(0.0, *(reach.bottom for reach in inks)),
    )
