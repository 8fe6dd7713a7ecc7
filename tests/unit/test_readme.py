"""The tables in README.md and docs/api.md agree with the code."""

import re
from pathlib import Path

import pytest

from common.options import CAPS, FITS, POSITIONS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()
MAIN = (ROOT / "main.tf").read_text()


def list_rows(heading: str) -> list[list[str]]:
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
    assert {row[0].strip("`"): row[1].strip("`") for row in list_rows("Settings")} == declared


def test_the_permissions_table_names_every_action() -> None:
    declared = {
        (function, action)
        for function, body in re.findall(r'data "aws_iam_policy_document" "(\w+)" \{(.*?)\n\}\n', MAIN, re.DOTALL)
        if function in ("presign", "process", "poll", "logs")
        for actions in re.findall(r"actions += \[(.*?)\]", body)
        for action in re.findall(r'"(.*?)"', actions)
    }
    written = {
        (row[0].replace("each", "logs"), action)
        for row in list_rows("Permissions")
        for action in re.findall(r"`(.*?)`", row[1])
    }
    assert written == declared


@pytest.mark.parametrize(("field", "accepted"), [("fit", FITS), ("position", POSITIONS), ("caps", CAPS)])
def test_the_fields_table_names_what_is_accepted(field: str, accepted: tuple[str, ...]) -> None:
    row = re.search(rf"^\| `{field}` \| ([^|;]*)", (ROOT / "docs" / "api.md").read_text(), re.MULTILINE)
    assert row
    assert tuple(re.findall(r"`(.*?)`", row[1])) == accepted
