"""What the documents say of the code is so."""

import re
from pathlib import Path

import pytest

import docs
from user_error import UserError

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]
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


def prose(document: Path) -> str:
    return re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub gives to a document's headings."""
    headings = re.findall(r"^#+ (.*)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_into_the_repository_lead_somewhere(document: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)\)", prose(document)):
        file = document.parent / target if target else document
        assert file.exists(), target
        if lines := re.fullmatch(r"L(\d+)-L(\d+)", anchor):
            assert int(lines[1]) <= int(lines[2]) <= len(file.read_text().splitlines()), f"{target}#{anchor}"
        elif anchor:
            assert anchor in anchors(file), f"{target}#{anchor}"


@pytest.mark.parametrize("document", docs.DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_quotes_is_what_the_code_says(document: Path) -> None:
    text = document.read_text()
    assert docs.requoted(text) == text, "make docs"


def test_a_quote_follows_the_code_wherever_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    code, marker = tmp_path / "main.tf", '<!-- quote: main.tf > block "b" > inner { -->\n'
    code.write_text('block "a" {\n  inner {\n  }\n}\n\nblock "b" {\n  inner {\n    x = 1\n  }\n  y = 2\n}\n')
    quoted = docs.requoted(f"{marker}\nAnd so on.\n")
    link = "[`main.tf`, lines 7 to 9](../main.tf#L7-L9)"
    assert quoted == f"{marker}{link}\n\n```hcl\ninner {{\n  x = 1\n}}\n```\n\nAnd so on.\n"
    code.write_text("# A line more.\n" + code.read_text())
    assert docs.requoted(quoted) == quoted.replace("lines 7 to 9", "lines 8 to 10").replace("#L7-L9", "#L8-L10")


@pytest.mark.parametrize(("beginning", "count"), [('block "c"', 0), ("block", 2)])
def test_a_quote_of_nothing_or_of_two_things_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: str, count: int
) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    (tmp_path / "main.tf").write_text('block "a" {\n}\nblock "b" {\n}\n')
    with pytest.raises(UserError, match=f"{count} lines begin"):
        docs.requoted(f"<!-- quote: main.tf > {beginning} -->\n")


def test_an_output_shows_nothing_that_is_different_each_time() -> None:
    key, bucket = "0123456789abcdef0123456789abcdef", "uploads-20261125031859547100000004"
    masked = docs.masked(f"http://127.0.0.1:4600/{bucket}/{key}.png 200 \n\n")
    assert masked == "http://127.0.0.1:4566/uploads-…/….png 200\n"


def test_what_commands_print_is_recorded_below_them() -> None:
    first, second = "<!-- run -->\n```bash\necho a; x=b\n```\n", "<!-- run -->\n```bash\necho $x >&2\n```\n"
    recorded = docs.recorded(f"{first}\nThen\n\n{second}\n```text\nold\n```\n", {"PATH": "/usr/bin:/bin"})
    assert recorded == f"{first}\n```text\na\n```\n\nThen\n\n{second}\n```text\nb\n```\n"


def test_operations_says_what_to_do_for_each_alarm() -> None:
    main, operations = ((ROOT / name).read_text() for name in ("main.tf", "docs/operations.md"))
    resources = re.findall(r'resource "aws_cloudwatch_(?:metric|composite)_alarm" "(\w+)"', main)
    assert resources == ["alarm"], "not all alarms are in local.alarms: look for the new one here, too"
    alarms = re.findall(r"^    ([\w-]+) = \{$", main.split("  alarms = {\n")[1].split("\n  }\n")[0], re.MULTILINE)
    assert alarms
    spoken_of = operations.split("## Alarms\n")[1].split("\n## ")[0]
    assert sorted(re.findall("^### ([a-z-]+)$", spoken_of, re.MULTILINE)) == sorted(alarms)


def test_the_scale_is_computed_for_the_limits_of_the_stack() -> None:
    variables = (ROOT / "variables.tf").read_text()
    defaults = dict(re.findall(r'variable "(\w+)" \{.*?default +=(.*?)\n', variables, re.DOTALL))
    rate, burst = int(defaults["throttle_rate"]), int(defaults["throttle_burst"])
    scale = (ROOT / "docs" / "scale.md").read_text()
    assert f"{rate} requests a second, {burst} at once" in scale
    requests_a_thumbnail = 5
    assert f"`throttle_rate`, at {rate * 60 // requests_a_thumbnail} a minute" in scale
