"""Find the characters of a title that no font covers.

Presign checks a title before the upload, process before drawing it; both apply these rules.
"""

import unicodedata
from collections.abc import Callable

_MATHEMATICAL_ALPHANUMERIC_SYMBOLS = range(0x1D400, 0x1D800)

# Format characters that Unicode classes as marks: the combining grapheme joiner, and Khmer vowels that are not written.
# https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
_INVISIBLE_MARKS = "\u034f\u17b4\u17b5"

# The error lists at most this many characters.
_MAX_LISTED = 5


def is_visible(character: str) -> bool:
    """Tell whether a character has a glyph of its own: spaces, joiners and other format characters have none."""
    return not (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
        or character in _INVISIBLE_MARKS
        or _is_variation_selector(character)
    )


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def normalize(text: str, can_draw: Callable[[str], bool]) -> str:
    """Return a text in NFC, with characters that cannot be drawn replaced by their NFKC form.

    Mathematical letters are always replaced: fonts cover few of their styles, and none in a weight that suits a title.
    """
    return "".join(
        unicodedata.normalize("NFKC", character) if _needs_replacement(character, can_draw) else character
        for character in unicodedata.normalize("NFC", text)
    )


def _needs_replacement(character: str, can_draw: Callable[[str], bool]) -> bool:
    return ord(character) in _MATHEMATICAL_ALPHANUMERIC_SYMBOLS or (is_visible(character) and not can_draw(character))


def explain_missing(text: str, can_draw: Callable[[str], bool]) -> str | None:
    """Return an error message for the user if a normalized text has undrawable characters, else None."""
    missing = [character for character in dict.fromkeys(text) if is_visible(character) and not can_draw(character)]
    if not missing:
        return None
    listed = " ".join(f"{character} (U+{ord(character):04X})" for character in missing[:_MAX_LISTED])
    others = " and others" if len(missing) > _MAX_LISTED else ""
    return f"No font here can draw {listed}{others}. Leave {'it' if len(missing) == 1 else 'them'} out of the title."
