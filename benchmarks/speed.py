"""Print how fast this is, as ratios, beside the goals: `make bench [RUNS=7]`.

Ways take turns on one core, CPU time is counted, and each ratio is the median of the runs' own; below 1 ours is
faster. Every single figure is kept in build/bench/figures.json. What misses its goal is marked with an asterisk.
"""

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import cold_start, latency, quality
from benchmarks.engines import DEPLOYED, OURS, SEED, SHARP, VIPS, engines, megabytes, seconds
from benchmarks.inputs import inputs

from emulator import ROOT
from local_stack import current
from user_error import UserError, run_script

_FIGURES = ROOT / "build" / "bench" / "figures.json"
_MEMORY_RUNS = 3
_WAY_RUNS = 5
_WAY_PICTURES = ("JPEG 640x360", "JPEG 12 MP")
_LEAST_DECIBELS = 43

_NONE = "-"


@dataclass(frozen=True)
class Goal:
    """The largest ratio to the seed and to sharp, and the most megabytes; None where none is set."""

    seed: float | None
    sharp: float | None
    megabytes: float


_GOALS = {
    "JPEG 12 MP": Goal(0.45, 0.65, 30),
    "JPEG 48 MP": Goal(0.30, 0.75, 30),
    "JPEG 12 MP rotated": Goal(0.45, 0.75, 30),
    "JPEG 12 MP progressive": Goal(0.75, 0.80, 80),
    "PNG 8 MP RGBA": Goal(0.9, 1.0, 80),
    "PNG 8 MP RGB": Goal(0.9, 1.0, 80),
    "WebP 12 MP": Goal(0.65, 1.0, 200),
    "AVIF 4 MP": Goal(1.0, 0.5, 80),
    "HEIC 12 MP": Goal(1.0, None, 80),
    "JPEG 640x360": Goal(None, 0.5, 10),
}


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", choices=("pictures", "cold", "way"))
    parser.add_argument("--inputs", default="", help="only the pictures whose names hold this")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"machine": platform.platform(), "load": os.getloadavg(), "runs": arguments.runs}
    parts: dict[str, Callable[[], Any]] = {
        "pictures": lambda: _pictures(arguments.runs, arguments.inputs),
        "cold": lambda: _cold(arguments.runs),
        "way": lambda: _way(_WAY_RUNS),
    }
    _on_one_core()
    print(f"{arguments.runs} runs; load when begun {figures['load'][0]:.1f} on {os.cpu_count()} cores")
    for name, part in parts.items():
        if arguments.only in (None, name):
            figures[name] = part()
            _FIGURES.write_text(json.dumps(figures, indent=1))
    print(f"\n* misses its goal. Every figure: {_FIGURES.relative_to(ROOT)}")


def _on_one_core() -> None:
    """Keep this process and those that it starts on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _pictures(runs: int, wanted: str) -> dict[str, Any]:
    names = [engine.name for engine in engines()]
    ours = [name for name in (DEPLOYED, OURS) if name in names]
    print("\nOne thumbnail, warm: our CPU time as a share of the others', memory added, nearness to the best scaling")
    if DEPLOYED in names:
        print("First with the allocator's settings that main.tf gives the function, then with none.")
    for name, need in {SHARP: "node and npm", VIPS: ".venv-bench"}.items():
        if name not in names:
            print(f"{name} is left out: it needs {need}")
    for line in _headings(["deployed" if name == DEPLOYED else "ours" for name in ours]):
        print(line)
    figures: dict[str, Any] = {}
    for name, picture in inputs().items():
        if wanted in name:
            figures[name] = _picture(picture, runs)
            print(_picture_row(name, ours, figures[name]), flush=True)
    return figures


def _headings(kinds: list[str]) -> tuple[str, str]:
    above, below = [], []
    for over, columns in (
        (f"/ {SEED}", [*kinds, "goal"]), (f"/ {SHARP}", [*kinds, "goal"]), (f"/ {VIPS}", kinds),
        ("MB", [*kinds, "goal", "seed"]), ("dB", ["ours", "goal", "seed"]),
    ):  # fmt: skip
        above += [over, *("",) * (len(columns) - 1)]
        below += columns
    return _row("", *above), _row("", *below)


def _picture(picture: Path, runs: int) -> dict[str, Any]:
    data = picture.read_bytes()
    return {
        "bytes": len(data),
        "seconds": seconds(picture, runs),
        "megabytes": megabytes(picture, _MEMORY_RUNS),
        "decibels": {"ours": quality.ours(data), "seed": quality.seeds(data)},
    }


def _picture_row(name: str, ours: list[str], figures: dict[str, Any]) -> str:
    goal, taken, memory = _GOALS[name], figures["seconds"], figures["megabytes"]
    decibels = figures["decibels"]
    cells = []
    for other, most in ((SEED, goal.seed), (SHARP, goal.sharp)):
        cells += [ratio(taken[latency], taken[other], most) if other in taken else _NONE for latency in ours]
        cells.append(_goal(most))
    cells += [ratio(taken[latency], taken[VIPS], None) if VIPS in taken else _NONE for latency in ours]
    cells += [marked(median(memory[latency]), goal.megabytes, ".0f") if memory else _NONE for latency in ours]
    cells += [f"{goal.megabytes:.0f}", f"{median(memory[SEED]):.0f}" if memory else _NONE]
    cells.append(f"{decibels['ours']:.1f}{'*' if decibels['ours'] < _LEAST_DECIBELS else ' '}")
    return _row(name, *cells, f"{_LEAST_DECIBELS}", f"{decibels['seed']:.1f}")


def _cold(runs: int) -> dict[str, Any]:
    print("\nA cold start: CPU time of a fresh process, after the interpreter's own start")
    print(_row("", "ratio", "goal", "ours", "other") + "  held against")
    figures = cold_start.measured(runs)
    for start in cold_start.starts():
        ours, others = zip(*figures[start.name], strict=True)
        times = (f"{1000 * median(column):.0f} ms" for column in (ours, others))
        print(_row(start.name, ratio(ours, others, start.goal), _goal(start.goal), *times) + f"  {start.other_name}")
    return dict(figures)


def _way(runs: int) -> dict[str, Any]:
    print("\nFrom the upload's end to the thumbnail's bytes, on the local stack")
    figures: dict[str, Any] = {}
    try:
        api_url = current().outputs()["api_url"]
    except UserError as trouble:
        print(f"left out: {trouble}")
        return figures
    pictures = inputs()
    print(_row("", "ratio", latency.PAGE, latency.SEED, latency.AT_ONCE))
    for name in _WAY_PICTURES:
        figures[name] = taken = latency.measured(api_url, pictures[name], runs)
        times = (f"{median(taken[kind]):.2f} s" for kind in (latency.PAGE, latency.SEED, latency.AT_ONCE))
        print(_row(name, ratio(taken[latency.PAGE], taken[latency.SEED], None), *times), flush=True)
    return figures


def ratio(ours: Iterable[float], others: Iterable[float], goal: float | None) -> str:
    """Return the median of the ratios of values that were measured one after the other."""
    return marked(median(one / other for one, other in zip(ours, others, strict=True)), goal, ".2f")


def marked(value: float, goal: float | None, form: str) -> str:
    """Return a number, with an asterisk if it is above its goal."""
    return f"{value:{form}}{'*' if goal is not None and round(value, 2) > goal else ' '}"


def _goal(ratio: float | None) -> str:
    return _NONE if ratio is None else f"{ratio:.2f}"


def _row(name: str, *cells: str) -> str:
    return f"{name:22}" + "".join(f"{cell:>9}" for cell in cells)


if __name__ == "__main__":
    run_script(main)
