"""From the upload's end to the picture: what waiting adds, on the local stack."""

import itertools
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import requests

from emulator import ROOT
from thumbnail import ask, download, send
from user_error import UserError

PAGE, SEED, AT_ONCE = "page", "seed", "no pause"

_TITLE = "How we built this in one week"
_PATIENCE = 60
_SEED_BEAT = 2.0
_LEAST_PAUSE = 0.02


def measured(api_url: str, picture: Path, runs: int) -> dict[str, list[float]]:
    """Return the seconds from the upload's end until the thumbnail is fetched, for each way to wait, taking turns."""
    ways: dict[str, Callable[[], Iterator[float]]] = {
        PAGE: pages_pauses,
        SEED: lambda: itertools.repeat(_SEED_BEAT),
        AT_ONCE: lambda: itertools.chain([0], itertools.repeat(_LEAST_PAUSE)),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    _through(api_url, picture, iter([0.0, *[1.0] * _PATIENCE]))  # so that no function's first start is counted
    for _ in range(runs):
        for name, pauses in ways.items():
            taken[name].append(_through(api_url, picture, pauses()))
    return taken


def pages_pauses() -> Iterator[float]:
    """Yield how many seconds the page waits before each time that it asks, as web/api.js has it."""
    script = (ROOT / "web" / "api.js").read_text()
    constants = dict(re.findall(r"^const ([A-Z_]+) = ([\d._]+);", script, re.MULTILINE))
    try:
        pause, growth, longest = (float(constants[name]) for name in ("FIRST_PAUSE", "PAUSE_GROWTH", "LONGEST_PAUSE"))
    except KeyError as error:
        raise UserError(f"web/api.js has no {error}: let tests/benchmarks/way.py wait as the page does now") from error
    while True:
        yield pause / 1000
        pause = min(longest, pause * growth)


def _through(api_url: str, picture: Path, pauses: Iterator[float]) -> float:
    promise = ask(api_url, picture, _TITLE)
    send(promise, picture)
    begin = time.monotonic()
    for pause in pauses:
        time.sleep(pause)
        answer = requests.get(f"{api_url}/get-final-url?filename={promise['filename']}", timeout=_PATIENCE)
        if answer.ok:
            download(answer.json()["viewUrl"])
            return time.monotonic() - begin
        if time.monotonic() - begin > _PATIENCE:
            break
    raise UserError("the local stack made no thumbnail in a minute")
