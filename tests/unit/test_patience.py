"""A slow S3 fails inside a function's time limit, where its error is logged, rather than at it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

MAIN = (Path(__file__).parent.parent.parent / "main.tf").read_text()
# Before the second and the third try, at most: botocore's standard mode.
LONGEST_PAUSES = 1 + 2


@pytest.mark.parametrize(("function", "calls"), [("process", 2), ("poll", 1)])
def test_all_calls_to_s3_together_fail_before_the_function_is_killed(
    cold_start: Callable[[str], ModuleType], function: str, calls: int
) -> None:
    limit = re.search(rf'"aws_lambda_function" "{function}".*?timeout += (\d+)', MAIN, re.DOTALL)
    assert limit
    config = cold_start(function)._s3.meta.config  # noqa: SLF001
    assert config.retries == {"mode": "standard", "total_max_attempts": 3}
    longest_call = 3 * (config.connect_timeout + config.read_timeout) + LONGEST_PAUSES
    assert calls * longest_call < int(limit[1])
    assert config.read_timeout >= 0.5
