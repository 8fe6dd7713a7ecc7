"""Measure what a thumbnail costs, and write the cost sheet and the README's table anew: `make costs`."""

import re
from statistics import median

from benchmarks.engines import DEPLOYED, Turns, engines
from benchmarks.inputs import inputs

import costs
from emulator import ROOT
from user_error import run_script

_RUNS = 9
_README = ROOT / "README.md"


def main() -> None:
    """Measure, write, print."""
    picture = inputs()["JPEG 12 MP"]
    [deployed] = [engine for engine in engines() if engine.name == DEPLOYED]
    thumbnail = picture.with_name("costs.jpg")
    with Turns(deployed, picture) as turns:
        turns.take(f"write {thumbnail}")  # the first is not counted: a warm function's is
        seconds = median(turns.take("time") for _ in range(_RUNS))
    megabytes = (file.stat().st_size / 1e6 for file in (picture, thumbnail))
    measured = costs.Measured(round(seconds, 2), *(round(size, 2) for size in megabytes))
    measured.keep()
    sheet = costs.sheet(measured)
    (costs.DOCUMENTS / "costs.md").write_text(sheet)
    _README.write_text(with_table(_README.read_text(), costs.table(measured)))
    print(sheet)


def with_table(readme: str, table: str) -> str:
    """Return the README with this table in place of the one that tells the costs."""
    return re.sub(r"^\| US\$ for .*?(?=\n\n)", lambda _: table, readme, count=1, flags=re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    run_script(main)
