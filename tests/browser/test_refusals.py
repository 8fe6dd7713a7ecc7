"""Unusable input is reported before anything is sent, or else with the server's reason."""

import base64
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE, WINDOWS
from conftest import Stack
from helpers.bad_pictures import BAD_PICTURES
from helpers.containers import build_png, build_png_chunk
from helpers.form import (
    POLL_ROUTE,
    PRESIGN_ROUTE,
    choose_picture,
    drag,
    drop_files,
    expect_ready,
    find_failure,
    find_notice,
    find_picture,
    find_picture_field,
    find_refusal,
    find_title_field,
    make,
    press_make,
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
    "text": (b"hello", "notes.txt", "notes.txt\u2069 is not a picture of these types: "),
    "text named .png": (b"hello", "notes.png", "is not a picture of these types: "),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg", "JPEG, PNG, TIFF, WEBP"),
    "empty": (b"", "empty.png", "is empty"),
    "large": (PICTURE + bytes(25_000_000), "large.png", "25.1 MB. Choose a picture of at most 25 MB."),
}

# Pictures of the right types that the server refuses; a browser shows some of them, if only in part.
REFUSED_BY_THE_SERVER = {
    "the start of a PNG": (PICTURE[:20], "start.png", "could not be read"),
    "half a PNG": (encode_noise("PNG")[:9000], "half.png", "damaged"),
    "half a JPEG": (encode_noise("JPEG")[:9000], "half.jpg", "damaged"),
    "too many pixels": (build_huge_png(), "huge.png", "64 megapixels"),
    "a TIFF that is none": (b"II*\0" + bytes(100), "broken.tiff", "could not be read"),
}


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
    expect(find_refusal(upload_page)).to_contain_text(error)
    expect(find_picture_field(upload_page)).to_have_accessible_description(re.compile(re.escape(error)))
    expect(find_picture_field(upload_page)).to_have_attribute("aria-invalid", "true")
    press_make(upload_page)
    expect(find_picture_field(upload_page)).to_be_focused()
    assert not sent


def test_an_odd_file_that_the_server_accepts_is_accepted_by_the_page(
    upload_page: Page, write_picture: WritePicture
) -> None:
    refused = {}
    for number, picture in enumerate(BAD_PICTURES):
        if picture.refused:
            continue
        name = f"odd-{number}"
        choose_picture(upload_page, write_picture(picture.make(), name))
        expect(upload_page.locator("#details, #refusal").filter(has_text=name)).to_be_visible()
        if error := find_refusal(upload_page).text_content():
            refused[picture.name] = error
    assert not refused


def test_a_dropped_file_is_checked_like_a_chosen_one(upload_page: Page) -> None:
    drop_files(upload_page, b"hello", "notes.txt")
    expect(upload_page.get_by_role("alert").first).to_contain_text("is not a picture of these types")


def test_a_picture_that_was_repaired_under_the_same_name_is_taken(
    upload_page: Page, write_picture: WritePicture
) -> None:
    """Browsers fire no `change` event if the same file is chosen again, unless the field was emptied."""
    file = write_picture(b"hello", "cat.png")
    upload_page.on("filechooser", lambda chooser: chooser.set_files(file))
    upload_page.get_by_text("Choose a picture").click()
    expect(find_refusal(upload_page)).to_be_visible()
    expect(find_picture_field(upload_page)).to_have_value("")
    file.write_bytes(PICTURE)
    upload_page.get_by_text("Choose a picture").click()
    expect(find_picture(upload_page)).to_be_visible()
    expect(find_refusal(upload_page)).to_be_hidden()


def test_whatever_is_done_about_a_refusal_lifts_it(upload_page: Page, png: Path, write_picture: WritePicture) -> None:
    choose_picture(upload_page, write_picture(b"hello", "notes.txt"))
    expect(find_picture_field(upload_page)).to_have_attribute("aria-invalid", "true")
    with upload_page.expect_file_chooser():
        upload_page.get_by_text("Choose a picture").click()  # and cancel
    expect(find_refusal(upload_page)).to_be_hidden()
    expect(find_picture_field(upload_page)).to_have_attribute("aria-invalid", "false")
    choose_picture(upload_page, write_picture(b"hello", "notes.txt"))
    expect(find_refusal(upload_page)).to_be_visible()
    choose_picture(upload_page, png)
    expect(find_picture(upload_page)).to_be_visible()
    expect(find_refusal(upload_page)).to_be_hidden()


@pytest.mark.parametrize("what", ["a link", "a file"])
def test_a_refusal_of_what_is_dropped_is_no_judgement_on_the_picture_that_is_there(
    upload_page: Page, png: Path, what: str
) -> None:
    choose_picture(upload_page, png)
    expect(find_picture(upload_page)).to_be_visible()
    if what == "a link":
        drag(upload_page, "#frame", "text/uri-list", "https://example.com/cat.png")
        expect(find_refusal(upload_page)).to_have_text(
            "That is a link. Save the picture to this device, then choose it."
        )
    else:
        drop_files(upload_page, b"hello", "notes.txt")
        expect(find_refusal(upload_page)).to_contain_text("is not a picture of these types")
    expect(find_picture(upload_page)).to_be_visible()
    expect(upload_page.locator("#file")).to_have_attribute("aria-invalid", "false")
    find_title_field(upload_page).fill("Still there")
    expect(find_refusal(upload_page)).to_be_hidden()
    press_make(upload_page)
    expect_ready(upload_page)


@pytest.mark.parametrize("kind", ["text/uri-list", "text/x-moz-url", "text/plain"])
@pytest.mark.parametrize("target", ["h1", "#frame", "#youtube"])
def test_a_link_dropped_anywhere_does_not_leave_the_page(upload_page: Page, kind: str, target: str) -> None:
    """Firefox follows a link that is dropped as plain text, too."""
    assert drag(upload_page, target, kind, "https://example.com/")


def test_a_link_dropped_into_the_title_does_not_leave_the_page_but_text_goes_in(upload_page: Page) -> None:
    assert drag(upload_page, "#title", "text/uri-list", "https://example.com/")
    assert not drag(upload_page, "#title", "text/plain", "words")  # left to the browser


def test_a_drop_without_a_file_is_called_that(upload_page: Page) -> None:
    """WebKitGTK names the address of a dropped file, and does not hand over the file."""
    drag(upload_page, "h1", "text/uri-list", "file:///home/me/cat.png")
    expect(find_refusal(upload_page)).to_have_text(
        "This browser did not hand over a file. Use the button to choose it."
    )


def test_the_window_is_marked_as_long_as_something_is_dragged_over_it(upload_page: Page) -> None:
    """Some browsers fire `dragover` only while the pointer moves."""
    upload_page.set_viewport_size({"width": 1600, "height": 1200})
    transfer = upload_page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File([''], 'cat.png')); return data; }"
    )
    marked = upload_page.locator("html.drag-over")
    for target, event in (("h1", "dragenter"), ("h1", "dragover"), ("#frame", "dragenter"), ("h1", "dragleave")):
        upload_page.dispatch_event(target, event, {"dataTransfer": transfer})
    upload_page.wait_for_timeout(500)
    expect(marked).to_be_attached()
    outline = "getComputedStyle(document.body, '::after')"
    assert upload_page.evaluate(f"[{outline}.position, {outline}.inset]") == ["fixed", "0px"]
    upload_page.dispatch_event("#frame", "dragleave", {"dataTransfer": transfer})
    expect(marked).not_to_be_attached()


def test_of_several_files_the_first_usable_one_is_taken(upload_page: Page) -> None:
    upload_page.evaluate(
        """(data) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
            transfer.items.add(new File(["hello"], "notes.txt"));
            transfer.items.add(new File([bytes], "one.png"));
            transfer.items.add(new File([bytes], "two.png"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
        }""",
        base64.b64encode(PICTURE).decode(),
    )
    expect(find_notice(upload_page)).to_have_text("Of the 3 files, one.png is used.")
    expect(find_refusal(upload_page)).to_be_hidden()


def test_a_folder_is_called_a_folder(upload_page: Page) -> None:
    upload_page.evaluate("""() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([""], "holiday"));
        DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: true });
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
    }""")
    expect(find_refusal(upload_page)).to_have_text(
        "\u2068holiday\u2069 is a folder. Open it, and drop a picture from it."
    )


def test_of_a_gif_it_is_said_that_its_first_frame_is_used(upload_page: Page, write_picture: WritePicture) -> None:
    choose_picture(upload_page, write_picture(encode_noise("GIF"), "dance.gif"))
    expect(upload_page.get_by_text("dance.gif")).to_contain_text("first frame")


def test_dragging_within_the_page_chooses_no_picture(upload_page: Page, png: Path) -> None:
    choose_picture(upload_page, png)
    expect(find_picture(upload_page)).to_be_visible()
    upload_page.dispatch_event("#picture", "dragstart")
    drag(upload_page, "#frame", "text/uri-list", "https://example.com/cat.png")
    expect(find_refusal(upload_page)).to_be_hidden()


def test_text_copied_with_a_picture_is_pasted_as_text(upload_page: Page) -> None:
    is_left_to_the_browser = find_title_field(upload_page).evaluate("""(field) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", "words");
        clipboardData.items.add(new File(["x"], "words.png", { type: "image/png" }));
        return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }""")
    assert is_left_to_the_browser


def test_a_picture_modified_after_it_was_chosen_must_be_chosen_again(upload_page: Page, png: Path) -> None:
    choose_picture(upload_page, png)
    expect(find_picture(upload_page)).to_be_visible()
    png.write_bytes(PICTURE + b"edited")
    os.utime(png, (0, 0))
    press_make(upload_page)
    expect(find_refusal(upload_page)).to_contain_text("was changed or moved after you chose it")
    expect(find_picture_field(upload_page)).to_be_focused()
    make(upload_page, png, "x")


def test_the_rejection_of_a_picture_is_not_shown_for_the_next_one(
    upload_page: Page, write_picture: WritePicture, png: Path
) -> None:
    upload_page.route(POLL_ROUTE, respond_not_ready)
    submit_form(upload_page, write_picture(b"II*\0" + bytes(100), "broken.tiff"), "x")
    expect(upload_page.get_by_text("Making it…")).to_be_visible()
    choose_picture(upload_page, png)
    expect(find_picture(upload_page)).to_be_visible()
    upload_page.unroute_all()
    expect_ready(upload_page)
    expect(find_refusal(upload_page)).to_be_hidden()
    expect(find_failure(upload_page)).to_be_hidden()


def test_pressing_the_button_without_a_picture_asks_for_one_and_focuses_the_field(upload_page: Page) -> None:
    press_make(upload_page)
    expect(find_picture_field(upload_page)).to_be_focused()
    expect(find_failure(upload_page)).to_have_text("Choose a picture first.")


def test_a_title_that_is_too_long_is_reported_while_it_is_typed(upload_page: Page, png: Path) -> None:
    sent = record_posts(upload_page)
    submit_form(upload_page, png, "x" * 121)
    expect(upload_page.get_by_text("Shorten the title to 120 characters.")).to_be_visible()
    expect(upload_page.get_by_text("121 of 120")).to_be_visible()
    expect(find_title_field(upload_page)).to_be_focused()
    assert not sent
    find_title_field(upload_page).press("Backspace")
    expect(upload_page.get_by_text("Shorten the title")).to_be_hidden()


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Go ᏣᎳᎩ", "No font here can draw Ꮳ Ꮃ Ꭹ. Leave them out of the title."),
        ("Go Ꮳ", "No font here can draw Ꮳ. Leave it out of the title."),
    ],
)
def test_a_refused_title_is_marked_at_its_field_in_words_for_a_creator(
    upload_page: Page, png: Path, title: str, message: str
) -> None:
    submit_form(upload_page, png, title)
    expect(find_title_field(upload_page)).to_have_attribute("aria-invalid", "true")
    expect(find_title_field(upload_page)).to_be_focused()
    expect(find_title_field(upload_page)).to_have_accessible_description(re.compile(re.escape(message)))
    expect(upload_page.get_by_role("alert").filter(has_text=message)).to_be_visible()
    expect(find_failure(upload_page)).to_be_hidden()
    find_title_field(upload_page).fill("Go")
    expect(find_title_field(upload_page)).to_have_attribute("aria-invalid", "false")
    press_make(upload_page)
    expect_ready(upload_page)


def test_half_a_character_in_a_title_is_left_out(upload_page: Page, png: Path) -> None:
    with upload_page.expect_request(PRESIGN_ROUTE) as request:
        choose_picture(upload_page, png)
        expect(find_picture(upload_page)).to_be_visible()
        find_title_field(upload_page).evaluate(
            "field => { field.value = 'Go \\ud83d'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        press_make(upload_page)
    sent = request.value.post_data_json
    assert sent
    assert sent["text"] == "Go "
    expect_ready(upload_page)


@pytest.mark.parametrize("case", REFUSED_BY_THE_SERVER)
def test_a_picture_that_the_server_cannot_use_is_reported_with_its_reason(
    upload_page: Page, write_picture: WritePicture, png: Path, case: str
) -> None:
    data, name, error = REFUSED_BY_THE_SERVER[case]
    submit_form(upload_page, write_picture(data, name), "x")
    expect(find_refusal(upload_page)).to_contain_text(error)
    expect(find_picture_field(upload_page)).to_be_focused()
    expect(upload_page.get_by_role("button", name="Try again")).to_be_hidden()
    make(upload_page, png, "x")


@pytest.mark.parametrize("window", WINDOWS)
def test_a_refusal_moves_and_covers_nothing_to_press(
    upload_page: Page, write_picture: WritePicture, window: str
) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    locate = """() => [...document.querySelectorAll("button, .button, textarea, select")]
        .filter((element) => element.checkVisibility())
        .map((element) => element.getBoundingClientRect().toJSON())"""
    before = upload_page.evaluate(locate)
    choose_picture(upload_page, write_picture(b"hello", "notes.txt"))
    expect(find_refusal(upload_page)).to_be_visible()
    assert upload_page.evaluate(locate) == before
    refusal = find_refusal(upload_page).bounding_box()
    assert refusal
    assert not [box for box in before if box["top"] < refusal["y"] + refusal["height"]]


def test_markup_in_a_title_or_a_file_name_is_shown_as_text(upload_page: Page, write_picture: WritePicture) -> None:
    title = "<img src=x onerror=alert(1)>"
    make(upload_page, write_picture(PICTURE, "<b>cat.png"), title)
    expect(upload_page.get_by_text("<b>cat.png")).to_be_visible()
    expect(upload_page.get_by_role("img", name=title).first).to_be_visible()
    assert upload_page.locator("main b img, main [src=x]").count() == 0


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
