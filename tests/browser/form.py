"""What a creator does on the page."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

GENERATE = "Generate thumbnail"
ASK, POLL = "**/generate-presigned-url", "**/get-final-url?*"
SLOW = 30_000
"""Milliseconds until a thumbnail is given up: the first one meets cold functions."""

_FILES = """([data, names]) => {
    const files = new DataTransfer();
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    for (const name of names) files.items.add(new File([bytes], name));
    return files;
}"""


def picture(page: Page) -> Locator:
    return page.get_by_label("Picture", exact=True)


def title(page: Page) -> Locator:
    return page.get_by_label("Title", exact=True)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", name="Your thumbnail")


def failure(page: Page) -> Locator:
    return page.locator("#failure")


def fill(page: Page, file: Path, words: str, fit: str | None = None) -> None:
    """Choose a picture, type a title, and ask for the thumbnail."""
    picture(page).set_input_files(file)
    title(page).fill(words)
    if fit:
        page.get_by_text("Options").click()
        page.get_by_label("How the picture fills").select_option(fit)
    generate(page)


def generate(page: Page) -> None:
    page.get_by_role("button", name=GENERATE).click()


def drop(page: Page, data: bytes, *names: str) -> None:
    """Let a file, or several with the same content, fall onto the page's heading."""
    files = page.evaluate_handle(_FILES, [base64.b64encode(data).decode(), names])
    for event in ("dragover", "drop"):
        page.dispatch_event("h1", event, {"dataTransfer": files})


def paste(page: Page, png: bytes) -> None:
    """Paste a picture through the browser's own clipboard."""
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


def download(page: Page) -> tuple[str, bytes]:
    """Press Download, and return the file's name and content."""
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def expect_ready(page: Page) -> None:
    expect(heading(page)).to_be_focused(timeout=SLOW)
    expect(page.locator("#thumbnail")).to_have_js_property("naturalWidth", 1280)


def not_ready(route: Route) -> None:
    """Answer a poll as while the thumbnail is being made."""
    answering(404, json={"message": "Thumbnail not ready yet", "status": "processing"})(route)


def answering(status: int, **content: Any) -> Callable[[Route], None]:
    """Return what answers a request in the stack's place, so that the page can read it."""
    return lambda route: route.fulfill(status=status, headers={"Access-Control-Allow-Origin": "*"}, **content)
