"""What a cold start loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# Modules that a boto3 client would need.
CLIENT = {"boto3", "botocore.client", "botocore.credentials", "botocore.loaders"}
RARE_FORMATS = {"pi_heif", "PIL.AvifImagePlugin", "PIL.WebPImagePlugin"}


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("function", "unneeded"), [("presign", CLIENT), ("poll", CLIENT), ("process", CLIENT | RARE_FORMATS)]
)
def test_a_cold_start_loads_nothing_that_few_requests_need(function: str, unneeded: set[str]) -> None:
    code = f"import sys, {function}.handler; print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lambdas")}
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not unneeded & set(loaded.stdout.split())
