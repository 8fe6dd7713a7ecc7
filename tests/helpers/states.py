"""Bring the page into each of its states."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from helpers.form import (
    GENERATE,
    POLL_ROUTE,
    PRESIGN_ROUTE,
    TIMEOUT_MS,
    expect_ready,
    find_picture_field,
    find_title_field,
    respond_not_ready,
    submit_form,
)

TITLE = "We launched it!"


def do_nothing(_page: Page, _png: Path) -> None:
    """Leave the page as it is when it opens."""


def submit_invalid_form(page: Page, _png: Path) -> None:
    find_title_field(page).fill("x" * 121)
    page.get_by_role("button", name=GENERATE).click()
    expect(find_picture_field(page)).to_be_focused()


def open_options(page: Page, png: Path) -> None:
    find_picture_field(page).set_input_files(png)
    page.get_by_text("Options").click()
    expect(page.get_by_alt_text("The picture that you chose")).to_be_visible()


def start_generating(page: Page, png: Path) -> None:
    page.route(POLL_ROUTE, respond_not_ready)
    submit_form(page, png, TITLE)
    expect(page.locator("#generating")).to_have_attribute("aria-current", "step", timeout=TIMEOUT_MS)


def fail_request(page: Page, png: Path) -> None:
    page.route(PRESIGN_ROUTE, lambda route: route.abort())
    submit_form(page, png, TITLE)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def generate_and_copy(page: Page, png: Path) -> None:
    submit_form(page, png, TITLE)
    expect_ready(page)
    page.get_by_role("button", name="Copy the link").click()


STATES: dict[str, Callable[[Page, Path], None]] = {
    "opened": do_nothing,
    "invalid": submit_invalid_form,
    "options": open_options,
    "generating": start_generating,
    "failed": fail_request,
    "ready": generate_and_copy,
}
