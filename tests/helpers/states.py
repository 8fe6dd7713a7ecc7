"""Bring the page into each of its states."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from helpers.form import (
    GENERATE,
    POLL_ROUTE,
    TIMEOUT_MS,
    UPLOAD_ROUTE,
    expect_ready,
    find_picture_field,
    find_title_field,
    open_options,
    respond_not_ready,
    submit_form,
)
from helpers.variants import THREE_LOOKS, answer_with_variants

TITLE = "We launched it!"


def do_nothing(_page: Page, _png: Path) -> None:
    """Leave the page as it is when it opens."""


def submit_invalid_form(page: Page, _png: Path) -> None:
    find_title_field(page).fill("x" * 121)
    page.get_by_role("button", name=GENERATE).click()
    expect(find_picture_field(page)).to_be_focused()


def show_options(page: Page, png: Path) -> None:
    find_picture_field(page).set_input_files(png)
    find_title_field(page).fill("The title that says in full what the video shows")
    open_options(page)
    page.get_by_label("Accent colour", exact=True).select_option("own")
    expect(page.get_by_alt_text("The picture that you chose")).to_be_visible()


def start_generating(page: Page, png: Path) -> None:
    page.route(POLL_ROUTE, respond_not_ready)
    submit_form(page, png, TITLE)
    expect(page.locator("#generating")).to_have_attribute("aria-current", "step", timeout=TIMEOUT_MS)


def wait_for_confirmation(page: Page, _png: Path) -> None:
    """Show the progress of an upload that is sent in full and not confirmed."""
    page.clock.install()
    page.evaluate("""import("./progress.js").then((progress) => {
        progress.start();
        progress.showStep("uploading");
        progress.showUploaded(1);
    })""")
    page.clock.fast_forward(3000)
    expect(page.locator("#uploading")).to_contain_text("Waiting for the server")


def fail_upload(page: Page, png: Path) -> None:
    page.route(UPLOAD_ROUTE, lambda route: route.abort())
    submit_form(page, png, TITLE)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def generate_and_copy(page: Page, png: Path) -> None:
    submit_form(page, png, TITLE)
    expect_ready(page)
    page.get_by_role("button", name="Copy link").click()


def generate_weak_variants(page: Page, png: Path) -> None:
    """Show variants of which the chosen one, which is not the best, and another read badly."""
    weak = [replace(THREE_LOOKS[0], contrast=2.0), replace(THREE_LOOKS[1], cap_height=5.0, words=9), THREE_LOOKS[2]]
    answer_with_variants(page, weak)
    submit_form(page, png, TITLE)
    expect_ready(page)
    page.get_by_label("Panel", exact=True).check()


STATES: dict[str, Callable[[Page, Path], None]] = {
    "opened": do_nothing,
    "invalid": submit_invalid_form,
    "options": show_options,
    "generating": start_generating,
    "confirming": wait_for_confirmation,
    "failed": fail_upload,
    "ready": generate_and_copy,
    "weak": generate_weak_variants,
}
