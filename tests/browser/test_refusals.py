"""What cannot be used is told before anything is sent, or with the server's reason."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE
from browser.form import GENERATE, POLL, SLOW, drop, expect_ready, fill, generate, not_ready, picture, title
from conftest import Stack
from helpers.pictures import encoded
from PIL import Image
from playwright.sync_api import Page, expect

PictureFile = Callable[[bytes, str], Path]


def photo(file_format: str) -> bytes:
    return encoded(Image.effect_noise((320, 180), 60).convert("RGB"), file_format)


REFUSED = {
    "text": (b"hello", "notes.txt", "notes.txt\u2069 is not a picture that can be used"),
    "text called a picture": (b"hello", "notes.png", "is not a picture that can be used"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "JPEG, PNG, WebP"),
    "empty": (b"", "empty.png", "is empty"),
    "large": (PICTURE + bytes(25_000_000), "large.png", "25.1 MB. Choose a picture of at most 25 MB."),
    "damaged": (PICTURE[:40] + bytes(40) + PICTURE[80:], "damaged.png", "is damaged and cannot be opened"),
    "half a PNG": (photo("PNG")[:9000], "half.png", "its end is missing"),
    "half a JPEG": (photo("JPEG")[:9000], "half.jpg", "its end is missing"),
    "half a WebP": (photo("WEBP")[:9000], "half.webp", "its end is missing"),
}


def posts(page: Page) -> list[str]:
    """Return a list that fills with the addresses that are posted to."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_used_is_told_at_once_and_not_sent(
    upload_page: Page, picture_file: PictureFile, case: str
) -> None:
    data, name, words = REFUSED[case]
    sent = posts(upload_page)
    picture(upload_page).set_input_files(picture_file(data, name))
    expect(upload_page.locator("#file-error")).to_contain_text(words)
    expect(picture(upload_page)).to_have_accessible_description(re.compile(re.escape(words)))
    generate(upload_page)
    expect(picture(upload_page)).to_be_focused()
    expect(picture(upload_page)).to_have_attribute("aria-invalid", "true")
    assert not sent


def test_a_dropped_file_is_judged_the_same(upload_page: Page) -> None:
    drop(upload_page, b"hello", "notes.txt")
    expect(upload_page.get_by_role("alert").first).to_contain_text("is not a picture that can be used")


def test_a_picture_dropped_from_another_page_is_told_how_to_be_had(upload_page: Page) -> None:
    drag(upload_page, "text/uri-list", "https://example.com/cat.png")
    expect(upload_page.get_by_role("alert").first).to_contain_text("Save it to this device")


def test_what_is_dragged_within_the_page_is_no_picture(upload_page: Page, png: Path) -> None:
    picture(upload_page).set_input_files(png)
    upload_page.dispatch_event("#preview", "dragstart")
    drag(upload_page, "text/uri-list", "https://example.com/cat.png")
    drag(upload_page, "text/plain", "words for the title")
    expect(upload_page.locator("#file-error")).to_be_hidden()


def drag(page: Page, kind: str, content: str) -> None:
    things = page.evaluate_handle(
        "([kind, content]) => { const all = new DataTransfer(); all.setData(kind, content); return all; }",
        [kind, content],
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("#text", event, {"dataTransfer": things})


def test_words_that_come_with_a_picture_are_pasted_as_words(upload_page: Page) -> None:
    title(upload_page).evaluate("""(field) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", "words");
        clipboardData.items.add(new File(["x"], "words.png", { type: "image/png" }));
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }""")
    expect(upload_page.locator("#file-error")).to_be_hidden()
    expect(picture(upload_page)).to_have_value("")


def test_a_picture_that_was_saved_again_has_to_be_chosen_again(upload_page: Page, png: Path) -> None:
    picture(upload_page).set_input_files(png)
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    png.write_bytes(PICTURE + b"edited")
    os.utime(png, (0, 0))
    generate(upload_page)
    expect(upload_page.locator("#file-error")).to_contain_text("was changed or moved after you chose it")
    fill(upload_page, png, "x")
    expect_ready(upload_page)


def test_a_refusal_of_an_earlier_picture_is_not_told_of_the_next(
    upload_page: Page, picture_file: PictureFile, png: Path
) -> None:
    upload_page.route(POLL, not_ready)
    fill(upload_page, picture_file(b"II*\0" + bytes(100), "broken.tiff"), "x")
    expect(upload_page.locator("#making")).to_have_attribute("aria-current", "step", timeout=SLOW)
    picture(upload_page).set_input_files(png)
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    upload_page.unroute_all()
    expect(upload_page.locator("#failure")).to_contain_text("could not be read", timeout=SLOW)
    expect(upload_page.locator("#file-error")).to_be_hidden()


def test_a_good_picture_takes_the_complaint_away(upload_page: Page, picture_file: PictureFile, png: Path) -> None:
    picture(upload_page).set_input_files(picture_file(b"hello", "notes.txt"))
    expect(upload_page.locator("#file-error")).to_be_visible()
    picture(upload_page).set_input_files(png)
    expect(upload_page.locator("#file-error")).to_be_hidden()
    expect(picture(upload_page)).to_have_attribute("aria-invalid", "false")


def test_without_a_file_it_asks_for_one_and_goes_there(upload_page: Page) -> None:
    upload_page.get_by_role("button", name=GENERATE).click()
    expect(picture(upload_page)).to_be_focused()
    expect(picture(upload_page)).to_have_attribute("aria-invalid", "true")
    expect(upload_page.get_by_text("Choose a picture.")).to_be_visible()


def test_a_title_too_long_is_told_while_it_is_typed(upload_page: Page, png: Path) -> None:
    sent = posts(upload_page)
    fill(upload_page, png, "x" * 121)
    expect(upload_page.get_by_text("Shorten the title to 120 characters.")).to_be_visible()
    expect(upload_page.get_by_text("121 of 120 characters")).to_be_visible()
    expect(title(upload_page)).to_be_focused()
    assert not sent
    title(upload_page).press("Backspace")
    expect(upload_page.get_by_text("Shorten the title")).to_be_hidden()


def test_a_picture_that_the_server_cannot_use_is_told_with_its_reason(
    upload_page: Page, picture_file: PictureFile, png: Path
) -> None:
    fill(upload_page, picture_file(b"II*\0" + bytes(100), "broken.tiff"), "x")
    expect(upload_page.locator("#file-error")).to_contain_text("could not be read", timeout=SLOW)
    expect(picture(upload_page)).to_be_focused()
    expect(upload_page.get_by_role("button", name="Try again")).to_be_hidden()
    fill(upload_page, png, "x")
    expect_ready(upload_page)


def test_markup_in_a_title_or_a_file_name_is_shown_as_text(upload_page: Page, picture_file: PictureFile) -> None:
    words = "<img src=x onerror=alert(1)>"
    before = upload_page.locator("main img").count()
    fill(upload_page, picture_file(PICTURE, "<b>cat.png"), words)
    expect(upload_page.get_by_text("<b>cat.png")).to_be_visible()
    expect_ready(upload_page)
    expect(upload_page.get_by_role("img", name=words).first).to_be_visible()
    assert upload_page.locator("main img").count() == before + 1  # the one in the list


def test_the_page_can_be_made_to_hold_no_markup_and_run_no_foreign_script(page: Page, stack: Stack) -> None:
    page.goto(stack.page)
    assert "TrustedHTML" in page.evaluate(
        "() => { try { document.body.innerHTML = '<i>x</i>'; } catch (error) { return error.message; } return ''; }"
    )
    refused = page.evaluate("""() => new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        const image = new Image();
        image.src = "https://example.com/spy.png";
    })""")
    assert refused == "img-src"
