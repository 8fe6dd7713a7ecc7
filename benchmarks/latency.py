"""Measure, for three ways of polling the local stack, the time from the end of an upload to the thumbnail's bytes."""

import argparse
import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import requests
from benchmarks.inputs import make_inputs
from benchmarks.ratios import format_ratio, format_row, save

from emulator import ROOT
from stack import find_local_stack
from thumbnail import download, presign, send
from user_error import UserError, run_script

PAGE, FIXED, EAGER = "page", "2 s", "no pause"

_PICTURES = ("JPEG 640x360", "JPEG 12 MP")
_TITLE = "How we built this in one week"
_TIMEOUT = 60
_FIXED_PAUSE = 2.0
_SHORTEST_PAUSE = 0.02


def main() -> None:
    """Measure each picture and print its row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    api_url, pictures, figures = find_local_stack().outputs()["api_url"], make_inputs(), {}
    print("From the end of the upload to the thumbnail's bytes, on the local stack, by pause between polls")
    print(format_row("", "ratio", PAGE, FIXED, EAGER))
    for name in _PICTURES:
        figures[name] = seconds = measure_latency(api_url, pictures[name], runs)
        cells = (f"{median(seconds[pauses]):.2f} s" for pauses in (PAGE, FIXED, EAGER))
        print(format_row(name, format_ratio(seconds[PAGE], seconds[FIXED]), *cells), flush=True)
    save("latency", {"runs": runs, "pictures": figures})


def measure_latency(api_url: str, picture: Path, runs: int) -> dict[str, list[float]]:
    """Return, for each way of polling, the seconds from the end of an upload to its thumbnail; the ways take turns."""
    seconds: dict[str, list[float]] = {PAGE: [], FIXED: [], EAGER: []}
    _make_thumbnail(api_url, picture, itertools.repeat(1.0))  # warm the functions up
    for _ in range(runs):
        seconds[PAGE].append(_make_thumbnail(api_url, picture, read_page_pauses()))
        seconds[FIXED].append(_make_thumbnail(api_url, picture, itertools.repeat(_FIXED_PAUSE)))
        eager = itertools.chain([0.0], itertools.repeat(_SHORTEST_PAUSE))
        seconds[EAGER].append(_make_thumbnail(api_url, picture, eager))
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


def _make_thumbnail(api_url: str, picture: Path, pauses: Iterator[float]) -> float:
    presigned = presign(api_url, picture, _TITLE)
    send(presigned, picture)
    start = time.monotonic()
    for pause in pauses:
        time.sleep(pause)
        response = requests.get(f"{api_url}/get-final-url?filename={presigned['filename']}", timeout=_TIMEOUT)
        if response.ok:
            download(response.json()["viewUrl"])
            return time.monotonic() - start
        if time.monotonic() - start > _TIMEOUT:
            break
    raise UserError(f"the local stack made no thumbnail within {_TIMEOUT} seconds")


if __name__ == "__main__":
    run_script(main)
