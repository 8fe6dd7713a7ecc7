"""Split text into graphemes: what a reader sees as one letter or one emoji.

The Unicode properties come from the `regex` package, which is imported only for titles that need it.
"""

import re
from functools import cache
from typing import Any

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

# Extended grapheme clusters (https://www.unicode.org/reports/tr29/), with two extensions: virama + ZWJ joins
# consonants (as in Sinhala), and so does a virama alone, also in scripts that UAX #29 leaves out; but not in Tamil and
# Sinhala, which show a virama that stands alone.
_GRAPHEME = r"\X(?:(?<=\p{CCC=9}\u200D)\X|(?<=[\p{InSC=Virama}--\u0BCD\u0DCA])(?=\p{InSC=Consonant})\X)*"
# https://www.unicode.org/reports/tr51/#def_emoji_sequence, restricted to a single grapheme.
_EMOJI = r"\p{Emoji_Presentation}|\p{Emoji}\p{EMod}|\p{Emoji}\uFE0F|\p{Regional_Indicator}"


def is_simple(text: str) -> bool:
    """Tell whether a text is Latin, Greek or Cyrillic without marks, joiners or emoji.

    Every character of it is its own grapheme, and a fallback font covers it.
    """
    return _SIMPLE.fullmatch(text) is not None


def split_graphemes(text: str) -> list[str]:
    """Split text into graphemes: letters with their marks, and whole emoji sequences."""
    return list(text) if is_simple(text) else compile_pattern(_GRAPHEME).findall(text)


def is_emoji(grapheme: str) -> bool:
    """Tell whether a grapheme is an emoji in colour presentation."""
    return not is_simple(grapheme) and bool(compile_pattern(_EMOJI).match(grapheme))


@cache
def compile_pattern(pattern: str) -> Any:
    """Compile a pattern that uses Unicode properties, with set operations (regex's version 1 behaviour)."""
    import regex  # noqa: PLC0415  importing it takes longer than drawing most titles

    return regex.compile(pattern, regex.V1)
