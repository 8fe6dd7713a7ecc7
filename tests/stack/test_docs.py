"""What the documents say that a command prints is what it prints."""

import shutil
from pathlib import Path

import pytest
from conftest import Stack

import docs
from shell import of_stack

DOCUMENTS = [document for document in docs.DOCUMENTS if docs.commands(document.read_text())]


@pytest.mark.skipif(not shutil.which("jq"), reason="the documents' commands need jq")
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_prints_what_the_document_says(stack: Stack, document: Path) -> None:
    blocks, told = docs.commands(document.read_text()), docs.told(document.read_text())
    printed = docs.printed(blocks, of_stack(stack.outputs, stack.local.emulator))
    differing = [
        f"$ {command}\nprints:\n{output}\nand not:\n{expected}"
        for command, expected, output in zip(blocks, told, printed, strict=True)
        if output != expected
    ]
    assert not differing, "\n".join([*differing, "If that is right: make demo, make docs"])
