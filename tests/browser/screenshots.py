"""Pictures for the README: `make screenshots`. No test, so not collected as one."""

from collections.abc import Callable

import pytest
from conftest import Stack
from playwright.sync_api import Page, expect

from emulator import ROOT
from process.thumbnail import make_thumbnail

IMAGES = ROOT / "docs" / "images"
TITLE = "We launched it!"
SIZES = {"desktop": {"width": 1024, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", SIZES)
def test_screenshots(stack: Stack, page: Page, window: str, scheme: str, record: Callable[[str, bytes], None]) -> None:
    page.set_viewport_size(SIZES[window])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(stack.page)
    page.get_by_role("button", name="Generate thumbnail").click()
    record(f"{window}-{scheme}-refused", page.screenshot(full_page=True))
    page.get_by_label("Picture", exact=True).set_input_files(IMAGES / "sample.jpg")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_text("Options").click()
    record(f"{window}-{scheme}-options", page.screenshot(full_page=True))
    page.get_by_text("Options").click()
    page.get_by_role("button", name="Generate thumbnail").click()
    expect(page.get_by_alt_text(TITLE)).to_have_js_property("naturalWidth", 1280, timeout=30_000)
    record(f"{window}-{scheme}-ready", page.screenshot(full_page=True))


@pytest.fixture
def record() -> Callable[[str, bytes], None]:
    def record(name: str, png: bytes) -> None:
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.png").write_bytes(png)
        if name == "desktop-light-ready":
            (IMAGES / "page.png").write_bytes(png)
            (IMAGES / "thumbnail.jpg").write_bytes(make_thumbnail((IMAGES / "sample.jpg").read_bytes(), TITLE))

    return record
