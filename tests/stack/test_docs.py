"""Commands in the documents print what the documents show."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Stack
from helpers.documents import list_examples, matches, run_examples

from emulator import ROOT
from stack import build_environment
from thumbnail import wait_for

DOCUMENTS = [path for path in sorted((ROOT / "docs").glob("*.md")) if list_examples(path.read_text())]
TOOLS = ("aws", "curl", "jq")


def skip_without(*tools: str) -> None:
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        pytest.skip(f"the commands in the documents need {', '.join(missing)} on the PATH: install it, or run .ci/run")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_prints_what_the_document_shows(stack: Stack, document: Path, tmp_path: Path) -> None:
    skip_without(*TOOLS)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    examples = list_examples(document.read_text())
    printed = run_examples(examples, tmp_path, build_environment(stack.outputs, stack.local.emulator))
    different = [
        f"{example.commands}printed:\n{output}\nbut the document shows:\n{example.output}"
        for example, output in zip(examples, printed, strict=True)
        if not matches(example.output, output)
    ]
    assert not different, "\n".join(different)


def test_the_curl_commands_in_the_readme_make_thumbnails(stack: Stack) -> None:
    skip_without("curl", "jq")
    [commands] = re.findall(r"^```bash\n(.*?)^```", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    shell = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", f'{commands}\nprintf "\n%s" "$presigned"'],
        cwd=ROOT, env=os.environ | {"API": stack.api}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    polled, presigned = shell.stdout.splitlines()
    assert {"status", "downloadUrl"} & json.loads(polled).keys()
    assert len(wait_for(stack.api, json.loads(presigned)["filename"])["variants"]) == 3
