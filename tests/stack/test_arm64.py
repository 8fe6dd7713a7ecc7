"""The zips for arm64, on which the functions run by default, make the thumbnails that this machine's Python makes."""

import json
import subprocess
import zipfile
from base64 import b64decode, b64encode
from typing import Any

import pytest
from helpers.arm64 import NotAvailable, find_python
from helpers.pictures import decode_jpeg, draw_quarters, encode
from helpers.titles import TITLES
from PIL import ImageChops, ImageStat

from emulator import ROOT
from process.thumbnail import make_thumbnails

# Reads cases from the standard input as JSON, and writes the thumbnails of each.
PROGRAM = """
import json, platform, sys
from base64 import b64decode, b64encode
from process.thumbnail import make_thumbnails

assert platform.machine() == "aarch64", platform.machine()
made = [make_thumbnails(b64decode(picture), title) for picture, title in json.load(sys.stdin)]
json.dump([[(one.look, b64encode(one.jpeg).decode()) for one in thumbnails] for thumbnails in made], sys.stdout)
"""

SAMPLE = (ROOT / "docs" / "images" / "sample.jpg").read_bytes()
QUARTERS = draw_quarters()
CASES = {
    "JPEG, Latin, emphasis and emoji": (SAMPLE, "We launched *it*! 🚀"),
    "PNG, Arabic and Hebrew": (encode(QUARTERS, "PNG"), f"{TITLES['Arabic']} {TITLES['Hebrew']}"),
    "WebP, Hindi and Thai": (encode(QUARTERS, "WEBP"), f"{TITLES['Hindi']}\n{TITLES['Thai']}"),
    "AVIF, Japanese and Korean": (encode(QUARTERS, "AVIF"), f"{TITLES['Japanese']} {TITLES['Korean']}"),
    "HEIC, Cyrillic and Greek": (encode(QUARTERS, "HEIF"), f"{TITLES['Cyrillic']} {TITLES['Greek']}"),
    "TIFF, Tamil and Georgian": (encode(QUARTERS, "TIFF"), f"{TITLES['Tamil']} {TITLES['Georgian']}"),
}

Thumbnails = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def made_on_arm64(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Thumbnails]:
    try:
        python = find_python(ROOT / "build" / "arm64-python")
    except NotAvailable as reason:
        pytest.skip(f"the zips for arm64 were not run: {reason}")
    code = tmp_path_factory.mktemp("arm64")
    for name in ("process", "pillow", "fonts"):
        with zipfile.ZipFile(ROOT / "build" / "arm64" / f"{name}.zip") as archive:
            archive.extractall(code)
    cases = json.dumps([(b64encode(picture).decode(), title) for picture, title in CASES.values()])
    # As on Lambda: the function's folder, and that of the layers, on the path.
    answer = subprocess.run(
        [*python, "-c", PROGRAM], input=cases, cwd=code, env={"PYTHONPATH": f"{code}:{code / 'python'}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    made: list[list[Any]] = json.loads(answer.stdout)
    return {
        case: [(look, b64decode(jpeg)) for look, jpeg in thumbnails]
        for case, thumbnails in zip(CASES, made, strict=True)
    }


@pytest.mark.parametrize("case", CASES)
def test_thumbnails_on_arm64_are_those_of_this_machine(made_on_arm64: dict[str, Thumbnails], case: str) -> None:
    """Not to the byte: SIMD instructions of both round differently, and JPEG makes more of it."""
    here = make_thumbnails(*CASES[case])
    assert [look for look, _ in made_on_arm64[case]] == [one.look for one in here]
    for (look, jpeg), one in zip(made_on_arm64[case], here, strict=True):
        difference = ImageChops.difference(decode_jpeg(jpeg), decode_jpeg(one.jpeg))
        assert max(ImageStat.Stat(difference).rms) < 1.5, look
