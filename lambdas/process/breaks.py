"""Where a word may be parted between two lines: in languages that put no spaces between words, by phrase."""

import re
from functools import cache
from itertools import accumulate
from typing import Any

from process.clusters import clusters, is_plain, may_break

_AFTER_ZERO_WIDTH_SPACE = re.compile("(?<=\u200b)")
# By which characters the language of a title is known, the first found: blocks of https://www.unicode.org/charts/.
# What is written with Chinese characters alone is taken for simplified Chinese.
_LANGUAGES = (
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh-Hant", "\u3105", "\u312f"),
    ("zh-Hans", "\u4e00", "\u9fff"),
    ("th", "\u0e01", "\u0e5b"),
)
_PARSERS = {"ja": "japanese", "zh-Hans": "simplified_chinese", "zh-Hant": "traditional_chinese", "th": "thai"}


def language(text: str) -> str:
    """Return a title's language, as far as it decides where lines break and which form a character has (BCP 47)."""
    for tag, first, last in _LANGUAGES:
        if any(first <= character <= last for character in text):
            return tag
    return "und"


def parts(word: str, language: str) -> list[str]:
    """Part a word where a line may end: never inside a cluster, nor before or after what closes or opens."""
    found: list[str] = []
    for stretch in _AFTER_ZERO_WIDTH_SPACE.split(word):
        letters = clusters(stretch)
        ends = _ends(stretch, language)
        begin = end = 0
        for letter in letters:
            end += len(letter)
            if end in ends and may_break(stretch[begin:end], stretch[end:]):
                found.append(stretch[begin:end])
                begin = end
        found.append(stretch[begin:])
    return [part for part in found if part]


def _ends(stretch: str, language: str) -> set[int]:
    """Return where phrases end, as BudouX tells them: https://github.com/google/budoux."""
    if is_plain(stretch) or language not in _PARSERS:
        return set()
    return set(accumulate(len(phrase) for phrase in _parser(language).parse(stretch)))


@cache
def _parser(language: str) -> Any:
    import budoux  # noqa: PLC0415  few titles need it

    return getattr(budoux, f"load_default_{_PARSERS[language]}_parser")()
