"""The size of the thumbnails: what is offered, what is said about it, and what is made."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import PICTURE, WINDOWS
from conftest import Stack
from helpers.form import (
    Traffic,
    download,
    expect_ready,
    find_title_field,
    find_variants,
    make,
    override_config,
    press_make,
)
from helpers.pictures import encode
from helpers.variants import FakeVariant, answer_with_variants
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from common.options import SIZES
from process.thumbnail import make_thumbnail, make_thumbnails

PHOTO_SIZE = (2600, 1462)  # pixels: enough for 1920x1080, not for 3840x2160


@pytest.fixture
def photo(write_picture: Callable[[bytes, str], Path]) -> Path:
    return write_picture(encode(Image.effect_noise(PHOTO_SIZE, 30).convert("RGB"), "JPEG"), "photo.jpg")


def choose_size(page: Page, width: int) -> None:
    """Choose a size, given its width, and wait for the thumbnail."""
    page.get_by_label(re.compile(f"^{width} ×")).check()
    expect_ready(page, width)


def find_size_hint(page: Page) -> Locator:
    return page.get_by_text("Your picture is smaller than this size")


def list_sizes(page: Page) -> list[str]:
    """Return what the choices of a size say."""
    return page.locator("#sizes span").all_text_contents()


def find_limits(page: Page) -> Locator:
    return page.get_by_role("group", name="Where you upload it")


def test_the_sizes_of_the_stack_are_offered(upload_page: Page) -> None:
    assert list_sizes(upload_page) == [size.replace("x", " × ") for size in SIZES]
    expect(upload_page.get_by_label("1280 × 720")).to_be_checked()


def test_without_a_choice_no_size_is_offered(upload_page: Page) -> None:
    override_config(upload_page, sizes=["1280x720"])
    upload_page.reload()
    expect(find_title_field(upload_page)).to_be_visible()
    expect(upload_page.get_by_role("group", name="Size")).to_be_hidden()


def test_the_stacks_own_size_is_preselected(upload_page: Page, png: Path) -> None:
    override_config(upload_page, defaultSize="1920x1080")
    upload_page.reload()
    expect(upload_page.get_by_label("1920 × 1080")).to_be_checked()
    upload_page.locator("#file").set_input_files(png)
    press_make(upload_page)
    expect_ready(upload_page, 1920)


def test_another_size_is_made_of_the_same_upload(upload_page: Page, png: Path) -> None:
    traffic = Traffic(upload_page)
    make(upload_page, png, "Hi")
    choose_size(upload_page, 3840)
    assert [("source" in sent, sent["size"], sent["limit"]) for sent in traffic.requests] == [
        (False, "1280x720", "50MB"),
        (True, "3840x2160", "50MB"),
    ]
    assert download(upload_page)[1] == make_thumbnail(PICTURE, "Hi", size="3840x2160", limit="50MB")


def test_above_the_smallest_size_there_is_a_file_for_the_phone_app(upload_page: Page, photo: Path) -> None:
    make(upload_page, photo, "Hi")
    expect(find_limits(upload_page)).to_be_hidden()
    choose_size(upload_page, 3840)
    expect(upload_page.get_by_label("For desktop: best")).to_be_checked()
    large = len(download(upload_page)[1])
    upload_page.get_by_label("For the phone app: below 2 MB").check()
    expect(upload_page.locator("#frame.outdated")).to_be_visible()
    expect_ready(upload_page, 3840)
    assert len(download(upload_page)[1]) < 2_000_000 < large
    upload_page.reload()
    expect(upload_page.get_by_label("For the phone app: below 2 MB")).to_be_checked()


@pytest.mark.parametrize(
    ("window", "chosen"), [("phone", "For the phone app: below 2 MB"), ("desktop", "For desktop: best")]
)
def test_files_are_for_the_device_that_the_page_is_used_on(
    stack: Stack, browser: Browser, window: str, chosen: str
) -> None:
    is_phone = window == "phone"
    page = browser.new_page(viewport=WINDOWS[window], has_touch=is_phone, is_mobile=is_phone)
    page.goto(stack.page)
    page.get_by_label("1920 × 1080").check()
    expect(page.get_by_label(chosen)).to_be_checked()
    page.close()


def test_sizes_that_enlarge_the_picture_say_so(upload_page: Page, photo: Path) -> None:
    upload_page.get_by_label("Looks").select_option("fade")
    make(upload_page, photo, "Hi")
    assert list_sizes(upload_page) == ["1280 × 720", "1920 × 1080", "3840 × 2160 (enlarged)"]
    expect(find_size_hint(upload_page)).to_be_hidden()
    choose_size(upload_page, 3840)
    [made] = make_thumbnails(photo.read_bytes(), "Hi", look="fade", size="3840x2160", limit="50MB")
    expect(upload_page.get_by_role("status").filter(has=find_size_hint(upload_page))).to_be_visible()
    expect(find_size_hint(upload_page)).to_contain_text(f"it is enlarged {made.scale:.1f} times.")
    choose_size(upload_page, 1920)
    expect(find_size_hint(upload_page)).to_be_hidden()


def test_what_is_said_of_a_size_is_part_of_its_description(upload_page: Page, png: Path) -> None:
    upload_page.get_by_label("Looks").select_option("fade")
    make(upload_page, png, "Hi")
    expect(upload_page.get_by_role("group", name="Size")).to_have_accessible_description(
        "Your picture is smaller than this size: it is enlarged 4 times."
    )


def test_a_size_is_not_judged_before_a_thumbnail_is_made(upload_page: Page, png: Path) -> None:
    upload_page.locator("#file").set_input_files(png)
    upload_page.get_by_label("3840 × 2160").check()
    expect(find_size_hint(upload_page)).to_be_hidden()
    assert "enlarged" not in str(list_sizes(upload_page))


def test_the_download_tells_the_size_of_the_chosen_file(upload_page: Page, photo: Path) -> None:
    make(upload_page, photo, "Hi")
    for place in range(find_variants(upload_page).count()):
        size = len(download(upload_page, place)[1])
        expect(upload_page.get_by_role("link", name=f"Download ({size // 1000} kB)", exact=True)).to_be_visible()


def test_a_file_below_a_limit_is_not_said_to_reach_it(upload_page: Page, png: Path) -> None:
    answer_with_variants(upload_page, [FakeVariant("stack", bytes=1_999_999)])
    make(upload_page, png, "Hi")
    expect(upload_page.get_by_role("link", name="Download (1.9 MB)", exact=True)).to_be_visible()
