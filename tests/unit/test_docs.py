"""What docs/ says of the code is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))


def test_every_fault_is_shown_by_a_test_that_exists() -> None:
    tests = "".join(file.read_text() for file in (ROOT / "tests").rglob("test_*.py"))
    rows = [line for line in (ROOT / "docs" / "faults.md").read_text().splitlines() if line.startswith("| ")][1:]
    assert rows
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        assert [name for name in named if f"def {name}(" not in tests] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_into_the_repository_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text()):
        assert (document.parent / target).exists(), target


def test_the_scale_is_computed_for_the_limits_of_the_stack() -> None:
    variables = (ROOT / "variables.tf").read_text()
    defaults = dict(re.findall(r'variable "(\w+)" \{.*?default +=(.*?)\n', variables, re.DOTALL))
    rate, burst = int(defaults["throttle_rate"]), int(defaults["throttle_burst"])
    scale = (ROOT / "docs" / "scale.md").read_text()
    assert f"{rate} requests a second, {burst} at once" in scale
    requests_a_thumbnail = 5
    assert f"`throttle_rate`, at {rate * 60 // requests_a_thumbnail} a minute" in scale
