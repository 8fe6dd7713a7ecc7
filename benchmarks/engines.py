"""The ways to make a thumbnail that are compared, each in processes of its own, so that no allocator serves two."""

import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from emulator import ROOT
from user_error import UserError

OURS, DEPLOYED, SEED, SHARP, VIPS = "ours", "ours, as deployed", "seed", "sharp", "pyvips"

_FOLDER = ROOT / "build" / "bench"
_SHARP = _FOLDER / "node_modules"
_VIPS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
# What must run; others may lack, or not read a picture.
_NEEDED = (OURS, DEPLOYED, SEED)
_TITLE = "How we built this in one week"


@dataclass(frozen=True)
class Engine:
    """How the process of one way is started; a picture and a title are appended to the command."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def engines() -> list[Engine]:
    """List the ways that can be measured here."""
    found = [Engine(OURS, _python("process.thumbnail")), Engine(SEED, _python("benchmarks.seed"))]
    settings = allocator((ROOT / "main.tf").read_text())
    if settings:
        found.append(Engine(DEPLOYED, _python("process.thumbnail"), settings))
    node = shutil.which("node")
    if node and _SHARP.is_dir():
        script = str(Path(__file__).with_name("sharp.js"))
        found.append(Engine(SHARP, (node, script), {"NODE_PATH": str(_SHARP), **_fonts()}))
    if _VIPS_PYTHON.exists():
        found.append(Engine(VIPS, _python("benchmarks.vips", str(_VIPS_PYTHON)), _fonts()))
    return found


def allocator(terraform: str) -> dict[str, str]:
    """Return the settings of the C library's allocator that Terraform gives to a function."""
    written = re.findall(r"\b(MALLOC_\w+) *= *\"?(\d+(?: *\* *\d+)*)", terraform)
    return {name: str(math.prod(map(int, product.split("*")))) for name, product in written}


def _python(module: str, python: str = sys.executable) -> tuple[str, ...]:
    return (python, "-m", "benchmarks.turns", module)


def _fonts() -> dict[str, str]:
    """Let fontconfig find the title's font, and no other: the letters are the same everywhere."""
    configuration = _FOLDER / "fonts.conf"
    folder = files("fontpkg_anton") / "files"
    configuration.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{_FOLDER / 'font-cache'}</cachedir></fontconfig>\n"
    )
    return {"FONTCONFIG_FILE": str(configuration)}


class Turns:
    """A running process of one way, that makes thumbnails of one picture when it is told to."""

    def __init__(self, engine: Engine, picture: Path) -> None:
        """Start it."""
        self.engine, self._picture = engine, picture
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
        self._process = subprocess.Popen(
            [*engine.command, str(picture), _TITLE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if engine.name in _NEEDED else subprocess.DEVNULL,
            text=True,
            env={**environment, "VIPS_CONCURRENCY": "1", **engine.environment},
        )

    def take(self, command: str) -> float:
        """Make one thumbnail, and return what `benchmarks.turns` measured."""
        if self._process.stdin:
            print(command, file=self._process.stdin, flush=True)
        return float(self._answer())

    def _answer(self) -> str:
        answer = self._process.stdout.readline() if self._process.stdout else ""
        if not answer:
            self._process.communicate()
            raise UserError(f"{self.engine.name} cannot make a thumbnail of {self._picture.name}")
        return answer

    def __enter__(self) -> Self:
        """Wait until it is ready; be ended at the end of a `with`."""
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def seconds(picture: Path, runs: int) -> dict[str, list[float]]:
    """Return the CPU time of so many thumbnails by each way that can read the picture, taking turns.

    The first of each is not counted; it is written beside the pictures, to look at.
    """
    out = picture.parent / "thumbnails"
    out.mkdir(exist_ok=True)
    with ExitStack() as stack:
        turns = []
        for engine in engines():
            try:
                turn = stack.enter_context(Turns(engine, picture))
                turn.take(f"write {out / f'{picture.name}-{engine.name}.jpg'.replace(' ', '-')}")
            except UserError:
                if engine.name in _NEEDED:
                    raise
                continue
            turns.append(turn)
        taken: dict[str, list[float]] = {turn.engine.name: [] for turn in turns}
        for run in range(runs):
            for turn in _rotated(turns, run):
                taken[turn.engine.name].append(turn.take("time"))
    return taken


def _rotated(turns: list[Turns], by: int) -> Iterator[Turns]:
    """Begin with another one each time: whoever follows the same one always would be favoured or not."""
    start = by % len(turns)
    yield from turns[start:] + turns[:start]


def megabytes(picture: Path, runs: int) -> dict[str, list[float]]:
    """Return what the first thumbnail of a fresh process takes beyond the process at rest, for ours and the seed's."""
    taken: dict[str, list[float]] = {}
    if not sys.platform.startswith("linux"):
        return taken
    for _ in range(runs):
        for engine in engines():
            if engine.name in _NEEDED:
                with Turns(engine, picture) as turn:
                    taken.setdefault(engine.name, []).append(turn.take("memory"))
    return taken
