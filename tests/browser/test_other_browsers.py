"""The page's main ways work in Firefox and WebKitGTK too. The other tests here run in Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.conftest import PICTURE
from conftest import Stack
from helpers.drivers import DOWNLOAD, TITLE, Driver, FirefoxDriver, launch_webkit
from helpers.form import MAKE
from playwright.sync_api import Browser, Playwright

from process.thumbnail import make_thumbnail


@pytest.fixture(scope="module")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("needs Firefox on the PATH: install firefox-esr, or run .ci/run")
    with playwright.firefox.launch(channel="moz-firefox", executable_path=program) as browser:
        yield browser


@pytest.fixture
def firefox_driver(firefox: Browser) -> Iterator[Driver]:
    errors: list[str] = []
    with firefox.new_page() as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield FirefoxDriver(page)
    assert not errors


@pytest.fixture
def webkit_driver(tmp_path: Path) -> Iterator[Driver]:
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        pytest.skip("needs WebKitGTK and Xvfb on the PATH: install webkit2gtk-driver and xvfb, or run .ci/run")
    with launch_webkit(tmp_path) as driver:
        yield driver


@pytest.fixture(params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest, stack: Stack) -> Driver:
    """Open the page in a browser that has not seen it."""
    launched: Driver = request.getfixturevalue(f"{request.param}_driver")
    launched.open(stack.page)
    return launched


@pytest.fixture
def png(write_picture: Callable[[bytes, str], Path]) -> Path:
    return write_picture(PICTURE, "my cat.png")


def choose(driver: Driver, file: Path) -> None:
    driver.choose(file)
    driver.expect_text("320 × 180 pixels")


def make(driver: Driver, file: Path, title: str) -> None:
    choose(driver, file)
    driver.click(TITLE)
    driver.type(title)
    driver.click(MAKE)
    driver.expect_thumbnail(title)


def test_a_chosen_picture_becomes_a_downloaded_thumbnail(driver: Driver, png: Path) -> None:
    make(driver, png, "First")
    assert driver.download(lambda: driver.click(DOWNLOAD)) == make_thumbnail(PICTURE, "First")


def test_a_changed_title_changes_the_thumbnail(driver: Driver, png: Path) -> None:
    make(driver, png, "First")
    driver.click(TITLE)
    driver.clear()
    driver.type("Second")
    driver.expect_thumbnail("Second")
    assert driver.download(lambda: driver.click(DOWNLOAD)) == make_thumbnail(PICTURE, "Second")


def test_a_file_repaired_under_the_same_name_is_no_longer_refused(driver: Driver, png: Path) -> None:
    png.write_bytes(b"hello")
    driver.choose(png)
    driver.expect_text("is not a picture")
    png.write_bytes(PICTURE)
    make(driver, png, "Repaired")
    driver.expect_text("is not a picture", shown=False)


def test_everything_but_the_choice_is_done_by_keyboard(driver: Driver, png: Path) -> None:
    """The dialog in which a file is chosen belongs to the system, and cannot be driven. It leaves the title focused."""
    choose(driver, png)
    driver.type("Typed")
    driver.tab_to(MAKE)
    driver.press_enter()
    driver.expect_thumbnail("Typed")
    driver.tab_to(DOWNLOAD)
    assert driver.download(driver.press_enter) == make_thumbnail(PICTURE, "Typed")


def test_a_reload_forgets_a_title_of_which_nothing_was_made(driver: Driver, png: Path) -> None:
    choose(driver, png)
    driver.click(TITLE)
    driver.type("Lost")
    driver.reload()
    assert not driver.read_field(TITLE)
    driver.click(MAKE)
    driver.expect_text("Choose a picture first.")


def test_a_reload_keeps_a_thumbnail_with_its_title(driver: Driver, png: Path) -> None:
    make(driver, png, "Kept")
    driver.reload()
    driver.expect_thumbnail("Kept")
    assert driver.read_field(TITLE) == "Kept"
