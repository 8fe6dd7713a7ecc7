"""Set a title in capitals, as its language writes them."""

from itertools import pairwise

from process.text.language import detect_case_language
from process.text.utf16 import find_character, list_utf16_offsets


def capitalize(title: str) -> list[str]:
    """Return what each character of a title becomes, such as SS for ß; joined, this is the title in capitals.

    ICU has rules beyond Unicode's default ones for the dots of Turkish, Azerbaijani and Lithuanian, the accents of
    Greek, and the ligature of Armenian.
    """
    language = detect_case_language(title)
    if language == "und":
        return [character.upper() for character in title]
    from icu import CaseMap, Edits, Locale  # noqa: PLC0415  few titles need it

    edits = Edits()
    capitals = CaseMap.toUpper(Locale(language), title, edits)
    find_offset = edits.getFineIterator().destinationIndexFromSourceIndex
    ends = [find_character(capitals, find_offset(offset)) for offset in list_utf16_offsets(title)]
    return [capitals[start:end] for start, end in pairwise(ends)]
