"""Take screenshots of the page in each of its states, and refresh `page.jpg` and `thumbnail.jpg` in docs/images.

Run it by name, `.venv/bin/pytest tests/browser/screenshots.py`: pytest does not collect this file otherwise.
"""

from io import BytesIO

import pytest
from browser.conftest import WINDOWS
from conftest import Stack
from helpers.states import STATES, TITLE
from PIL import Image
from playwright.sync_api import Browser

from emulator import ROOT
from process.thumbnail import make_thumbnail

_IMAGES = ROOT / "docs" / "images"
_SAMPLE = _IMAGES / "sample.jpg"
_SCREENSHOTS = ROOT / "build" / "screenshots"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("state", STATES)
def test_screenshots(stack: Stack, browser: Browser, state: str, window: str, scheme: str) -> None:
    touch = window == "phone"
    page = browser.new_page(viewport=WINDOWS[window], color_scheme=scheme, has_touch=touch, is_mobile=touch)  # type: ignore[arg-type]
    page.goto(stack.page)
    STATES[state](page, _SAMPLE)
    # Grow the viewport instead of passing full_page=True, which resets touch emulation.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": WINDOWS[window]["width"], "height": height})
    _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=_SCREENSHOTS / f"{state}-{window}-{scheme}.png")
    if (state, window, scheme) == ("ready", "desktop", "light"):
        page.screenshot(path=_IMAGES / "page.jpg", quality=85)
        _save_thumbnail()
    page.close()


def _save_thumbnail() -> None:
    """Save what the page shows beside the sample picture, small since every visitor loads it."""
    thumbnail = Image.open(BytesIO(make_thumbnail(_SAMPLE.read_bytes(), TITLE)))
    thumbnail.resize((640, 360), Image.Resampling.LANCZOS).save(_IMAGES / "thumbnail.jpg", quality=80)
