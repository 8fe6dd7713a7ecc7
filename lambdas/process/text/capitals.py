"""Set a text in capitals, as its language writes them."""

from itertools import pairwise

from process.text.utf16 import find_character, list_utf16_offsets

# All languages for which ICU has rules beyond Unicode's default ones: the dots of Turkish, Azerbaijani and Lithuanian,
# the accents of Greek, and the ligature of Armenian.
_LANGUAGES_WITH_RULES = ("tr", "az", "lt", "el", "hy")


def capitalize(text: str, language: str) -> list[str]:
    """Return what each character of a text becomes, such as SS for ß; joined, this is the text in capitals.

    Args:
        text: the text; the rules of some languages look at whole words.
        language: its BCP 47 tag.
    """
    if language not in _LANGUAGES_WITH_RULES:
        return [character.upper() for character in text]
    from icu import CaseMap, Edits, Locale  # noqa: PLC0415  few titles need it

    edits = Edits()
    capitals = CaseMap.toUpper(Locale(language), text, edits)
    find_offset = edits.getFineIterator().destinationIndexFromSourceIndex
    ends = [find_character(capitals, find_offset(offset)) for offset in list_utf16_offsets(text)]
    return [capitals[start:end] for start, end in pairwise(ends)]
