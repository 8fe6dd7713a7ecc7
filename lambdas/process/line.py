"""A line of text in the title's font: where each letter stands, and how far its ink reaches. Lengths are in ems."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from process.font import font

_REFERENCE = 200
"""Pixels per em at which letters are measured; every other size follows in proportion."""

# Room between letters, beside the font's own: shown small, those of a narrow heavy font run into each other ("ad" is
# read as "al"). Found by trial: run `make bench-overlay` before and after changing it.
_TRACKING = 0.03


class Ink(NamedTuple):
    """How far ink reaches from the start of its baseline; above it is negative."""

    left: float
    top: float
    right: float
    bottom: float


def clusters(text: str) -> list[str]:
    """Part a text into letters, each with its combining marks."""
    parts: list[str] = []
    for character in text:
        if parts and unicodedata.combining(character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def letters(text: str) -> Iterator[tuple[str, float]]:
    """Yield each letter of a line, with its marks, and where it begins."""
    x = 0.0
    for letter in clusters(text):
        yield letter, x
        x += _advance(letter)


def advance(text: str) -> float:
    """Return how far a text moves what follows it."""
    return sum(_advance(letter) for letter in clusters(text))


def ink(text: str) -> Ink:
    """Return the box of a line's ink."""
    boxes = [(x, _ink(letter)) for letter, x in letters(text)]
    return Ink(
        left=min(x + box.left for x, box in boxes),
        top=min(box.top for _, box in boxes),
        right=max(x + box.right for x, box in boxes),
        bottom=max(box.bottom for _, box in boxes),
    )


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    return font(_REFERENCE).getlength(letter) / _REFERENCE + _TRACKING


@lru_cache(maxsize=4096)
def _ink(letter: str) -> Ink:
    return Ink(*(side / _REFERENCE for side in font(_REFERENCE).getbbox(letter, anchor="ls")))
