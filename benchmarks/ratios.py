"""Format and save ratios of interleaved measurements."""

import json
import os
import platform
from collections.abc import Iterable
from statistics import median
from typing import Any

from emulator import ROOT

NONE = "-"
FOLDER = ROOT / "build" / "bench"


def use_one_core() -> None:
    """Pin this process and its children to one core, where the system allows it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def format_ratio(ours: Iterable[float], others: Iterable[float], goal: float | None = None) -> str:
    """Format the median of the pairwise ratios."""
    return mark(median(one / other for one, other in zip(ours, others, strict=True)), goal, ".2f")


def mark(value: float, goal: float | None, form: str) -> str:
    """Format a number, with an asterisk if it exceeds its goal."""
    return f"{value:{form}}{'*' if goal is not None and round(value, 2) > goal else ' '}"


def format_goal(goal: float | None) -> str:
    """Format the largest ratio allowed."""
    return NONE if goal is None else f"{goal:.2f}"


def format_row(name: str, *cells: str) -> str:
    """Align a row of a table."""
    return f"{name:22}" + "".join(f"{cell:>9}" for cell in cells)


def save(name: str, figures: dict[str, Any]) -> None:
    """Write every figure to build/bench/NAME.json."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    file.write_text(json.dumps({"machine": platform.platform(), "load": os.getloadavg(), **figures}, indent=1))
    print(f"\n* misses its goal. Every figure: {file.relative_to(ROOT)}")
