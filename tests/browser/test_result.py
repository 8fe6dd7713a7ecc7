"""The finished thumbnail: saved, copied, shared, previewed as on YouTube, and kept in the history."""

import json
from io import BytesIO
from pathlib import Path
from time import time

import pytest
from browser.conftest import PICTURE, WINDOWS
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
    with ready.expect_event("download", lambda _: len(saved) == 3):
        ready.get_by_role("button", name="Download all").click()
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
        window.shared = new Promise((resolve) => {
            navigator.share = async ({ files: [{ name, size }] }) => resolve([name, size]);
        });
    """)
    page.goto(stack.page)
    make(page, png, "Ready")
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared") == ["Ready-thumbnail.jpg", len(make_thumbnail(PICTURE, "Ready"))]


def test_other_devices_offer_no_sharing(page: Page, stack: Stack, png: Path) -> None:
    page.add_init_script("navigator.canShare = undefined")
    page.goto(stack.page)
    make(page, png, "Ready")
    expect(page.get_by_role("button", name="Share")).to_be_hidden()


def test_the_link_can_be_copied(ready: Page) -> None:
    ready.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ready.get_by_role("button", name="Copy link (works 1 hour)").click()
    expect(find_notice(ready)).to_have_text("The link is copied.")
    link = ready.evaluate("navigator.clipboard.readText()")
    assert link == find_thumbnail(ready).get_attribute("src")


def test_a_browser_that_cannot_copy_offers_no_copying(page: Page, stack: Stack, png: Path) -> None:
    """Browsers can on HTTPS and localhost only."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(stack.page)
    make(page, png, "Ready")
    expect(page.get_by_role("link", name="Download")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_a_browser_that_refuses_to_copy_gets_instructions(ready: Page) -> None:
    ready.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }")
    ready.get_by_role("button", name="Copy link (works 1 hour)").click()
    expect(find_notice(ready)).to_contain_text("Download the thumbnail instead")
    expect(ready.get_by_role("button", name="Copy link (works 1 hour)")).to_be_focused()


@pytest.mark.parametrize("window", WINDOWS)
def test_the_notice_covers_nothing_to_press(ready: Page, window: str) -> None:
    ready.set_viewport_size(WINDOWS[window])
    ready.evaluate("scrollTo(0, 0)")
    ready.get_by_role("button", name="Download all").click()
    expect(find_notice(ready)).to_have_text("All are saved.")
    ready.evaluate("scrollTo(0, 0)")
    _, _, _, bottom = get_edges(find_notice(ready))
    for control in ready.locator("button, a, select, textarea, label").filter(visible=True).all():
        assert get_edges(control)[1] > bottom, control.text_content()


def test_each_notice_is_shown_and_leaves_by_itself(ready: Page) -> None:
    end_animations = "document.getAnimations().forEach((animation) => animation.finish())"
    for _ in range(2):
        ready.get_by_role("button", name="Download all").click()
        expect(find_notice(ready)).to_have_text("All are saved.")
        expect(find_notice(ready)).to_be_visible()
        ready.evaluate(end_animations)
        expect(find_notice(ready)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_starts_with_the_scheme_of_the_page(page: Page, stack: Stack, png: Path, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(stack.page)
    make(page, png, "Ready")
    expect(page.get_by_label(scheme.capitalize(), exact=True)).to_be_checked()


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
    ready.get_by_label("Capitals in every look").check()
    expect(ready.locator("#frame.outdated")).to_be_visible()
    expect_ready(ready)
    ready.evaluate("sessionStorage.clear(); localStorage.removeItem('thumbnail-settings')")
    ready.goto("about:blank")
    ready.goto(stack.page)
    expect(find_thumbnail(ready)).to_be_hidden()
    find_history(ready).get_by_role("button", name="Ready").click()
    expect(find_thumbnail(ready)).to_be_in_viewport(ratio=1)
    expect_ready(ready)
    expect(find_title_field(ready)).to_have_value("Ready")
    expect(ready.get_by_label("Capitals in every look")).to_be_checked()
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


def test_what_was_made_is_shown_with_its_title(ready: Page) -> None:
    title = "A title that is longer than a small picture of a thumbnail is wide"
    find_title_field(ready).fill(title)
    expect_ready(ready)
    caption = ready.locator(ENTRIES).get_by_text(title)
    assert caption.evaluate("element => element.getClientRects().length && element.offsetHeight") < 30  # one line


def test_clearing_the_history_can_be_undone_until_the_next_thumbnail_is_made(ready: Page) -> None:
    find_history(ready).get_by_role("button", name="Clear", exact=True).click()
    expect(ready.locator(ENTRIES)).to_have_count(0)
    find_history(ready).get_by_role("button", name="Undo clearing").click()
    expect(ready.locator(ENTRIES)).to_have_count(1)
    find_history(ready).get_by_role("button", name="Clear", exact=True).click()
    expect(find_history(ready).get_by_role("button", name="Undo clearing")).to_be_focused()
    ready.reload()
    expect(ready.locator(ENTRIES)).to_have_count(0)
    find_history(ready).get_by_role("button", name="Undo clearing").click()
    ready.locator(ENTRIES).click()
    expect_ready(ready)
    find_history(ready).get_by_role("button", name="Clear", exact=True).click()
    find_title_field(ready).fill("Next")
    expect_ready(ready)
    expect(find_history(ready).get_by_role("button", name="Undo clearing")).to_be_hidden()
    expect(ready.locator(ENTRIES)).to_have_count(1)


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
    """Return what is stored of one entry, which lacks nothing but what is changed."""
    expiry = int(time() * 1000) + HOUR_MS
    entry = {"title": "x", "source": "x", "filename": "x", "settings": {}, "expiresAt": expiry, "variants": [LINKS]}
    return json.dumps({"history": [entry | changes], "cleared": []})


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
        '{"history": 7, "cleared": [{"name": 1}]}',
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
