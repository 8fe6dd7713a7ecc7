"""The finished thumbnail: its previews, its links, and the history."""

from pathlib import Path
from time import time

import pytest
from conftest import Stack
from helpers.form import (
    GENERATE,
    download,
    expect_ready,
    find_link,
    find_result_heading,
    find_title_field,
    press_generate,
    submit_form,
)
from playwright.sync_api import Locator, Page, expect

HOUR_MS = 3_600_000


@pytest.fixture
def ready(upload_page: Page, png: Path) -> Page:
    submit_form(upload_page, png, "Ready")
    expect_ready(upload_page)
    return upload_page


@pytest.mark.parametrize(("theme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(15, 15, 15)")])
def test_the_previews_match_youtubes_sizes_and_backgrounds(ready: Page, theme: str, colour: str) -> None:
    for surface, size in {"Feed": (360, 202.5), "Sidebar": (168, 94.5)}.items():
        figure = ready.get_by_role("figure", name=f"{surface}, {theme}")
        left, top, right, bottom = get_edges(figure.locator("img"))
        assert (right - left, bottom - top) == size
        badge = get_edges(figure.get_by_text("12:34"))
        assert left < badge[0] < badge[2] < right
        assert top < badge[1] < badge[3] < bottom
        background = figure.locator("xpath=..")
        assert background.evaluate("element => getComputedStyle(element).backgroundColor") == colour


def get_edges(locator: Locator) -> tuple[float, float, float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_the_view_link_opens_the_thumbnail_and_the_expiry_is_shown(ready: Page) -> None:
    with ready.expect_popup() as opened:
        find_link(ready, "Open in a new tab").click()
    assert opened.value.evaluate("document.contentType") == "image/jpeg"
    expiry = ready.evaluate(
        "ms => new Date(Date.now() + ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })", HOUR_MS
    )
    assert expiry in ready.locator("#expiry").inner_text()


@pytest.mark.parametrize("origin", ["https", "http"])
def test_the_link_can_be_copied(ready: Page, origin: str) -> None:
    """Browsers offer `navigator.clipboard` on HTTPS and localhost only."""
    ready.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read_clipboard = "navigator.clipboard.readText()"
    if origin == "http":
        ready.evaluate("""() => {
            window.savedClipboard = navigator.clipboard;
            Object.defineProperty(navigator, "clipboard", { value: undefined });
        }""")
        read_clipboard = "window.savedClipboard.readText()"
    ready.get_by_role("button", name="Copy link").click()
    expect(ready.get_by_text("The link is copied.")).to_be_visible()
    assert ready.evaluate(read_clipboard) == find_link(ready, "Open in a new tab").get_attribute("href")


def test_a_browser_that_refuses_to_copy_gets_instructions(ready: Page) -> None:
    ready.evaluate("""() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        document.execCommand = () => false;
    }""")
    ready.get_by_role("button", name="Copy link").click()
    expect(ready.get_by_text("copy its address")).to_be_visible()
    expect(ready.get_by_role("button", name="Copy link")).to_be_focused()


def test_a_thumbnail_made_in_another_tab_joins_the_history(ready: Page, stack: Stack, png: Path) -> None:
    other = ready.context.new_page()
    other.goto(stack.page)
    submit_form(other, png, "In the other tab")
    expect_ready(other)
    entries = "#history-list button"
    expect(other.locator(entries)).to_have_count(2)
    expect(ready.locator(entries)).to_have_count(2)


def test_the_history_is_kept_until_it_is_cleared(ready: Page) -> None:
    first = download(ready)[1]
    find_title_field(ready).fill("Later")
    press_generate(ready)
    expect_ready(ready)
    ready.reload()
    expect(find_result_heading(ready)).to_be_hidden()
    entries = ready.get_by_role("region", name="Made so far").get_by_role("button", name="Thumbnail")
    expect(entries).to_have_count(2)
    entries.nth(1).click()
    expect(find_result_heading(ready)).to_be_focused()
    assert download(ready)[1] == first
    ready.get_by_role("button", name="Clear the list").click()
    expect(entries).to_have_count(0)
    ready.reload()
    expect(ready.get_by_role("region", name="Made so far")).to_be_hidden()


def test_a_thumbnail_leaves_the_history_when_its_links_expire(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    submit_form(upload_page, png, "Short-lived")
    expect_ready(upload_page)
    history = upload_page.get_by_role("region", name="Made so far")
    expect(history).to_be_visible()
    upload_page.clock.fast_forward(HOUR_MS - 60_000)
    expect(history).to_be_visible()
    upload_page.clock.fast_forward(120_000)
    expect(history).to_be_hidden()
    expect(upload_page.get_by_text("The links have expired.")).to_be_visible()
    expect(upload_page.get_by_role("link", name="Download")).to_have_count(0)


def store_variants(variants: str) -> str:
    """Return a history of one entry, which lacks nothing but, maybe, its variants."""
    links = '"viewUrl": "http://localhost/", "downloadUrl": "http://localhost/"'
    expiry = int(time() * 1000) + HOUR_MS
    return f'[{{"name": "x", "isTitled": true, "expiresAt": {expiry}, {links}, "variants": {variants}}}]'


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "7",
        '[{"name": 1}]',
        '[{"name": "x", "expiresAt": 9e15, "viewUrl": "javascript:1"}]',
        store_variants("[]"),
        store_variants('{"length": 1}'),
        store_variants('[{"look": "panel"}]'),
        store_variants('[{"look": 1, "viewUrl": "http://localhost/", "downloadUrl": "http://localhost/"}]'),
    ],
)
def test_foreign_data_in_local_storage_is_ignored(upload_page: Page, stored: str) -> None:
    upload_page.evaluate("stored => localStorage.setItem('thumbnails-made', stored)", stored)
    upload_page.reload()
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_enabled()
    expect(upload_page.get_by_role("region", name="Made so far")).to_be_hidden()
