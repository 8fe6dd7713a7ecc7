"""Bring the page into each of its states."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from helpers.form import (
    POLL_ROUTE,
    PRESIGN_ROUTE,
    UPLOAD_ROUTE,
    choose_picture,
    drag,
    expect_ready,
    find_failure,
    find_picture,
    find_refusal,
    find_title_field,
    make,
    override_config,
    respond,
    respond_not_ready,
    submit_form,
)
from helpers.variants import THREE_LOOKS, answer_with_variants

TITLE = "We launched *it!*"


def do_nothing(_page: Page, _png: Path) -> None:
    """Leave the page as it is when it opens."""


def choose_and_type(page: Page, png: Path) -> None:
    choose_picture(page, png)
    find_title_field(page).fill("The title that says in full what the video shows")
    page.get_by_label("Own colour", exact=True).fill("#ff5f9e")
    expect(find_picture(page)).to_be_visible()


def start_making(page: Page, png: Path) -> None:
    page.route(POLL_ROUTE, respond_not_ready)
    submit_form(page, png, TITLE)
    expect(page.get_by_text("Making it…")).to_be_visible()


def start_uploading(page: Page, png: Path) -> None:
    page.route(UPLOAD_ROUTE, lambda _: None)
    submit_form(page, png, TITLE)
    expect(page.get_by_text("Uploading…")).to_be_visible()


def make_thumbnails(page: Page, png: Path) -> None:
    make(page, png, TITLE)


def make_larger(page: Page, png: Path) -> None:
    """Show thumbnails of a size for which the picture is too small."""
    make(page, png, TITLE)
    page.get_by_label("1920 × 1080").check()
    expect_ready(page, 1920)


def close_door(page: Page) -> None:
    """Let the page be that of a stack with a passphrase."""
    override_config(page, hasPassphrase=True)
    page.reload()
    expect(page.get_by_label("Passphrase")).to_be_visible()


def ask_for_passphrase(page: Page, png: Path) -> None:
    close_door(page)
    choose_and_type(page, png)


def refuse_passphrase(page: Page, png: Path) -> None:
    close_door(page)
    page.route(PRESIGN_ROUTE, respond(401, json={"error": "The passphrase is wrong."}))
    page.get_by_label("Passphrase").fill("wrong")
    submit_form(page, png, TITLE)
    expect(find_failure(page)).to_be_visible()


def take_passphrase(page: Page, png: Path) -> None:
    """Show thumbnails of a stack whose passphrase is remembered."""
    close_door(page)
    page.route(PRESIGN_ROUTE, lambda route: respond(200, json=route.fetch().json())(route))
    page.get_by_label("Passphrase").fill("right")
    make(page, png, TITLE)


def start_updating(page: Page, png: Path) -> None:
    make(page, png, TITLE)
    page.route(POLL_ROUTE, respond_not_ready)
    find_title_field(page).fill("We launched it again")
    expect(page.get_by_text("Updating…")).to_be_visible()


def compare_picture(page: Page, png: Path) -> None:
    make(page, png, TITLE)
    page.get_by_label("Picture", exact=True).check()
    page.get_by_label("Sidebar", exact=True).check()
    page.get_by_label("Light", exact=True).check()


def make_weak_variants(page: Page, png: Path) -> None:
    """Show variants of which the chosen one, which is not the best, and another read badly."""
    weak = [replace(THREE_LOOKS[0], contrast=2.0), replace(THREE_LOOKS[1], cap_height=5.0, words=9), THREE_LOOKS[2]]
    answer_with_variants(page, weak)
    make(page, png, TITLE)
    page.get_by_label("Panel").check()


def refuse_picture(page: Page, _png: Path) -> None:
    page.locator("#file").set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"})
    expect(find_refusal(page)).to_be_visible()


def refuse_link(page: Page, png: Path) -> None:
    """Show the refusal of a link that was dropped over a thumbnail."""
    make(page, png, TITLE)
    drag(page, "#frame", "text/uri-list", "https://example.com/cat.png")
    expect(find_refusal(page)).to_be_visible()


def refuse_title(page: Page, png: Path) -> None:
    submit_form(page, png, "ᏣᎳᎩ")
    expect(find_title_field(page)).to_have_attribute("aria-invalid", "true")


def fail_upload(page: Page, png: Path) -> None:
    page.route(UPLOAD_ROUTE, lambda route: route.abort())
    submit_form(page, png, TITLE)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def fail_update(page: Page, png: Path) -> None:
    make(page, png, TITLE)
    page.route(PRESIGN_ROUTE, respond(400, json={"error": "Not like this."}))
    find_title_field(page).fill("We launched it again")
    expect(find_failure(page)).to_be_visible()


def clear_history(page: Page, png: Path) -> None:
    make(page, png, TITLE)
    page.get_by_role("button", name="Clear", exact=True).click()


STATES: dict[str, Callable[[Page, Path], None]] = {
    "empty": do_nothing,
    "chosen": choose_and_type,
    "uploading": start_uploading,
    "making": start_making,
    "ready": make_thumbnails,
    "larger": make_larger,
    "asked-for-passphrase": ask_for_passphrase,
    "refused-passphrase": refuse_passphrase,
    "remembered-passphrase": take_passphrase,
    "updating": start_updating,
    "picture": compare_picture,
    "weak": make_weak_variants,
    "refused-picture": refuse_picture,
    "refused-link": refuse_link,
    "refused-title": refuse_title,
    "failed": fail_upload,
    "failed-update": fail_update,
    "cleared": clear_history,
}
