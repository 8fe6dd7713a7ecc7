"""A slow S3 fails inside a function's time limit, where its error is logged, rather than at it."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from common.patience import PAUSES

MAIN = (Path(__file__).parent.parent.parent / "main.tf").read_text()


@pytest.mark.parametrize(("function", "calls"), [("process", 2), ("poll", 1)])
def test_all_calls_to_s3_together_fail_before_the_function_is_killed(
    cold_start: Callable[[str], ModuleType], function: str, calls: int
) -> None:
    limit = re.search(rf'"aws_lambda_function" "{function}".*?timeout += (\d+)', MAIN, re.DOTALL)
    assert limit
    connect, read = cold_start(function)._processed.timeout  # noqa: SLF001
    longest_call = (len(PAUSES) + 1) * (connect + read) + sum(PAUSES)
    assert calls * longest_call < int(limit[1])
    assert read >= 0.5
