"""Drive the page as a user does."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

GENERATE = "Generate thumbnails"
PRESIGN_ROUTE, UPLOAD_ROUTE, POLL_ROUTE = "**/generate-presigned-url", "**/*-uploads-*", "**/get-final-url?*"
TIMEOUT_MS = 30_000
"""How long to wait for a thumbnail; the first one includes the cold starts."""

_CREATE_TRANSFER = """([data, names]) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    for (const name of names) transfer.items.add(new File([bytes], name));
    return transfer;
}"""


def find_picture_field(page: Page) -> Locator:
    return page.get_by_label("Picture", exact=True)


def find_title_field(page: Page) -> Locator:
    return page.get_by_label("Title", exact=True)


def find_result_heading(page: Page) -> Locator:
    return page.get_by_role("heading", name="Your thumbnail")


def find_variants(page: Page) -> Locator:
    return page.locator("#variants figure")


def find_link(page: Page, name: str) -> Locator:
    """Find a link to the first of the variants, which is the best."""
    return find_variants(page).first.get_by_role("link", name=name)


def open_options(page: Page) -> None:
    page.get_by_text("Options").click()


def find_failure(page: Page) -> Locator:
    return page.locator("#failure")


def exhaust_patience(page: Page) -> None:
    """Advance the page's clock, which must be installed, until the page gives up."""
    for _ in range(100):
        page.clock.fast_forward(1000)
        if find_failure(page).is_visible():
            return
    raise AssertionError("the page did not give up")


def submit_form(page: Page, file: Path, title: str, fit: str | None = None) -> None:
    """Choose a picture, type a title, and press the button."""
    find_picture_field(page).set_input_files(file)
    find_title_field(page).fill(title)
    if fit:
        open_options(page)
        page.get_by_label("How the picture fills").select_option(fit)
    press_generate(page)


def press_generate(page: Page) -> None:
    page.get_by_role("button", name=GENERATE).click()


def press_retry(page: Page) -> None:
    page.get_by_role("button", name="Try again").click()


def drop_files(page: Page, data: bytes, *names: str) -> None:
    """Drop files with these names, all with the same content, onto the page's heading."""
    transfer = page.evaluate_handle(_CREATE_TRANSFER, [base64.b64encode(data).decode(), names])
    for event in ("dragover", "drop"):
        page.dispatch_event("h1", event, {"dataTransfer": transfer})


def paste_picture(page: Page, png: bytes) -> None:
    """Paste a picture through the browser's clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """async (data) => {
            const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
            const picture = new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) });
            await navigator.clipboard.write([picture]);
        }""",
        base64.b64encode(png).decode(),
    )
    page.keyboard.press("Control+V")


def download(page: Page, variant: int = 0) -> tuple[str, bytes]:
    """Download a thumbnail, given its place among the variants; return the file's name and content."""
    with page.expect_download() as started:
        find_variants(page).nth(variant).get_by_role("link", name="Download").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def expect_ready(page: Page) -> None:
    expect(find_result_heading(page)).to_be_focused(timeout=TIMEOUT_MS)
    expect(find_variants(page).first.get_by_role("img")).to_have_js_property("naturalWidth", 1280)


def respond_not_ready(route: Route) -> None:
    """Answer a poll as if the thumbnail were still being made."""
    respond(404, json={"message": "Thumbnail not ready yet", "status": "processing"})(route)


def respond(status: int, **content: Any) -> Callable[[Route], None]:
    """Return a route handler that answers instead of the stack, with the CORS header that lets the page read it."""
    return lambda route: route.fulfill(status=status, headers={"Access-Control-Allow-Origin": "*"}, **content)
