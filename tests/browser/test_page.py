"""Make thumbnails with the page, in a real browser on a real stack."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE, WINDOWS
from conftest import Stack
from helpers.form import (
    PRESIGN_ROUTE,
    choose_picture,
    download,
    drop_files,
    expect_ready,
    find_picture,
    find_title_field,
    make,
    paste_picture,
    press_make,
    submit_form,
)
from helpers.pictures import assert_quarters, decode_jpeg, draw_quarters, encode
from playwright.sync_api import Page, expect

from process.thumbnail import make_thumbnail

INPUTS: dict[str, Callable[[Page, Path], object]] = {
    "chosen": choose_picture,
    "dropped": lambda page, file: drop_files(page, file.read_bytes(), file.name),
    "pasted": lambda page, file: paste_picture(page, file.read_bytes()),
    "photographed": lambda page, file: page.get_by_label("Take a photo").set_input_files(file),
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("source", INPUTS)
def test_a_picture_becomes_a_downloaded_thumbnail(upload_page: Page, png: Path, source: str, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    INPUTS[source](upload_page, png)
    expect(find_picture(upload_page)).to_have_js_property("naturalWidth", 320)
    find_title_field(upload_page).fill("Grüße!")
    press_make(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail “Grüße!”, look: ")).to_be_visible()
    name, jpeg = download(upload_page)
    assert name == "Grüße!-thumbnail.jpg"
    expected = make_thumbnail(PICTURE, "Grüße!")
    if source == "pasted":  # the clipboard re-encodes the picture
        assert decode_jpeg(jpeg).tobytes() == decode_jpeg(expected).tobytes()
    else:
        assert jpeg == expected


def test_the_sample_picture_needs_two_clicks(upload_page: Page) -> None:
    upload_page.get_by_role("button", name="Try a sample picture").click()
    expect(find_picture(upload_page)).to_be_visible()
    press_make(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail “We launched it!”, look: ")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "direction"), [("صنعت هذا (AWS) في 7 أيام! 🚀", "rtl"), ("一週間で作った！👩🏽‍💻", "ltr")]
)
def test_titles_and_file_names_may_be_in_any_script(upload_page: Page, png: Path, text: str, direction: str) -> None:
    file = png.with_name("猫の写真 صورة.png")
    file.write_bytes(PICTURE)
    submit_form(upload_page, file, text)
    assert find_title_field(upload_page).evaluate("field => getComputedStyle(field).direction") == direction
    expect_ready(upload_page)
    name, jpeg = download(upload_page)
    assert name == f"{text}-thumbnail.jpg".replace("\u200d", "_")  # Chromium replaces joiners in names of files
    assert jpeg == make_thumbnail(PICTURE, text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "my cat-thumbnail.jpg"),
        ("I *built* this:\n1/2 done?", "I built this 1 2 done-thumbnail.jpg"),
        ("v1.5 is out", "v1.5 is out-thumbnail.jpg"),
        ("ก" * 100, "ก" * 31 + "-thumbnail.jpg"),
    ],
)
def test_downloads_are_named_after_the_title(upload_page: Page, png: Path, title: str, name: str) -> None:
    make(upload_page, png, title)
    assert download(upload_page)[0] == name


def test_a_picture_is_shown_at_once_with_its_name_pixels_and_size(upload_page: Page, png: Path) -> None:
    choose_picture(upload_page, png)
    expect(upload_page.get_by_text(re.compile(r"my cat\.png.?, 320 . 180 pixels, [1-9] kB"))).to_be_visible()


def test_the_page_says_so_if_its_scripts_do_not_load(page: Page, stack: Stack) -> None:
    page.route("**/maker.js", lambda route: route.abort())
    page.goto(stack.page)
    expect(page.get_by_text("This page did not load fully.")).to_be_visible()


def test_a_picture_that_this_browser_cannot_show_can_still_be_used(
    upload_page: Page, write_picture: Callable[[bytes, str], Path]
) -> None:
    choose_picture(upload_page, write_picture(encode(draw_quarters(), "TIFF"), "scan.tiff"))
    expect(upload_page.get_by_text("This browser cannot show this picture")).to_be_visible()
    press_make(upload_page)
    expect_ready(upload_page)
    assert_quarters(decode_jpeg(download(upload_page)[1]))


def test_an_empty_title_leaves_the_picture_as_it_is(upload_page: Page, png: Path) -> None:
    make(upload_page, png, "")
    expect(upload_page.get_by_alt_text("Thumbnail “my cat.png”, look: ")).to_be_visible()
    assert_quarters(decode_jpeg(download(upload_page)[1]))


def test_the_type_is_detected_from_the_content_not_the_name(
    upload_page: Page, write_picture: Callable[[bytes, str], Path]
) -> None:
    with upload_page.expect_request(PRESIGN_ROUTE) as request:
        submit_form(upload_page, write_picture(encode(draw_quarters(), "WEBP"), "photo.jpg"), "")
    sent = request.value.post_data_json
    assert sent
    assert (sent["filename"], sent["filetype"]) == ("photo.jpg", "image/webp")


def test_enter_breaks_a_line_and_control_enter_makes_thumbnails(upload_page: Page, png: Path) -> None:
    choose_picture(upload_page, png)
    expect(find_picture(upload_page)).to_be_visible()
    find_title_field(upload_page).focus()
    upload_page.keyboard.type("One")
    upload_page.keyboard.press("Enter")
    upload_page.keyboard.type("two")
    upload_page.keyboard.press("Control+Enter")
    expect_ready(upload_page)
    assert download(upload_page) == ("One two-thumbnail.jpg", make_thumbnail(PICTURE, "One\ntwo"))


def test_a_stack_without_a_passphrase_shows_nothing_of_one(upload_page: Page, png: Path) -> None:
    with upload_page.expect_request(PRESIGN_ROUTE) as request:
        make(upload_page, png, "Open")
    expect(upload_page.get_by_label("Passphrase")).to_be_hidden()
    expect(upload_page.get_by_role("button", name="Forget passphrase")).to_be_hidden()
    assert "authorization" not in request.value.all_headers()


def test_the_upload_progress_is_shown(upload_page: Page, write_picture: Callable[[bytes, str], Path]) -> None:
    upload_page.evaluate("""() => {
        window.seen = [];
        const bar = document.getElementById("sent");
        new MutationObserver(() => window.seen.push(bar.value)).observe(bar, { attributeFilter: ["value"] });
    }""")
    network = upload_page.context.new_cdp_session(upload_page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    network.send("Network.emulateNetworkConditions", slow)
    make(upload_page, write_picture(PICTURE + bytes(600_000), "padded.png"), "Hi")
    assert [value for value in upload_page.evaluate("window.seen") if 0 < value < 1]
