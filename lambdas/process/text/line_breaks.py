"""Find where a word may be broken between two lines.

Languages written without spaces are broken between phrases, and only where UAX #14 allows it.
"""

import re
from functools import cache
from itertools import accumulate
from typing import Any
from unicodedata import category

from process.text.graphemes import compile_pattern, is_simple, split_graphemes

_AFTER_ZERO_WIDTH_SPACE = re.compile("(?<=\u200b)")
# https://www.unicode.org/reports/tr14/: classes that may not begin a line, and those that may not end one.
_NEVER_FIRST = r"[\p{LB=CL}\p{LB=CP}\p{LB=EX}\p{LB=IS}\p{LB=SY}\p{LB=NS}\p{LB=CJ}\p{LB=PO}\p{LB=IN}\p{M}]"
_NEVER_LAST = r"[\p{LB=OP}\p{LB=PR}]"
# All the languages that BudouX has models for.
_BUDOUX_PARSERS = {"ja": "japanese", "zh-Hans": "simplified_chinese", "zh-Hant": "traditional_chinese", "th": "thai"}


def split_at_breaks(word: str, language: str) -> list[str]:
    """Split a word at its break opportunities: after zero-width spaces, and between phrases.

    Args:
        word: text without spaces.
        language: BCP 47 tag of the title's language.

    Returns:
        The parts in order; joined, they are the word. No grapheme is split.
    """
    parts: list[str] = []
    for stretch in _AFTER_ZERO_WIDTH_SPACE.split(word):
        phrase_ends = _find_phrase_ends(stretch, language)
        start = end = 0
        for grapheme in split_graphemes(stretch):
            end += len(grapheme)
            if end in phrase_ends and _is_phrase_break(stretch[start:end], stretch[end:]):
                parts.append(stretch[start:end])
                start = end
        parts.append(stretch[start:])
    return [part for part in parts if part]


def is_break_allowed(before: str, after: str) -> bool:
    """Tell whether UAX #14 lets a line end with `before` and the next begin with `after`."""
    if is_simple(before[-1] + after[0]):
        return True
    return not (compile_pattern(_NEVER_FIRST).match(after) or compile_pattern(_NEVER_LAST).fullmatch(before[-1]))


def _is_phrase_break(before: str, after: str) -> bool:
    """Tell whether a line may break between two phrases; phrases of Latin, Greek or Cyrillic letters stay together."""
    return bool(after) and not is_simple(before[-1] + after[0]) and is_break_allowed(before, after)


def _find_phrase_ends(stretch: str, language: str) -> set[int]:
    """Return the offsets at which phrases end, according to BudouX: https://github.com/google/budoux."""
    if is_simple(stretch) or language not in _BUDOUX_PARSERS:
        return set()
    phrases = _load_parser(language).parse(stretch)
    ends = accumulate(map(len, phrases))
    triples = zip(["", *phrases], phrases, phrases[1:], strict=False)
    return {
        end
        for end, (previous, before, after) in zip(ends, triples, strict=False)
        if _are_separate(previous, before, after)
    }


def _are_separate(previous: str, before: str, after: str) -> bool:
    """Tell whether to trust BudouX that two phrases are separate.

    A phrase of one letter is usually a particle or a piece of a split word: it joins the phrase before it or, if it
    comes first, the one after it.
    """
    if _is_punctuation(before[-1]) or _is_punctuation(after[0]):
        return True
    is_first = not previous or _is_punctuation(previous[-1]) or _is_punctuation(before[0])
    return not (_is_single_letter(after) or (is_first and _is_single_letter(before)))


def _is_punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _is_single_letter(phrase: str) -> bool:
    return sum(grapheme[0].isalpha() for grapheme in split_graphemes(phrase)) == 1


@cache
def _load_parser(language: str) -> Any:
    import budoux  # noqa: PLC0415  few titles need it

    return getattr(budoux, f"load_default_{_BUDOUX_PARSERS[language]}_parser")()
