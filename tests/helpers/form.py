"""Drive the page as a user does."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import Locator, Page, Request, Route, expect

MAKE = "Make thumbnails"
PRESIGN_ROUTE, UPLOAD_ROUTE, POLL_ROUTE = "**/generate-presigned-url", "**/*-uploads-*", "**/get-final-url?*"
TIMEOUT_MS = 30_000
"""How long to wait for anything on the page. The first thumbnail includes the cold starts."""

_CREATE_TRANSFER = """([data, names]) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    for (const name of names) transfer.items.add(new File([bytes], name));
    return transfer;
}"""


def override_config(page: Page, **settings: object) -> None:
    """Let the page, once it is opened or reloaded, be that of a stack that was applied with other settings."""

    def answer(route: Route) -> None:
        answered = route.fetch()
        match = re.search(r"export default (.*);", answered.text())
        assert match
        route.fulfill(response=answered, body=f"export default {json.dumps(json.loads(match[1]) | settings)};")

    page.route("**/config.js", answer)


def find_picture_field(page: Page) -> Locator:
    return page.get_by_label("Choose a picture")


def find_picture(page: Page) -> Locator:
    return page.get_by_alt_text("The picture that you chose")


def find_title_field(page: Page) -> Locator:
    return page.get_by_label("Title", exact=True)


def find_thumbnail(page: Page) -> Locator:
    """Find the thumbnail on the stage."""
    return page.locator("#thumbnail")


def find_variants(page: Page) -> Locator:
    return page.locator("#variants label")


def find_refusal(page: Page) -> Locator:
    """Find the message about what was chosen or dropped."""
    return page.locator("#refusal")


def find_failure(page: Page) -> Locator:
    return page.locator("#failure")


def find_notice(page: Page) -> Locator:
    return page.locator("#status")


def exhaust_patience(page: Page) -> None:
    """Advance the page's clock, which must be installed, until the page gives up."""
    for _ in range(100):
        page.clock.fast_forward(1000)
        if find_failure(page).is_visible():
            return
    raise AssertionError("the page did not give up")


def choose_picture(page: Page, file: Path) -> None:
    page.locator("#file").set_input_files(file)  # it is hidden while there is a picture


def submit_form(page: Page, file: Path, title: str) -> None:
    """Choose a picture, type a title, and press the button."""
    choose_picture(page, file)
    find_title_field(page).fill(title)
    expect(page.locator("#bar, #refusal:not(:empty)").first).to_be_visible()
    press_make(page)


def press_make(page: Page) -> None:
    page.get_by_role("button", name=MAKE).click()


def press_retry(page: Page) -> None:
    page.get_by_role("button", name="Try again").click()


def make(page: Page, file: Path, title: str) -> None:
    """Make the first thumbnails of a picture."""
    submit_form(page, file, title)
    expect_ready(page)


def drop_files(page: Page, data: bytes, *names: str) -> None:
    """Drop files with these names, all with the same content, onto the page's heading."""
    transfer = page.evaluate_handle(_CREATE_TRANSFER, [base64.b64encode(data).decode(), names])
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("h1", event, {"dataTransfer": transfer})


def drag(page: Page, target: str, kind: str, content: str) -> bool:
    """Drop text of a type, such as a link, on an element; return whether the browser was kept from opening it."""
    return bool(
        page.locator(target).evaluate(
            """(element, [kind, content]) => {
                const dataTransfer = new DataTransfer();
                dataTransfer.setData(kind, content);
                return ["dragenter", "dragover", "drop"].map((type) =>
                    !element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })),
                ).every(Boolean);
            }""",
            [kind, content],
        )
    )


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
    """Choose a variant, given its place, and download it; return the file's name and content."""
    if variant:
        find_variants(page).nth(variant).click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def expect_ready(page: Page, width: int = 1280) -> None:
    """Expect what is on the stage to be made of the present title and options, and to be of a width in pixels."""
    expect(page.locator("#frame:not(.outdated) #thumbnail")).to_be_visible()
    expect(find_thumbnail(page)).to_have_js_property("naturalWidth", width)


def record_steps(page: Page) -> None:
    """Record what the page announces of its progress from now on."""
    page.evaluate("""() => {
        window.steps = [];
        const step = document.getElementById("step");
        new MutationObserver(() => window.steps.push(step.textContent)).observe(step, { childList: true });
    }""")


def list_steps(page: Page) -> list[str]:
    """Return what was announced since `record_steps`."""
    return [step for step in page.evaluate("window.steps") if step]


def hold(page: Page, pattern: str) -> list[Route]:
    """Hold back requests, and return a list that collects them."""
    held: list[Route] = []

    def keep(route: Route) -> None:  # Playwright sets an attribute on handlers, so a built-in method will not do
        held.append(route)

    page.route(pattern, keep)
    return held


def wait_for_held(page: Page, held: list[Route], count: int = 1) -> Route:
    """Wait until so many requests are held back, and return the last of them."""
    deadline = monotonic() + TIMEOUT_MS / 1000
    while len(held) < count:
        assert monotonic() < deadline, "the request was not sent"
        page.wait_for_timeout(10)
    return held[count - 1]


def respond_not_ready(route: Route) -> None:
    """Answer a poll as if the thumbnail were still being made."""
    respond(404, json={"message": "Thumbnail not ready yet", "status": "processing"})(route)


def respond(status: int, **content: Any) -> Callable[[Route], None]:
    """Return a route handler that answers instead of the stack, with the CORS header that lets the page read it."""
    return lambda route: route.fulfill(status=status, headers={"Access-Control-Allow-Origin": "*"}, **content)


class Traffic:
    """What the page sends: the bodies of its requests for forms, and the sizes of its uploads in bytes."""

    def __init__(self, page: Page) -> None:
        self.requests: list[dict[str, Any]] = []
        self.uploads: list[int] = []
        self.polls = 0
        page.on("request", self._record)
        page.on("requestfinished", self._measure)

    def _record(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/generate-presigned-url"):
            self.requests.append(dict(request.post_data_json or {}))
        self.polls += "/get-final-url?" in request.url

    def _measure(self, request: Request) -> None:
        if request.method == "POST" and "-uploads-" in request.url:
            self.uploads.append(int(request.all_headers().get("content-length", 0)))
