"""Measure how long a user of the local stack waits for a thumbnail: after an upload, and after changing the title."""

import argparse
import itertools
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import requests
from benchmarks.inputs import make_inputs
from benchmarks.ratios import format_goal, format_ratio, format_row, mark, save

from emulator import ROOT
from stack import find_local_stack
from thumbnail import download, presign, send
from user_error import UserError, run_script

PAGE, FIXED, EAGER, CHANGE = "page", "2 s", "no pause", "change"

_PICTURES = ("JPEG 640x360", "JPEG 12 MP")
_TITLE = "How we built this in one week"
_CHANGES = 10  # of the title, per run
_GOAL, _CHANGE_GOAL = 0.13, 0.5  # of the time with a pause of 2 s; seconds, at the 90th percentile
_TIMEOUT = 60
_FIXED_PAUSE = 2.0
_SHORTEST_PAUSE = 0.02


def main() -> None:
    """Measure each picture and print its rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    api_url, pictures, figures = find_local_stack().outputs()["api_url"], make_inputs(), {}
    print("From the end of the upload to the thumbnail's bytes, on the local stack, by pause between polls")
    print(format_row("", "ratio", "goal", PAGE, FIXED, EAGER))
    for name in _PICTURES:
        figures[name] = seconds = measure_latency(api_url, pictures[name], runs)
        cells = (f"{median(seconds[pauses]):.2f} s" for pauses in (PAGE, FIXED, EAGER))
        ratio = format_ratio(seconds[PAGE], seconds[FIXED], _GOAL)
        print(format_row(name, ratio, format_goal(_GOAL), *cells), flush=True)
    print("\nFrom the request for another title to the thumbnail's bytes, in seconds, with the pauses of the page")
    print(format_row("", "p90", "goal", "median"))
    for name, seconds in figures.items():
        *_, p90 = quantiles(seconds[CHANGE], n=10)
        goal, middle = format_goal(_CHANGE_GOAL), f"{median(seconds[CHANGE]):.2f}"
        print(format_row(name, mark(p90, _CHANGE_GOAL, ".2f"), goal, middle))
    save("latency", {"runs": runs, "pictures": figures})


def measure_latency(api_url: str, picture: Path, runs: int) -> dict[str, list[float]]:
    """Return the seconds to each thumbnail, by way of polling, and with another title; they take turns.

    They begin at the end of the upload, or with the request for another title.
    """
    seconds: dict[str, list[float]] = {PAGE: [], FIXED: [], EAGER: [], CHANGE: []}
    source = _upload(api_url, picture)
    _wait(api_url, source, itertools.repeat(1.0))  # warm the functions up
    for run in range(runs):
        eager = itertools.chain([0.0], itertools.repeat(_SHORTEST_PAUSE))
        for way, pauses in ((PAGE, read_page_pauses()), (FIXED, itertools.repeat(_FIXED_PAUSE)), (EAGER, eager)):
            seconds[way].append(_wait(api_url, _upload(api_url, picture), pauses))
        seconds[CHANGE] += (
            _change_title(api_url, picture, source, f"{_TITLE}, part {run * _CHANGES + change}")
            for change in range(_CHANGES)
        )
    return seconds


def read_page_pauses() -> Iterator[float]:
    """Yield the page's pauses before each poll, in seconds, from the constants in web/api.js."""
    script = (ROOT / "web" / "api.js").read_text()
    constants = dict(re.findall(r"^const ([A-Z_]+) = ([\d._]+);", script, re.MULTILINE))
    try:
        pause, growth, longest = (float(constants[name]) for name in ("FIRST_PAUSE", "PAUSE_GROWTH", "LONGEST_PAUSE"))
    except KeyError as error:
        raise UserError(f"web/api.js defines no {error}; adapt benchmarks/latency.py to how the page polls") from error
    while True:
        yield pause / 1000
        pause = min(longest, pause * growth)


def _upload(api_url: str, picture: Path) -> str:
    presigned = presign(api_url, picture, _TITLE)
    send(presigned, picture)
    return str(presigned["filename"])


def _change_title(api_url: str, picture: Path, source: str, title: str) -> float:
    """Make a thumbnail of a picture that is uploaded already, as the page does, and return the seconds that takes."""
    start = time.monotonic()
    presigned = presign(api_url, picture, title, source=source)
    send(presigned, Path(os.devnull))  # the form takes an empty file
    _wait(api_url, presigned["filename"], read_page_pauses())
    return time.monotonic() - start


def _wait(api_url: str, filename: str, pauses: Iterator[float]) -> float:
    """Poll for a thumbnail, download it, and return the seconds that this took."""
    start = time.monotonic()
    for pause in pauses:
        time.sleep(pause)
        response = requests.get(f"{api_url}/get-final-url?filename={filename}", timeout=_TIMEOUT)
        if response.ok:
            download(response.json()["viewUrl"])
            return time.monotonic() - start
        if time.monotonic() - start > _TIMEOUT:
            break
    raise UserError(f"the local stack made no thumbnail within {_TIMEOUT} seconds")


if __name__ == "__main__":
    run_script(main)
