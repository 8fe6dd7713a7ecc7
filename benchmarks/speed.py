"""Measure thumbnails in a warm process: CPU time, as ratios to other renderers; memory; PSNR.

The renderers take turns on one core. Each ratio is the median over the runs; below 1, the product is faster. All
variants of a thumbnail are compared with the first alone, and with as many thumbnails by sharp.
"""

import argparse
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
from process.canvas import WHOLE_PICTURE, parse_size
from process.image.colour import to_srgb
from process.image.resize import View, crop_and_scale
from process.image.transparency import flatten
from process.looks import VARIANTS as VARIANT_COUNT
from process.thumbnail import decode_for, find_views, plan
from user_error import run_script

_OTHERS = (BASELINE, SHARP, PYVIPS)
_MEMORY_RUNS = 3
_LEAST_DECIBELS = 43


@dataclass(frozen=True)
class Goal:
    """Upper limits, None if there is no goal.

    Attributes:
        ratios: of one thumbnail to the baseline, to sharp and to pyvips.
        megabytes: added to the process by all variants.
        variants: ratio of all variants to as many thumbnails by sharp.
    """

    ratios: tuple[float | None, float | None, float | None]
    megabytes: float
    variants: float | None = None


_GOALS = {
    "JPEG 12 MP": Goal((0.40, 0.65, 1.0), 38, 0.45),
    "JPEG 48 MP": Goal((0.32, 0.80, 1.0), 38),
    "JPEG 12 MP rotated": Goal((0.45, 0.75, None), 89),
    "JPEG 12 MP progressive": Goal((0.70, 0.75, 1.0), 49),
    "PNG 8 MP RGBA": Goal((0.85, 1.0, 1.3), 71),
    "PNG 8 MP RGB": Goal((0.85, 1.0, 1.3), 58),
    "WebP 12 MP": Goal((0.80, 1.1, 1.2), 196),
    "AVIF 4 MP": Goal((0.85, 0.40, 0.45), 53),
    "HEIC 12 MP": Goal((0.85, None, None), 78),
    "JPEG 640x360": Goal((1.3, 0.40, 0.7), 32),
    "JPEG 12 MP at 1920x1080": Goal((None, None, None), 111),
    "JPEG 12 MP at 3840x2160": Goal((None, 0.8, None), 241),
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
    print("\nOne thumbnail, warm: CPU time as a share of the other renderers'; all variants; memory added; PSNR")
    for name, needs in {SHARP: "node and npm", PYVIPS: ".venv-bench"}.items():
        if name not in names:
            print(f"{name} is left out: it needs {needs}")
    _print_headings()
    inputs, figures = make_inputs(), dict[str, Any]()
    for name, goal in _GOALS.items():
        if arguments.inputs in name:
            kind, _, size = name.partition(" at ")
            figures[name] = _measure(inputs[kind], size or SIZES[0], arguments.runs)
            print(_format_figures(name, figures[name], goal), flush=True)
    save("speed", {"runs": arguments.runs, "pictures": figures})


def _print_headings() -> None:
    above, below = list[str](), list[str]()
    for over, columns in (
        *((f"/ {other}", ("ours", "goal")) for other in _OTHERS),
        ("variants", ("/ one", "/ sharp", "goal")),
        ("MB", ("one", "variants", "goal", "baseline")),
        ("dB", ("ours", "goal", "baseline")),
    ):
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
    """Compare our decoding and scaling with Lanczos over the whole original, as large as if letterboxed and cropped.

    Returns:
        The lower PSNR, in decibels.
    """
    original = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    psnrs = []
    for fit, choose in (("letterbox", min), ("crop", max)):
        planned = plan(data, "", fit=fit, size=size)
        [(decoded, _)] = decode_for(planned, find_views(planned, planned.variants))
        scale = choose(length / own for length, own in zip(parse_size(size), original.size, strict=True))
        shown = round(original.width * scale), round(original.height * scale)
        [scaled] = crop_and_scale(decoded, [View(WHOLE_PICTURE, shown)])
        scaled = flatten(to_srgb(scaled), planned.matte)
        reference = original.resize(shown, Image.Resampling.LANCZOS)
        if reference.has_transparency_data:
            matte = Image.new("RGBA", reference.size, planned.matte)
            reference = Image.alpha_composite(matte, reference.convert("RGBA"))
        psnrs.append(compute_psnr(scaled, reference.convert("RGB")))
    return min(psnrs)


def _measure_baseline_psnr(data: bytes, size: str) -> float:
    scaled = baseline.scale(data, parse_size(size))
    original = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")  # the baseline drops alpha, too
    return compute_psnr(scaled, original.resize(scaled.size, Image.Resampling.LANCZOS))


def _format_figures(name: str, figures: dict[str, Any], goal: Goal) -> str:
    seconds, memory, decibels = figures["seconds"], figures["megabytes"], figures["decibels"]
    cells = []
    for other, most in zip(_OTHERS, goal.ratios, strict=True):
        cells += [_format_share(seconds, PRODUCT, other, most), format_goal(most)]
    cells += [format_ratio(seconds[VARIANTS], seconds[PRODUCT])]
    cells += [_format_share(seconds, VARIANTS, SHARP, goal.variants, times=VARIANT_COUNT), format_goal(goal.variants)]
    cells += [_format_megabytes(memory, PRODUCT), _format_megabytes(memory, VARIANTS, goal.megabytes)]
    cells += [f"{goal.megabytes:.0f}", _format_megabytes(memory, BASELINE)]
    cells += [f"{decibels['ours']:.1f}{'*' if decibels['ours'] < _LEAST_DECIBELS else ' '}", f"{_LEAST_DECIBELS}"]
    return format_row(name, *cells, f"{decibels['baseline']:.1f}")


def _format_share(seconds: dict[str, list[float]], ours: str, other: str, goal: float | None, *, times: int = 1) -> str:
    """Format our share of the time that another renderer takes for so many thumbnails, if it can make them at all."""
    if other not in seconds:
        return NONE
    return format_ratio(seconds[ours], [times * duration for duration in seconds[other]], goal)


def _format_megabytes(memory: dict[str, list[float]], renderer: str, goal: float | None = None) -> str:
    return mark(median(memory[renderer]), goal, ".0f") if memory else NONE


if __name__ == "__main__":
    run_script(main)
