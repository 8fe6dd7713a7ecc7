"""Check the local stack, or the deployed one if no local one runs: as a stranger, and as its owner.

One line per check, and exit status 1 if any failed. It leaves two pictures and their thumbnails, which expire. The
passphrase of a stack that has one is taken from $PASSPHRASE.
"""

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

import boto3
import requests
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from checks import cors, journey, page, refusals
from checks.visit import Check, Failed, Visit
from stack import build_client_settings, find_stack
from user_error import UserError, run_script

# The page's policy is compared with addresses that the first journey finds out.
CHECKS: dict[str, Check] = {**journey.CHECKS, **page.CHECKS, **cors.CHECKS, **refusals.CHECKS}

_WIDTH = max(map(len, CHECKS))
_GREEN, _RED, _RESET = "\033[32m", "\033[31m", "\033[0m"


class Result(NamedTuple):
    """Result of a check: its name, whether it passed, and what it saw."""

    name: str
    passed: bool
    seen: str


def main() -> None:
    """Find the stack, check it, and print a line for each check."""
    name, outputs, emulator = find_stack()
    print(f"{name}, {outputs['page_url']}", flush=True)
    try:
        settings = build_client_settings(emulator)
        owner = boto3.client("s3", config=Config(signature_version="s3v4"), **settings)
    except BotoCoreError as error:
        raise UserError(str(error)) from error
    results = []
    for result in run_checks(Visit(outputs, owner)):
        print(format_result(result), flush=True)
        results.append(result)
    failed = sum(not result.passed for result in results)
    if failed:
        raise UserError(f"{failed} of {len(results)} checks failed")
    print(f"{len(results)} checks passed")


def run_checks(visit: Visit) -> Iterator[Result]:
    """Run all checks that apply, and yield the result of each."""
    for name, check in CHECKS.items():
        try:
            seen = check(visit)
        except (Failed, UserError) as error:
            yield Result(name, passed=False, seen=str(error))
        except (requests.RequestException, BotoCoreError, ClientError, LookupError, TypeError, ValueError) as error:
            # The last three: an answer of another form than expected.
            yield Result(name, passed=False, seen=f"{type(error).__name__}: {error}")
        else:
            if seen is not None:
                yield Result(name, passed=True, seen=seen)


def format_result(result: Result) -> str:
    """Return the line for a result, in colour on a terminal unless $NO_COLOR is set (https://no-color.org)."""
    mark = "ok  " if result.passed else "FAIL"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        mark = f"{_GREEN if result.passed else _RED}{mark}{_RESET}"
    return f"{mark}  {result.name:{_WIDTH}}  {result.seen}"


if __name__ == "__main__":
    run_script(main)
