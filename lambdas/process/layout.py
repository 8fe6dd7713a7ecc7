"""Break a title into lines, and find the largest size at which they fit."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from process.font import font

_LARGEST, _SMALLEST = 220, 8
_OUTLINE = 0.055  # of the font's size
_LINE_GAP = 0.08  # of the font's size
_MOST_MARKS = 4


@dataclass(frozen=True)
class Layout:
    """Lines of text, all of one size. Lengths are pixels and count the outline.

    `ascent` and `descent` are how far the tallest and the deepest letters reach from their baseline.
    """

    lines: tuple[str, ...]
    size: int
    width: int
    ascent: int
    descent: int

    @property
    def outline(self) -> int:
        """Width of the line around each letter."""
        return _outline(self.size)

    @property
    def pitch(self) -> int:
        """Distance from one baseline to the next."""
        return self.ascent + self.descent + round(self.size * _LINE_GAP)

    @property
    def height(self) -> int:
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


def fit_text(text: str, width: int, height: int) -> Layout:
    """Lay out a title, as `clean` returns it, as large as it fits into `width` x `height` pixels."""
    best = _measure(_wrap(text, _SMALLEST, width), _SMALLEST)
    fits, too_large = _SMALLEST, _LARGEST + 1
    while too_large - fits > 1:
        size = (fits + too_large) // 2
        layout = _measure(_wrap(text, size, width), size)
        if layout.width <= width and layout.height <= height:
            fits, best = size, layout
        else:
            too_large = size
    return _balance(best, text, width)


def _balance(layout: Layout, text: str, width: int) -> Layout:
    """Narrow the lines as far as their number allows, so that the last is not left with one short word."""
    narrow, wide = 0, width
    while wide - narrow > 1:
        middle = (narrow + wide) // 2
        candidate = _measure(_wrap(text, layout.size, middle), layout.size)
        if len(candidate.lines) <= len(layout.lines) and candidate.width <= middle:
            wide, layout = middle, candidate
        else:
            narrow = middle
    return layout


def _measure(lines: list[str], size: int) -> Layout:
    boxes = [font(size).getbbox(line, anchor="ls", stroke_width=_outline(size)) for line in lines]
    return Layout(
        lines=tuple(lines),
        size=size,
        width=max(round(right - left) for left, _, right, _ in boxes),
        ascent=max(round(-top) for _, top, _, _ in boxes),
        descent=max(round(bottom) for *_, bottom in boxes),
    )


def _wrap(text: str, size: int, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines += _broken(word, size, width)
    return lines


def _broken(word: str, size: int, width: int) -> list[str]:
    """Break a word that is wider than a line; a combining mark stays with its letter."""
    pieces = [""]
    for character in word:
        if pieces[-1] and not unicodedata.combining(character) and _width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _width(line: str, size: int) -> float:
    """Return about how wide a line is: quickly, since it is asked for every way to break one; `_measure` is exact."""
    return sum(_advance(character, size) for character in line) + 2 * _outline(size)


@lru_cache(maxsize=4096)
def _advance(character: str, size: int) -> float:
    return font(size).getlength(character)


def _outline(size: int) -> int:
    return max(1, round(size * _OUTLINE))
