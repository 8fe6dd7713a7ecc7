"""Which characters the fonts have that a title is drawn with, without the fonts."""

from bisect import bisect_right
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("drawable.txt")
"""First and last code points of what can be drawn; `make characters` writes it from the fonts."""


def is_covered(character: str) -> bool:
    """Tell whether a font has a character."""
    return character.isascii() or _in_ranges(ord(character))


def _in_ranges(code_point: int) -> bool:
    ranges = _ranges()
    number = bisect_right(ranges, (code_point, 0x110000)) - 1
    return number >= 0 and code_point <= ranges[number][1]


@cache
def _ranges() -> list[tuple[int, int]]:
    lines = (line.split() for line in FILE.read_text().splitlines())
    return [(int(first, 16), int(last, 16)) for first, last in lines]
