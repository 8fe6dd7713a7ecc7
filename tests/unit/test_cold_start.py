"""What a cold start loads, and what it leaves behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# Modules that a boto3 client would need.
CLIENT = {"boto3", "botocore.client", "botocore.credentials", "botocore.loaders"}
RARE_FORMATS = {"pi_heif", "PIL.AvifImagePlugin", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin"}


def run_afterwards(function: str, code: str) -> list[str]:
    """Import a function's handler in a fresh process, run code in it, and return the words that it prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lambdas")}
    command = [sys.executable, "-c", f"import {function}.handler; {code}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("function", "unneeded"), [("presign", CLIENT), ("poll", CLIENT), ("process", CLIENT | RARE_FORMATS)]
)
def test_a_cold_start_loads_nothing_that_few_requests_need(function: str, unneeded: set[str]) -> None:
    assert not unneeded & set(run_afterwards(function, "import sys; print(*sys.modules)"))


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("function", ["presign", "poll", "process"])
def test_garbage_is_collected_after_a_cold_start_but_not_looked_for_in_what_it_loaded(function: str) -> None:
    is_enabled, frozen = run_afterwards(function, "import gc; print(gc.isenabled(), gc.get_freeze_count())")
    assert is_enabled == "True"
    assert int(frozen) > 10_000  # objects; a bare interpreter has about 6,000
