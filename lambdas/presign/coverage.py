"""Tell which characters the font layer covers, without loading a font.

`scripts/package.py` writes their ranges to coverage.txt in presign's zip. The source tree has no such file; without it
`is_covered` raises FileNotFoundError for any character outside ASCII.
"""

from bisect import bisect_right
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("coverage.txt")
"""The first and last code points of each covered range, in hexadecimal, one range per line."""


def is_covered(character: str) -> bool:
    """Tell whether a font covers a character."""
    return character.isascii() or _in_ranges(ord(character))


def _in_ranges(code_point: int) -> bool:
    ranges = _read_ranges()
    index = bisect_right(ranges, (code_point, 0x110000)) - 1
    return index >= 0 and code_point <= ranges[index][1]


@cache
def _read_ranges() -> list[tuple[int, int]]:
    lines = (line.split() for line in FILE.read_text().splitlines())
    return [(int(first, 16), int(last, 16)) for first, last in lines]
