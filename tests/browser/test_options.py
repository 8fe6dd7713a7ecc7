"""The form's options, and its advice on the title."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Stack
from helpers.form import (
    PRESIGN_ROUTE,
    expect_ready,
    find_picture_field,
    find_title_field,
    open_options,
    press_generate,
    submit_form,
)
from playwright.sync_api import Locator, Page, Route, expect

from common.options import FITS, POSITIONS
from emulator import ROOT

LOOKS = sorted(file.stem for file in (ROOT / "lambdas" / "process" / "looks").glob("[!_]*.py"))
SENT = {"filename": "my cat.png", "filetype": "image/png", "text": "Hi"}
UNCHANGED = {"fit": "auto", "position": "auto", "caps": False}
SEVEN_WORDS = "I *built* this - for $200, in 7"


def override_config(page: Page, stack: Stack, **settings: object) -> None:
    """Open the page as of a stack that was applied with other settings."""

    def answer(route: Route) -> None:
        answered = route.fetch()
        match = re.search(r"export default (.*);", answered.text())
        assert match
        route.fulfill(response=answered, body=f"export default {json.dumps(json.loads(match[1]) | settings)};")

    page.route("**/config.js", answer)
    page.goto(stack.page)


def find_colour(page: Page) -> Locator:
    return page.get_by_label("My own accent colour")


def find_accent(page: Page) -> Locator:
    return page.get_by_label("Accent colour", exact=True)


def find_advice(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Short titles read better")


def submit_and_read(page: Page, png: Path) -> Mapping[str, object]:
    """Submit the form, and return what it sends besides the picture and the title."""
    with page.expect_request(PRESIGN_ROUTE) as request:
        submit_form(page, png, "Hi")
    sent: dict[str, object] = request.value.post_data_json or {}
    assert sent.items() >= SENT.items()
    return {name: value for name, value in sent.items() if name not in SENT}


def test_the_options_are_collapsed_and_offer_what_is_accepted(upload_page: Page) -> None:
    accepted = {"Look": ["auto", *LOOKS], "How the picture fills": FITS, "Where the title goes": POSITIONS}
    for label, values in accepted.items():
        choice = upload_page.get_by_label(label)
        expect(choice).to_be_hidden()
        expect(choice).to_have_value("auto")
        assert choice.locator("option").evaluate_all("all => all.map((option) => option.value)") == list(values)
    expect(find_accent(upload_page)).to_have_value("auto")
    expect(upload_page.get_by_label("All in capitals")).not_to_be_checked()


def test_looks_have_names_in_plain_words(page: Page, stack: Stack) -> None:
    override_config(page, stack, looks=["stack", "torn_paper"])
    assert page.get_by_label("Look").locator("option").all_text_contents() == [
        "Three to choose from",
        "Stack",
        "Torn paper",
    ]


def test_the_default_options_are_sent_without_a_look_or_an_accent(upload_page: Page, png: Path) -> None:
    assert submit_and_read(upload_page, png) == UNCHANGED


def test_chosen_options_are_sent(upload_page: Page, png: Path) -> None:
    open_options(upload_page)
    upload_page.get_by_label("Look").select_option("panel")
    find_accent(upload_page).select_option("My own")
    find_colour(upload_page).fill("#00aaff")
    upload_page.get_by_label("How the picture fills").select_option("crop")
    upload_page.get_by_label("Where the title goes").select_option("top-left")
    upload_page.get_by_label("All in capitals").check()
    chosen = {"look": "panel", "accent": "#00aaff", "fit": "crop", "position": "top-left", "caps": True}
    assert submit_and_read(upload_page, png) == chosen


def test_a_colour_is_asked_for_only_if_the_accent_is_not_automatic(upload_page: Page) -> None:
    open_options(upload_page)
    expect(find_colour(upload_page)).to_be_hidden()
    find_accent(upload_page).select_option("My own")
    expect(find_colour(upload_page)).to_be_visible()
    find_accent(upload_page).select_option("Automatically")
    expect(find_colour(upload_page)).to_be_hidden()


def test_the_stacks_own_look_and_accent_are_preselected_and_left_to_the_stack(
    page: Page, stack: Stack, png: Path
) -> None:
    override_config(page, stack, defaultLook="panel", defaultAccent="#ff0033")
    open_options(page)
    expect(page.get_by_label("Look")).to_have_value("panel")
    expect(find_colour(page)).to_have_value("#ff0033")
    assert submit_and_read(page, png) == UNCHANGED


def test_the_stacks_own_look_and_accent_can_be_left(page: Page, stack: Stack, png: Path) -> None:
    override_config(page, stack, defaultLook="panel", defaultAccent="#ff0033")
    open_options(page)
    page.get_by_label("Look").select_option("Three to choose from")
    find_accent(page).select_option("Automatically")
    assert submit_and_read(page, png) == UNCHANGED | {"look": "auto", "accent": "auto"}


def test_going_back_to_the_page_keeps_the_accent(upload_page: Page) -> None:
    open_options(upload_page)
    find_accent(upload_page).select_option("My own")
    find_colour(upload_page).fill("#00aaff")
    upload_page.goto("about:blank")
    upload_page.go_back()
    open_options(upload_page)
    expect(find_colour(upload_page)).to_be_visible()
    expect(find_colour(upload_page)).to_have_value("#00aaff")


@pytest.mark.parametrize("title", ["", SEVEN_WORDS, "一週間で作った動画の作り方を全部説明します"])
def test_a_title_of_up_to_seven_words_gets_no_advice(upload_page: Page, title: str) -> None:
    find_title_field(upload_page).fill(title)
    expect(upload_page.locator("#text-advice")).to_be_empty()


def test_a_title_of_more_than_seven_words_gets_advice_but_no_error(upload_page: Page, png: Path) -> None:
    find_picture_field(upload_page).set_input_files(png)
    find_title_field(upload_page).fill(f"{SEVEN_WORDS} days")
    expect(find_advice(upload_page)).to_be_visible()
    expect(find_title_field(upload_page)).to_have_accessible_description(re.compile("Short titles read better"))
    expect(find_title_field(upload_page)).to_have_attribute("aria-invalid", "false")
    press_generate(upload_page)
    expect_ready(upload_page)


def test_the_advice_is_announced_once_while_the_title_grows(upload_page: Page) -> None:
    upload_page.evaluate("""() => {
        window.announced = [];
        const advice = document.getElementById("text-advice");
        new MutationObserver(() => window.announced.push(advice.textContent)).observe(advice, { childList: true });
    }""")
    find_title_field(upload_page).press_sequentially("a b c d e f g h i j")
    expect(find_advice(upload_page)).to_be_visible()
    assert upload_page.evaluate("window.announced") == ["Short titles read better: try 7 words or fewer."]


def test_the_title_field_says_how_to_emphasise_a_word(upload_page: Page) -> None:
    expect(find_title_field(upload_page)).to_have_accessible_description(re.compile(r"\*asterisks\* around a word"))
