"""`common.s3` signs the same with every botocore that Lambda may have. The first run downloads them."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
OLDEST, NEWEST = "1.34.0", "1.44.8"


def install(version: str) -> Path:
    """Return a folder with this botocore and its dependencies."""
    folder = ROOT / "build" / "botocore" / version
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, "--target", f"{unfinished}/new", f"botocore=={version}"], check=True)
            Path(unfinished, "new").rename(folder)
    return folder


def sign_with(version: str | None) -> Any:
    """Sign with a version of botocore, or with the installed one."""
    path = [str(ROOT / "lambdas"), str(ROOT / "tests")] + ([str(install(version))] if version else [])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | {
        "PYTHONPATH": os.pathsep.join(path),
        "AWS_ACCESS_KEY_ID": "AKIAFAKE",
        "AWS_SECRET_ACCESS_KEY": "fake",
        "AWS_SESSION_TOKEN": "IQoJb3JpZ2luX2VjEJr//=",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    program = [sys.executable, "-W", "ignore", "-m", "helpers.signatures"]
    signed = json.loads(subprocess.run(program, env=environment, capture_output=True, check=True).stdout)
    assert version in (None, signed["botocore"])
    return signed["places"]


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_posts_and_links_match_those_of_the_oldest_and_newest_botocore(version: str) -> None:
    for place, signed in sign_with(version).items():
        assert signed["ours"] == signed["theirs"], place


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_the_botocore_version_does_not_change_our_posts_and_links(version: str) -> None:
    assert sign_with(version) == sign_with(None)
