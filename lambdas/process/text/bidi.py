"""Reorder mixed-direction text for display, by the Unicode bidirectional algorithm.

https://www.unicode.org/reports/tr9/
"""

import unicodedata
from typing import NamedTuple

from common.characters import is_visible

_RTL_CLASSES = ("R", "AL")
_BIDI_CLASSES = (*_RTL_CLASSES, "AN", "RLE", "RLO", "RLI")
# python-bidi reorders characters, not graphemes. A grapheme of several characters is replaced by a placeholder: one
# character of its bidi class, from a block that titles hardly use. No block runs out of characters: presign accepts
# titles of at most 120 characters, and the smallest block has 197.
_PLACEHOLDERS = {
    "L": range(0x20000, 0x20200),  # CJK Extension B
    "R": range(0x1E800, 0x1E8C5),  # Mende Kikakui
    "AL": range(0xFC00, 0xFD3E),  # Arabic Presentation Forms-A
    "ON": range(0x2500, 0x2600),  # Box Drawing, Block Elements, Geometric Shapes
}
# Appended to a mirrored character, such as a bracket, this mark takes on its direction: if reordering puts the mark in
# front of the bracket, the bracket is right to left.
_DIRECTION_MARK = "\N{COMBINING GRAPHEME JOINER}"


class Run(NamedTuple):
    """Adjacent graphemes of one direction, in logical order."""

    graphemes: list[str]
    rtl: bool


def is_rtl(text: str) -> bool:
    """Tell whether a title's base direction is right to left: its first strong character decides (rules P2 and P3)."""
    if not _needs_bidi(text):
        return False
    from bidi import get_base_level  # noqa: PLC0415  few titles need it

    return bool(get_base_level(text))


def split_runs(graphemes: list[str], *, rtl: bool) -> list[Run]:
    """Return a line's runs in visual order, from left to right, without invisible characters.

    Each line is reordered on its own; of the rest of the title, only the base direction `rtl` matters.
    """
    if not rtl and not _needs_bidi("".join(graphemes)):
        return [Run(graphemes, rtl=False)]
    runs: list[Run] = []
    for grapheme, is_rtl_grapheme in _reorder(graphemes, rtl=rtl):
        if runs and runs[-1].rtl == is_rtl_grapheme:
            runs[-1].graphemes.append(grapheme)
        else:
            runs.append(Run([grapheme], is_rtl_grapheme))
    return [Run(run.graphemes[::-1], rtl=True) if run.rtl else run for run in runs]


def _reorder(graphemes: list[str], *, rtl: bool) -> list[tuple[str, bool]]:
    """Return the graphemes in visual order, each with whether it runs right to left."""
    from bidi import get_display  # noqa: PLC0415  few titles need it

    placeholders = _assign_placeholders(graphemes)
    originals = {placeholder: grapheme for grapheme, placeholder in placeholders.items()}
    characters = (placeholders.get(grapheme, grapheme) for grapheme in graphemes)
    marked = "".join(
        character + _DIRECTION_MARK if unicodedata.mirrored(character) else character for character in characters
    )
    reordered: list[tuple[str, bool]] = []
    is_mark_before = is_mark_due = False
    for character in get_display(marked, base_dir="R" if rtl else "L"):
        if character == _DIRECTION_MARK:
            is_mark_before, is_mark_due = not is_mark_due, False
        elif character in originals or (is_visible(character) or character.isspace()):
            is_rtl_character = is_mark_before or unicodedata.bidirectional(character) in _RTL_CLASSES
            reordered.append((originals.get(character, character), is_rtl_character))
            is_mark_before, is_mark_due = False, bool(unicodedata.mirrored(character)) and not is_mark_before
    return reordered


def _assign_placeholders(graphemes: list[str]) -> dict[str, str]:
    """Map each grapheme of several characters to a character of its bidi class; emoji are neutral."""
    free = {bidi_class: iter(characters) for bidi_class, characters in _PLACEHOLDERS.items()}
    placeholders = {}
    for grapheme in graphemes:
        if grapheme not in placeholders and (len(grapheme) > 1 or _is_placeholder(grapheme)):
            bidi_class = unicodedata.bidirectional(grapheme[0])
            placeholders[grapheme] = chr(next(free[bidi_class if bidi_class in free else "ON"]))
    return placeholders


def _is_placeholder(grapheme: str) -> bool:
    return any(ord(grapheme) in characters for characters in _PLACEHOLDERS.values())


def _needs_bidi(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _BIDI_CLASSES for character in text)
