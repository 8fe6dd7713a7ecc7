"""Write down which characters the fonts can draw, for presign, which has no fonts: `make characters`."""

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

from presign.coverage import FILE
from process.text.font import Font
from process.text.font_files import EMOJI, FALLBACKS


def main() -> None:
    """Write the file that presign reads."""
    FILE.write_text(listed(drawn()))
    print(FILE)


def drawn() -> set[int]:
    """Return the code points that the fonts draw, whichever the title's own is."""
    return {character for typeface in (*FALLBACKS, EMOJI) for character in Font(typeface).hb.face.unicodes}


def listed(characters: Iterable[int]) -> str:
    """Return code points as lines of their first and last, in hexadecimal, where they follow each other."""
    ranges: list[list[int]] = []
    for character in sorted(characters):
        if ranges and ranges[-1][1] == character - 1:
            ranges[-1][1] = character
        else:
            ranges.append([character, character])
    return "".join(f"{first:x} {last:x}\n" for first, last in ranges)


if __name__ == "__main__":
    main()
