"""The page, as a creator uses it: real browser, real stack."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE, WINDOWS
from browser.form import (
    ASK,
    SLOW,
    download,
    drop,
    expect_ready,
    failure,
    fill,
    generate,
    paste,
    picture,
    title,
)
from conftest import Stack
from helpers.pictures import assert_quarters, decoded, encoded, quarters
from playwright.sync_api import Page, expect

from common.options import FITS, POSITIONS
from process.thumbnail import make_thumbnail

WAYS: dict[str, Callable[[Page, Path], object]] = {
    "chosen": lambda page, file: picture(page).set_input_files(file),
    "dropped": lambda page, file: drop(page, file.read_bytes(), file.name),
    "pasted": lambda page, file: paste(page, file.read_bytes()),
    "photographed": lambda page, file: page.get_by_label("Take a photo").set_input_files(file),
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("way", WAYS)
def test_from_a_picture_to_a_downloaded_thumbnail(upload_page: Page, png: Path, way: str, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    WAYS[way](upload_page, png)
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_have_js_property("naturalWidth", 320)
    title(upload_page).fill("Grüße!")
    generate(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail with the title “Grüße!”").first).to_be_visible()
    name, jpeg = download(upload_page)
    assert name == ("image-thumbnail.jpg" if way == "pasted" else "my cat-thumbnail.jpg")
    if way == "pasted":  # the clipboard encodes anew
        jpeg_expected = make_thumbnail(PICTURE, "Grüße!")
        assert decoded(jpeg).size == decoded(jpeg_expected).size == (1280, 720)
        assert decoded(jpeg).tobytes() == decoded(jpeg_expected).tobytes()
    else:
        assert jpeg == make_thumbnail(PICTURE, "Grüße!")


@pytest.mark.parametrize(
    ("words", "direction"), [("صنعت هذا (AWS) في 7 أيام! 🚀", "rtl"), ("一週間で作った！👩🏽‍💻", "ltr")]
)
def test_a_title_and_a_file_name_in_any_script_come_through(
    upload_page: Page, png: Path, words: str, direction: str
) -> None:
    file = png.with_name("猫の写真 صورة.png")
    file.write_bytes(PICTURE)
    picture(upload_page).set_input_files(file)
    title(upload_page).fill(words)
    assert title(upload_page).evaluate("field => getComputedStyle(field).direction") == direction
    generate(upload_page)
    expect_ready(upload_page)
    assert download(upload_page) == ("猫の写真 صورة-thumbnail.jpg", make_thumbnail(PICTURE, words))


def test_a_title_that_no_font_can_draw_is_refused_before_the_upload(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "ᏣᎳᎩ")
    expect(failure(upload_page)).to_contain_text("No font here can draw Ꮳ (U+13E3)")


def test_a_picture_is_shown_at_once_with_its_name_pixels_and_size(upload_page: Page, png: Path) -> None:
    picture(upload_page).set_input_files(png)
    expect(upload_page.get_by_text(re.compile(r"my cat\.png.?, 320 . 180 pixels, \d kB"))).to_be_visible()
    expect(picture(upload_page)).to_have_accessible_description(re.compile(r"320 . 180 pixels"))


def test_of_several_dropped_files_the_first_is_used(upload_page: Page) -> None:
    drop(upload_page, PICTURE, "one.png", "two.png")
    expect(upload_page.get_by_text("Of the 2 files, this one is used.")).to_contain_text("one.png")


def test_a_page_that_is_come_back_to_still_has_its_picture(upload_page: Page, png: Path) -> None:
    picture(upload_page).set_input_files(png)
    upload_page.goto("about:blank")
    upload_page.go_back()
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    generate(upload_page)
    expect_ready(upload_page)


def test_a_page_whose_scripts_do_not_come_says_so(page: Page, stack: Stack) -> None:
    page.route("**/job.js", lambda route: route.abort())
    page.goto(stack.page)
    expect(page.get_by_text("This page did not load fully.")).to_be_visible(timeout=10_000)


def test_a_picture_that_this_browser_cannot_show_is_used_nevertheless(
    upload_page: Page, picture_file: Callable[[bytes, str], Path]
) -> None:
    fill(upload_page, picture_file(encoded(quarters(), "TIFF"), "scan.tiff"), "")
    expect(upload_page.get_by_text("This browser cannot show pictures of this kind")).to_be_visible()
    expect_ready(upload_page)
    assert_quarters(decoded(download(upload_page)[1]))


def test_an_empty_title_leaves_the_picture_as_it_is(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "")
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail of my cat.png, without a title").first).to_be_visible()
    assert_quarters(decoded(download(upload_page)[1]))


def test_a_changed_title_makes_a_second_thumbnail_of_the_same_picture(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "First")
    expect_ready(upload_page)
    title(upload_page).fill("Second")
    generate(upload_page)
    expect(upload_page.get_by_role("img", name="Second").first).to_be_visible(timeout=SLOW)
    assert download(upload_page)[1] == make_thumbnail(PICTURE, "Second")


def test_the_options_are_folded_away_and_offer_what_is_accepted(upload_page: Page) -> None:
    for label, accepted in (("How the picture fills", FITS), ("Where the title stands", POSITIONS)):
        choice = upload_page.get_by_label(label)
        expect(choice).to_be_hidden()
        expect(choice).to_have_value("auto")
        assert choice.locator("option").evaluate_all("all => all.map((option) => option.value)") == list(accepted)
    expect(upload_page.get_by_label("Title in capitals")).not_to_be_checked()


def test_without_a_choice_the_defaults_are_asked_for(upload_page: Page, png: Path) -> None:
    with upload_page.expect_request(ASK) as asked:
        fill(upload_page, png, "Hi")
    expected = {"filename": "my cat.png", "filetype": "image/png", "text": "Hi"}
    assert asked.value.post_data_json == expected | {"fit": "auto", "position": "auto", "caps": False}


def test_chosen_options_are_asked_for(upload_page: Page, png: Path) -> None:
    upload_page.get_by_text("Options").click()
    upload_page.get_by_label("Where the title stands").select_option("top-left")
    upload_page.get_by_label("Title in capitals").check()
    upload_page.get_by_text("Options").click()
    with upload_page.expect_request(ASK) as asked:
        fill(upload_page, png, "", fit="crop")
    expected = {"filename": "my cat.png", "filetype": "image/png", "text": ""}
    assert asked.value.post_data_json == expected | {"fit": "crop", "position": "top-left", "caps": True}


def test_the_type_is_told_from_the_content_not_the_name(
    upload_page: Page, picture_file: Callable[[bytes, str], Path]
) -> None:
    with upload_page.expect_request(ASK) as asked:
        fill(upload_page, picture_file(encoded(quarters(), "WEBP"), "photo.jpg"), "Hi")
    expected = {"filename": "photo.jpg", "filetype": "image/webp", "text": "Hi"}
    assert asked.value.post_data_json == expected | {"fit": "auto", "position": "auto", "caps": False}


def test_an_emoji_counts_as_one_character(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "🎬" * 120)
    expect(upload_page.get_by_text("120 of 120 characters")).to_be_visible()
    expect_ready(upload_page)


def test_the_upload_is_followed_in_percent(upload_page: Page, picture_file: Callable[[bytes, str], Path]) -> None:
    upload_page.evaluate("""() => {
        window.seen = [];
        const note = () => window.seen.push(document.getElementById("percent").textContent);
        new MutationObserver(note).observe(document.getElementById("percent"), { childList: true });
    }""")
    network = upload_page.context.new_cdp_session(upload_page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    network.send("Network.emulateNetworkConditions", slow)
    fill(upload_page, picture_file(PICTURE + bytes(600_000), "padded.png"), "Hi")
    expect_ready(upload_page)
    shares = [int(words.split()[0]) for words in upload_page.evaluate("window.seen")]
    assert shares == sorted(shares)
    assert [share for share in shares if 0 < share < 100], shares
