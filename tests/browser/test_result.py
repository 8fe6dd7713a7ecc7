"""The finished thumbnail: saved, copied, shared, previewed as on YouTube, and kept in the history."""

import json
from io import BytesIO
from pathlib import Path
from time import time

import pytest
from browser.conftest import PICTURE
from conftest import Stack
from helpers.form import (
    MAKE,
    download,
    expect_ready,
    find_notice,
    find_picture,
    find_thumbnail,
    find_title_field,
    find_variants,
    make,
    press_make,
)
from PIL import Image
from playwright.sync_api import Download, Locator, Page, expect

from process.thumbnail import make_thumbnail, make_thumbnails

HOUR_MS = 3_600_000
ENTRIES = "#history-list button"


@pytest.fixture
def ready(upload_page: Page, png: Path) -> Page:
    make(upload_page, png, "Ready")
    return upload_page


def find_history(page: Page) -> Locator:
    return page.get_by_role("region", name="Made so far")


def test_all_three_are_saved_in_one_go(ready: Page) -> None:
    saved: list[Download] = []
    ready.on("download", lambda download: saved.append(download))  # noqa: PLW0108  Playwright sets an attribute on it
    ready.get_by_role("button", name="Download all three").click()
    expect(find_notice(ready)).to_have_text("All are saved.")
    made = make_thumbnails(PICTURE, "Ready")
    assert [Path(file.path()).read_bytes() for file in saved] == [thumbnail.jpeg for thumbnail in made]
    others = [f"Ready-thumbnail-{thumbnail.look}.jpg" for thumbnail in made[1:]]
    assert [file.suggested_filename for file in saved] == ["Ready-thumbnail.jpg", *others]


def test_the_picture_can_be_copied(ready: Page) -> None:
    ready.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ready.get_by_role("button", name="Copy picture").click()
    expect(find_notice(ready)).to_have_text("The picture is copied.")
    data = ready.evaluate("""async () => {
        const [item] = await navigator.clipboard.read();
        return [...new Uint8Array(await (await item.getType("image/png")).arrayBuffer())];
    }""")
    copied = Image.open(BytesIO(bytes(data)))
    assert (copied.format, copied.size) == ("PNG", (1280, 720))


def test_a_device_that_shares_pictures_is_given_the_thumbnail(page: Page, stack: Stack, png: Path) -> None:
    page.add_init_script("""
        navigator.canShare = ({ files }) => files[0].type === "image/jpeg";
        navigator.share = async ({ files: [{ name, size }] }) => window.resolve([name, size]);
    """)
    page.goto(stack.page)
    make(page, png, "Ready")
    page.evaluate("setTimeout(() => document.getElementById('share').click(), 100)")
    size = len(make_thumbnail(PICTURE, "Ready"))
    assert page.evaluate("new Promise((resolve) => (window.resolve = resolve))") == ["Ready-thumbnail.jpg", size]


def test_other_devices_offer_no_sharing(page: Page, stack: Stack, png: Path) -> None:
    page.add_init_script("navigator.canShare = undefined")
    page.goto(stack.page)
    make(page, png, "Ready")
    expect(page.get_by_role("button", name="Share")).to_be_hidden()


def test_the_view_link_opens_the_thumbnail(ready: Page) -> None:
    with ready.expect_popup() as opened:
        ready.get_by_role("link", name="Open in a new tab").click()
    assert opened.value.evaluate("document.contentType") == "image/jpeg"


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
    ready.get_by_role("button", name="Copy link (works 1 hour)").click()
    expect(find_notice(ready)).to_have_text("The link is copied.")
    link = ready.get_by_role("link", name="Open in a new tab").get_attribute("href")
    assert ready.evaluate(read_clipboard) == link


def test_a_browser_that_refuses_to_copy_gets_instructions(ready: Page) -> None:
    ready.evaluate("""() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        document.execCommand = () => false;
    }""")
    ready.get_by_role("button", name="Copy link (works 1 hour)").click()
    expect(find_notice(ready)).to_contain_text("Download the thumbnail instead")
    expect(ready.get_by_role("button", name="Copy link (works 1 hour)")).to_be_focused()


@pytest.mark.parametrize(
    ("place", "theme", "size", "colour"),
    [
        ("Home", "Dark", (360, 202.5), "rgb(15, 15, 15)"),
        ("Home", "Light", (360, 202.5), "rgb(255, 255, 255)"),
        ("Sidebar", "Dark", (168, 94.5), "rgb(15, 15, 15)"),
        ("Sidebar", "Light", (168, 94.5), "rgb(255, 255, 255)"),
    ],
)
def test_the_preview_has_youtubes_sizes_and_colours(
    ready: Page, place: str, theme: str, size: tuple[float, float], colour: str
) -> None:
    ready.get_by_label(place, exact=True).check()
    ready.get_by_label(theme, exact=True).check()
    left, top, right, bottom = get_edges(ready.locator("#preview-image"))
    assert (right - left, bottom - top) == size
    badge = get_edges(ready.get_by_text("12:34"))
    assert left < badge[0] < badge[2] < right
    assert top < badge[1] < badge[3] < bottom
    assert badge[3] - badge[1] == 18
    preview = ready.locator("#preview")
    assert preview.evaluate("element => getComputedStyle(element).backgroundColor") == colour
    expect(preview).to_contain_text("Ready")
    expect(preview.locator("> div")).to_have_count(3)  # this video and its neighbours


def get_edges(locator: Locator) -> tuple[float, float, float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_a_thumbnail_made_in_another_tab_joins_the_history(ready: Page, stack: Stack, png: Path) -> None:
    other = ready.context.new_page()
    other.goto(stack.page)
    make(other, png, "In the other tab")
    expect(other.locator(ENTRIES)).to_have_count(2)
    expect(ready.locator(ENTRIES)).to_have_count(2)


def test_the_history_brings_title_options_and_picture_back(ready: Page, stack: Stack) -> None:
    ready.get_by_label("All in capitals").check()
    expect(ready.locator("#frame.outdated")).to_be_visible()
    expect_ready(ready)
    ready.evaluate("sessionStorage.clear(); localStorage.removeItem('thumbnail-settings')")
    ready.goto("about:blank")
    ready.goto(stack.page)
    expect(find_thumbnail(ready)).to_be_hidden()
    find_history(ready).get_by_role("button", name="Thumbnail with the title “Ready”").click()
    expect_ready(ready)
    expect(find_title_field(ready)).to_have_value("Ready")
    expect(ready.get_by_label("All in capitals")).to_be_checked()
    find_title_field(ready).fill("Again")  # of the picture that was uploaded then
    expect(ready.locator("#frame.outdated")).to_be_visible()
    expect_ready(ready)
    assert download(ready)[1] == make_thumbnail(PICTURE, "Again", caps=True)


def test_a_reload_keeps_picture_title_and_options_together(ready: Page) -> None:
    ready.get_by_label("Bottom right").check()
    expect(ready.locator("#frame.outdated")).to_be_visible()
    expect_ready(ready)
    ready.reload()
    expect_ready(ready)
    expect(find_title_field(ready)).to_have_value("Ready")
    expect(ready.get_by_label("Bottom right")).to_be_checked()
    find_title_field(ready).fill("Again")
    expect(ready.locator("#frame.outdated")).to_be_visible()
    expect_ready(ready)
    assert download(ready)[1] == make_thumbnail(PICTURE, "Again", position="bottom-right")


def test_a_reload_keeps_the_chosen_thumbnail_on_the_stage(ready: Page) -> None:
    ready.locator("#variants label").nth(1).click()
    chosen = str(find_thumbnail(ready).get_attribute("alt"))
    ready.reload()
    expect_ready(ready)
    expect(find_thumbnail(ready)).to_have_attribute("alt", chosen)


@pytest.mark.parametrize("way", ["a reload", "going back"])
def test_without_a_thumbnail_neither_picture_nor_title_survive(upload_page: Page, png: Path, way: str) -> None:
    """Browsers restore a title without its picture, or a picture without its title, if they may."""
    upload_page.locator("#file").set_input_files(png)
    expect(find_picture(upload_page)).to_be_visible()
    find_title_field(upload_page).fill("Typed")
    if way == "a reload":
        upload_page.reload()
    else:
        upload_page.goto("about:blank")
        upload_page.go_back()
    expect(find_picture(upload_page)).to_be_hidden()
    expect(find_title_field(upload_page)).to_have_value("")


def test_intermediate_titles_leave_the_history_unless_they_were_used(ready: Page) -> None:
    for title, entries in (("Second", 1), ("Third", 1), ("Fourth", 2)):
        if title == "Fourth":
            download(ready)
        find_title_field(ready).fill(title)
        expect(ready.locator("#frame.outdated")).to_be_visible()
        expect_ready(ready)
        expect(ready.locator(ENTRIES)).to_have_count(entries)


def test_clearing_the_history_can_be_undone(ready: Page) -> None:
    find_history(ready).get_by_role("button", name="Clear", exact=True).click()
    expect(ready.locator(ENTRIES)).to_have_count(0)
    find_history(ready).get_by_role("button", name="Undo clearing").click()
    expect(ready.locator(ENTRIES)).to_have_count(1)
    find_history(ready).get_by_role("button", name="Clear", exact=True).click()
    ready.reload()
    expect(find_history(ready)).to_be_hidden()


def test_a_thumbnail_leaves_the_history_when_its_links_expire(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    upload_page.reload()
    make(upload_page, png, "Short-lived")
    upload_page.clock.fast_forward(HOUR_MS - 120_000)
    expect(find_history(upload_page)).to_be_visible()
    upload_page.clock.fast_forward(240_000)
    expect(find_history(upload_page)).to_be_hidden()
    expect(upload_page.get_by_role("link", name="Download")).to_be_hidden()
    press_make(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_role("link", name="Download")).to_be_visible()


LINKS = {"viewUrl": "http://localhost/", "downloadUrl": "http://localhost/"}


def store(**changes: object) -> str:
    """Return a history of one entry, which lacks nothing but what is changed."""
    expiry = int(time() * 1000) + HOUR_MS
    entry = {"title": "x", "source": "x", "filename": "x", "settings": {}, "expiresAt": expiry, "variants": [LINKS]}
    return json.dumps([entry | changes])


def test_what_was_stored_without_options_gets_the_defaults(upload_page: Page, stack: Stack) -> None:
    links = {"viewUrl": f"{stack.origin}/x.jpg", "downloadUrl": f"{stack.origin}/x.jpg"}
    stored = store(settings=7, variants=[links])
    upload_page.evaluate("stored => localStorage.setItem('thumbnails-made', stored)", stored)
    upload_page.reload()
    upload_page.locator(ENTRIES).click()
    expect(find_variants(upload_page)).to_have_count(1)
    expect(upload_page.get_by_label("Looks")).to_have_value("auto")


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "7",
        '[{"name": 1}]',
        store(expiresAt=9e15),
        store(expiresAt=1),
        store(title=None),
        store(variants=[]),
        store(variants={"length": 1}),
        store(variants=[{"look": "panel"}]),
        store(variants=[LINKS | {"viewUrl": "javascript:1"}]),
    ],
)
def test_foreign_data_in_local_storage_is_ignored(upload_page: Page, stored: str) -> None:
    upload_page.evaluate(
        "stored => { for (const key of ['thumbnails-made', 'thumbnail-settings']) localStorage.setItem(key, stored); }",
        stored,
    )
    upload_page.reload()
    expect(upload_page.locator("#load-error")).not_to_be_attached()
    expect(upload_page.get_by_role("button", name=MAKE)).to_be_enabled()
    expect(find_history(upload_page)).to_be_hidden()
