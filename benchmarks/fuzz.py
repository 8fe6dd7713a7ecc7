"""Fuzz `make_thumbnails`: try files as they are, then mutations of them.

The files are those in the given folders or, if none is given, valid files of every format. Mutation stops when time is
up, or when a file breaks something: that file is minimized and written to build/broken. Slow and memory-hungry files
are reported.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from helpers.mutations import make_valid_files, mutated_files
from helpers.sandbox import BROKEN, Outcome, Sandbox
from hypothesis import HealthCheck, given, seed, settings

from emulator import ROOT

_BROKEN_FILE = ROOT / "build" / "broken"

_TIMEOUT = 60  # seconds, the same as the process function's
_SLOW_SECONDS, _LARGE_MEGABYTES = 10, 1400
_LARGEST_FILE = 25_000_000
_ROUND = 200


def main() -> None:
    """Try the files, then their mutations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long to try mutations")
    parser.add_argument("--thumbnails", type=Path, help="write the thumbnails of the files to this folder")
    parser.add_argument("folders", type=Path, nargs="*", help="with files to try")
    arguments = parser.parse_args()
    files = dict(_read(arguments.folders)) if arguments.folders else make_valid_files()
    with Sandbox(_TIMEOUT) as sandbox:
        _try_files(sandbox, files, arguments.thumbnails)
        _try_mutations(sandbox, list(files.values()), time.monotonic() + 60 * arguments.minutes)


def _read(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.stat().st_size <= _LARGEST_FILE:
                yield str(file), file.read_bytes()


def _try_files(sandbox: Sandbox, files: dict[str, bytes], thumbnails: Path | None) -> None:
    counts = Counter[str]()
    for name, data in files.items():
        outcome = sandbox.run(data, "Hello")
        counts[outcome.kind] += 1
        _print_if_notable(name, outcome)
        if thumbnails and outcome.thumbnail:
            thumbnails.mkdir(parents=True, exist_ok=True)
            (thumbnails / f"{Path(name).name}.jpg").write_bytes(outcome.thumbnail)
    print("as they are:", dict(counts), flush=True)


def _try_mutations(sandbox: Sandbox, files: list[bytes], deadline: float) -> None:
    counts = Counter[str]()
    try_round = _make_round(sandbox, files, counts)
    number = 0
    while time.monotonic() < deadline:
        seed(number)(try_round)()
        number += 1
    print("mutated:", dict(counts), flush=True)


def _make_round(sandbox: Sandbox, files: list[bytes], counts: Counter[str]) -> Callable[[], None]:
    """Return a function that tries some mutations, and raises an error at the first that breaks something."""

    @settings(max_examples=_ROUND, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=mutated_files(files))
    def try_round(data: bytes) -> None:
        outcome = sandbox.run(data, "Hello")
        counts[outcome.kind] += 1
        _print_if_notable("mutated", outcome)
        if outcome.kind == BROKEN:
            _BROKEN_FILE.parent.mkdir(exist_ok=True)
            _BROKEN_FILE.write_bytes(data)
            raise AssertionError(f"{outcome.reason}; see {_BROKEN_FILE}")

    return try_round


def _print_if_notable(name: str, outcome: Outcome) -> None:
    if outcome.kind == BROKEN or outcome.seconds > _SLOW_SECONDS or outcome.megabytes > _LARGE_MEGABYTES:
        print(f"{name}: {outcome.kind}, {outcome.seconds:.1f} s, {outcome.megabytes} MB {outcome.reason}", flush=True)


if __name__ == "__main__":
    main()
