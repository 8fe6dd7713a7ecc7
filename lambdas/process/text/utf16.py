"""Convert between offsets in characters, as Python counts, and in UTF-16 code units, as ICU counts."""

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate

_LAST_IN_ONE_UNIT = "\uffff"


@lru_cache(maxsize=64)
def list_utf16_offsets(text: str) -> tuple[int, ...]:
    """Return the offset in UTF-16 of each character, and of the end of the text."""
    return tuple(accumulate((1 + (character > _LAST_IN_ONE_UNIT) for character in text), initial=0))


def find_character(text: str, utf16_offset: int) -> int:
    """Return the index of the character at an offset in UTF-16."""
    return bisect_left(list_utf16_offsets(text), utf16_offset)
