"""Order mixed-direction text for display, by the Unicode bidirectional algorithm: https://www.unicode.org/reports/tr9/.

The whole title decides the direction of each character; a line only the order of what is on it (rules L1 and L2).
"""

import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from process.text.utf16 import find_character, list_utf16_offsets

_BIDI_CLASSES = ("R", "AL", "AN", "RLE", "RLO", "RLI")
# A newline would begin a paragraph, with a base direction of its own.
_NEWLINE = str.maketrans("\n", "\N{LINE SEPARATOR}")


class Run(NamedTuple):
    """Adjacent characters of one direction, as offsets in the title."""

    start: int
    end: int
    rtl: bool


def is_rtl(title: str) -> bool:
    """Tell whether a title's base direction is right to left: its first strong character decides (rules P2 and P3)."""
    return _needs_bidi(title) and bool(_resolve_levels(title).getParaLevel())


def split_runs(title: str, start: int, end: int) -> list[Run]:
    """Return the runs of a line, `title[start:end]`, in visual order, from left to right."""
    if start == end or not _needs_bidi(title):
        return [Run(start, end, rtl=False)]
    offsets = list_utf16_offsets(title)
    line = _resolve_levels(title).setLine(offsets[start], offsets[end])
    runs = []
    for index in range(line.countRuns()):
        first, length, direction = line.getVisualRun(index)
        first += offsets[start]
        runs.append(Run(find_character(title, first), find_character(title, first + length), bool(direction)))
    return runs


@lru_cache(maxsize=16)
def _resolve_levels(title: str) -> Any:
    from icu import Bidi, UnicodeString  # noqa: PLC0415  few titles need it

    bidi = Bidi()
    bidi.setPara(UnicodeString(title.translate(_NEWLINE)))
    return bidi


@lru_cache(maxsize=64)
def _needs_bidi(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _BIDI_CLASSES for character in text)
