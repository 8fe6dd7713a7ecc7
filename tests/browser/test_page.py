"""Make thumbnails with the page, in a real browser on a real stack."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE, WINDOWS
from conftest import Stack
from helpers.form import (
    PRESIGN_ROUTE,
    TIMEOUT_MS,
    download,
    drop_files,
    expect_ready,
    find_failure,
    find_picture_field,
    find_title_field,
    paste_picture,
    press_generate,
    submit_form,
)
from helpers.pictures import assert_quarters, decode_jpeg, draw_quarters, encode
from playwright.sync_api import Page, expect

from process.thumbnail import make_thumbnail

INPUTS: dict[str, Callable[[Page, Path], object]] = {
    "chosen": lambda page, file: find_picture_field(page).set_input_files(file),
    "dropped": lambda page, file: drop_files(page, file.read_bytes(), file.name),
    "pasted": lambda page, file: paste_picture(page, file.read_bytes()),
    "photographed": lambda page, file: page.get_by_label("Take a photo").set_input_files(file),
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("source", INPUTS)
def test_a_picture_becomes_a_downloaded_thumbnail(upload_page: Page, png: Path, source: str, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    INPUTS[source](upload_page, png)
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_have_js_property("naturalWidth", 320)
    find_title_field(upload_page).fill("Grüße!")
    press_generate(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail with the title “Grüße!”").first).to_be_visible()
    name, jpeg = download(upload_page)
    assert name == ("image-thumbnail.jpg" if source == "pasted" else "my cat-thumbnail.jpg")
    if source == "pasted":  # the clipboard re-encodes the picture
        expected = decode_jpeg(make_thumbnail(PICTURE, "Grüße!"))
        assert decode_jpeg(jpeg).size == expected.size == (1280, 720)
        assert decode_jpeg(jpeg).tobytes() == expected.tobytes()
    else:
        assert jpeg == make_thumbnail(PICTURE, "Grüße!")


@pytest.mark.parametrize(
    ("text", "direction"), [("صنعت هذا (AWS) في 7 أيام! 🚀", "rtl"), ("一週間で作った！👩🏽‍💻", "ltr")]
)
def test_titles_and_file_names_may_be_in_any_script(upload_page: Page, png: Path, text: str, direction: str) -> None:
    file = png.with_name("猫の写真 صورة.png")
    file.write_bytes(PICTURE)
    find_picture_field(upload_page).set_input_files(file)
    find_title_field(upload_page).fill(text)
    assert find_title_field(upload_page).evaluate("field => getComputedStyle(field).direction") == direction
    press_generate(upload_page)
    expect_ready(upload_page)
    assert download(upload_page) == ("猫の写真 صورة-thumbnail.jpg", make_thumbnail(PICTURE, text))


def test_a_title_that_no_font_can_draw_is_refused_before_the_upload(upload_page: Page, png: Path) -> None:
    submit_form(upload_page, png, "ᏣᎳᎩ")
    expect(find_failure(upload_page)).to_contain_text("No font here can draw Ꮳ (U+13E3)")


def test_a_picture_is_shown_at_once_with_its_name_pixels_and_size(upload_page: Page, png: Path) -> None:
    find_picture_field(upload_page).set_input_files(png)
    expect(upload_page.get_by_text(re.compile(r"my cat\.png.?, 320 . 180 pixels, \d kB"))).to_be_visible()
    expect(find_picture_field(upload_page)).to_have_accessible_description(re.compile(r"320 . 180 pixels"))


def test_of_several_dropped_files_the_first_is_used(upload_page: Page) -> None:
    drop_files(upload_page, PICTURE, "one.png", "two.png")
    expect(upload_page.get_by_text("Of the 2 files, only this one is used.")).to_contain_text("one.png")


def test_going_back_to_the_page_keeps_the_picture(upload_page: Page, png: Path) -> None:
    find_picture_field(upload_page).set_input_files(png)
    upload_page.goto("about:blank")
    upload_page.go_back()
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    press_generate(upload_page)
    expect_ready(upload_page)


def test_the_page_says_so_if_its_scripts_do_not_load(page: Page, stack: Stack) -> None:
    page.route("**/job.js", lambda route: route.abort())
    page.goto(stack.page)
    expect(page.get_by_text("This page did not load fully.")).to_be_visible(timeout=10_000)


def test_a_picture_that_this_browser_cannot_show_can_still_be_used(
    upload_page: Page, write_picture: Callable[[bytes, str], Path]
) -> None:
    submit_form(upload_page, write_picture(encode(draw_quarters(), "TIFF"), "scan.tiff"), "")
    expect(upload_page.get_by_text("This browser cannot show pictures of this kind")).to_be_visible()
    expect_ready(upload_page)
    assert_quarters(decode_jpeg(download(upload_page)[1]))


def test_an_empty_title_leaves_the_picture_as_it_is(upload_page: Page, png: Path) -> None:
    submit_form(upload_page, png, "")
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail of my cat.png, without a title").first).to_be_visible()
    assert_quarters(decode_jpeg(download(upload_page)[1]))


def test_a_changed_title_makes_a_second_thumbnail_of_the_same_picture(upload_page: Page, png: Path) -> None:
    submit_form(upload_page, png, "First")
    expect_ready(upload_page)
    find_title_field(upload_page).fill("Second")
    press_generate(upload_page)
    expect(upload_page.get_by_role("img", name="Second").first).to_be_visible(timeout=TIMEOUT_MS)
    assert download(upload_page)[1] == make_thumbnail(PICTURE, "Second")


def test_the_type_is_detected_from_the_content_not_the_name(
    upload_page: Page, write_picture: Callable[[bytes, str], Path]
) -> None:
    with upload_page.expect_request(PRESIGN_ROUTE) as request:
        submit_form(upload_page, write_picture(encode(draw_quarters(), "WEBP"), "photo.jpg"), "Hi")
    expected = {"filename": "photo.jpg", "filetype": "image/webp", "text": "Hi"}
    assert request.value.post_data_json == expected | {"fit": "auto", "position": "auto", "caps": False}


def test_an_emoji_counts_as_one_character(upload_page: Page, png: Path) -> None:
    submit_form(upload_page, png, "🎬" * 120)
    expect(upload_page.get_by_text("120 of 120 characters")).to_be_visible()
    expect_ready(upload_page)


def test_the_upload_progress_is_shown_in_percent(
    upload_page: Page, write_picture: Callable[[bytes, str], Path]
) -> None:
    upload_page.evaluate("""() => {
        window.seen = [];
        const record = () => window.seen.push(document.getElementById("upload-percent").textContent);
        new MutationObserver(record).observe(document.getElementById("upload-percent"), { childList: true });
    }""")
    network = upload_page.context.new_cdp_session(upload_page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    network.send("Network.emulateNetworkConditions", slow)
    submit_form(upload_page, write_picture(PICTURE + bytes(600_000), "padded.png"), "Hi")
    expect_ready(upload_page)
    percents = [int(text.removesuffix("%")) for text in upload_page.evaluate("window.seen")]
    assert percents == sorted(percents)
    assert [percent for percent in percents if 0 < percent < 100], percents
