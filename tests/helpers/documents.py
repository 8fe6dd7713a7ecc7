"""Find the commands in a document, run them, and compare their output with the document's."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_EXAMPLE = re.compile(r"^<!-- run -->\n```bash\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
_END_OF_OUTPUT = "--- end of output ---"
_TIMEOUT = 300


class Example(NamedTuple):
    """A block of commands, and the output that the document shows for it."""

    commands: str
    output: str


def list_examples(document: str) -> list[Example]:
    """List the blocks of commands that are marked with `<!-- run -->`."""
    return [Example(match[1], match[2] or "") for match in _EXAMPLE.finditer(document)]


def run_examples(examples: list[Example], folder: Path, environment: Mapping[str, str]) -> list[str]:
    """Run all commands in one shell, and return the output of each block, standard error included."""
    script = "".join(f"{example.commands}printf '\\n%s\\n' '{_END_OF_OUTPUT}'\n" for example in examples)
    shell = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_TIMEOUT, check=False,
    )  # fmt: skip
    return shell.stdout.split(f"{_END_OF_OUTPUT}\n")[:-1]


def matches(shown: str, printed: str) -> bool:
    """Tell whether printed output matches what a document shows, where `…` stands for any text."""
    pattern = ".*?".join(map(re.escape, _strip(shown).split("…")))
    return re.fullmatch(pattern, _strip(printed), re.DOTALL) is not None


def _strip(output: str) -> str:
    return "\n".join(line.rstrip() for line in output.strip().splitlines())
