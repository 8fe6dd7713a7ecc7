"""Draw titles in every script, and measure what each costs; needs Linux.

Writes build/titles.png: each title on a few generated pictures. Prints, for each title, the CPU time of the first
thumbnail of its script and of later ones, and the peak memory above that of a Latin title.
"""

import argparse
import multiprocessing
import time
from io import BytesIO
from statistics import median
from typing import NamedTuple

from benchmarks.inputs import GENERATED
from helpers.pictures import encode
from helpers.rss import read_bytes, reset_peak
from helpers.titles import TITLES
from PIL import Image, ImageDraw, ImageFont

from emulator import ROOT

_SHEET = ROOT / "build" / "titles.png"
_BACKGROUNDS = ("generated__wide.png", "generated__gradient.png", "generated__checkerboard.png")
_TILE = (400, 225)
_LABEL, _GAP = 20, 6
_TITLES_A_ROW = 2
_RUNS = 7
_LATIN = TITLES["Latin"]


class Cost(NamedTuple):
    """CPU milliseconds of the first thumbnail and of later ones, and peak megabytes above those of a Latin title."""

    first: float
    later: float
    megabytes: float


def main() -> None:
    """Write the sheet and print the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    _SHEET.parent.mkdir(exist_ok=True)
    _draw_sheet().save(_SHEET)
    print(f"{_SHEET.relative_to(ROOT)}\n\n{'title':28} {'first':>8} {'later':>8} {'memory':>9}")
    # A new process for each: what one title loads, such as fonts and models, must not be there for the next.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for name, cost in zip(TITLES, pool.imap(measure_cost, TITLES.values()), strict=True):
            print(f"{name:28} {cost.first:5.0f} ms {cost.later:5.0f} ms {cost.megabytes:+6.1f} MB", flush=True)


def measure_cost(title: str) -> Cost:
    """Measure a title in a process that has only drawn Latin titles."""
    picture = encode(Image.new("RGB", (1280, 720), (128, 128, 128)), "PNG")
    for _ in range(2):
        _measure(picture, _LATIN)
    _, latin = _measure(picture, _LATIN)
    first, peak = _measure(picture, title)
    later = median(_measure(picture, title)[0] for _ in range(_RUNS))
    return Cost(first, later, peak - latin)


def _measure(picture: bytes, title: str) -> tuple[float, float]:
    """Return a thumbnail's milliseconds of CPU, and the process's peak in megabytes."""
    from process.text.shaping import shape_line  # noqa: PLC0415  only in the measured process
    from process.thumbnail import make_thumbnail  # noqa: PLC0415  likewise

    shape_line.cache_clear()  # as if this were a new title in the same script
    reset_peak()
    start = time.process_time()
    make_thumbnail(picture, title)
    return 1000 * (time.process_time() - start), read_bytes("VmHWM") / 1e6


def _draw_sheet() -> Image.Image:
    from process.thumbnail import make_thumbnail  # noqa: PLC0415  as above

    backgrounds = [encode(GENERATED[name](), "PNG") for name in _BACKGROUNDS]
    width, height = len(backgrounds) * _TILE[0] + 2 * _GAP, _TILE[1] + _LABEL + _GAP
    rows = -(-len(TITLES) // _TITLES_A_ROW)
    sheet = Image.new("RGB", (_TITLES_A_ROW * width, rows * height), "white")
    draw = ImageDraw.Draw(sheet)
    for number, (name, title) in enumerate(TITLES.items()):
        left, top = number % _TITLES_A_ROW * width, number // _TITLES_A_ROW * height
        draw.text((left + _GAP, top), name, "black", ImageFont.load_default(_LABEL - 4))
        for column, background in enumerate(backgrounds):
            thumbnail = Image.open(BytesIO(make_thumbnail(background, title)))
            tile = thumbnail.resize(_TILE, Image.Resampling.LANCZOS)
            sheet.paste(tile, (left + _GAP + column * _TILE[0], top + _LABEL))
    return sheet


if __name__ == "__main__":
    main()
