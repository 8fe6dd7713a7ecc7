"""The way of a picture: presign, upload, thumbnails, download. Twice: the first time may start the functions cold."""

import time
from collections.abc import Callable

import thumbnail
from checks.visit import Check, Failed, Visit
from emulator import ROOT

_SAMPLE = ROOT / "docs" / "images" / "sample.jpg"
_JPEG_SIGNATURE = b"\xff\xd8\xff"


def _timed(step: Callable[[Visit], str]) -> Check:
    def check(visit: Visit) -> str:
        begin = time.monotonic()
        seen = step(visit)
        return f"{time.monotonic() - begin:.3f} s: {seen}"

    return check


def _presign(visit: Visit) -> str:
    visit.form = visit.thumbnails = None
    visit.form = thumbnail.presign(visit.api_url, _SAMPLE, "We launched it!")
    return str(visit.form["filename"])


def _upload(visit: Visit) -> str:
    thumbnail.send(visit.last_form, _SAMPLE)
    return f"{_SAMPLE.stat().st_size / 1000:.0f} kB"


def _wait(visit: Visit) -> str:
    answer = thumbnail.wait_for(visit.api_url, visit.last_form["filename"])
    looks = [variant["look"] for variant in answer["variants"]]
    visit.thumbnails = answer
    return ", ".join(looks)


def _download(visit: Visit) -> str:
    file = thumbnail.download(visit.link)
    if not file.startswith(_JPEG_SIGNATURE):
        raise Failed("what was downloaded is not a JPEG file")
    return f"{len(file) / 1000:.0f} kB"


_STEPS = {"presign": _presign, "upload": _upload, "thumbnails": _wait, "download": _download}

CHECKS: dict[str, Check] = {
    **{name: _timed(step) for name, step in _STEPS.items()},
    **{f"{name}, again": _timed(step) for name, step in _STEPS.items()},
}
