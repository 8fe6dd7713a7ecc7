"""Requirements files name an exact version of every package."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("layers", "scripts", "tests", "benchmarks")
FILES = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*requirements.txt")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_requirement_is_pinned(file: Path) -> None:
    lines = [line.split("#")[0].strip() for line in file.read_text().splitlines()]
    assert not [line for line in lines if line and not line.startswith("-r") and "==" not in line]
