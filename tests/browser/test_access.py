"""The page is for everyone: by keyboard, by ear, on any width, in any light."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import WINDOWS
from browser.form import ASK, GENERATE, expect_ready, heading, picture, title
from browser.states import STATES, making, ready
from conftest import Stack
from playwright.sync_api import Browser, Page, expect

_WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_MOST_BYTES = 50_000


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(upload_page: Page, png: Path, state: str, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    STATES[state](upload_page, png)
    for scheme in ("light", "dark"):
        upload_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(upload_page, options=_WCAG)
        assert not found.violations_count, f"{scheme}: {found.generate_report()}"


@pytest.mark.parametrize("state", STATES)
def test_nothing_overflows(upload_page: Page, png: Path, state: str) -> None:
    STATES[state](upload_page, png)
    for width in (320, 390, 832, 1280, 2560):
        upload_page.set_viewport_size({"width": width, "height": 800})
        assert upload_page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_alone_does_everything(upload_page: Page, png: Path) -> None:
    upload_page.on("filechooser", lambda chooser: chooser.set_files(png))
    picture(upload_page).focus()
    press = upload_page.keyboard.press
    press("Enter")
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    press("Tab")
    upload_page.keyboard.type("Typed")
    for key in ("Tab", "Enter", "Tab", "c", "Tab", "ArrowDown", "Tab", "Space", "Tab"):
        press(key)
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()
    with upload_page.expect_request(ASK) as asked:
        press("Enter")
    expected = {"filename": "my cat.png", "filetype": "image/png", "text": "Typed"}
    assert asked.value.post_data_json == expected | {"fit": "crop", "position": "top-left", "caps": True}
    expect_ready(upload_page)
    for name in ("Download", "Open in a new tab", "Copy the link"):
        press("Tab")
        expect(
            upload_page.get_by_role("button", name=name).or_(upload_page.get_by_role("link", name=name))
        ).to_be_focused()
    press("Enter")
    expect(upload_page.get_by_text("The link is copied.")).to_be_visible()
    press("Tab")
    press("Enter")
    expect(heading(upload_page)).to_be_focused()


def test_a_phones_camera_is_offered_where_there_is_touch(stack: Stack, browser: Browser) -> None:
    for has_touch in (True, False):
        page = browser.new_page(viewport=WINDOWS["phone"], has_touch=has_touch, is_mobile=has_touch)
        page.goto(stack.page)
        assert page.get_by_text("Take a photo").is_visible() == has_touch
        page.close()


def test_the_keyboard_alone_cancels(upload_page: Page, png: Path) -> None:
    making(upload_page, png)
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()
    upload_page.keyboard.press("Tab")
    expect(upload_page.get_by_role("button", name="Cancel")).to_be_focused()
    upload_page.keyboard.press("Enter")
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()


def test_everything_that_takes_the_focus_shows_it(upload_page: Page, png: Path) -> None:
    ready(upload_page, png)
    upload_page.evaluate("document.activeElement.blur()")
    upload_page.evaluate("scrollTo(0, 0)")
    seen = set()
    for _ in range(14):
        upload_page.keyboard.press("Tab")
        name, outline = upload_page.evaluate("""() => {
            const focused = document.activeElement;
            return [focused.id || focused.tagName, getComputedStyle(focused).outlineStyle];
        }""")
        seen.add(name)
        assert name == "BODY" or outline == "solid", name
    assert seen >= {"file", "text", "SUMMARY", "submit", "download", "view", "copy", "forget"}


def test_every_step_is_announced(upload_page: Page, png: Path) -> None:
    upload_page.evaluate("""() => {
        window.said = [];
        const status = document.getElementById("status");
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
    }""")
    ready(upload_page, png)
    said = [words for words in upload_page.evaluate("window.said") if words]
    assert said == ["Asking for an upload…", "Uploading the picture…", "Making the thumbnail…"]


def test_a_title_from_right_to_left_is_shown_so(upload_page: Page) -> None:
    title(upload_page).fill("שלום עולם")
    assert title(upload_page).evaluate("element => getComputedStyle(element).direction") == "rtl"
    title(upload_page).fill("Hello")
    assert title(upload_page).evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_nothing_moves_for_one_who_asked_for_stillness(upload_page: Page, png: Path) -> None:
    making(upload_page, png)
    moving = "document.getAnimations().filter((animation) => animation.playState === 'running').length"
    assert upload_page.evaluate(moving) > 0
    upload_page.emulate_media(reduced_motion="reduce")
    assert upload_page.evaluate(moving) == 0


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_jumps_by_itself(upload_page: Page, png: Path, window: str) -> None:
    """Shifts without a recent input are those that surprise: https://web.dev/articles/cls."""
    upload_page.set_viewport_size(WINDOWS[window])
    upload_page.evaluate("""() => {
        window.shifted = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
    }""")
    ready(upload_page, png)
    assert upload_page.evaluate("window.shifted") < 0.1


def test_the_page_weighs_little_and_does_not_wait_for_the_api(stack: Stack, page: Page) -> None:
    loaded: dict[str, int] = {}
    page.on("response", lambda response: loaded.update({response.url: len(response.body())}))
    page.goto(stack.page, wait_until="networkidle")
    assert sum(loaded.values()) < _MOST_BYTES
    assert not [url for url in loaded if url.startswith(stack.api)]
    assert any(url.endswith("/index.html") for url in loaded)
    assert any(url.endswith("/job.js") for url in loaded)
