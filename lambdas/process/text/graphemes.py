"""Split text into graphemes: what a reader sees as one letter or one emoji."""

import re
from itertools import pairwise

from process.text.boundaries import list_boundaries

# Letters, punctuation and symbols that Latin, Greek and Cyrillic display fonts have, each of them also in a fallback
# font; no combining or format characters.
_SIMPLE = re.compile(
    "[\u0000-\u00ac\u00ae-\u02ff\u1e00-\u1eff\ufb01\ufb02"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f"
    "\u2007-\u200a\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u2052"
    "\u2070\u2074-\u2079\u2080-\u2089\u20a1\u20a3\u20a4\u20a6\u20a7\u20a9\u20ab-\u20ad\u20b1\u20b2\u20b5\u20b9\u20ba\u20bc\u20bd"
    "\u2113\u2116\u2122\u2126\u212e\u2153\u2154\u215b-\u215e\u2190-\u2193\u2202\u2205\u2206\u220f\u2211\u2212\u2215\u2219\u221a"
    "\u221e\u222b\u2248\u2260\u2264\u2265\u25a0\u25a1\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd\u25c0\u25c1\u25c6\u25c7\u25ca]*"
)

_TEXT_PRESENTATION, _EMOJI_PRESENTATION, _KEYCAP, _JOINER = "\ufe0e", "\ufe0f", "\u20e3", "\u200d"


def is_simple(text: str) -> bool:
    """Tell whether a text is Latin, Greek or Cyrillic without marks, joiners or emoji.

    Every character of it is its own grapheme, and a fallback font covers it.
    """
    return _SIMPLE.fullmatch(text) is not None


def split_graphemes(text: str) -> tuple[str, ...]:
    """Split text into graphemes: letters with their marks, and whole emoji sequences."""
    if is_simple(text):
        return tuple(text)
    return tuple(text[start:end] for start, end in pairwise([0, *list_boundaries(text, "grapheme")]))


def is_emoji(grapheme: str) -> bool:
    """Tell whether a grapheme is an emoji in colour presentation.

    https://www.unicode.org/reports/tr51/#def_emoji_sequence; sequences count without their variation selector, too.
    """
    if is_simple(grapheme) or grapheme[1:2] == _TEXT_PRESENTATION:
        return False
    from icu import Char, UProperty  # noqa: PLC0415  few titles need it

    if Char.hasBinaryProperty(grapheme[0], UProperty.EMOJI_PRESENTATION):
        return True
    return Char.hasBinaryProperty(grapheme[0], UProperty.EMOJI) and (
        grapheme[1:2] == _EMOJI_PRESENTATION
        or _KEYCAP in grapheme
        or any(Char.hasBinaryProperty(modifier, UProperty.EMOJI_MODIFIER) for modifier in grapheme[1:2])
        or (grapheme[1:2] == _JOINER and Char.hasBinaryProperty(grapheme[2:3] or " ", UProperty.EMOJI))
    )
