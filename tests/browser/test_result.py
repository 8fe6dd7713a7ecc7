"""What the page does with a finished thumbnail."""

from pathlib import Path

import pytest
from browser.form import download, expect_ready, fill, generate, heading, title
from conftest import Stack
from playwright.sync_api import Locator, Page, expect

HOUR = 3_600_000


@pytest.fixture
def ready(upload_page: Page, png: Path) -> Page:
    fill(upload_page, png, "Ready")
    expect_ready(upload_page)
    return upload_page


@pytest.mark.parametrize(("ground", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(15, 15, 15)")])
def test_the_thumbnail_is_shown_as_youtube_will(ready: Page, ground: str, colour: str) -> None:
    for place, size in {"Feed": (360, 202.5), "Sidebar": (168, 94.5)}.items():
        figure = ready.get_by_role("figure", name=f"{place}, {ground}")
        left, top, right, bottom = edges(figure.locator("img"))
        assert (right - left, bottom - top) == size
        badge = edges(figure.get_by_text("12:34"))
        assert left < badge[0] < badge[2] < right
        assert top < badge[1] < badge[3] < bottom
        surface = figure.locator("xpath=..")
        assert surface.evaluate("element => getComputedStyle(element).backgroundColor") == colour


def edges(shown: Locator) -> tuple[float, float, float, float]:
    box = shown.bounding_box()
    assert box
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_its_links_open_it_and_say_how_long_they_live(ready: Page) -> None:
    with ready.expect_popup() as opened:
        ready.get_by_role("link", name="Open in a new tab").click()
    assert opened.value.evaluate("document.contentType") == "image/jpeg"
    ends = ready.evaluate(
        "ms => new Date(Date.now() + ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })", HOUR
    )
    assert ends in ready.locator("#expiry").inner_text()


@pytest.mark.parametrize("origin", ["https", "http"])
def test_its_link_can_be_copied(ready: Page, origin: str) -> None:
    """Browsers offer `navigator.clipboard` to pages from HTTPS and localhost only."""
    ready.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read = "navigator.clipboard.readText()"
    if origin == "http":
        ready.evaluate("""() => {
            window.reading = navigator.clipboard;
            Object.defineProperty(navigator, "clipboard", { value: undefined });
        }""")
        read = "window.reading.readText()"
    ready.get_by_role("button", name="Copy the link").click()
    expect(ready.get_by_text("The link is copied.")).to_be_visible()
    assert ready.evaluate(read) == ready.get_by_role("link", name="Open in a new tab").get_attribute("href")


def test_a_browser_that_lets_nothing_be_copied_says_what_to_do(ready: Page) -> None:
    ready.evaluate("""() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        document.execCommand = () => false;
    }""")
    ready.get_by_role("button", name="Copy the link").click()
    expect(ready.get_by_text("copy its address")).to_be_visible()
    expect(ready.get_by_role("button", name="Copy the link")).to_be_focused()


def test_a_thumbnail_made_in_another_tab_is_in_the_list_too(ready: Page, stack: Stack, png: Path) -> None:
    other = ready.context.new_page()
    other.goto(stack.page)
    fill(other, png, "In the other tab")
    expect_ready(other)
    made = "#made-list button"
    expect(other.locator(made)).to_have_count(2)
    expect(ready.locator(made)).to_have_count(2)


def test_the_thumbnails_made_so_far_stay_until_they_are_cleared(ready: Page) -> None:
    first = download(ready)[1]
    title(ready).fill("Later")
    generate(ready)
    expect_ready(ready)
    ready.reload()
    expect(heading(ready)).to_be_hidden()
    made = ready.get_by_role("region", name="Made so far").get_by_role("button", name="Thumbnail")
    expect(made).to_have_count(2)
    made.nth(1).click()
    expect(heading(ready)).to_be_focused()
    assert download(ready)[1] == first
    ready.get_by_role("button", name="Clear the list").click()
    expect(made).to_have_count(0)
    ready.reload()
    expect(ready.get_by_role("region", name="Made so far")).to_be_hidden()


def test_a_thumbnail_leaves_the_list_when_its_links_end(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    fill(upload_page, png, "Short-lived")
    expect_ready(upload_page)
    made = upload_page.get_by_role("region", name="Made so far")
    expect(made).to_be_visible()
    upload_page.clock.fast_forward(HOUR - 60_000)
    expect(made).to_be_visible()
    upload_page.clock.fast_forward(120_000)
    expect(made).to_be_hidden()
    expect(upload_page.get_by_text("The links have ended.")).to_be_visible()
    expect(upload_page.get_by_role("link", name="Download")).to_be_hidden()


@pytest.mark.parametrize(
    "left", ["{", "7", '[{"name": 1}]', '[{"name": "x", "ends": 9e15, "viewUrl": "javascript:1"}]']
)
def test_what_another_script_left_in_the_browser_does_no_harm(upload_page: Page, left: str) -> None:
    upload_page.evaluate("left => localStorage.setItem('thumbnails-made', left)", left)
    upload_page.reload()
    expect(upload_page.get_by_role("button", name="Generate thumbnail")).to_be_enabled()
    expect(upload_page.get_by_role("region", name="Made so far")).to_be_hidden()
