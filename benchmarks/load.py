"""Send many pictures through a running stack at once, and hold each thumbnail against its own picture and title.

The thumbnail that an upload must become is computed here too. `make_thumbnail` promises the same bytes for the same
arguments, and the local stack runs the same Pillow on the same processor: there every byte must be the same, so that no
mix-up can hide, be it of pictures or of titles. A deployed stack's processor may round otherwise: there no pixel may
differ by more than rounding makes it.
"""

import argparse
import math
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from helpers.pictures import changed_area, encoded
from PIL import Image, ImageChops

from emulator import ROOT
from local_stack import current
from process.thumbnail import make_thumbnail
from thumbnail import NotReady, ask, download, send, wait_for
from user_error import UserError, run_script

SAMPLE = ROOT / "docs" / "images" / "sample.jpg"
STEPS = ("ask", "send", "wait", "download")
DONE, FAILED, LOST, WRONG = "done", "failed", "lost", "wrong"

# Seconds until an upload without an outcome counts as lost: Lambda's second retry comes after about three minutes.
_PATIENCE = 300
_TOLD_EVERY = 50


@dataclass(frozen=True)
class Result:
    """What became of one upload: how long each step took, in seconds, and the thumbnail or why there is none."""

    number: int
    outcome: str
    seconds: Mapping[str, float] = field(default_factory=dict)
    thumbnail: bytes = b""
    reason: str = ""


def main() -> None:
    """Read the command line, load the stack, and print what became of all uploads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=positive, default=500)
    parser.add_argument("--at-once", type=positive, default=20)
    arguments = parser.parse_args()
    api_url = os.environ.get("API_URL")
    begin = time.monotonic()
    results = list(_told(load(api_url or current().outputs()["api_url"], arguments.uploads, arguments.at_once)))
    seconds = time.monotonic() - begin
    results = judged(results, exactly=not api_url)
    print(f"{report(results)}\n{len(results) / seconds:.1f} uploads a second, {arguments.at_once} at once")
    if any(result.outcome != DONE for result in results):
        raise UserError("not every upload became its thumbnail")


def load(api_url: str, uploads: int, at_once: int) -> Iterator[Result]:
    """Send so many uploads to a stack, at most so many at once, and yield what becomes of each."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(at_once) as clients:
        yield from clients.map(lambda number: _through(api_url, number, Path(folder)), range(uploads))


def judged(results: list[Result], *, exactly: bool) -> list[Result]:
    """Return the results, those whose thumbnail is not the one of their own picture and title as wrong."""

    def judge(result: Result) -> Result:
        if result.outcome != DONE or _same(result.thumbnail, expected(result.number), exactly=exactly):
            return result
        return Result(result.number, WRONG, result.seconds, reason="the thumbnail is not the one of this upload")

    with ThreadPoolExecutor(os.cpu_count()) as judges:
        return list(judges.map(judge, results))


def report(results: list[Result]) -> str:
    """Return counts, reasons, and percentiles of what the uploads that are done took, by step and together."""
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
    steps["together"] = [sum(seconds.values()) for seconds in done]
    for step, values in steps.items():
        lines.append(f"{step:10}" + "".join(f"{percentile(values, share):8.2f}" for share in (0.5, 0.9, 0.99)))
    return "\n".join(lines)


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that this share of the values does not exceed; not a number if there are none."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else math.nan


def title(number: int) -> str:
    """Return an upload's own title."""
    return f"Upload {number}"


def picture(number: int) -> bytes:
    """Return an upload's own picture: the sample, shifted around by as many pixels."""
    sample = Image.open(SAMPLE)
    return encoded(ImageChops.offset(sample, number % sample.width, number // sample.width), "JPEG", quality=85)


def expected(number: int) -> bytes:
    """Return the thumbnail that an upload must become."""
    return make_thumbnail(picture(number), title(number))


def _through(api_url: str, number: int, folder: Path) -> Result:
    image = folder / f"{number}.jpg"
    image.write_bytes(picture(number))
    seconds: dict[str, float] = {}

    def timed(step: str, call: Callable[..., Any], *arguments: Any) -> Any:
        begin = time.monotonic()
        answer = call(*arguments)
        seconds[step] = time.monotonic() - begin
        return answer

    try:
        promise = timed("ask", ask, api_url, image, title(number))
        timed("send", send, promise, image)
        links = timed("wait", wait_for, api_url, promise["filename"], _PATIENCE)
        thumbnail = timed("download", download, links["downloadUrl"])
    except NotReady as reason:
        return Result(number, LOST, seconds, reason=str(reason))
    except (UserError, requests.RequestException) as reason:
        return Result(number, FAILED, seconds, reason=str(reason))
    return Result(number, DONE, seconds, thumbnail)


def _same(thumbnail: bytes, wanted: bytes, *, exactly: bool) -> bool:
    return thumbnail == wanted or (not exactly and changed_area(thumbnail, wanted) is None)


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _told(results: Iterator[Result]) -> Iterator[Result]:
    for number, result in enumerate(results, 1):
        if number % _TOLD_EVERY == 0:
            print(number, flush=True)
        yield result


if __name__ == "__main__":
    run_script(main)
