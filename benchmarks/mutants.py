"""Measure how many small changes to the code the unit tests notice.

Cosmic Ray makes the changes, in a copy of the source tree, one per run of the tests. pytest-testmon knows which tests
run the changed code, and runs only these, up to the first that fails. Expect ten seconds per change, and a minute for
one that no test notices.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.commands.execute import execute
from cosmic_ray.commands.init import init
from cosmic_ray.config import ConfigDict
from cosmic_ray.modules import find_modules
from cosmic_ray.operators.number_replacer import NumberReplacer
from cosmic_ray.plugins import OPERATOR_PROVIDERS
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkResult

_ROOT = Path(__file__).parent.parent
_BUILD = _ROOT / "build" / "mutants"
_TREE = _BUILD / "tree"
_EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

_PYTEST = f"{sys.executable} -m pytest -p benchmarks.uncached tests/unit --testmon"
_NOTICE = f"{_PYTEST} --testmon-nocollect --exitfirst"
_TIMEOUT = 300  # seconds; a change that makes the tests hang is noticed

# Changes of numbers by one, of annotations such as `int | None`, and of `==` into `is`: they hardly ever matter.
_EXCLUDED = (
    "core/NumberReplacer",
    "core/ReplaceBinaryOperator_BitOr_",
    "core/ReplaceComparisonOperator_Eq_Is",
    "core/ReplaceComparisonOperator_NotEq_Is",
)


class NumberScaler(NumberReplacer):  # type: ignore[misc]  # Cosmic Ray is not installed where mypy runs
    """Increase or decrease a number by half, an integer by one at least."""

    def mutate(self, node: Any, index: int) -> Any:
        """Return the changed node: increased if `index` is 0, decreased if it is 1."""
        value = ast.literal_eval(node.value)
        step = value / 2 if isinstance(value, float) and value else max(1, value // 2)
        return parso.python.tree.Number(f" {value - step if index else value + step}", node.start_pos)


def main() -> None:
    """Print the score of each package, and the changes that no test notices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=["lambdas"], help="files or folders to change")
    parser.add_argument("--sample", type=int, default=200, help="number of places in the code; 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    arguments = parser.parse_args()
    _copy_tree()
    os.chdir(_TREE)
    os.environ |= {"TESTMON_DATAFILE": str(_BUILD / "testmon"), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(_PYTEST.split(), check=True)  # records which tests run which code
    OPERATOR_PROVIDERS["numbers"] = {NumberScaler.__name__: NumberScaler}
    with use_db(str(_BUILD / "session.sqlite"), WorkDB.Mode.create) as session:
        init(sorted(find_modules(map(Path, arguments.paths))), session, {})
        _draw_sample(session, arguments.sample, random.Random(arguments.seed))  # noqa: S311  no secret
        distributor = {"name": "local", "local": {}}
        execute(session, ConfigDict({"test-command": _NOTICE, "timeout": _TIMEOUT, "distributor": distributor}))
        _report(session)


def _copy_tree() -> None:
    """Copy the files that git knows or would add: changes must not touch those that someone works on."""
    shutil.rmtree(_TREE, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (_ROOT / name).is_file():  # neither deleted nor a submodule
            (_TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_ROOT / name, _TREE / name)


def _draw_sample(session: WorkDB, size: int, generator: random.Random) -> None:
    """Keep one change for each place, and of these places a sample; mark the other changes as skipped."""
    places: dict[tuple[str, tuple[int, int]], list[tuple[str, int, str]]] = defaultdict(list)
    jobs = set()
    for item in session.work_items:
        [change] = item.mutations
        jobs.add(item.job_id)
        if not change.operator_name.startswith(_EXCLUDED):
            place = str(change.module_path), tuple(change.start_pos)
            places[place].append((change.operator_name, change.occurrence, item.job_id))
    # Sorted, because the session has no order.
    drawn = [generator.choice(sorted(changes))[-1] for _, changes in sorted(places.items())]
    kept = generator.sample(drawn, min(size, len(drawn))) if size else drawn
    session.set_multiple_results(jobs - set(kept), WorkResult(WorkerOutcome.SKIPPED))


def _report(session: WorkDB) -> None:
    accepted = tomllib.loads(_EQUIVALENT.read_text())
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for change, result in _list_results(session):
        if result.is_killed:
            outcome = "timeout" if result.output == "timeout" else "noticed"
        elif any(
            part in _find_changed_line(str(result.diff))
            for path in ("*", str(change.module_path))
            for part in accepted.get(path, {})
        ):
            outcome = "equivalent"
        else:
            outcome = "unnoticed"
            print(result.diff, end="\n\n")
        counts[str(change.module_path.parent)][outcome] += 1
    counts["all"] = sum(counts.values(), Counter())
    outcomes = ("noticed", "timeout", "unnoticed", "equivalent")
    print(f"{'package':32}", *(f"{outcome:>11}" for outcome in outcomes), "  score")
    for package, count in counts.items():
        noticed = count["noticed"] + count["timeout"]
        score = noticed / max(1, noticed + count["unnoticed"])
        print(f"{package:32}", *(f"{count[outcome]:11}" for outcome in outcomes), f"{score:7.0%}")


def _find_changed_line(diff: str) -> str:
    """Return the last line that a diff adds or, if it adds none, removes."""
    lines = [line for line in diff.splitlines() if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]
    return lines[-1][1:].strip()


def _list_results(session: WorkDB) -> Iterator[tuple[MutationSpec, WorkResult]]:
    """Yield the changes that were tried, by file and line."""
    tried = [
        (item.mutations[0], result)
        for item, result in session.completed_work_items
        if result.worker_outcome != WorkerOutcome.SKIPPED
    ]
    yield from sorted(tried, key=lambda pair: (str(pair[0].module_path), tuple(pair[0].start_pos)))


if __name__ == "__main__":
    main()
