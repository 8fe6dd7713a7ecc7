"""The states that the page can be in, for what must hold in each of them."""

from collections.abc import Callable
from pathlib import Path

from browser.form import ASK, GENERATE, POLL, SLOW, expect_ready, fill, not_ready, picture, title
from playwright.sync_api import Page, expect

TITLE = "We launched it!"


def opened(_page: Page, _png: Path) -> None:
    """Nothing done yet."""


def refused(page: Page, _png: Path) -> None:
    title(page).fill("x" * 121)
    page.get_by_role("button", name=GENERATE).click()
    expect(picture(page)).to_be_focused()


def unfolded(page: Page, png: Path) -> None:
    picture(page).set_input_files(png)
    page.get_by_text("Options").click()
    expect(page.get_by_alt_text("The picture that you chose")).to_be_visible()


def making(page: Page, png: Path) -> None:
    page.route(POLL, not_ready)
    fill(page, png, TITLE)
    expect(page.locator("#making")).to_have_attribute("aria-current", "step", timeout=SLOW)


def failed(page: Page, png: Path) -> None:
    page.route(ASK, lambda route: route.abort())
    fill(page, png, TITLE)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def ready(page: Page, png: Path) -> None:
    fill(page, png, TITLE)
    expect_ready(page)
    page.get_by_role("button", name="Copy the link").click()


STATES: dict[str, Callable[[Page, Path], None]] = {
    state.__name__: state for state in (opened, refused, unfolded, making, failed, ready)
}
