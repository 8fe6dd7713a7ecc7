"""Measure thumbnails in a warm process: CPU time, as ratios to other renderers; memory; PSNR.

The renderers take turns on one core. Each ratio is the median over the runs; below 1, the product is faster. The column
"variants" compares making all variants of a thumbnail with making the first alone.
"""

import argparse
import math
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import baseline
from benchmarks.inputs import make_inputs
from benchmarks.ratios import NONE, format_goal, format_ratio, format_row, mark, save, use_one_core
from benchmarks.renderers import (
    BASELINE,
    DEPLOYED,
    PRODUCT,
    PYVIPS,
    SHARP,
    VARIANTS,
    list_renderers,
    measure_megabytes,
    measure_seconds,
)
from helpers.pictures import compute_psnr
from PIL import Image, ImageOps

from common.options import SIZES
from process.canvas import SIZE, parse_size
from process.image.colour import to_srgb
from process.image.resize import View, crop_and_scale
from process.image.transparency import flatten
from process.thumbnail import decode_for, plan
from user_error import run_script

_MEMORY_RUNS = 3
_LEAST_DECIBELS = 38


@dataclass(frozen=True)
class Goal:
    """Upper limits on the ratios to the baseline and to sharp (None if there is no goal) and on the megabytes added."""

    baseline: float | None
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
    "JPEG 12 MP at 1920x1080": Goal(None, None, 120),
    "JPEG 12 MP at 3840x2160": Goal(None, 0.8, 250),
}


def main() -> None:
    """Measure each picture and print its row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--inputs", default="", help="only pictures whose name contains this")
    arguments = parser.parse_args()
    use_one_core()
    print(f"{arguments.runs} runs; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start")
    names = [renderer.name for renderer in list_renderers()]
    ours = [name for name in (DEPLOYED, PRODUCT) if name in names]
    print("\nOne thumbnail, warm: CPU time as a share of the other renderers', memory added, PSNR")
    if DEPLOYED in names:
        print("deployed: with the allocator's settings from main.tf")
    for name, needs in {SHARP: "node and npm", PYVIPS: ".venv-bench"}.items():
        if name not in names:
            print(f"{name} is left out: it needs {needs}")
    _print_headings(["deployed" if name == DEPLOYED else name for name in ours])
    inputs, figures = make_inputs(), dict[str, Any]()
    for name in _GOALS:
        if arguments.inputs in name:
            kind, _, size = name.partition(" at ")
            figures[name] = _measure(inputs[kind], size or SIZES[0], arguments.runs)
            print(_format_figures(name, ours, figures[name]), flush=True)
    save("speed", {"runs": arguments.runs, "pictures": figures})


def _print_headings(ours: list[str]) -> None:
    above, below = [], []
    for over, columns in (
        (f"/ {BASELINE}", [*ours, "goal"]), (f"/ {SHARP}", [*ours, "goal"]), (f"/ {PYVIPS}", ours),
        ("variants", [f"/ {PRODUCT}"]),
        ("MB", [*ours, "variants", "goal", "baseline"]), ("dB", ["ours", "goal", "baseline"]),
    ):  # fmt: skip
        above += [over, *("",) * (len(columns) - 1)]
        below += columns
    print(format_row("", *above), format_row("", *below), sep="\n")


def _measure(picture: Path, size: str, runs: int) -> dict[str, Any]:
    data = picture.read_bytes()
    return {
        "bytes": len(data),
        "seconds": measure_seconds(picture, size, runs),
        "megabytes": measure_megabytes(picture, size, _MEMORY_RUNS),
        "decibels": {"ours": _measure_psnr(data, size), "baseline": _measure_baseline_psnr(data, size)},
    }


def _measure_psnr(data: bytes, size: str) -> float:
    """Compare our decoding and scaling with Lanczos over the whole original, letterboxed and cropped.

    Returns:
        The lower PSNR, in decibels. It includes what our filter, which is softer than Lanczos, leaves out.
    """
    original = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    scale, worst = parse_size(size)[0] / SIZE[0], math.inf
    for fit in ("letterbox", "crop"):
        planned = plan(data, "", fit=fit, size=size)
        [composition] = planned.variants.values()
        region, area = composition.framing.region.within(planned.content), composition.framing.area.round(scale)
        [scaled] = crop_and_scale(decode_for(planned, scale), [View(region, area.size)])
        scaled = flatten(to_srgb(scaled), planned.matte)
        reference = original.resize(scaled.size, Image.Resampling.LANCZOS, region.scale(original.size))
        if reference.has_transparency_data:
            matte = Image.new("RGBA", reference.size, planned.matte)
            reference = Image.alpha_composite(matte, reference.convert("RGBA"))
        worst = min(worst, compute_psnr(scaled, reference.convert("RGB")))
    return worst


def _measure_baseline_psnr(data: bytes, size: str) -> float:
    scaled = baseline.scale(data, parse_size(size))
    original = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")  # the baseline drops alpha, too
    return compute_psnr(scaled, original.resize(scaled.size, Image.Resampling.LANCZOS))


def _format_figures(name: str, ours: list[str], figures: dict[str, Any]) -> str:
    goal, seconds, memory, decibels = _GOALS[name], *(figures[key] for key in ("seconds", "megabytes", "decibels"))

    def format_ratios(other: str, most: float | None = None) -> list[str]:
        return [format_ratio(seconds[one], seconds[other], most) if other in seconds else NONE for one in ours]

    return format_row(
        name,
        *format_ratios(BASELINE, goal.baseline), format_goal(goal.baseline),
        *format_ratios(SHARP, goal.sharp), format_goal(goal.sharp),
        *format_ratios(PYVIPS),
        format_ratio(seconds[VARIANTS], seconds[PRODUCT]),
        *(mark(median(memory[one]), goal.megabytes, ".0f") if memory else NONE for one in (*ours, VARIANTS)),
        f"{goal.megabytes:.0f}",
        f"{median(memory[BASELINE]):.0f}" if memory else NONE,
        f"{decibels['ours']:.1f}{'*' if decibels['ours'] < _LEAST_DECIBELS else ' '}",
        f"{_LEAST_DECIBELS}",
        f"{decibels['baseline']:.1f}",
    )  # fmt: skip


if __name__ == "__main__":
    run_script(main)
