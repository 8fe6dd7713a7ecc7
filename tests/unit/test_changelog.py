"""CHANGELOG.md."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text()
