"""What the documents say of the code is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "SECURITY.md"]
PROMISES = [ROOT / "docs" / "faults.md", ROOT / "SECURITY.md"]


@pytest.mark.parametrize("document", PROMISES, ids=lambda path: path.name)
def test_every_promise_is_shown_by_tests_that_exist(document: Path) -> None:
    names = "".join(file.read_text() for file in (ROOT / "tests").rglob("test_*.py"))
    rows = [line for line in document.read_text().splitlines() if re.match(r"\| (?!promise|what fails)", line)]
    assert rows
    for row in rows:
        shown = re.findall(r"`([^`]+)`", row.split(" | ")[-1])
        assert shown, row
        for name in shown:
            exists = f"def {name}(" in names if name.startswith("test_") else (ROOT / name).exists()
            assert exists or name == "make fuzz", name


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
