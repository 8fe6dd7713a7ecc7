"""The README says what the code says."""

import re
from pathlib import Path

import pytest
from benchmarks.costs import with_table

import costs
from common.options import CAPS, FITS, POSITIONS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()
MAIN = (ROOT / "main.tf").read_text()


def rows(heading: str) -> list[list[str]]:
    section = README.split(f"### {heading}\n")[1].split("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_settings_table_names_every_variable_with_its_default() -> None:
    declared = {}
    for name, body in re.findall(r'variable "(\w+)" \{(.*?)\n\}', (ROOT / "variables.tf").read_text(), re.DOTALL):
        default = re.search(r"default +=(.*)", body)
        assert default, name
        declared[name] = default[1].strip()
    declared["accepted_types"] = "nine image types"
    assert {row[0].strip("`"): row[1].strip("`") for row in rows("Settings")} == declared


def test_the_permissions_table_names_every_action() -> None:
    declared = {
        (noun, action)
        for noun, body in re.findall(r'data "aws_iam_policy_document" "(\w+)" \{(.*?)\n\}\n', MAIN, re.DOTALL)
        if noun in ("presign", "process", "poll", "logs")
        for actions in re.findall(r"actions += \[(.*?)\]", body)
        for action in re.findall(r'"(.*?)"', actions)
    }
    written = {
        (row[0].replace("each", "logs"), action)
        for row in rows("Permissions")
        for action in re.findall(r"`(.*?)`", row[1])
    }
    assert written == declared


@pytest.mark.parametrize(("field", "accepted"), [("fit", FITS), ("position", POSITIONS), ("caps", CAPS)])
def test_the_fields_table_names_what_is_accepted(field: str, accepted: tuple[str, ...]) -> None:
    row = re.search(rf"^\| `{field}` \| ([^|;]*)", README, re.MULTILINE)
    assert row
    assert tuple(re.findall(r"`(.*?)`", row[1])) == accepted


def test_the_costs_are_those_that_follow_from_what_was_measured() -> None:
    measured = costs.Measured.kept()
    assert costs.table(measured) in README
    assert (ROOT / "docs" / "costs.md").read_text() == costs.sheet(measured)


def test_measuring_the_costs_again_replaces_the_table() -> None:
    table = costs.table(costs.Measured(cpu_seconds=7, upload_mb=8, thumbnail_mb=9))
    again = with_table(README, table)
    assert table in again
    assert with_table(again, costs.table(costs.Measured.kept())) == README


def test_the_sizes_that_costs_are_computed_for_are_those_of_the_stack() -> None:
    variables = (ROOT / "variables.tf").read_text()
    defaults = dict(re.findall(r'variable "(\w+)" \{.*?default +=(.*?)\n', variables, re.DOTALL))
    assert int(defaults["process_memory_mb"]) == costs.PROCESS_MEMORY_MB
    assert f"process_memory_mb >= {costs.LEAST_MEMORY_MB} " in variables
    assert {int(size) for size in re.findall(r"memory_size += (\d+)", MAIN)} == {costs.ROUTE_MEMORY_MB}
    assert int(defaults["upload_retention_days"]) == costs.UPLOAD_DAYS
    assert int(defaults["thumbnail_retention_days"]) == costs.THUMBNAIL_DAYS


def test_the_default_memory_is_the_best_by_cost_and_time() -> None:
    assert costs.best_memory(costs.Measured.kept()) == costs.PROCESS_MEMORY_MB


def test_memory_buys_time_up_to_one_processor_and_only_costs_more_beyond() -> None:
    measured = costs.Measured(cpu_seconds=1, upload_mb=4, thumbnail_mb=0.2)
    half, one, two = (measured.process_seconds(size) for size in (1769 // 2, 1769, 2 * 1769))
    assert half > 1.7 * one
    assert one == two
    assert costs.process_cost(measured, 2 * 1769, "arm64") > 1.9 * costs.process_cost(measured, 1769, "arm64")


def test_every_make_target_that_a_document_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"(?:`|^|\$ )make ([a-z-]+)", document.read_text(), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{document.name}: make {target}"
