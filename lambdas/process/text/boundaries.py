"""Find the boundaries between graphemes, words and lines with ICU: https://unicode-org.github.io/icu/userguide/boundaryanalysis/."""

from functools import cache
from typing import Any, Literal

from process.text.utf16 import find_character

Kind = Literal["grapheme", "word", "line"]


def list_boundaries(text: str, kind: Kind, locale: str = "und") -> list[int]:
    """Return the offsets at which segments of a text end; the last is its length.

    Args:
        text: the text.
        kind: of the segments: UAX #29 defines graphemes and words, UAX #14 lines.
        locale: of the text, as a BCP 47 tag with extensions.
    """
    iterator = _open_iterator(kind, locale)
    iterator.setText(text)
    return [find_character(text, offset) for offset in iterator]


@cache
def _open_iterator(kind: Kind, locale: str) -> Any:
    import icu  # noqa: PLC0415  few titles need it

    opened = {
        "grapheme": icu.BreakIterator.createCharacterInstance,
        "word": icu.BreakIterator.createWordInstance,
        "line": icu.BreakIterator.createLineInstance,
    }
    return opened[kind](icu.Locale.forLanguageTag(locale))
