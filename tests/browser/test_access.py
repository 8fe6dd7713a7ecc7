"""Accessibility: keyboard, screen readers, any width, both colour schemes, and a small page."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import WINDOWS
from conftest import Stack
from helpers.form import (
    GENERATE,
    PRESIGN_ROUTE,
    expect_ready,
    find_picture_field,
    find_result_heading,
    find_title_field,
)
from helpers.states import STATES, generate_and_copy, start_generating
from playwright.sync_api import Browser, Page, expect

_WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_MAX_BYTES = 60_000


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violations(upload_page: Page, png: Path, state: str, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    STATES[state](upload_page, png)
    for scheme in ("light", "dark"):
        upload_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(upload_page, options=_WCAG)
        assert not found.violations_count, f"{scheme}: {found.generate_report()}"


@pytest.mark.parametrize("state", STATES)
def test_nothing_overflows_horizontally(upload_page: Page, png: Path, state: str) -> None:
    STATES[state](upload_page, png)
    for width in (320, 390, 832, 1280, 2560):
        upload_page.set_viewport_size({"width": width, "height": 800})
        assert upload_page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_can_be_done_by_keyboard(upload_page: Page, png: Path) -> None:
    upload_page.on("filechooser", lambda chooser: chooser.set_files(png))
    find_picture_field(upload_page).focus()
    press = upload_page.keyboard.press
    press("Enter")
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    press("Tab")
    upload_page.keyboard.type("Typed")
    for keys in (["Enter"], ["p"], ["m"], [], ["c"], ["ArrowDown"], ["Space"], []):  # in the options, one field each
        for key in ("Tab", *keys):
            press(key)
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()
    with upload_page.expect_request(PRESIGN_ROUTE) as request:
        press("Enter")
    expected = {"filename": "my cat.png", "filetype": "image/png", "text": "Typed"}
    chosen = {"look": "panel", "accent": "#ffd400", "fit": "crop", "position": "top-left", "caps": True}
    assert request.value.post_data_json == expected | chosen
    expect_ready(upload_page)
    for name in ("Download", "Open in a new tab", "Copy link"):
        press("Tab")
        expect(
            upload_page.get_by_role("button", name=name).or_(upload_page.get_by_role("link", name=name))
        ).to_be_focused()
    press("Enter")
    expect(upload_page.get_by_text("The link is copied.")).to_be_visible()
    press("Tab")
    press("Enter")
    expect(find_result_heading(upload_page)).to_be_focused()


def test_the_camera_is_offered_on_touch_devices_only(stack: Stack, browser: Browser) -> None:
    for has_touch in (True, False):
        page = browser.new_page(viewport=WINDOWS["phone"], has_touch=has_touch, is_mobile=has_touch)
        page.goto(stack.page)
        assert page.get_by_text("Take a photo").is_visible() == has_touch
        page.close()


def test_a_run_can_be_cancelled_by_keyboard(upload_page: Page, png: Path) -> None:
    start_generating(upload_page, png)
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()
    upload_page.keyboard.press("Tab")
    expect(upload_page.get_by_role("button", name="Cancel")).to_be_focused()
    upload_page.keyboard.press("Enter")
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()


def test_everything_focusable_shows_its_focus(upload_page: Page, png: Path) -> None:
    generate_and_copy(upload_page, png)
    upload_page.evaluate("document.activeElement.blur()")
    upload_page.evaluate("scrollTo(0, 0)")
    seen = set()
    for _ in range(18):
        upload_page.keyboard.press("Tab")
        name, outline = upload_page.evaluate("""() => {
            const focused = document.activeElement;
            return [focused.id || focused.classList[0] || focused.tagName, getComputedStyle(focused).outlineStyle];
        }""")
        seen.add(name)
        assert name == "BODY" or outline == "solid", name
    assert seen >= {"file", "text", "SUMMARY", "submit", "INPUT", "download", "view", "copy", "clear-history"}


def test_every_step_is_announced(upload_page: Page, png: Path) -> None:
    upload_page.evaluate("""() => {
        window.announced = [];
        const status = document.getElementById("status");
        new MutationObserver(() => window.announced.push(status.textContent)).observe(status, { childList: true });
    }""")
    generate_and_copy(upload_page, png)
    announced = [text for text in upload_page.evaluate("window.announced") if text]
    assert announced == ["Preparing the upload…", "Uploading the picture…", "Making the thumbnails…"]


def test_a_right_to_left_title_is_shown_right_to_left(upload_page: Page) -> None:
    find_title_field(upload_page).fill("שלום עולם")
    assert find_title_field(upload_page).evaluate("element => getComputedStyle(element).direction") == "rtl"
    find_title_field(upload_page).fill("Hello")
    assert find_title_field(upload_page).evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_nothing_moves_with_reduced_motion(upload_page: Page, png: Path) -> None:
    start_generating(upload_page, png)
    running = "document.getAnimations().filter((animation) => animation.playState === 'running').length"
    assert upload_page.evaluate(running) > 0
    upload_page.emulate_media(reduced_motion="reduce")
    assert upload_page.evaluate(running) == 0


@pytest.mark.parametrize("window", WINDOWS)
def test_the_layout_does_not_shift(upload_page: Page, png: Path, window: str) -> None:
    """Shifts just after a user's input do not count: https://web.dev/articles/cls."""
    upload_page.set_viewport_size(WINDOWS[window])
    upload_page.evaluate("""() => {
        window.layoutShift = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
    }""")
    generate_and_copy(upload_page, png)
    assert upload_page.evaluate("window.layoutShift") < 0.1


def test_the_page_is_small_and_loads_without_the_api(stack: Stack, page: Page) -> None:
    loaded: dict[str, int] = {}
    page.on("response", lambda response: loaded.update({response.url: len(response.body())}))
    page.goto(stack.page, wait_until="networkidle")
    assert sum(loaded.values()) < _MAX_BYTES
    assert not [url for url in loaded if url.startswith(stack.api)]
    assert any(url.endswith("/index.html") for url in loaded)
    assert any(url.endswith("/job.js") for url in loaded)
