"""The renderers that `make bench` compares, each in its own processes, so that no two share an allocator.

A process is started with a picture and a title, prints "ready", and then answers each line on standard input with one
number: see `worker.py`.
"""

import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Self

from benchmarks.ratios import FOLDER

from emulator import ROOT
from user_error import UserError

PRODUCT, VARIANTS = "ours", "ours, all variants"
BASELINE, SHARP, PYVIPS = "baseline", "sharp", "pyvips"

_NODE_MODULES = FOLDER / "node_modules"
_PYVIPS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
# Renderers other than these may be missing here, or unable to read a format.
_REQUIRED = (PRODUCT, VARIANTS, BASELINE)
_TITLE = "How we built this in one week"


@dataclass(frozen=True)
class Renderer:
    """How to start a renderer's process; a picture, a title and a size are appended to the command."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def list_renderers() -> list[Renderer]:
    """List the renderers that are installed here."""
    settings = read_malloc_settings((ROOT / "main.tf").read_text())
    found = [
        Renderer(PRODUCT, _worker(sys.executable, "product"), settings),
        Renderer(VARIANTS, _worker(sys.executable, "variants"), settings),
        Renderer(BASELINE, _worker(sys.executable, "baseline")),
    ]
    node = shutil.which("node")
    if node and _NODE_MODULES.is_dir():
        script = str(Path(__file__).with_name("sharp.js"))
        found.append(Renderer(SHARP, (node, script), {"NODE_PATH": str(_NODE_MODULES), **_configure_fonts()}))
    if _PYVIPS_PYTHON.exists():
        found.append(Renderer(PYVIPS, _worker(str(_PYVIPS_PYTHON), "pyvips"), _configure_fonts()))
    return found


def read_malloc_settings(terraform: str) -> dict[str, str]:
    """Return the settings of glibc's allocator in main.tf."""
    settings = re.findall(r"\b(MALLOC_\w+) *= *\"?(\d+(?: *\* *\d+)*)", terraform)
    return {name: str(math.prod(map(int, product.split("*")))) for name, product in settings}


def _worker(python: str, renderer: str) -> tuple[str, ...]:
    return (python, "-m", "benchmarks.worker", renderer)


def _configure_fonts() -> dict[str, str]:
    """Let fontconfig find the title's font and no other, so that every machine draws the same letters."""
    configuration = FOLDER / "fonts.conf"
    folder = files("fontpkg_anton") / "files"
    configuration.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{FOLDER / 'font-cache'}</cachedir></fontconfig>\n"
    )
    return {"FONTCONFIG_FILE": str(configuration)}


class Worker:
    """A renderer's running process, for thumbnails of one picture and size."""

    def __init__(self, renderer: Renderer, picture: Path, size: str) -> None:
        """Start the process."""
        self.name, self._picture = renderer.name, picture
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
        self._process = subprocess.Popen(
            [*renderer.command, str(picture), _TITLE, size],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if renderer.name in _REQUIRED else subprocess.DEVNULL,
            text=True,
            env={**environment, "VIPS_CONCURRENCY": "1", **renderer.environment},
        )

    def measure(self, command: str) -> float:
        """Send a command, which makes thumbnails, and return the number measured."""
        if self._process.stdin:
            print(command, file=self._process.stdin, flush=True)
        return float(self._read_line())

    def _read_line(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            self._process.communicate()
            raise UserError(f"{self.name} cannot make a thumbnail of {self._picture.name}")
        return line

    def __enter__(self) -> Self:
        """Wait until the process is ready."""
        self._read_line()
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def measure_seconds(picture: Path, size: str, runs: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each thumbnail, by renderer; the renderers that can read the picture take turns.

    Each renderer's first thumbnail, which is not counted, is written beside the pictures for inspection.
    """
    folder = picture.parent / "thumbnails"
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        workers = []
        for renderer in list_renderers():
            try:
                worker = stack.enter_context(Worker(renderer, picture, size))
                worker.measure(f"write {folder / f'{picture.name}-{size}-{renderer.name}.jpg'.replace(' ', '-')}")
            except UserError:
                if renderer.name in _REQUIRED:
                    raise
                continue
            workers.append(worker)
        seconds: dict[str, list[float]] = {worker.name: [] for worker in workers}
        for run in range(runs):
            first = run % len(workers)  # rotate: the order must not favour a renderer
            for worker in workers[first:] + workers[:first]:
                seconds[worker.name].append(worker.measure("time"))
    return seconds


def measure_megabytes(picture: Path, size: str, runs: int) -> dict[str, list[float]]:
    """Return the peak megabytes that a process's first thumbnail adds, by required renderer; empty except on Linux."""
    megabytes: dict[str, list[float]] = {}
    if not sys.platform.startswith("linux"):
        return megabytes
    for _ in range(runs):
        for renderer in list_renderers():
            if renderer.name in _REQUIRED:
                with Worker(renderer, picture, size) as worker:
                    megabytes.setdefault(renderer.name, []).append(worker.measure("memory"))
    return megabytes
