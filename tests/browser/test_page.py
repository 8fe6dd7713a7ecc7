"""The page, as a creator uses it: real browser, real stack."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pictures import assert_quarters, decoded, encoded, quarters
from playwright.sync_api import Page, expect

from common.options import FITS, POSITIONS
from process.thumbnail import make_thumbnail

PictureFile = Callable[[bytes, str], Path]
PICTURE = encoded(quarters(), "PNG")
GENERATE = "Generate thumbnail"


@pytest.fixture
def png(picture_file: PictureFile) -> Path:
    return picture_file(PICTURE, "my cat.png")


def fill(page: Page, file: Path, title: str, fit: str | None = None) -> None:
    page.get_by_label("Picture", exact=True).set_input_files(file)
    page.get_by_label("Title", exact=True).fill(title)
    if fit:
        page.get_by_text("Options").click()
        page.get_by_label("How the picture fills").select_option(fit)
    page.get_by_role("button", name=GENERATE).click()


def download(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def test_from_a_file_to_a_downloaded_thumbnail(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "Grüße!", "crop")
    heading = upload_page.get_by_role("heading", name="Your thumbnail")
    expect(heading).to_be_focused(timeout=30_000)
    shown = upload_page.get_by_alt_text("Thumbnail with the title “Grüße!”")
    expect(shown).to_have_js_property("naturalWidth", 1280)
    name, jpeg = download(upload_page)
    assert name == "my cat-thumbnail.jpg"
    assert jpeg == make_thumbnail(PICTURE, "Grüße!", fit="crop")
    assert decoded(jpeg).size == (1280, 720)


def test_an_empty_title_leaves_the_picture_as_it_is(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "")
    expect(upload_page.get_by_alt_text("Thumbnail without a title")).to_be_visible(timeout=30_000)
    assert_quarters(decoded(download(upload_page)[1]))


def test_a_second_run_shows_the_second_thumbnail(upload_page: Page, png: Path) -> None:
    for title in ("First", "Second"):
        fill(upload_page, png, title)
        expect(upload_page.get_by_alt_text(re.compile(title))).to_be_visible(timeout=30_000)
    assert download(upload_page)[1] == make_thumbnail(PICTURE, "Second")


def test_the_keyboard_alone_does_everything(upload_page: Page, png: Path) -> None:
    upload_page.get_by_label("Picture", exact=True).set_input_files(png)
    upload_page.get_by_label("Picture", exact=True).focus()
    upload_page.keyboard.press("Tab")
    upload_page.keyboard.type("Typed")
    upload_page.keyboard.press("Enter")
    expect(upload_page.get_by_role("heading", name="Your thumbnail")).to_be_focused(timeout=30_000)
    upload_page.keyboard.press("Tab")
    expect(upload_page.get_by_role("link", name="Download")).to_be_focused()


def test_the_options_are_folded_away_and_offer_what_is_accepted(upload_page: Page) -> None:
    for label, accepted in (("How the picture fills", FITS), ("Where the title stands", POSITIONS)):
        choice = upload_page.get_by_label(label)
        expect(choice).to_be_hidden()
        expect(choice).to_have_value("auto")
        assert choice.locator("option").evaluate_all("all => all.map((option) => option.value)") == list(accepted)
    expect(upload_page.get_by_label("Title in capitals")).not_to_be_checked()


def test_without_a_choice_the_defaults_are_asked_for(upload_page: Page, png: Path) -> None:
    with upload_page.expect_request("**/generate-presigned-url") as asked:
        fill(upload_page, png, "Hi")
    expected = {"filename": "my cat.png", "filetype": "image/png", "text": "Hi"}
    assert asked.value.post_data_json == expected | {"fit": "auto", "position": "auto", "caps": False}


def test_the_keyboard_alone_chooses_options_and_they_are_asked_for(upload_page: Page, png: Path) -> None:
    upload_page.get_by_label("Picture", exact=True).set_input_files(png)
    upload_page.get_by_label("Title", exact=True).focus()
    press = upload_page.keyboard.press
    for key in ("Tab", "Enter", "Tab", "c", "Tab", "ArrowDown", "Tab", "Space"):
        press(key)
    with upload_page.expect_request("**/generate-presigned-url") as asked:
        press("Enter")
    expected = {"filename": "my cat.png", "filetype": "image/png", "text": ""}
    assert asked.value.post_data_json == expected | {"fit": "crop", "position": "top-left", "caps": True}


def test_without_a_file_it_asks_for_one_and_goes_there(upload_page: Page) -> None:
    upload_page.get_by_role("button", name=GENERATE).click()
    picture = upload_page.get_by_label("Picture", exact=True)
    expect(picture).to_be_focused()
    expect(picture).to_have_attribute("aria-invalid", "true")
    expect(upload_page.get_by_text("Choose a picture.")).to_be_visible()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"hello", "notes.txt", "Choose a picture of one of these types"),
        (b"", "empty.png", "The file is empty"),
        (bytes(25_000_001), "large.png", "at most 25 MB"),
    ],
    ids=["type", "empty", "large"],
)
def test_a_file_that_would_be_refused_is_not_sent(
    upload_page: Page, picture_file: PictureFile, data: bytes, name: str, words: str
) -> None:
    sent: list[str] = []
    upload_page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    fill(upload_page, picture_file(data, name), "x")
    expect(upload_page.get_by_label("Picture", exact=True)).to_be_focused()
    expect(upload_page.locator("#file-error")).to_contain_text(words)
    assert not sent


def test_a_title_too_long_is_told_with_its_length(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "x" * 121)
    expect(upload_page.get_by_label("Title", exact=True)).to_be_focused()
    expect(upload_page.get_by_text("Shorten the title to 120 characters; it has 121.")).to_be_visible()


def test_an_emoji_counts_as_one_character(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "🎬" * 120)
    expect(upload_page.get_by_role("heading", name="Your thumbnail")).to_be_focused(timeout=30_000)


def test_a_picture_that_cannot_be_used_is_told_with_the_servers_reason(
    upload_page: Page, picture_file: PictureFile
) -> None:
    fill(upload_page, picture_file(b"no picture", "broken.png"), "x")
    expect(upload_page.get_by_role("alert")).to_contain_text(
        "This file is not a picture that can be read", timeout=30_000
    )
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_enabled()


def test_a_lost_network_is_told_and_the_form_can_be_sent_again(upload_page: Page, png: Path) -> None:
    upload_page.context.set_offline(True)
    fill(upload_page, png, "x")
    expect(upload_page.get_by_role("alert")).to_contain_text("cannot be reached")
    upload_page.context.set_offline(False)
    upload_page.get_by_role("button", name=GENERATE).click()
    expect(upload_page.get_by_role("heading", name="Your thumbnail")).to_be_focused(timeout=30_000)


def test_markup_in_a_title_is_shown_as_text(upload_page: Page, picture_file: PictureFile) -> None:
    title = "<img src=x onerror=alert(1)>"
    fill(upload_page, picture_file(PICTURE, "<b>cat.png"), title)
    expect(upload_page.get_by_alt_text(title)).to_be_visible(timeout=30_000)
    assert upload_page.locator("main img").count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_overflows(upload_page: Page, width: int) -> None:
    upload_page.set_viewport_size({"width": width, "height": 800})
    upload_page.get_by_text("Options").click()
    assert upload_page.evaluate("document.documentElement.scrollWidth") <= width
