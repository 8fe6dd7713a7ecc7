"""Show titles in every script and print what each costs: `make titles`.

Writes build/titles.png: each title on each of a few generated pictures. Prints for each title the milliseconds of CPU
that a thumbnail takes the first time that its script is met and from then on, and the most megabytes that the process
holds beyond what it holds for a Latin title. Needs Linux, whose figures these are.
"""

import multiprocessing
import statistics
import time
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from benchmarks.generated import generated
from helpers.pictures import encoded
from helpers.rss import forget_peak, kibibytes
from helpers.titles import TITLES
from PIL import Image, ImageDraw, ImageFont

_SHEET = Path("build/titles.png")
_GROUNDS = ("generated__wide.png", "generated__gradient.png", "generated__checkerboard.png")
_TILE = (400, 225)
_LABEL, _GAP = 20, 6
_TITLES_A_ROW = 2
_RUNS = 7
_LATIN = TITLES["Latin"]


class Cost(NamedTuple):
    """What a title costs: milliseconds the first time and later, and megabytes beyond those of a Latin title."""

    first: float
    later: float
    megabytes: float


def main() -> None:
    """Write the sheet, then print the table."""
    _SHEET.parent.mkdir(exist_ok=True)
    _sheet().save(_SHEET)
    print(f"{_SHEET}\n\n{'title':28} {'first':>8} {'later':>8} {'memory':>9}")
    # A process of its own each: what one title has loaded must not be there for the next.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as fresh:
        for name, cost in zip(TITLES, fresh.imap(cost_of, TITLES.values()), strict=True):
            print(f"{name:28} {cost.first:5.0f} ms {cost.later:5.0f} ms {cost.megabytes:+6.1f} MB", flush=True)


def cost_of(title: str) -> Cost:
    """Measure in a process that has made thumbnails with Latin titles only."""
    picture = _ground()
    for _ in range(2):
        _measured(picture, _LATIN)
    latin = _measured(picture, _LATIN)[1]
    first, most = _measured(picture, title)
    later = statistics.median(_measured(picture, title)[0] for _ in range(_RUNS))
    return Cost(first, later, most - latin)


def _measured(picture: bytes, title: str) -> tuple[float, float]:
    """Return the milliseconds of CPU that a thumbnail takes, and the most megabytes that the process holds."""
    from process.text.shaping import shape_line  # noqa: PLC0415  in the process that is measured only
    from process.thumbnail import make_thumbnail  # noqa: PLC0415

    shape_line.cache_clear()  # as for another title
    forget_peak()
    begin = time.process_time()
    make_thumbnail(picture, title)
    milliseconds = 1000 * (time.process_time() - begin)
    return milliseconds, kibibytes("VmHWM") * 1024 / 1e6


def _ground() -> bytes:
    return encoded(Image.new("RGB", (1280, 720), (128, 128, 128)), "PNG")


def _sheet() -> Image.Image:
    from process.thumbnail import make_thumbnail  # noqa: PLC0415  as above

    grounds = [encoded(generated()[name](), "PNG") for name in _GROUNDS]
    width, height = len(grounds) * _TILE[0] + 2 * _GAP, _TILE[1] + _LABEL + _GAP
    rows = -(-len(TITLES) // _TITLES_A_ROW)
    sheet = Image.new("RGB", (_TITLES_A_ROW * width, rows * height), "white")
    draw = ImageDraw.Draw(sheet)
    for number, (name, title) in enumerate(TITLES.items()):
        left, top = number % _TITLES_A_ROW * width, number // _TITLES_A_ROW * height
        draw.text((left + _GAP, top), name, "black", ImageFont.load_default(_LABEL - 4))
        for column, ground in enumerate(grounds):
            thumbnail = Image.open(BytesIO(make_thumbnail(ground, title)))
            tile = thumbnail.resize(_TILE, Image.Resampling.LANCZOS)
            sheet.paste(tile, (left + _GAP + column * _TILE[0], top + _LABEL))
    return sheet


if __name__ == "__main__":
    main()
