"""The variants of a thumbnail: all are shown and can be downloaded, and one is chosen to be seen large."""

from dataclasses import replace
from pathlib import Path

import pytest
from browser.conftest import PICTURE, WINDOWS
from helpers.form import download, expect_ready, find_result_heading, find_variants, open_options, submit_form
from helpers.variants import THREE_LOOKS, FakeVariant, answer_with_variants, answer_without_variants
from playwright.sync_api import FloatRect, Locator, Page, expect

from process.thumbnail import make_thumbnails

HOUR_MS = 3_600_000
STRONG = THREE_LOOKS[0]


@pytest.fixture
def three(upload_page: Page, png: Path) -> Page:
    """Show three variants: Stack, Panel and Fade."""
    answer_with_variants(upload_page, THREE_LOOKS)
    submit_form(upload_page, png, "Ready")
    expect_ready(upload_page)
    return upload_page


def find_choice(page: Page, look: str) -> Locator:
    return page.get_by_role("radio", name=look, exact=True)


def measure(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box
    return box


def list_widths(page: Page) -> list[float]:
    return [measure(image)["width"] for image in page.locator("#variants img").all()]


def test_the_stack_makes_three_thumbnails_of_different_looks(upload_page: Page, png: Path) -> None:
    submit_form(upload_page, png, "We launched it!")
    expect_ready(upload_page)
    made = make_thumbnails(PICTURE, "We launched it!")
    assert len({thumbnail.look for thumbnail in made}) == 3
    expect(find_variants(upload_page)).to_have_count(3)
    for place, thumbnail in enumerate(made):
        expect(find_choice(upload_page, thumbnail.look.capitalize())).to_be_visible()
        assert download(upload_page, place)[1] == thumbnail.jpeg


def test_a_chosen_look_makes_one_thumbnail(upload_page: Page, png: Path) -> None:
    open_options(upload_page)
    upload_page.get_by_label("Look").select_option("panel")
    submit_form(upload_page, png, "We launched it!")
    expect_ready(upload_page)
    [made] = make_thumbnails(PICTURE, "We launched it!", look="panel")
    expect(find_variants(upload_page)).to_have_count(1)
    assert download(upload_page)[1] == made.jpeg


def test_every_variant_has_its_picture_its_look_and_its_download(three: Page) -> None:
    expect(find_result_heading(three)).to_have_text("Your thumbnails")
    for place, look in enumerate(["stack", "panel", "fade"]):
        figure = find_variants(three).nth(place)
        expect(figure).to_contain_text(look.capitalize())
        picture = figure.get_by_alt_text(f"Thumbnail with the title “Ready”, look: {look.capitalize()}")
        expect(picture).to_have_js_property("naturalWidth", 1280)
        link = figure.get_by_role("link", name=f"Download: {look.capitalize()}")
        assert str(link.get_attribute("href")).endswith(f"#{look}")


def test_on_a_desktop_all_variants_are_in_view_and_the_best_is_the_largest(three: Page) -> None:
    three.set_viewport_size(WINDOWS["desktop"])
    for figure in find_variants(three).all():
        expect(figure).to_be_in_viewport(ratio=1)
    widths = list_widths(three)
    assert widths[0] > 1.9 * widths[1] == 1.9 * widths[2]


def test_on_a_phone_the_variants_stand_in_one_column_in_their_order(three: Page) -> None:
    three.set_viewport_size(WINDOWS["phone"])
    find_choice(three, "Fade").check()
    boxes = [measure(figure) for figure in find_variants(three).all()]
    assert len({(box["x"], box["width"]) for box in boxes}) == 1
    assert boxes == sorted(boxes, key=lambda box: box["y"])


@pytest.mark.parametrize("means", ["its name", "its picture", "the arrow keys"])
def test_choosing_a_variant_shows_it_large_and_at_youtubes_sizes(three: Page, means: str) -> None:
    expect(find_choice(three, "Stack")).to_be_checked()
    if means == "its name":
        find_variants(three).get_by_text("Fade", exact=True).click()
    elif means == "its picture":
        three.get_by_alt_text("look: Fade").click()
    else:
        find_choice(three, "Stack").focus()
        for _ in range(2):
            three.keyboard.press("ArrowDown")
    expect(find_choice(three, "Fade")).to_be_checked()
    widths = list_widths(three)
    assert widths[2] > 1.9 * widths[0]
    sources = three.locator("#youtube img").evaluate_all("all => all.map((image) => image.src)")
    assert all(source.endswith("#fade") for source in sources), sources


def test_the_link_that_is_copied_is_that_of_the_chosen_variant(three: Page) -> None:
    three.context.grant_permissions(["clipboard-read", "clipboard-write"])
    find_choice(three, "Panel").check()
    three.get_by_role("button", name="Copy link").click()
    expect(three.get_by_text("The link is copied.")).to_be_visible()
    assert three.evaluate("navigator.clipboard.readText()").endswith("#panel")


@pytest.mark.parametrize(
    ("variant", "note"),
    [
        (replace(STRONG, cap_height=6.9), "Small letters in YouTube’s sidebar."),
        (replace(STRONG, cap_height=6.9, words=9), "Small letters in YouTube’s sidebar: 9 words are a lot."),
        (replace(STRONG, contrast=4.4), "The title stands out little from the picture."),
    ],
)
def test_a_variant_that_reads_badly_says_why(upload_page: Page, png: Path, variant: FakeVariant, note: str) -> None:
    answer_with_variants(upload_page, [variant, *THREE_LOOKS[1:]])
    submit_form(upload_page, png, "Weak")
    expect_ready(upload_page)
    expect(find_variants(upload_page).first.get_by_text(note, exact=True)).to_be_visible()
    expect(upload_page.locator("#variants .note:visible")).to_have_count(1)


@pytest.mark.parametrize("variant", [STRONG, FakeVariant("stack", contrast=0, cap_height=0, words=0)])
def test_nothing_is_said_about_a_variant_that_reads_well_or_has_no_title(
    upload_page: Page, png: Path, variant: FakeVariant
) -> None:
    answer_with_variants(upload_page, [variant])
    submit_form(upload_page, png, "")
    expect_ready(upload_page)
    expect(upload_page.locator("#variants .note")).to_be_hidden()


def test_a_single_variant_is_no_choice(upload_page: Page, png: Path) -> None:
    answer_with_variants(upload_page, [STRONG])
    submit_form(upload_page, png, "One")
    expect_ready(upload_page)
    expect(find_result_heading(upload_page)).to_have_text("Your thumbnail")
    expect(upload_page.get_by_role("radio")).to_have_count(0)
    expect(upload_page.get_by_text("Best first.")).to_be_hidden()


def test_an_unknown_look_is_shown_by_its_name_as_text(upload_page: Page, png: Path) -> None:
    looks = ["torn_paper", "<img src=x onerror=alert(1)>"]
    answer_with_variants(upload_page, [FakeVariant(look) for look in looks])
    submit_form(upload_page, png, "New")
    expect_ready(upload_page)
    expect(find_choice(upload_page, "Torn paper")).to_be_checked()
    expect(find_choice(upload_page, looks[1])).to_be_visible()


def test_a_thumbnail_of_a_stack_without_looks_is_shown(upload_page: Page, png: Path) -> None:
    answer_without_variants(upload_page)
    submit_form(upload_page, png, "Old")
    expect_ready(upload_page)
    expect(find_variants(upload_page)).to_have_count(1)
    expect(upload_page.get_by_role("link", name="Download", exact=True)).to_be_visible()


def test_the_history_brings_all_variants_back(three: Page) -> None:
    three.reload()
    three.get_by_role("region", name="Made so far").get_by_role("button", name="Thumbnail").click()
    expect_ready(three)
    expect(find_variants(three)).to_have_count(3)
    expect(find_choice(three, "Stack")).to_be_checked()


def test_the_history_shows_what_was_stored_before_there_were_looks(three: Page) -> None:
    three.evaluate("""() => {
        const [entry] = JSON.parse(localStorage.getItem("thumbnails-made"));
        delete entry.variants;
        localStorage.setItem("thumbnails-made", JSON.stringify([entry]));
    }""")
    three.reload()
    three.get_by_role("region", name="Made so far").get_by_role("button", name="Thumbnail").click()
    expect_ready(three)
    expect(find_variants(three)).to_have_count(1)


def test_no_variant_can_be_downloaded_after_the_links_expire(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    answer_with_variants(upload_page, THREE_LOOKS)
    submit_form(upload_page, png, "Short-lived")
    expect_ready(upload_page)
    expect(upload_page.get_by_role("link", name="Download")).to_have_count(3)
    upload_page.clock.fast_forward(HOUR_MS + 60_000)
    expect(upload_page.get_by_role("link", name="Download")).to_have_count(0)
    find_choice(upload_page, "Panel").check()
    expect(upload_page.get_by_role("button", name="Copy link")).to_have_count(0)
