"""Guess a title's language from its script, as far as line breaks and regional glyph forms depend on it."""

# In order of precedence: the first of these scripts that occurs anywhere in the title decides. Ranges are those of the
# blocks in https://www.unicode.org/charts/.
_SCRIPT_RANGES = (
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh-Hant", "\u3105", "\u312f"),
    ("zh-Hans", "\u4e00", "\u9fff"),
    ("th", "\u0e01", "\u0e5b"),
)
# If that is Han, the first of these national character sets to contain all of the title's Han characters decides.
_CHARACTER_SETS = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis"}


def detect_language(text: str) -> str:
    """Return a title's language as a BCP 47 tag; "und" where the language makes no difference."""
    for tag, first, last in _SCRIPT_RANGES:
        found = "".join(character for character in text if first <= character <= last)
        if found:
            return _detect_han_language(found) if tag == "zh-Hans" else tag
    return "und"


def _detect_han_language(characters: str) -> str:
    for tag, character_set in _CHARACTER_SETS.items():
        if characters.encode(character_set, "ignore").decode(character_set) == characters:
            return tag
    return "zh-Hans"
