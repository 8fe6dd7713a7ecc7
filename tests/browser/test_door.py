"""The door: a stack with a passphrase, which the page asks for and remembers."""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.conftest import PICTURE
from conftest import Stack
from helpers.form import (
    PRESIGN_ROUTE,
    Traffic,
    choose_picture,
    download,
    expect_ready,
    find_failure,
    find_picture,
    find_title_field,
    make,
    press_retry,
    submit_form,
)
from playwright.sync_api import Locator, Page, expect

from process.thumbnail import make_thumbnail

PASSPHRASE = "correct horse: Bätterie 🐎"


@pytest.fixture(scope="module")
def closed(stack: Stack) -> Iterator[Stack]:
    """Give the stack a passphrase, and open it again after the tests of this file."""
    outputs = stack.local.up(passphrase=PASSPHRASE)
    yield Stack(stack.local, outputs)
    stack.local.up()


@pytest.fixture
def closed_page(closed: Stack, upload_page: Page) -> Page:
    upload_page.goto(closed.page)
    return upload_page


def find_passphrase_field(page: Page) -> Locator:
    return page.get_by_label("Passphrase")


def find_forget_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Forget passphrase")


def enter_and_make(page: Page, png: Path, title: str) -> None:
    find_passphrase_field(page).fill(PASSPHRASE)
    make(page, png, title)


def read_storage(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(localStorage)"))


def test_the_passphrase_is_asked_for_and_makes_thumbnails(closed_page: Page, png: Path) -> None:
    enter_and_make(closed_page, png, "Let in")
    assert download(closed_page)[1] == make_thumbnail(PICTURE, "Let in")
    expect(find_passphrase_field(closed_page)).to_be_hidden()


def test_password_managers_know_the_field(closed_page: Page) -> None:
    expect(find_passphrase_field(closed_page)).to_have_attribute("type", "password")
    expect(find_passphrase_field(closed_page)).to_have_attribute("autocomplete", "current-password")


def test_the_passphrase_is_sent_in_the_header_of_one_request_only(closed_page: Page, png: Path) -> None:
    sent: dict[str, str] = {}
    closed_page.on("request", lambda request: sent.update({request.url: str(request.all_headers())}))
    with closed_page.expect_request(PRESIGN_ROUTE) as asked:
        enter_and_make(closed_page, png, "Let in")
    scheme, _, credentials = asked.value.all_headers()["authorization"].partition(" ")
    assert (scheme, b64decode(credentials).decode()) == ("Basic", f":{PASSPHRASE}")
    assert "passphrase" not in str(asked.value.post_data)
    assert "horse" not in closed_page.url + str(list(sent))
    assert [url for url, headers in sent.items() if "Basic " in headers] == [asked.value.url]


@pytest.mark.parametrize(("entered", "message"), [("wrong", "The passphrase is wrong."), ("", "Enter the passphrase.")])
def test_a_wrong_passphrase_is_refused_and_all_that_was_entered_is_kept(
    closed_page: Page, png: Path, entered: str, message: str
) -> None:
    traffic = Traffic(closed_page)
    find_passphrase_field(closed_page).fill(entered)
    submit_form(closed_page, png, "Kept")
    expect(closed_page.get_by_role("alert").filter(has_text=message)).to_be_visible()
    expect(find_passphrase_field(closed_page)).to_be_focused()
    expect(find_passphrase_field(closed_page)).to_have_accessible_description(message)
    expect(find_title_field(closed_page)).to_have_value("Kept")
    expect(find_picture(closed_page)).to_be_visible()
    assert not traffic.uploads
    find_passphrase_field(closed_page).fill(PASSPHRASE)
    press_retry(closed_page)
    expect_ready(closed_page)
    expect(find_failure(closed_page)).to_be_hidden()


def test_the_door_is_opened_by_keyboard(closed_page: Page, png: Path) -> None:
    choose_picture(closed_page, png)
    find_title_field(closed_page).fill("Typed")
    for name in ("Emphasise word", "Passphrase"):
        closed_page.keyboard.press("Tab")
        expect(closed_page.get_by_role("button", name=name).or_(closed_page.get_by_label(name))).to_be_focused()
    closed_page.keyboard.type(PASSPHRASE)
    closed_page.keyboard.press("Enter")
    expect_ready(closed_page)
    expect(closed_page.get_by_role("region", name="Your thumbnails")).to_be_focused()


def test_the_passphrase_is_remembered_in_this_browser(closed_page: Page, png: Path) -> None:
    enter_and_make(closed_page, png, "First")
    closed_page.reload()
    expect_ready(closed_page)
    expect(find_passphrase_field(closed_page)).to_be_hidden()
    find_title_field(closed_page).fill("Second")
    expect(closed_page.locator("#frame.outdated")).to_be_visible()
    expect_ready(closed_page)


def test_a_wrong_passphrase_is_not_remembered(closed_page: Page, png: Path) -> None:
    find_passphrase_field(closed_page).fill("a wrong passphrase")
    submit_form(closed_page, png, "x")
    expect(find_failure(closed_page)).to_be_visible()
    assert "wrong" not in read_storage(closed_page)


def test_the_passphrase_can_be_forgotten(closed_page: Page, png: Path) -> None:
    enter_and_make(closed_page, png, "First")
    assert "horse" in read_storage(closed_page)
    find_forget_button(closed_page).click()
    expect(find_passphrase_field(closed_page)).to_be_focused()
    expect(find_passphrase_field(closed_page)).to_have_value("")
    expect(find_forget_button(closed_page)).to_be_hidden()
    assert "horse" not in read_storage(closed_page)
    closed_page.reload()
    expect(find_passphrase_field(closed_page)).to_be_visible()


def test_a_passphrase_that_was_changed_is_asked_for_again(closed_page: Page, png: Path) -> None:
    enter_and_make(closed_page, png, "First")
    closed_page.evaluate("localStorage.setItem('thumbnail-passphrase', JSON.stringify('the last one'))")
    closed_page.reload()
    find_title_field(closed_page).fill("Second")
    expect(find_failure(closed_page)).to_have_text("The change could not be made. The passphrase is wrong.")
    expect(find_passphrase_field(closed_page)).to_be_focused()
    closed_page.keyboard.type(PASSPHRASE)
    closed_page.keyboard.press("Enter")
    expect_ready(closed_page)
    assert download(closed_page)[1] == make_thumbnail(PICTURE, "Second")


def test_links_to_options_have_no_passphrase(closed_page: Page, png: Path) -> None:
    closed_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter_and_make(closed_page, png, "First")
    closed_page.get_by_role("button", name="Copy link to options").click()
    assert "horse" not in closed_page.evaluate("navigator.clipboard.readText()")
