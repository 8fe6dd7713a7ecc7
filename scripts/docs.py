"""Keep the documents true: refresh what they quote of the code, and what their commands print.

A quote is found by how its first line begins, inside another with ` > `, and ends with its block, or with that of the
line after ` … `. What is below the marker is written by this script:

    <!-- quote: main.tf > resource "aws_lambda_function" "poll" > memory_size … timeout -->

Commands of one document run in one shell. What they print is written below them by this script, if a local stack runs;
`…` stands for what is different each time:

    <!-- run -->
    ```bash
    curl -s "$PAGE" | head -5
    ```
"""

import re
import subprocess
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path

from emulator import ROOT
from local_stack import current
from shell import of_stack
from user_error import UserError, run_script

DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))

_QUOTE = re.compile(r"(<!-- quote: (.+) -->\n)(?:\[`.*\n\n```\w+\n(?:.*\n)*?```\n)?")
_RUN = re.compile(r"(<!-- run -->\n```bash\n((?:.*\n)*?)```\n)(?:\n```text\n((?:.*\n)*?)```\n)?")
_LANGUAGES = {".tf": "hcl", ".py": "python", ".js": "js", ".json": "json"}

# What differs from one stack or run to the next, and what stands for it.
_MASKS = [
    (re.compile(pattern, re.IGNORECASE), mask)
    for pattern, mask in (
        (r"(localhost|127\.0\.0\.1):\d+", r"\1:4566"),
        (r"execute-api/[0-9a-f]{8}\b", "execute-api/…"),
        (r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "…"),
        (r"\b\d{26}\b", "…"),  # the end of a name that Terraform made unique
        (r"\b([0-9a-f]{64}|[0-9a-f]{32})\b", "…"),  # signatures; keys and sums
        (r"\bASIA\w{16}(/|%2F)\d{8}", r"…\1…"),
        (r"\b20\d{6}T\d{6}Z|\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\S*(?=\")", "…"),
        (r"\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b", "…"),
        (r"\w{3}, \d\d \w{3} 20\d\d \d\d:\d\d:\d\d GMT", "…"),
        (r"(?<=\")[a-z0-9+/]{80,}=*(?=\")", "…"),  # base64
    )
]
_END = "--- end of a block ---"
_PATIENCE = 300


def main() -> None:
    """Refresh every document."""
    local = current()
    environment = of_stack(local.outputs(), local.emulator) if local.emulator.running() else None
    for document in DOCUMENTS:
        before = document.read_text()
        after = requoted(before)
        if environment:
            after = recorded(after, environment)
        if after != before:
            document.write_text(after)
            print(f"refreshed {document.relative_to(ROOT)}")
    if not environment:
        print("no local stack is running: outputs are left as they are. Start one: make demo")


def requoted(text: str) -> str:
    """Return a document with every quote as the code has it now."""
    return _QUOTE.sub(lambda match: match[1] + _quote(match[2]), text)


def _quote(what: str) -> str:
    name, *beginnings = what.split(" > ")
    lines = (ROOT / name).read_text().splitlines()
    quoted = range(len(lines))
    try:
        for beginning in beginnings:
            opening, _, closing = beginning.partition(" … ")
            quoted = _block(lines, quoted, opening)
            if closing:
                quoted = range(quoted.start, _block(lines, range(quoted.stop, len(lines)), closing, first=True).stop)
    except UserError as trouble:
        raise UserError(f"quote of {what}: {trouble}") from None
    code = textwrap.dedent("\n".join(lines[quoted.start : quoted.stop]))
    first, last = quoted.start + 1, quoted.stop
    place = f"[`{name}`, lines {first} to {last}](../{name}#L{first}-L{last})"
    return f"{place}\n\n```{_LANGUAGES[Path(name).suffix]}\n{code}\n```\n"


def _block(lines: list[str], within: range, beginning: str, *, first: bool = False) -> range:
    """Return the one block that begins so, or the first: what is indented more, and a bracket that closes it."""
    found = [number for number in within if lines[number].strip().startswith(beginning)]
    if not found or (len(found) > 1 and not first):
        raise UserError(f"{len(found)} lines begin with {beginning!r}")
    end = found[0] + 1
    while end < within.stop and _belongs(lines[end], lines[found[0]]):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return range(found[0], end)


def _belongs(line: str, opening: str) -> bool:
    code, indent = line.strip(), len(opening) - len(opening.lstrip())
    return not code or line.startswith(" " * (indent + 1)) or (line == " " * indent + code and code[0] in ")]}")


def recorded(text: str, environment: Mapping[str, str]) -> str:
    """Return a document with every output as the stack in this environment prints it now."""
    outputs = iter(printed(commands(text), environment))
    return _RUN.sub(lambda match: match[1] + (f"\n```text\n{output}```\n" if (output := next(outputs)) else ""), text)


def commands(text: str) -> list[str]:
    """Return the commands of each block that is marked as runnable."""
    return [match[2] for match in _RUN.finditer(text)]


def told(text: str) -> list[str]:
    """Return what a document says that each of these blocks prints."""
    return [match[3] or "" for match in _RUN.finditer(text)]


def printed(blocks: list[str], environment: Mapping[str, str]) -> list[str]:
    """Run blocks of commands in one shell, and return what each prints, masked."""
    script = "".join(f"{block}printf '\\n%s\\n' '{_END}'\n" for block in blocks)
    with tempfile.TemporaryDirectory() as folder:  # so that what is downloaded does not fall into the repository
        (Path(folder) / "docs").symlink_to(ROOT / "docs")
        shell = subprocess.run(
            ["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
    return [masked(output) for output in shell.stdout.split(f"{_END}\n")[:-1]]


def masked(output: str) -> str:
    """Return an output with `…` for all that differs each time, and without blank lines around it."""
    for pattern, mask in _MASKS:
        output = pattern.sub(mask, output)
    lines = [line.rstrip() for line in output.splitlines()]
    return "\n".join(lines).strip("\n") + "\n" if output.strip() else ""


if __name__ == "__main__":
    run_script(main)
