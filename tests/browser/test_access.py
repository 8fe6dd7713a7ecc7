"""Accessibility: keyboard, screen readers, any width, both colour schemes, forced colours, and a small page."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import WINDOWS
from conftest import Stack
from helpers.form import (
    MAKE,
    PRESIGN_ROUTE,
    expect_ready,
    find_picture,
    find_picture_field,
    find_thumbnail,
    find_title_field,
    list_steps,
    make,
    record_steps,
)
from helpers.states import STATES, make_thumbnails, start_making
from playwright.sync_api import Browser, Page, expect

_WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_MAX_BYTES = 60_000
_MAX_SAMPLE_BYTES = 150_000


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violations(upload_page: Page, png: Path, state: str, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    STATES[state](upload_page, png)
    for scheme in ("light", "dark"):
        upload_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(upload_page, options=_WCAG)
        assert not found.violations_count, f"{scheme}: {found.generate_report()}"


@pytest.mark.parametrize("state", STATES)
def test_nothing_overflows_horizontally(upload_page: Page, png: Path, state: str) -> None:
    STATES[state](upload_page, png)
    for width in (320, 390, 832, 1280, 2560):
        upload_page.set_viewport_size({"width": width, "height": 800})
        assert upload_page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_can_be_done_by_keyboard(upload_page: Page, png: Path) -> None:
    upload_page.on("filechooser", lambda chooser: chooser.set_files(png))
    find_picture_field(upload_page).focus()
    press = upload_page.keyboard.press
    press("Enter")
    expect(find_picture(upload_page)).to_be_visible()
    expect(find_title_field(upload_page)).to_be_focused()
    upload_page.keyboard.type("Typed")
    press("Tab")
    expect(upload_page.get_by_role("button", name="Emphasise word")).to_be_focused()
    press("Tab")
    expect(upload_page.get_by_role("button", name=MAKE)).to_be_focused()
    for keys in (
        "p",
        "ArrowRight",
        "Shift",
        *["ArrowRight"] * 3,
        "ArrowLeft",
        "Space",
    ):  # in the options, one field each
        press("Tab")
        press(keys)
    upload_page.get_by_role("button", name=MAKE).focus()
    with upload_page.expect_request(PRESIGN_ROUTE) as request:
        press("Enter")
    expected = {"filename": "Typed.jpg", "filetype": "image/png", "text": "Typed"}
    chosen = {"look": "panel", "accent": "#ffd60a", "fit": "pad", "position": "top-left", "caps": True}
    chosen |= {"size": "1920x1080", "limit": "2MB"}
    assert request.value.post_data_json == expected | chosen
    expect_ready(upload_page, 1920)
    expect(upload_page.get_by_role("region", name="Your thumbnails")).to_be_focused()  # the button has gone
    assert upload_page.evaluate("scrollY") == 0
    press("Tab")
    expect(upload_page.get_by_role("link", name="Download")).to_be_focused()
    for name in ("Copy picture", "Copy link (works 1 hour)"):
        press("Tab")
        expect(upload_page.get_by_role("button", name=name)).to_be_focused()
    press("Enter")
    expect(upload_page.get_by_text("The link is copied.")).to_be_visible()


def test_another_picture_leaves_the_title_focused_for_another_title(upload_page: Page, png: Path) -> None:
    upload_page.on("filechooser", lambda chooser: chooser.set_files(png))
    make_thumbnails(upload_page, png)
    upload_page.get_by_role("button", name="Change picture").press("Enter")
    expect(find_thumbnail(upload_page)).to_be_hidden()
    expect_ready(upload_page)
    expect(find_title_field(upload_page)).to_be_focused()


def test_a_hidden_file_field_lies_in_its_button(upload_page: Page) -> None:
    field = find_picture_field(upload_page).bounding_box()
    button = upload_page.get_by_text("Choose a picture").bounding_box()
    assert field
    assert button
    assert button["x"] <= field["x"] <= button["x"] + button["width"]
    assert button["y"] <= field["y"] <= button["y"] + button["height"]


def test_the_camera_is_offered_on_touch_devices_only(stack: Stack, browser: Browser) -> None:
    for has_touch in (True, False):
        page = browser.new_page(viewport=WINDOWS["phone"], has_touch=has_touch, is_mobile=has_touch)
        page.goto(stack.page)
        assert page.get_by_text("Take a photo").is_visible() == has_touch
        page.close()


def test_a_run_can_be_cancelled_by_keyboard(upload_page: Page, png: Path) -> None:
    start_making(upload_page, png)
    expect(upload_page.get_by_role("button", name="Making thumbnails…")).to_be_focused()
    for _ in range(4):
        upload_page.keyboard.press("Shift+Tab")
    expect(upload_page.get_by_role("button", name="Cancel")).to_be_focused()
    upload_page.keyboard.press("Enter")
    expect(upload_page.get_by_role("button", name=MAKE)).to_be_focused()


def test_everything_focusable_shows_its_focus(upload_page: Page, png: Path) -> None:
    make_thumbnails(upload_page, png)
    upload_page.evaluate("document.activeElement.blur()")
    upload_page.evaluate("scrollTo(0, 0)")
    seen = set()
    for _ in range(28):
        upload_page.keyboard.press("Tab")
        name, outline = upload_page.evaluate("""() => {
            const focused = document.activeElement;
            const shown = focused.closest("fieldset label") ?? focused;
            return [focused.name || focused.id || focused.tagName, getComputedStyle(shown).outlineStyle];
        }""")
        seen.add(name)
        assert name == "BODY" or outline == "solid", name
    options = {"look", "accent", "position", "fit", "caps", "size"}
    assert seen >= options | {"view", "change", "variant", "download", "title", "surface", "theme", "clear"}


def test_the_colour_of_focus_is_not_that_of_errors(upload_page: Page, png: Path) -> None:
    STATES["refused-title"](upload_page, png)
    find_title_field(upload_page).press("End")
    outline, error = upload_page.evaluate("""() => [
        getComputedStyle(document.getElementById("title")).outlineColor,
        getComputedStyle(document.getElementById("title-error")).color,
    ]""")
    assert outline != error


def test_touch_targets_are_large(stack: Stack, browser: Browser, png: Path) -> None:
    page = browser.new_page(viewport=WINDOWS["phone"], has_touch=True, is_mobile=True)
    page.goto(stack.page)
    make_thumbnails(page, png)
    small = page.evaluate("""() => [...document.querySelectorAll("button, a, select, textarea, label:has(input)")]
        .filter((element) => element.checkVisibility())
        .map((element) => [element.textContent.trim(), element.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < 44)
        .map(([text, { width, height }]) => `${text}: ${width} x ${height}`)""")
    page.close()
    assert not small


@pytest.mark.parametrize("window", WINDOWS)
def test_frame_title_and_button_are_in_the_first_screen(upload_page: Page, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    for part in ("#frame", "#title", "#make", "label:has(#file)", "#sample"):
        expect(upload_page.locator(part)).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_stage_stays_in_view_while_the_options_are_changed(upload_page: Page, png: Path) -> None:
    upload_page.set_viewport_size(WINDOWS["phone"])
    make_thumbnails(upload_page, png)
    upload_page.get_by_label("Bottom right").check()
    expect(upload_page.locator("#frame")).to_be_in_viewport(ratio=0.99)


def test_on_a_phone_all_parts_and_rows_of_buttons_are_as_wide_as_the_stage(upload_page: Page, png: Path) -> None:
    upload_page.set_viewport_size(WINDOWS["phone"])
    make_thumbnails(upload_page, png)
    edges = """(element) => [element.getBoundingClientRect().left, element.getBoundingClientRect().right]"""
    left, right = upload_page.locator("#frame").evaluate(edges)
    for part in upload_page.locator(".card, #result, #preview").all():
        assert part.evaluate(edges) == [left, right]
    rows: dict[float, float] = {}
    for button in upload_page.locator("#actions > *").filter(visible=True).all():
        box = button.bounding_box()
        assert box
        rows[box["y"]] = max(rows.get(box["y"], 0), box["x"] + box["width"])
    assert [round(end) for end in rows.values()] == [round(right)] * len(rows)


def test_the_title_field_grows_with_its_text_up_to_a_limit(upload_page: Page) -> None:
    heights = []
    for lines in (1, 3, 20):
        find_title_field(upload_page).fill("\n".join(["line"] * lines))
        heights.append(find_title_field(upload_page).evaluate("element => element.offsetHeight"))
    assert heights[0] < heights[1] < heights[2] == 144


def test_on_a_desktop_the_controls_stay_in_view_beside_the_preview(upload_page: Page, png: Path) -> None:
    make_thumbnails(upload_page, png)
    upload_page.set_viewport_size(WINDOWS["desktop"])
    upload_page.locator("#preview").scroll_into_view_if_needed()
    expect(find_title_field(upload_page)).to_be_in_viewport()


def test_every_step_is_announced(upload_page: Page, png: Path) -> None:
    record_steps(upload_page)
    make(upload_page, png, "x")
    assert list_steps(upload_page) == ["Getting ready…", "Uploading…", "Making it…"]
    expect(upload_page.get_by_role("status").filter(has_text="Your thumbnails are ready.")).to_be_visible()


def test_in_forced_colours_every_choice_can_be_told(upload_page: Page, png: Path) -> None:
    make_thumbnails(upload_page, png)
    upload_page.emulate_media(forced_colors="active")
    for name in ("view", "variant", "accent", "position", "fit", "size", "surface", "theme"):
        chosen, other = (
            upload_page.locator(f"label:has([name={name}]{state})").first.evaluate(
                """(label) => [label, ...label.children].map((element) => {
                    const { outlineStyle, outlineWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
                    return [outlineStyle, outlineWidth, borderTopColor, backgroundColor].join();
                }).join()"""
            )
            for state in (":checked", ":not(:checked)")
        )
        assert chosen != other, name


def test_a_right_to_left_title_is_shown_right_to_left(upload_page: Page) -> None:
    find_title_field(upload_page).fill("שלום עולם")
    assert find_title_field(upload_page).evaluate("element => getComputedStyle(element).direction") == "rtl"
    find_title_field(upload_page).fill("Hello")
    assert find_title_field(upload_page).evaluate("element => getComputedStyle(element).direction") == "ltr"


@pytest.mark.parametrize("window", WINDOWS)
def test_the_layout_does_not_shift(upload_page: Page, png: Path, window: str) -> None:
    """Shifts just after a user's input do not count: https://web.dev/articles/cls."""
    upload_page.set_viewport_size(WINDOWS[window])
    upload_page.evaluate("""() => {
        window.layoutShift = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
    }""")
    make_thumbnails(upload_page, png)
    assert upload_page.evaluate("window.layoutShift") < 0.1


def test_the_page_is_small_and_loads_without_the_api(stack: Stack, page: Page) -> None:
    loaded: dict[str, int] = {}
    page.on("response", lambda response: loaded.update({response.url.rpartition("/")[2]: len(response.body())}))
    page.goto(stack.page, wait_until="networkidle")
    sample = {name: loaded.pop(name) for name in ("sample.jpg", "thumbnail.jpg")}
    assert sum(loaded.values()) - loaded["config.js"] < _MAX_BYTES
    assert sum(sample.values()) < _MAX_SAMPLE_BYTES
    assert "generate-presigned-url" not in loaded
    assert loaded.keys() >= {"index.html", "main.js", "style.css"}
