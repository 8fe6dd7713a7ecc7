"""Reorder mixed-direction text for display, by the Unicode bidirectional algorithm.

https://www.unicode.org/reports/tr9/
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from common.characters import is_visible

_RTL_CLASSES = ("R", "AL")
_BIDI_CLASSES = (*_RTL_CLASSES, "AN", "RLE", "RLO", "RLI")
# python-bidi reorders characters, and does not tell where each was. So, each grapheme is replaced by one character with
# its index written behind it. A grapheme of several characters is replaced by the first if that has a strong direction,
# else by a neutral character.
_STRONG_CLASSES, _NEUTRAL = ("L", *_RTL_CLASSES), "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
# The index is two digits in base 48, enough for 2304 graphemes; presign accepts titles of at most 120 characters. The
# digits are tag characters: the algorithm ignores them (rule X9), but leaves them with the character before them. The
# high and the low digits are different characters: right to left, they change places, and come before the grapheme.
_BASE = 48
_HIGH_DIGITS, _LOW_DIGITS = 0xE0020, 0xE0050
_HIGH, _LOW = "[\U000e0020-\U000e004f]", "[\U000e0050-\U000e007f]"
# Tags at the end of a line move to where the line ends (rule L1). The last grapheme has this mark in their place, which
# takes on its direction (rule W1).
_LAST = "\N{COMBINING GRAPHEME JOINER}"
_NUMBERED = re.compile(
    f"(?P<rtl>(?:(?P<rtl_low>{_LOW})(?P<rtl_high>{_HIGH})|{_LAST}).)|.(?:(?P<high>{_HIGH})(?P<low>{_LOW})|{_LAST})"
)


class Run(NamedTuple):
    """Adjacent graphemes of one direction, by their indices, in logical order."""

    indices: list[int]
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
        return [Run(list(range(len(graphemes))), rtl=False)]
    runs: list[Run] = []
    for index, is_rtl_grapheme in _reorder(graphemes, rtl=rtl):
        if runs and runs[-1].rtl == is_rtl_grapheme:
            runs[-1].indices.append(index)
        else:
            runs.append(Run([index], is_rtl_grapheme))
    return [Run(run.indices[::-1], rtl=True) if run.rtl else run for run in runs]


def _reorder(graphemes: list[str], *, rtl: bool) -> Iterator[tuple[int, bool]]:
    """Yield the indices of the graphemes in visual order, each with whether it runs right to left."""
    from bidi import get_display  # noqa: PLC0415  few titles need it

    last = max((index for index, grapheme in enumerate(graphemes) if _has_glyph(grapheme)), default=0)
    numbered = "".join(_number(grapheme, index, last) for index, grapheme in enumerate(graphemes))
    for found in _NUMBERED.finditer(get_display(numbered, base_dir="R" if rtl else "L")):
        high, low = found["high"] or found["rtl_high"], found["low"] or found["rtl_low"]
        index = (ord(high) - _HIGH_DIGITS) * _BASE + ord(low) - _LOW_DIGITS if high else last
        # Neutral characters that are not mirrored look the same in both directions. They stay out of right-to-left
        # runs, where the fallback font of a word would draw the punctuation after it, too.
        is_directed = unicodedata.mirrored(graphemes[index][0]) or _is_rtl_letter(graphemes[index][0])
        yield index, bool(is_directed and found["rtl"])


def _number(grapheme: str, index: int, last: int) -> str:
    """Return the characters that stand for a grapheme; of invisible ones, the directional controls stay."""
    if not _has_glyph(grapheme):
        return "" if unicodedata.bidirectional(grapheme) == "BN" else grapheme
    is_strong = unicodedata.bidirectional(grapheme[0]) in _STRONG_CLASSES
    high, low = divmod(index, _BASE)
    number = _LAST if index == last else chr(_HIGH_DIGITS + high) + chr(_LOW_DIGITS + low)
    return (grapheme if len(grapheme) == 1 else grapheme[0] if is_strong else _NEUTRAL) + number


def _has_glyph(grapheme: str) -> bool:
    return len(grapheme) > 1 or is_visible(grapheme) or grapheme.isspace()


def _is_rtl_letter(character: str) -> bool:
    return unicodedata.bidirectional(character) in _RTL_CLASSES


def _needs_bidi(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _BIDI_CLASSES for character in text)
