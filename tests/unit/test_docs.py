"""The documents agree with the code."""

import re
import textwrap
from itertools import accumulate
from pathlib import Path

import pytest
from benchmarks.latency import read_page_pauses
from helpers.documents import list_examples, matches, run_examples

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]
EXAMPLE = "<!-- run -->\n```bash\n{}\n```\n\n```text\n{}\n```\n".format


def read_prose(document: Path) -> str:
    return re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def list_anchors(document: Path) -> set[str]:
    """List the anchors that GitHub gives to a document's headings."""
    headings = re.findall(r"^#+ (.*)$", read_prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_repository_work(document: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)\)", read_prose(document)):
        file = document.parent / target if target else document
        assert file.exists(), target
        assert not anchor or anchor in list_anchors(file), f"{target}#{anchor}"


def has_block(code: str, block: str) -> bool:
    """Tell whether a block of lines occurs in some code, whatever its indentation."""
    wanted, lines = _dedent(block.splitlines()), code.splitlines()
    starts = range(len(lines) - len(wanted) + 1)
    return any(_dedent(lines[start : start + len(wanted)]) == wanted for start in starts)


def _dedent(lines: list[str]) -> list[str]:
    return textwrap.dedent("\n".join(line.rstrip() for line in lines)).split("\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_quoted_code_occurs_in_its_file(document: Path) -> None:
    quotes = re.findall(r"^<!-- quote: (\S+) -->\n```\w+\n(.*?)^```$", document.read_text(), re.DOTALL | re.MULTILINE)
    assert len(quotes) == read_prose(document).count("\n<!-- quote:"), "a marker has no block of code"
    for name, block in quotes:
        assert has_block((ROOT / name).read_text(), block), f"{name} does not contain\n{block}"


def test_a_quote_is_compared_without_its_indentation() -> None:
    code = "a {\n  b {\n    c = 1  \n\n    d = 2\n  }\n}\n"
    assert has_block(code, "b {\n  c = 1\n\n  d = 2\n}\n")
    assert not has_block(code, "b {\nc = 1\n")
    assert not has_block(code, "c = 1\nd = 2\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_run_marker_has_commands(document: Path) -> None:
    text = document.read_text()
    assert len(list_examples(text)) == text.count("\n<!-- run -->")


def test_the_commands_of_a_document_share_a_shell(tmp_path: Path) -> None:
    examples = list_examples(EXAMPLE("x=1; echo a", "a") + EXAMPLE("echo $x >&2", "1"))
    printed = run_examples(examples, tmp_path, {"PATH": "/usr/bin:/bin"})
    assert all(matches(example.output, output) for example, output in zip(examples, printed, strict=True))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a", "a  \n\n", True),
        ("key ….png", "key 0123.png", True),
        ("{\n  …\n}", '{\n  "a": 1,\n  "b": 2\n}', True),
        ("a", "ab", False),
        ("a.c", "abc", False),
        ("…b", "ac", False),
        ("", "error", False),
    ],
)
def test_an_ellipsis_stands_for_any_text(shown: str, printed: str, *, same: bool) -> None:
    assert matches(shown, printed) is same


@pytest.mark.parametrize("name", ["docs/faults.md", "SECURITY.md"])
def test_every_guarantee_names_tests_that_exist(name: str) -> None:
    tests = "".join(file.read_text() for file in (ROOT / "tests").rglob("test_*.py"))
    rows = re.findall(r"^\| (?!guarantee|failure)(.*) \|$", (ROOT / name).read_text(), re.MULTILINE)
    assert rows
    for row in rows:
        shown = re.findall(r"`([^`]+)`", row.split(" | ")[-1])
        assert shown, row
        for test in shown:
            exists = f"def {test}(" in tests if test.startswith("test_") else (ROOT / test).exists()
            assert exists or test == "make bench-fuzz", test


def test_every_make_target_that_a_document_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for document in DOCUMENTS:
        for target in re.findall(r"(?:`|^|\$ )make ([a-z][a-z_-]*)", document.read_text(), re.MULTILINE):
            benchmark = ROOT / "benchmarks" / f"{target.removeprefix('bench-')}.py"
            exists = re.search(rf"^{target}:", makefile, re.MULTILINE) or (
                target.startswith("bench-") and benchmark.exists()
            )
            assert exists, f"{document.name}: make {target}"


def test_operations_describes_every_alarm() -> None:
    main, operations = ((ROOT / name).read_text() for name in ("main.tf", "docs/operations.md"))
    resources = re.findall(r'resource "aws_cloudwatch_(?:metric|composite)_alarm" "(\w+)"', main)
    assert resources == ["alarm"], "an alarm outside local.alarms: include it here"
    alarms = re.findall(r"^    ([\w-]+) = \{$", main.split("  alarms = {\n")[1].split("\n  }\n")[0], re.MULTILINE)
    assert alarms
    described = operations.split("## Alarms\n")[1].split("\n## ")[0]
    assert sorted(re.findall("^### ([a-z-]+)$", described, re.MULTILINE)) == sorted(alarms)


def read_default(variable: str) -> int:
    declared = re.search(
        rf'variable "{variable}" \{{.*?default +=(.*?)\n', (ROOT / "variables.tf").read_text(), re.DOTALL
    )
    assert declared, variable
    return int(declared[1])


def count_polls() -> int:
    """Return how often the page polls for thumbnails that are ready after 1.0 s, if each poll takes 0.1 s."""
    asked = accumulate(read_page_pauses(), lambda time, pause: time + 0.1 + pause)
    return next(number for number, time in enumerate(asked, 1) if time >= 1.0)


@pytest.mark.parametrize("document", ["costs.md", "scale.md"])
def test_costs_and_scaling_are_calculated_for_the_polls_of_the_page(document: str) -> None:
    assert f"{count_polls()} polls" in (ROOT / "docs" / document).read_text()


def test_scaling_is_calculated_for_the_default_throttle() -> None:
    rate, burst = read_default("throttle_rate"), read_default("throttle_burst")
    scale = (ROOT / "docs" / "scale.md").read_text()
    assert f"{rate} requests a second, {burst} at once" in scale
    requests_per_thumbnail = 1 + count_polls()
    assert f"`throttle_rate`, at {rate * 60 // requests_per_thumbnail} a minute" in scale


def test_guessing_the_passphrase_is_calculated_for_the_default_throttle() -> None:
    rate, security = read_default("throttle_rate"), " ".join((ROOT / "SECURITY.md").read_text().split())
    year = 365.25 * 86400
    assert f"At {rate} a second, trying all passphrases of twelve random lower-case letters" in security
    assert f"letters takes {26**12 / rate / year / 1e6:.0f} million years" in security
    assert f"a list of 7,776 takes {7776**4 / rate / year / 1e6:.1f} million" in security
    assert f"the million most common passwords takes {1e6 / rate / 3600:.0f} hours" in security
    costs = (ROOT / "docs" / "costs.md").read_text()
    prices = [
        re.search(rf"^\| \[{name}, request\].* (\S+) \|$", costs, re.MULTILINE) for name in ("Lambda", "HTTP API")
    ]
    total = sum(float(price[1]) for price in prices if price)
    assert f"{rate} a second for 30 days cost US$ {rate * 86400 * 30 * total:.0f}." in security


def test_costs_are_calculated_for_the_default_settings() -> None:
    costs = (ROOT / "docs" / "costs.md").read_text()
    assert f"| **{read_default('process_memory_mb')}** |" in costs
    uploads, thumbnails = read_default("upload_retention_days"), read_default("thumbnail_retention_days")
    assert f"Uploads are kept for {uploads} day, thumbnails for {thumbnails}." in costs
    memory = set(re.findall(r"memory_size += (\d+)", (ROOT / "main.tf").read_text()))
    assert memory == set(re.findall(r"presign and poll take .* with (\d+) MB", costs))
