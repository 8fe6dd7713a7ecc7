"""Unusable input is reported before anything is sent, or else with the server's reason."""

import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE
from conftest import Stack
from helpers.bad_pictures import BAD_PICTURES
from helpers.containers import build_exif, build_png, build_png_chunk
from helpers.form import (
    GENERATE,
    POLL_ROUTE,
    TIMEOUT_MS,
    drop_files,
    expect_ready,
    find_failure,
    find_picture_field,
    find_title_field,
    press_generate,
    respond_not_ready,
    submit_form,
)
from helpers.pictures import encode
from PIL import Image
from playwright.sync_api import Page, expect

WritePicture = Callable[[bytes, str], Path]


def encode_noise(file_format: str, **options: object) -> bytes:
    return encode(Image.effect_noise((320, 180), 60).convert("RGB"), file_format, **options)


def build_huge_png() -> bytes:
    """Build a PNG of 10000x10000 pixels, all black."""
    return build_png((10_000, 10_000), build_png_chunk(b"IDAT", zlib.compress(bytes(1251 * 10_000))), depth=1)


UNUSABLE = {
    "text": (b"hello", "notes.txt", "notes.txt\u2069 is not a picture that can be used"),
    "text named .png": (b"hello", "notes.png", "is not a picture that can be used"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "JPEG, PNG, WebP"),
    "empty": (b"", "empty.png", "is empty"),
    "large": (PICTURE + bytes(25_000_000), "large.png", "25.1 MB. Choose a picture of at most 25 MB."),
    "damaged": (PICTURE[:40] + bytes(40) + PICTURE[80:], "damaged.png", "is damaged or incomplete"),
    "half a PNG": (encode_noise("PNG")[:9000], "half.png", "is damaged or incomplete"),
    "half a JPEG": (encode_noise("JPEG")[:9000], "half.jpg", "is damaged or incomplete"),
    "half a JPEG on its side": (
        encode_noise("JPEG", exif=build_exif(6))[:9000],
        "half.jpg",
        "is damaged or incomplete",
    ),
    "half a JPEG upside down": (
        encode_noise("JPEG", exif=build_exif(3))[:9000],
        "half.jpg",
        "is damaged or incomplete",
    ),
    "half a WebP": (encode_noise("WEBP")[:9000], "half.webp", "is damaged or incomplete"),
    "half a GIF": (encode_noise("GIF")[:9000], "half.gif", "is damaged or incomplete"),
    "half a BMP": (encode_noise("BMP")[:9000], "half.bmp", "is damaged or incomplete"),
    "half an AVIF": (encode_noise("AVIF")[:9000], "half.avif", "is damaged or incomplete"),
    "too many pixels": (build_huge_png(), "huge.png", "Scale it down to 64 megapixels."),
}


# Files that the server accepts and Chromium does not decode.
NOT_IN_CHROMIUM = {"JPEG of 100 scans", "PNG with a wrong last checksum", "PNG, animated, with broken frames"}


def record_posts(page: Page) -> list[str]:
    """Return a list that collects the URLs of POST requests."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


@pytest.mark.parametrize("case", UNUSABLE)
def test_an_unusable_file_is_reported_at_once_and_not_sent(
    upload_page: Page, write_picture: WritePicture, case: str
) -> None:
    data, name, error = UNUSABLE[case]
    sent = record_posts(upload_page)
    find_picture_field(upload_page).set_input_files(write_picture(data, name))
    expect(upload_page.locator("#file-error")).to_contain_text(error)
    expect(find_picture_field(upload_page)).to_have_accessible_description(re.compile(re.escape(error)))
    press_generate(upload_page)
    expect(find_picture_field(upload_page)).to_be_focused()
    expect(find_picture_field(upload_page)).to_have_attribute("aria-invalid", "true")
    assert not sent


def test_an_odd_file_that_the_server_accepts_is_accepted_by_the_page(
    upload_page: Page, write_picture: WritePicture
) -> None:
    refused = {}
    for number, picture in enumerate(BAD_PICTURES):
        if picture.refused or picture.name in NOT_IN_CHROMIUM:
            continue
        name = f"odd-{number}"
        find_picture_field(upload_page).set_input_files(write_picture(picture.make(), name))
        expect(upload_page.locator("#file-details, #file-error").filter(has_text=name)).to_be_visible()
        if error := upload_page.locator("#file-error").text_content():
            refused[picture.name] = error
    assert not refused


def test_a_dropped_file_is_checked_like_a_chosen_one(upload_page: Page) -> None:
    drop_files(upload_page, b"hello", "notes.txt")
    expect(upload_page.get_by_role("alert").first).to_contain_text("is not a picture that can be used")


def test_dropping_a_picture_from_another_page_explains_what_to_do(upload_page: Page) -> None:
    drag(upload_page, "text/uri-list", "https://example.com/cat.png")
    expect(upload_page.get_by_role("alert").first).to_contain_text("Save it to this device")


def test_dragging_within_the_page_chooses_no_picture(upload_page: Page, png: Path) -> None:
    find_picture_field(upload_page).set_input_files(png)
    upload_page.dispatch_event("#preview", "dragstart")
    drag(upload_page, "text/uri-list", "https://example.com/cat.png")
    drag(upload_page, "text/plain", "words for the title")
    expect(upload_page.locator("#file-error")).to_be_hidden()


def drag(page: Page, kind: str, content: str) -> None:
    transfer = page.evaluate_handle(
        "([kind, content]) => { const data = new DataTransfer(); data.setData(kind, content); return data; }",
        [kind, content],
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("#text", event, {"dataTransfer": transfer})


def test_text_copied_with_a_picture_is_pasted_as_text(upload_page: Page) -> None:
    find_title_field(upload_page).evaluate("""(field) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", "words");
        clipboardData.items.add(new File(["x"], "words.png", { type: "image/png" }));
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }""")
    expect(upload_page.locator("#file-error")).to_be_hidden()
    expect(find_picture_field(upload_page)).to_have_value("")


def test_a_picture_modified_after_it_was_chosen_must_be_chosen_again(upload_page: Page, png: Path) -> None:
    find_picture_field(upload_page).set_input_files(png)
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    png.write_bytes(PICTURE + b"edited")
    os.utime(png, (0, 0))
    press_generate(upload_page)
    expect(upload_page.locator("#file-error")).to_contain_text("was changed or moved after you chose it")
    submit_form(upload_page, png, "x")
    expect_ready(upload_page)


def test_the_rejection_of_a_picture_is_not_shown_for_the_next_one(
    upload_page: Page, write_picture: WritePicture, png: Path
) -> None:
    upload_page.route(POLL_ROUTE, respond_not_ready)
    submit_form(upload_page, write_picture(b"II*\0" + bytes(100), "broken.tiff"), "x")
    expect(upload_page.locator("#generating")).to_have_attribute("aria-current", "step", timeout=TIMEOUT_MS)
    find_picture_field(upload_page).set_input_files(png)
    expect(upload_page.get_by_alt_text("The picture that you chose")).to_be_visible()
    upload_page.unroute_all()
    expect(find_failure(upload_page)).to_contain_text("could not be read", timeout=TIMEOUT_MS)
    expect(upload_page.locator("#file-error")).to_be_hidden()


def test_a_usable_picture_clears_the_error(upload_page: Page, write_picture: WritePicture, png: Path) -> None:
    find_picture_field(upload_page).set_input_files(write_picture(b"hello", "notes.txt"))
    expect(upload_page.locator("#file-error")).to_be_visible()
    find_picture_field(upload_page).set_input_files(png)
    expect(upload_page.locator("#file-error")).to_be_hidden()
    expect(find_picture_field(upload_page)).to_have_attribute("aria-invalid", "false")


def test_submitting_without_a_file_asks_for_one_and_focuses_the_field(upload_page: Page) -> None:
    upload_page.get_by_role("button", name=GENERATE).click()
    expect(find_picture_field(upload_page)).to_be_focused()
    expect(find_picture_field(upload_page)).to_have_attribute("aria-invalid", "true")
    expect(upload_page.get_by_text("Choose a picture.")).to_be_visible()


def test_a_title_that_is_too_long_is_reported_while_it_is_typed(upload_page: Page, png: Path) -> None:
    sent = record_posts(upload_page)
    submit_form(upload_page, png, "x" * 121)
    expect(upload_page.get_by_text("Shorten the title to 120 characters.")).to_be_visible()
    expect(upload_page.get_by_text("121 of 120 characters")).to_be_visible()
    expect(find_title_field(upload_page)).to_be_focused()
    assert not sent
    find_title_field(upload_page).press("Backspace")
    expect(upload_page.get_by_text("Shorten the title")).to_be_hidden()


def test_a_picture_that_the_server_cannot_use_is_reported_with_its_reason(
    upload_page: Page, write_picture: WritePicture, png: Path
) -> None:
    submit_form(upload_page, write_picture(b"II*\0" + bytes(100), "broken.tiff"), "x")
    expect(upload_page.locator("#file-error")).to_contain_text("could not be read", timeout=TIMEOUT_MS)
    expect(find_picture_field(upload_page)).to_be_focused()
    expect(upload_page.get_by_role("button", name="Try again")).to_be_hidden()
    submit_form(upload_page, png, "x")
    expect_ready(upload_page)


def test_markup_in_a_title_or_a_file_name_is_shown_as_text(upload_page: Page, write_picture: WritePicture) -> None:
    title = "<img src=x onerror=alert(1)>"
    before = upload_page.locator("main img").count()
    submit_form(upload_page, write_picture(PICTURE, "<b>cat.png"), title)
    expect(upload_page.get_by_text("<b>cat.png")).to_be_visible()
    expect_ready(upload_page)
    expect(upload_page.get_by_role("img", name=title).first).to_be_visible()
    added = upload_page.locator("#variants img").count() + 1  # one in the history
    assert upload_page.locator("main img").count() == before + added


def test_the_content_security_policy_blocks_markup_and_foreign_resources(page: Page, stack: Stack) -> None:
    page.goto(stack.page)
    assert "TrustedHTML" in page.evaluate(
        "() => { try { document.body.innerHTML = '<i>x</i>'; } catch (error) { return error.message; } return ''; }"
    )
    violated = page.evaluate("""() => new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        const image = new Image();
        image.src = "https://example.com/spy.png";
    })""")
    assert violated == "img-src"
