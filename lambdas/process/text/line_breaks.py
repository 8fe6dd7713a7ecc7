"""Where a word may be parted between two lines: in languages that put no spaces between words, by phrase."""

import re
from functools import cache
from itertools import accumulate
from typing import Any
from unicodedata import category

from process.text.graphemes import is_phrase_break, is_simple, split_graphemes

_AFTER_ZERO_WIDTH_SPACE = re.compile("(?<=\u200b)")
# By which characters the language of a title is known, the first found: blocks of https://www.unicode.org/charts/.
_LANGUAGES = (
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh-Hant", "\u3105", "\u312f"),
    ("zh-Hans", "\u4e00", "\u9fff"),
    ("th", "\u0e01", "\u0e5b"),
)
# What has Chinese characters alone, by the first country whose old character set holds them all.
_CHARACTER_SETS = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis"}
_PARSERS = {"ja": "japanese", "zh-Hans": "simplified_chinese", "zh-Hant": "traditional_chinese", "th": "thai"}


def detect_language(text: str) -> str:
    """Return a title's language, as far as it decides where lines break and which form a character has (BCP 47)."""
    for tag, first, last in _LANGUAGES:
        found = "".join(character for character in text if first <= character <= last)
        if found:
            return _of_han(found) if tag == "zh-Hans" else tag
    return "und"


def _of_han(characters: str) -> str:
    for tag, character_set in _CHARACTER_SETS.items():
        if characters.encode(character_set, "ignore").decode(character_set) == characters:
            return tag
    return "zh-Hans"


def split_at_breaks(word: str, language: str) -> list[str]:
    """Part a word where a line may end: never inside a cluster, nor before or after what closes or opens."""
    found: list[str] = []
    for stretch in _AFTER_ZERO_WIDTH_SPACE.split(word):
        letters = split_graphemes(stretch)
        ends = _ends(stretch, language)
        begin = end = 0
        for letter in letters:
            end += len(letter)
            if end in ends and is_phrase_break(stretch[begin:end], stretch[end:]):
                found.append(stretch[begin:end])
                begin = end
        found.append(stretch[begin:])
    return [part for part in found if part]


def _ends(stretch: str, language: str) -> set[int]:
    """Return where phrases end, as BudouX tells them: https://github.com/google/budoux."""
    if is_simple(stretch) or language not in _PARSERS:
        return set()
    phrases = _parser(language).parse(stretch)
    ends = accumulate(map(len, phrases))
    pairs = zip(["", *phrases], phrases, phrases[1:], strict=False)
    return {end for end, (earlier, before, after) in zip(ends, pairs, strict=False) if _are_two(earlier, before, after)}


def _are_two(earlier: str, before: str, after: str) -> bool:
    """Tell whether phrases are rightly two.

    One of a single letter is mostly a part of a word that was torn, or a particle, and goes with what comes before it,
    or with what follows where it comes first.
    """
    if _is_mark(before[-1]) or _is_mark(after[0]):
        return True
    is_first = not earlier or _is_mark(earlier[-1]) or _is_mark(before[0])
    return not (_is_letter(after) or (is_first and _is_letter(before)))


def _is_mark(character: str) -> bool:
    return category(character)[0] in "PS"


def _is_letter(phrase: str) -> bool:
    return sum(letter[0].isalpha() for letter in split_graphemes(phrase)) == 1


@cache
def _parser(language: str) -> Any:
    import budoux  # noqa: PLC0415  few titles need it

    return getattr(budoux, f"load_default_{_PARSERS[language]}_parser")()
