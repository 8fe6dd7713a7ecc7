"""Split text into graphemes: what a reader sees as one letter or one emoji.

The Unicode properties come from the `regex` package, which is imported only for titles that need it.
"""

import unicodedata
from functools import cache
from typing import Any

# Up to U+02FF, Latin Extended Additional, and General Punctuation to Mathematical Operators.
_SIMPLE_RANGES = (range(0x0300), range(0x1E00, 0x1F00), range(0x2000, 0x2300))
_COMBINING_CATEGORIES = ("Mn", "Mc", "Me", "Cf")

# Extended grapheme clusters (https://www.unicode.org/reports/tr29/), with two extensions: virama + ZWJ joins
# consonants (as in Sinhala), and so does a virama before a consonant in scripts that UAX #29 leaves out. Tamil and
# Sinhala are exempt, since they show their virama.
_GRAPHEME = r"\X(?:(?<=\p{CCC=9}\u200D)\X|(?<=[\p{InSC=Virama}--\u0BCD\u0DCA])(?=\p{InSC=Consonant})\X)*"
# https://www.unicode.org/reports/tr51/#def_emoji_sequence, restricted to a single grapheme.
_EMOJI = r"\p{Emoji_Presentation}|\p{Emoji}\p{EMod}|\p{Emoji}\uFE0F|\p{Regional_Indicator}"


def is_simple(text: str) -> bool:
    """Tell whether every character is a grapheme of its own, as in most Latin titles: no marks, joiners or emoji."""
    return all(_is_simple_character(character) for character in text)


def _is_simple_character(character: str) -> bool:
    code_point = ord(character)
    in_range = any(code_point in block for block in _SIMPLE_RANGES)
    return in_range and unicodedata.category(character) not in _COMBINING_CATEGORIES


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
