"""The variants: tiles of which one is on the stage, and what is said about them."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from browser.conftest import PICTURE
from helpers.form import (
    POLL_ROUTE,
    choose_picture,
    download,
    expect_ready,
    find_thumbnail,
    find_variants,
    hold,
    make,
    submit_form,
    wait_for_held,
)
from helpers.variants import THREE_LOOKS, FakeVariant, answer_with_variants
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from process.thumbnail import make_thumbnails

STRONG = THREE_LOOKS[0]


@pytest.fixture
def three(upload_page: Page, png: Path) -> Page:
    """Show three variants: Stack, Panel and Fade."""
    answer_with_variants(upload_page, THREE_LOOKS)
    make(upload_page, png, "Ready")
    return upload_page


def find_choice(page: Page, look: str) -> Locator:
    return page.locator("#variants").get_by_role("radio", name=look)


def test_the_stack_makes_three_thumbnails_of_different_looks(upload_page: Page, png: Path) -> None:
    make(upload_page, png, "We launched it!")
    made = make_thumbnails(PICTURE, "We launched it!")
    assert len({thumbnail.look for thumbnail in made}) == 3
    expect(find_variants(upload_page)).to_have_count(3)
    for place, thumbnail in enumerate(made):
        expect(find_choice(upload_page, thumbnail.look.capitalize())).to_be_visible()
        name, jpeg = download(upload_page, place)
        assert jpeg == thumbnail.jpeg
        assert name == f"We launched it!-thumbnail{f'-{thumbnail.look}' if place else ''}.jpg"


def test_a_chosen_look_makes_one_thumbnail(upload_page: Page, png: Path) -> None:
    upload_page.get_by_label("Looks").select_option("panel")
    make(upload_page, png, "We launched it!")
    [made] = make_thumbnails(PICTURE, "We launched it!", look="panel")
    expect(upload_page.locator("#variants")).to_be_hidden()
    expect(upload_page.get_by_role("button", name="Download all")).to_be_hidden()
    assert download(upload_page)[1] == made.jpeg


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900), (1280, 800), (1366, 650)])
def test_the_stage_all_variants_and_download_are_in_view(three: Page, width: int, height: int) -> None:
    three.set_viewport_size({"width": width, "height": height})
    expect(three.locator("#frame")).to_be_in_viewport(ratio=1)
    for tile in find_variants(three).all():
        expect(tile).to_be_in_viewport(ratio=1)
    expect(three.get_by_role("link", name="Download")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("means", ["its name", "its picture", "the arrow keys"])
def test_choosing_a_variant_puts_it_on_the_stage_and_into_the_preview(three: Page, means: str) -> None:
    expect(find_choice(three, "Stack")).to_be_checked()
    if means == "its name":
        find_variants(three).get_by_text("Fade", exact=True).click(force=True)  # the radio button lies over it
    elif means == "its picture":
        find_variants(three).nth(2).click()
    else:
        find_choice(three, "Stack").focus()
        for _ in range(2):
            three.keyboard.press("ArrowRight")
    expect(find_choice(three, "Fade")).to_be_checked()
    expect(three.get_by_alt_text("Thumbnail “Ready”, look: Fade")).to_be_visible()
    for image in ("#thumbnail", "#preview-image"):
        assert str(three.locator(image).get_attribute("src")).endswith("#fade")
    assert str(three.get_by_role("link", name="Download").get_attribute("href")).endswith("#fade")


def test_choosing_a_variant_leaves_the_picture_for_the_stage(three: Page) -> None:
    three.get_by_label("Picture", exact=True).check()
    expect(find_thumbnail(three)).to_be_hidden()
    find_variants(three).nth(1).click()
    expect(find_thumbnail(three)).to_be_visible()


@pytest.mark.parametrize(
    ("variant", "note"),
    [
        (STRONG, "Reads well in the sidebar"),
        (replace(STRONG, cap_height=6.9), "Small in the sidebar"),
        (replace(STRONG, contrast=2.9), "Title blends into the picture"),
        (replace(STRONG, contrast=3), "Reads well in the sidebar"),
        (replace(STRONG, words=15), "Long title: six words read best"),
        (FakeVariant("stack", contrast=0, cap_height=0, words=0), ""),
    ],
)
def test_a_variant_says_how_well_it_reads(upload_page: Page, png: Path, variant: FakeVariant, note: str) -> None:
    answer_with_variants(upload_page, [variant, *THREE_LOOKS[1:]])
    make(upload_page, png, "Title")
    expect(find_variants(upload_page).first.locator("span")).to_have_text(note)


def test_empty_tiles_hold_the_place_of_the_variants(upload_page: Page, png: Path) -> None:
    held = hold(upload_page, POLL_ROUTE)
    with upload_page.expect_request(POLL_ROUTE):
        submit_form(upload_page, png, "Ready")
    expect(find_variants(upload_page)).to_have_count(3)
    expect(find_variants(upload_page).first).to_be_visible()
    expect(upload_page.locator("#variants")).to_have_attribute("inert", "")
    place = find_variants(upload_page).last.locator("img").bounding_box()
    wait_for_held(upload_page, held).continue_()
    upload_page.unroute_all()
    expect_ready(upload_page)
    assert find_variants(upload_page).last.locator("img").bounding_box() == place


def test_tiles_that_wait_for_another_picture_show_nothing_of_the_last(three: Page, png: Path) -> None:
    hold(three, POLL_ROUTE)
    with three.expect_request(POLL_ROUTE):
        choose_picture(three, png)
    waiting = three.locator("#variants[inert] img")
    expect(waiting).to_have_count(3)
    for tile in waiting.all():
        shown = Image.open(BytesIO(tile.screenshot())).convert("RGB")
        assert shown.crop((4, 4, shown.width - 4, shown.height - 4)).getcolors(1)  # without the rounded corners


def test_an_unknown_look_is_shown_by_its_name_as_text(upload_page: Page, png: Path) -> None:
    looks = ["torn_paper", "<img src=x onerror=alert(1)>"]
    answer_with_variants(upload_page, [FakeVariant(look) for look in looks])
    make(upload_page, png, "New")
    expect(find_choice(upload_page, "Torn paper")).to_be_checked()
    expect(find_choice(upload_page, looks[1])).to_be_visible()
    expect(upload_page.get_by_role("button", name="Download all")).to_be_visible()
