"""Load a running stack with uploads, and check that each becomes its own thumbnail.

Every upload has its own picture and title, and the expected thumbnail is computed here. The local stack must return the
same bytes; a deployed stack's processor may round differently, so its pixels may differ slightly.
"""

import argparse
import math
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from benchmarks.inputs import SAMPLE
from helpers.pictures import encode, find_changed_area
from PIL import Image, ImageChops

from process.thumbnail import make_thumbnails
from stack import find_local_stack
from thumbnail import NotReady, download, presign, send, wait_for
from user_error import UserError, run_script

STEPS = ("presign", "send", "wait", "download")
DONE, FAILED, LOST, WRONG = "done", "failed", "lost", "wrong"

# Seconds after which an upload without an outcome is lost: Lambda's second retry comes after about three minutes.
_TIMEOUT = 300
_PROGRESS_EVERY = 50


@dataclass(frozen=True)
class Result:
    """The outcome of one upload, the seconds of each step, and the thumbnail or the reason why there is none."""

    number: int
    outcome: str
    seconds: Mapping[str, float] = field(default_factory=dict)
    thumbnail: bytes = b""
    reason: str = ""


def main() -> None:
    """Load the stack and print a report; fail if any upload did not become its thumbnail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=_parse_positive, default=500)
    parser.add_argument("--at-once", type=_parse_positive, default=20)
    parser.add_argument("--api-url", default=os.environ.get("API_URL"), help="of a deployed stack; default: local")
    arguments = parser.parse_args()
    is_local = not arguments.api_url
    start = time.monotonic()
    api_url = arguments.api_url or find_local_stack().outputs()["api_url"]
    results = list(_print_progress(load(api_url, arguments.uploads, arguments.at_once)))
    seconds = time.monotonic() - start
    results = check(results, exactly=is_local)
    print(f"{format_report(results)}\n{len(results) / seconds:.1f} uploads a second, {arguments.at_once} at once")
    if any(result.outcome != DONE for result in results):
        raise UserError("not every upload became its thumbnail")


def load(api_url: str, uploads: int, at_once: int) -> Iterator[Result]:
    """Upload this many pictures, at most `at_once` at the same time, and yield the results."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(at_once) as clients:
        yield from clients.map(lambda number: _upload(api_url, number, Path(folder)), range(uploads))


def check(results: Iterable[Result], *, exactly: bool) -> list[Result]:
    """Return the results, with the outcome `WRONG` for each thumbnail whose picture or title is not its upload's."""

    def check_one(result: Result) -> Result:
        if result.outcome != DONE or _is_same(result.thumbnail, make_expected(result.number), exactly=exactly):
            return result
        return Result(result.number, WRONG, result.seconds, reason="not the thumbnail of this upload")

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(check_one, results))


def format_report(results: list[Result]) -> str:
    """Return the counts of outcomes and reasons, and percentiles of each step's seconds."""
    outcomes = Counter(result.outcome for result in results)
    sent = sum("send" in result.seconds for result in results)
    reasons = Counter(f"{result.outcome}: {result.reason}" for result in results if result.reason)
    lines = [
        ", ".join([f"sent {sent}", *(f"{outcome} {outcomes[outcome]}" for outcome in (DONE, FAILED, LOST, WRONG))]),
        *(f"{count} {reason}" for reason, count in reasons.most_common()),
        f"{'seconds':10}{'p50':>8}{'p90':>8}{'p99':>8}",
    ]
    done = [result.seconds for result in results if result.outcome == DONE]
    steps = {step: [seconds[step] for seconds in done] for step in STEPS}
    steps["total"] = [sum(seconds.values()) for seconds in done]
    for step, values in steps.items():
        lines.append(f"{step:10}" + "".join(f"{percentile(values, share):8.2f}" for share in (0.5, 0.9, 0.99)))
    return "\n".join(lines)


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed; NaN if there are none."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else math.nan


def make_title(number: int) -> str:
    """Return the title of the upload with this number."""
    return f"Upload {number}"


def make_picture(number: int) -> bytes:
    """Return the picture of the upload with this number: the sample, shifted by its own offset, with wrap-around."""
    sample = Image.open(SAMPLE)
    return encode(ImageChops.offset(sample, number % sample.width, number // sample.width), "JPEG", quality=85)


def make_expected(number: int) -> bytes:
    """Return the thumbnail that the upload with this number must become."""
    return make_thumbnails(make_picture(number), make_title(number))[0].jpeg


def _upload(api_url: str, number: int, folder: Path) -> Result:
    image = folder / f"{number}.jpg"
    image.write_bytes(make_picture(number))
    seconds: dict[str, float] = {}

    def time_step(step: str, call: Callable[..., Any], *arguments: Any) -> Any:
        start = time.monotonic()
        answer = call(*arguments)
        seconds[step] = time.monotonic() - start
        return answer

    try:
        presigned = time_step("presign", presign, api_url, image, make_title(number))
        time_step("send", send, presigned, image)
        links = time_step("wait", wait_for, api_url, presigned["filename"], _TIMEOUT)
        thumbnail = time_step("download", download, links["downloadUrl"])
    except NotReady as error:
        return Result(number, LOST, seconds, reason=str(error))
    except (UserError, requests.RequestException) as error:
        return Result(number, FAILED, seconds, reason=str(error))
    return Result(number, DONE, seconds, thumbnail)


def _is_same(thumbnail: bytes, expected: bytes, *, exactly: bool) -> bool:
    return thumbnail == expected or (not exactly and find_changed_area(thumbnail, expected) is None)


def _parse_positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _print_progress(results: Iterator[Result]) -> Iterator[Result]:
    for number, result in enumerate(results, 1):
        if number % _PROGRESS_EVERY == 0:
            print(number, flush=True)
        yield result


if __name__ == "__main__":
    run_script(main)
