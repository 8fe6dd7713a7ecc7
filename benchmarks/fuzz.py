"""Try many files on `make_thumbnail`, and print what became of them: `make fuzz [CORPUS=folder] [MINUTES=10]`.

First each file as it is: those of the folder, or else valid ones of every format. Then, for so many minutes, files that
are cut, bent and mixed from them; this ends at the first that breaks, made as small as can be and written to
`build/broken`. Whatever is slower or larger than the limits below is named.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.mutations import mutated, valid_files
from helpers.sandbox import BROKEN, Outcome, Sandbox
from hypothesis import HealthCheck, given, seed, settings

_BROKEN_FILE = Path("build/broken")

# After this many seconds a file counts as broken: the time that the function has.
_PATIENCE = 60
_SLOW_SECONDS, _LARGE_MEGABYTES = 10, 1400
_LARGEST_FILE = 25_000_000
_ROUND = 200


def main() -> None:
    """Read the command line and try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--thumbnails", type=Path, help="folder to write what was made of the files, to look at")
    parser.add_argument("folders", type=Path, nargs="*")
    arguments = parser.parse_args()
    files = dict(_read(arguments.folders)) if arguments.folders else valid_files()
    with Sandbox(_PATIENCE) as trial:
        _try_as_they_are(trial, files, arguments.thumbnails)
        _try_mutated(trial, list(files.values()), time.monotonic() + 60 * arguments.minutes)


def _read(folders: Iterable[Path]) -> Iterable[tuple[str, bytes]]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.stat().st_size <= _LARGEST_FILE:
                yield str(file), file.read_bytes()


def _try_as_they_are(trial: Sandbox, files: dict[str, bytes], thumbnails: Path | None) -> None:
    counts = Counter[str]()
    for name, data in files.items():
        outcome = trial.of(data, "Hello")
        counts[outcome.kind] += 1
        _tell_if_odd(name, outcome)
        if thumbnails and outcome.thumbnail:
            thumbnails.mkdir(parents=True, exist_ok=True)
            (thumbnails / f"{Path(name).name}.jpg").write_bytes(outcome.thumbnail)
    print("as they are:", dict(counts), flush=True)


def _try_mutated(trial: Sandbox, files: list[bytes], end: float) -> None:
    counts = Counter[str]()
    tried = _tried(trial, files, counts)
    number = 0
    while time.monotonic() < end:
        seed(number)(tried)()
        number += 1
    print("mutated:", dict(counts), flush=True)


def _tried(trial: Sandbox, files: list[bytes], counts: Counter[str]) -> Callable[[], None]:
    """Return a round of mutations, which fails at the first file that breaks something."""

    @settings(max_examples=_ROUND, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=mutated(files))
    def tried(data: bytes) -> None:
        outcome = trial.of(data, "Hello")
        counts[outcome.kind] += 1
        _tell_if_odd("mutated", outcome)
        if outcome.kind == BROKEN:
            _BROKEN_FILE.parent.mkdir(exist_ok=True)
            _BROKEN_FILE.write_bytes(data)
        assert outcome.kind != BROKEN, f"{outcome.reason}; see {_BROKEN_FILE}"

    return tried


def _tell_if_odd(name: str, outcome: Outcome) -> None:
    if outcome.kind == BROKEN or outcome.seconds > _SLOW_SECONDS or outcome.megabytes > _LARGE_MEGABYTES:
        print(f"{name}: {outcome.kind}, {outcome.seconds:.1f} s, {outcome.megabytes} MB {outcome.reason}", flush=True)


if __name__ == "__main__":
    main()
