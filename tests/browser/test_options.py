"""The options, what is said about the title, and what this browser remembers."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Stack
from helpers.form import (
    PRESIGN_ROUTE,
    choose_picture,
    expect_ready,
    find_notice,
    find_title_field,
    override_config,
    press_make,
    submit_form,
)
from playwright.sync_api import Locator, Page, expect

from common.options import FITS, POSITIONS
from emulator import ROOT

LOOKS = sorted(file.stem for file in (ROOT / "lambdas" / "process" / "looks").glob("[!_]*.py"))
SENT = {"filename": "Hi.jpg", "filetype": "image/png", "text": "Hi"}
UNCHANGED = {
    "look": "auto",
    "accent": "auto",
    "fit": "auto",
    "position": "auto",
    "caps": False,
    "size": "1280x720",
    "limit": "50MB",
}
CHOSEN = {
    "look": "panel",
    "accent": "#00aaff",
    "fit": "pad",
    "position": "top-left",
    "caps": True,
    "size": "1920x1080",
    "limit": "2MB",
}
SEVEN_WORDS = "I *built* this - for $200, in 7"


def choose_all(page: Page) -> None:
    page.get_by_label("Looks").select_option("panel")
    page.get_by_label("Own colour").fill("#00aaff")
    page.get_by_label("Whole", exact=True).check()
    page.get_by_label("Top left").check()
    page.get_by_label("Capitals in every look").check()
    page.get_by_label("1920 × 1080").check()
    page.get_by_label("For the phone app: below 2 MB").check()


def list_values(page: Page, name: str) -> list[str]:
    return [str(radio.get_attribute("value")) for radio in page.locator(f"[type=radio][name={name}]").all()]


def find_advice(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Long title: six words read best")


def submit_and_read(page: Page, png: Path) -> Mapping[str, object]:
    """Submit the form, and return what it sends besides the picture and the title."""
    with page.expect_request(PRESIGN_ROUTE) as request:
        submit_form(page, png, "Hi")
    sent: dict[str, object] = request.value.post_data_json or {}
    assert sent.items() >= SENT.items()
    return {name: value for name, value in sent.items() if name not in SENT}


def test_the_options_offer_what_is_accepted(upload_page: Page) -> None:
    looks = upload_page.get_by_label("Looks").locator("option").evaluate_all("all => all.map(({ value }) => value)")
    assert looks == ["auto", *LOOKS]
    assert set(list_values(upload_page, "fit")) == set(FITS) - {"crop"}  # which is the same as "auto"
    assert sorted(list_values(upload_page, "position")) == sorted(POSITIONS)


def test_positions_are_where_the_title_goes(upload_page: Page) -> None:
    boxes = {
        value: upload_page.locator(f"#positions label:has([value={value}])").bounding_box()
        for value in list_values(upload_page, "position")
    }
    for row, others in (("top", "middle"), ("middle", "bottom")):
        above, below = boxes[f"{row}-left"], boxes[f"{others}-left"]
        assert above
        assert below
        assert above["y"] < below["y"]
    for column, others in (("left", "center"), ("center", "right")):
        before, after = boxes[f"top-{column}"], boxes[f"top-{others}"]
        assert before
        assert after
        assert before["x"] < after["x"]


def test_each_position_shows_where_in_its_cell_the_title_goes(upload_page: Page) -> None:
    offsets = {}
    for value in POSITIONS:
        if value != "auto":
            cell = upload_page.locator(f"#positions label:has([value={value}])").bounding_box()
            dash = upload_page.locator(f"#positions [value={value}] + span").bounding_box()
            assert cell
            assert dash
            x = dash["x"] + dash["width"] / 2 - cell["x"] - cell["width"] / 2
            y = dash["y"] + dash["height"] / 2 - cell["y"] - cell["height"] / 2
            offsets[value] = (round(x / 4), round(y / 4))  # in steps of 4 pixels
    for value, (x, y) in offsets.items():
        row, column = value.split("-")
        assert (x > 0) - (x < 0) == ("left", "center", "right").index(column) - 1, value
        assert (y > 0) - (y < 0) == ("top", "middle", "bottom").index(row) - 1, value


def test_what_a_position_can_do_is_said_beside_it(upload_page: Page) -> None:
    expect(upload_page.get_by_role("group", name="Title position")).to_have_accessible_description(
        re.compile("at a side or an edge")
    )


def test_looks_have_names_in_plain_words(page: Page, stack: Stack) -> None:
    override_config(page, looks=["stack", "torn_paper"])
    page.goto(stack.page)
    labels = page.get_by_label("Looks").locator("option").all_text_contents()
    assert labels == ["Three to choose from", "Stack", "Torn paper"]


def test_the_default_options_are_sent(upload_page: Page, png: Path) -> None:
    assert submit_and_read(upload_page, png) == UNCHANGED


def test_chosen_options_are_sent(upload_page: Page, png: Path) -> None:
    choose_all(upload_page)
    assert submit_and_read(upload_page, png) == CHOSEN


def test_a_proven_accent_is_one_click(upload_page: Page, png: Path) -> None:
    upload_page.get_by_label("Yellow").check()
    assert submit_and_read(upload_page, png)["accent"] == "#ffd60a"


def test_an_own_colour_takes_the_place_of_the_chosen_one_once_it_is_picked(upload_page: Page) -> None:
    own, yellow = upload_page.get_by_label("Own colour"), upload_page.get_by_label("Yellow")
    yellow.check()
    own.click()
    expect(yellow).to_be_checked()
    expect(own).to_have_value("#ffd60a")  # where the picker starts
    own.fill("#00aaff")
    expect(yellow).not_to_be_checked()
    swatch = own.locator("+ span")
    expect(swatch).to_have_css("background-color", "rgb(0, 170, 255)")
    expect(swatch).to_have_css("outline-style", "solid")
    yellow.check()
    expect(swatch).to_have_css("outline-style", "none")


def test_the_stacks_own_look_and_accent_are_preselected(page: Page, stack: Stack, png: Path) -> None:
    override_config(page, defaultLook="panel", defaultAccent="#ff0033")
    page.goto(stack.page)
    expect(page.get_by_label("Looks")).to_have_value("panel")
    expect(page.get_by_label("Own colour")).to_have_value("#ff0033")
    assert submit_and_read(page, png) == UNCHANGED | {"look": "panel", "accent": "#ff0033"}


def test_options_are_remembered_and_can_be_reset(upload_page: Page, png: Path) -> None:
    choose_all(upload_page)
    upload_page.reload()
    assert submit_and_read(upload_page, png) == CHOSEN
    expect_ready(upload_page, 1920)
    upload_page.get_by_role("button", name="Reset options").click()
    expect(upload_page.get_by_label("Looks")).to_have_value("auto")
    expect_ready(upload_page)
    upload_page.reload()
    expect(upload_page.get_by_label("Looks")).to_have_value("auto")


def test_options_can_be_linked_to(upload_page: Page, png: Path, stack: Stack) -> None:
    upload_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose_all(upload_page)
    upload_page.get_by_role("button", name="Copy link to options").click()
    expect(find_notice(upload_page)).to_have_text("The link to options is copied.")
    link = upload_page.evaluate("navigator.clipboard.readText()")
    assert link == f"{stack.page}?look=panel&accent=00aaff&fit=pad&position=top-left&caps=on&size=1920x1080&limit=2MB"
    upload_page.get_by_role("button", name="Reset options").click()
    upload_page.goto(link)
    assert submit_and_read(upload_page, png) == CHOSEN
    assert upload_page.url == stack.page  # a reload keeps later changes


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("accent=FF0033&look=panel", {"accent": "#ff0033", "look": "panel"}),
        ("accent=%23ff0033", {"accent": "#ff0033"}),
        ("look=none&fit=toString&position=&accent=red&caps=1&size=1x1&limit=2&other=x", {}),
    ],
)
def test_a_link_sets_what_is_valid(
    page: Page, stack: Stack, png: Path, query: str, expected: dict[str, object]
) -> None:
    page.goto(f"{stack.page}?{query}")
    assert submit_and_read(page, png) == UNCHANGED | expected


@pytest.mark.parametrize("title", [SEVEN_WORDS, "一週間で作った！", "วิธีทำอาหารไทย"])
def test_a_title_of_up_to_seven_words_gets_no_advice(upload_page: Page, title: str) -> None:
    find_title_field(upload_page).fill(title)
    expect(upload_page.locator("#title-advice")).to_be_empty()


@pytest.mark.parametrize("title", ["", " ", "**"])
def test_without_a_title_it_is_said_that_the_picture_stays_alone(upload_page: Page, title: str) -> None:
    find_title_field(upload_page).fill("Title")
    expect(upload_page.get_by_text("No title: the picture alone")).to_be_hidden()
    find_title_field(upload_page).fill(title)
    expect(upload_page.get_by_text("No title: the picture alone")).to_be_visible()
    expect(find_title_field(upload_page)).to_have_accessible_description(re.compile("the picture alone"))


@pytest.mark.parametrize(
    "title", [f"{SEVEN_WORDS} days", "一週間で作った動画の作り方を全部説明します", "วิธีทำอาหารไทยที่อร่อยที่สุดในโลกของเรา"]
)
def test_a_longer_title_gets_advice_but_no_error(upload_page: Page, title: str, png: Path) -> None:
    choose_picture(upload_page, png)
    find_title_field(upload_page).fill(title)
    expect(find_advice(upload_page)).to_be_visible()
    expect(find_title_field(upload_page)).to_have_accessible_description(re.compile("six words read best"))
    expect(find_title_field(upload_page)).to_have_attribute("aria-invalid", "false")
    expect(upload_page.locator("#bar")).to_be_visible()
    press_make(upload_page)
    expect_ready(upload_page)


def test_the_advice_is_announced_once_while_the_title_grows(upload_page: Page) -> None:
    upload_page.evaluate("""() => {
        window.announced = [];
        const advice = document.getElementById("title-advice");
        new MutationObserver(() => window.announced.push(advice.textContent)).observe(advice, { childList: true });
    }""")
    find_title_field(upload_page).press_sequentially("a b c d e f g h i j")
    expect(find_advice(upload_page)).to_be_visible()
    assert upload_page.evaluate("window.announced") == ["", "Long title: six words read best"]


@pytest.mark.parametrize(
    ("title", "count"), [("👩‍👩‍👧‍👦", 1), ("🎬" * 120, 120), ("e\u0301a", 2), ("क्षि", 1), ("\n", 1)]
)
def test_characters_are_counted_as_a_person_does(upload_page: Page, title: str, count: int) -> None:
    find_title_field(upload_page).fill(title)
    expect(upload_page.get_by_text(f"{count} of 120", exact=True)).to_be_visible()
    expect(find_title_field(upload_page)).to_have_attribute("aria-invalid", "false")


def test_emoji_that_take_the_place_of_several_characters_are_explained(upload_page: Page) -> None:
    find_title_field(upload_page).fill("👩‍👩‍👧‍👦" * 20)
    expect(upload_page.get_by_text("Some emoji take the place of several.")).to_be_visible()


@pytest.mark.parametrize(
    ("title", "selection", "expected"),
    [
        ("We launched it", (3, 11), "We *launched* it"),
        ("We launched it", (5, 5), "We *launched* it"),  # the word at the caret
        ("We launched it", (4, 13), "We *launched it*"),  # whole words
        ("We *launched* it", (5, 5), "We launched it"),
        ("We *launched* it", (3, 13), "We launched it"),
        ("Don't go", (2, 2), "*Don't* go"),
        ("We launched it!", (14, 14), "We launched *it*!"),
        ("一週間で作った", (0, 3), "*一週間*で作った"),
        ("", (0, 0), ""),
        ("!?", (1, 1), "!?"),
    ],
)
def test_a_word_is_emphasised_by_a_button(
    upload_page: Page, title: str, selection: tuple[int, int], expected: str
) -> None:
    field = find_title_field(upload_page)
    field.fill(title)
    field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", list(selection))
    upload_page.get_by_role("button", name="Emphasise word").click()
    expect(field).to_have_value(expected)
    expect(field).to_be_focused()


def test_emphasis_taken_back_leaves_the_title_as_it_was(upload_page: Page) -> None:
    field = find_title_field(upload_page)
    field.fill("We launched it")
    field.evaluate("field => field.setSelectionRange(3, 14)")
    for expected in ("We *launched it*", "We launched it"):
        upload_page.get_by_role("button", name="Emphasise word").click()
        expect(field).to_have_value(expected)
        assert field.evaluate("field => getSelection() + ''.trim()") == "launched it"
