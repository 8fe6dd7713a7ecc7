"""Draw titles in every script, and measure what each costs; needs Linux.

Writes build/titles.png: each title in every look, on generated pictures. Prints, for each title, the CPU time of the
first thumbnail of its script and of later ones, with all their variants, and the peak memory above that of a Latin
title.
"""

import argparse
import multiprocessing
import time
from io import BytesIO
from itertools import cycle
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
_TILE = (320, 180)
_LABEL, _GAP = 20, 6
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
    """Return the milliseconds of CPU of a thumbnail and its variants, and the process's peak in megabytes."""
    from process.text.line_breaks import list_breaks  # noqa: PLC0415  only in the measured process
    from process.text.shaping import shape_line  # noqa: PLC0415  likewise
    from process.thumbnail import make_thumbnails  # noqa: PLC0415  likewise

    for function in (list_breaks, shape_line):  # as if this were a new title in the same script
        function.cache_clear()
    reset_peak()
    start = time.process_time()
    make_thumbnails(picture, title)
    return 1000 * (time.process_time() - start), read_bytes("VmHWM") / 1e6


def _draw_sheet() -> Image.Image:
    """Draw a row for each title, with a tile for each look."""
    from process.looks import list_looks  # noqa: PLC0415  as above
    from process.thumbnail import make_thumbnails  # noqa: PLC0415  as above

    looks = list_looks()
    backgrounds = cycle([encode(GENERATED[name](), "PNG") for name in _BACKGROUNDS])
    width, height = _TILE[0] + _GAP, _TILE[1] + _LABEL + _GAP
    sheet = Image.new("RGB", (len(looks) * width, len(TITLES) * height), "white")
    draw = ImageDraw.Draw(sheet)
    for row, ((name, title), background) in enumerate(zip(TITLES.items(), backgrounds, strict=False)):
        for column, look in enumerate(looks):
            left, top = column * width, row * height
            draw.text((left, top), f"{name}: {look}", "black", ImageFont.load_default(_LABEL - 4))
            [thumbnail] = make_thumbnails(background, title, look=look)
            tile = Image.open(BytesIO(thumbnail.jpeg)).resize(_TILE, Image.Resampling.LANCZOS)
            sheet.paste(tile, (left, top + _LABEL))
    return sheet


if __name__ == "__main__":
    main()
