"""Guess a title's language from its letters, as far as line breaks, capitals and regional glyph forms depend on it."""

import re
from collections.abc import Mapping
from functools import lru_cache

# In order of precedence: the first of these patterns that occurs anywhere in the title decides. They are compiled on
# demand: few titles need them. Scripts are told by the blocks in https://www.unicode.org/charts/.
_SCRIPTS = {
    "ja": "[\u3041-\u30ff]",
    "ko": "[\uac00-\ud7a3]",
    "zh-Hant": "[\u3105-\u312f]",
    "zh-Hans": "[\u4e00-\u9fff]",
    "th": "[\u0e01-\u0e5b]",
}
# Languages with capitals of their own.
_CASES = {
    # The Turkic languages that part dotted and dotless i. Azerbaijani may have neither in a title: its schwa decides,
    # in a word that is no phonetic transcription.
    "tr": "[\u0131\u011f\u011e\u0130]",
    "az": r"(?i)(?<![\w/\[])(?=\w{3})[a-z\xe7\xf6\xfc\u015f]*\u0259[a-z\xe7\xf6\xfc\u015f\u0259]*(?![\w/\]])",
    # The dot that Lithuanian keeps under an accent, and only Lithuanian drops in capitals.
    "lt": "[ij\u012f]\u0307[\u0300\u0301\u0303]",
    "el": "[\u0370-\u03ff\u1f00-\u1fff]",
    "hy": "[\u0531-\u058f]",
}
# If that is Han, the first of these national character sets to contain all of the title's Han characters decides.
_CHARACTER_SETS = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis"}


@lru_cache(maxsize=64)
def detect_language(text: str) -> str:
    """Return a title's language as a BCP 47 tag; "und" where the language makes no difference."""
    language = _find_language(text, _SCRIPTS)
    if language == "zh-Hans":
        return _detect_han_language("".join(re.findall(_SCRIPTS["zh-Hans"], text)))
    return detect_case_language(text) if language == "und" else language


@lru_cache(maxsize=64)
def detect_case_language(text: str) -> str:
    """Return the language that decides a title's capitals, whatever other scripts it has; "und" for the default."""
    return _find_language(text, _CASES)


def _find_language(text: str, patterns: Mapping[str, str]) -> str:
    if text.isascii():
        return "und"
    return next((tag for tag, pattern in patterns.items() if re.search(pattern, text)), "und")


def _detect_han_language(characters: str) -> str:
    for tag, character_set in _CHARACTER_SETS.items():
        if characters.encode(character_set, "ignore").decode(character_set) == characters:
            return tag
    return "zh-Hans"
