"""Which characters of a title can be drawn: presign asks before the upload, process when it draws."""

import unicodedata
from collections.abc import Callable

_MATHEMATICAL = range(0x1D400, 0x1D800)

# So many characters are named to the user.
_MOST_NAMED = 5


def is_visible(character: str) -> bool:
    """Tell whether a character is to be seen, and is no space.

    Joiners, directions and variation selectors only say how those around them are set.
    """
    return not (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
        or character == "\N{COMBINING GRAPHEME JOINER}"
        or _is_variation_selector(character)
    )


def _is_variation_selector(character: str) -> bool:
    """Tell whether a character chooses a form of the one before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def normalize(text: str, can_draw: Callable[[str], bool]) -> str:
    """Return a text with what cannot be drawn replaced by its like, and mathematical letters by plain ones.

    Fonts have some styles of those only, and none as heavy as a title's.
    """
    return "".join(
        unicodedata.normalize("NFKC", character) if _is_replaced(character, can_draw) else character
        for character in unicodedata.normalize("NFC", text)
    )


def _is_replaced(character: str, can_draw: Callable[[str], bool]) -> bool:
    return ord(character) in _MATHEMATICAL or (is_visible(character) and not can_draw(character))


def explain_missing(text: str, can_draw: Callable[[str], bool]) -> str | None:
    """Return why a text, as `folded` returns it, cannot be drawn, for the user; None where it can."""
    missing = [character for character in dict.fromkeys(text) if is_visible(character) and not can_draw(character)]
    if not missing:
        return None
    named = " ".join(f"{character} (U+{ord(character):04X})" for character in missing[:_MOST_NAMED])
    return f"No font here can draw {named}{' and others' * (len(missing) > _MOST_NAMED)}. Leave it out of the title."
