"""Rules of the house that no type checker knows."""

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# What makes a client of botocore, and loads its model of S3.
CLIENT = {"boto3", "botocore.client", "botocore.loaders", "botocore.credentials"}
SOURCES = sorted((ROOT / "lambdas").rglob("*.py"))


def imports(source: Path) -> set[str]:
    tree = ast.parse(source.read_text())
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_what_signs_and_what_asks_s3_know_aws(source: Path) -> None:
    aws = {name for name in imports(source) if name.split(".")[0] in {"boto3", "botocore"}}
    assert source.relative_to(ROOT / "lambdas").as_posix() in {"common/signing.py", "common/s3.py"} or not aws


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("function", "spared"),
    [
        ("presign", {"boto3", "botocore.client", "botocore.credentials"}),
        ("poll", {"boto3", "botocore.client", "botocore.credentials"}),
        (
            "process",
            {
                "boto3",
                "botocore.client",
                "botocore.credentials",
                "pi_heif",
                "PIL.AvifImagePlugin",
                "PIL.WebPImagePlugin",
            },
        ),
    ],
)
def test_a_cold_start_loads_only_what_the_commonest_request_needs(function: str, spared: set[str]) -> None:
    code = f"import gc, sys, {function}.handler; print(*sys.modules); assert gc.isenabled()"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lambdas")}
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not spared & set(loaded.stdout.split())


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_stay_inside_the_function_and_common(source: Path) -> None:
    """Each zip holds its own package and `common`, so anything else would be missing on Lambda."""
    package = source.relative_to(ROOT / "lambdas").parts[0]
    others = {"common", "presign", "process", "poll"} - {package, "common"}
    assert not {name for name in imports(source) if name.split(".")[0] in others}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_imports_a_handler(source: Path) -> None:
    assert not {name for name in imports(source) if name.endswith(".handler")}


def test_every_requirement_is_pinned() -> None:
    files = [*ROOT.glob("layers/*/requirements.txt"), *ROOT.glob("scripts/*requirements.txt")]
    files += [ROOT / "tests" / "requirements.txt", ROOT / "benchmarks" / "requirements.txt"]
    assert len(files) == 8
    for file in files:
        lines = [line.split("#")[0].strip() for line in file.read_text().splitlines()]
        loose = [line for line in lines if line and not line.startswith("-r") and "==" not in line]
        assert not loose, f"{file.name}: {loose}"


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text()
