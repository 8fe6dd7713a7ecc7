"""Commands in the documents print what the documents show."""

import shutil
from pathlib import Path

import pytest
from conftest import Stack
from helpers.documents import list_examples, matches, run_examples

from emulator import ROOT
from stack import build_environment

DOCUMENTS = [path for path in sorted((ROOT / "docs").glob("*.md")) if list_examples(path.read_text())]
TOOLS = ("aws", "curl", "jq")


@pytest.mark.usefixtures("no_dead_letters")
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_prints_what_the_document_shows(stack: Stack, document: Path, tmp_path: Path) -> None:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        pytest.skip(f"the commands in the documents need {', '.join(missing)} on the PATH: install it, or run .ci/run")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    examples = list_examples(document.read_text())
    printed = run_examples(examples, tmp_path, build_environment(stack.outputs, stack.local.emulator))
    different = [
        f"{example.commands}printed:\n{output}\nbut the document shows:\n{example.output}"
        for example, output in zip(examples, printed, strict=True)
        if not matches(example.output, output)
    ]
    assert not different, "\n".join(different)
