"""Drive the page in the Firefox and the WebKitGTK of a Linux distribution, through one interface.

Playwright drives an unmodified Firefox by WebDriver BiDi, but no other WebKit than its own build; Selenium drives
WebKitGTK's MiniBrowser, but Firefox only with geckodriver, which Debian does not package.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

from playwright.sync_api import Locator, Page, expect
from selenium.common import WebDriverException
from selenium.webdriver import ActionChains, Keys, WebKitGTK, WebKitGTKService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

TITLE, DOWNLOAD = "Title", "Download ("  # the size of the file follows
FILE_FIELD = "input[type=file]:not([capture])"

_TIMEOUT = 30
"""How long to wait for anything, in seconds; the first thumbnail includes the cold starts."""

_CONTROLS = "a, button, input, summary, textarea"
_MAX_TABS = 60
_END_OF_JPEG = b"\xff\xd9"


class Driver(Protocol):
    """A browser that shows one page. Controls are found by how their names begin; each method waits for its own."""

    def open(self, url: str) -> None:
        """Open a page."""

    def reload(self) -> None:
        """Reload the page."""

    def choose(self, file: Path) -> None:
        """Choose a picture in the file field."""

    def click(self, name: str) -> None:
        """Click a control."""

    def type(self, text: str) -> None:
        """Type where the focus is."""

    def press_enter(self) -> None:
        """Press Enter where the focus is."""

    def tab_to(self, name: str) -> None:
        """Press Tab until a control has the focus."""

    def clear(self) -> None:
        """Clear the field that has the focus, by keyboard."""

    def read_field(self, name: str) -> str:
        """Return what a field contains."""

    def expect_text(self, text: str, *, shown: bool = True) -> None:
        """Wait until a text is shown, or no longer is."""

    def expect_thumbnail(self, title: str) -> None:
        """Wait until a thumbnail with this title is shown."""

    def download(self, start: Callable[[], None]) -> bytes:
        """Return the content of the file whose download `start` starts."""


class FirefoxDriver:
    """Firefox, by Playwright."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> None:
        self._page.goto(url)

    def reload(self) -> None:
        self._page.reload()

    def choose(self, file: Path) -> None:
        self._page.locator(FILE_FIELD).set_input_files(file)

    def click(self, name: str) -> None:
        self._find(name).click()

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def press_enter(self) -> None:
        self._page.keyboard.press("Enter")

    def tab_to(self, name: str) -> None:
        for _ in range(_MAX_TABS):
            self._page.keyboard.press("Tab")
            if self._find(name).evaluate("control => control === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {name}")

    def clear(self) -> None:
        self._page.keyboard.press("Control+A")
        self._page.keyboard.press("Delete")

    def read_field(self, name: str) -> str:
        return self._find(name).input_value()

    def expect_text(self, text: str, *, shown: bool = True) -> None:
        found = self._page.get_by_text(text).filter(visible=True).first
        expect(found).to_be_visible(visible=shown, timeout=1000 * _TIMEOUT)

    def expect_thumbnail(self, title: str) -> None:
        thumbnail = self._page.get_by_alt_text(title).first
        expect(thumbnail).to_have_js_property("naturalWidth", 1280, timeout=1000 * _TIMEOUT)

    def download(self, start: Callable[[], None]) -> bytes:
        with self._page.expect_download() as started:
            start()
        return Path(started.value.path()).read_bytes()

    def _find(self, name: str) -> Locator:
        labelled = self._page.get_by_label(name, exact=True)
        button = self._page.get_by_role("button", name=name, exact=True)
        return labelled.or_(button).or_(self._page.get_by_role("link", name=name)).first


class WebKitDriver:
    """WebKitGTK's MiniBrowser, by Selenium."""

    def __init__(self, browser: WebKitGTK, downloads: Path) -> None:
        self._browser = browser
        self._downloads = downloads
        # Asking for the name of an element that has just been hidden raises an exception.
        self._wait = WebDriverWait(browser, _TIMEOUT, poll_frequency=0.1, ignored_exceptions=[WebDriverException])

    def open(self, url: str) -> None:
        self._browser.get(url)
        self._wait_for_scripts()

    def reload(self) -> None:
        self._browser.refresh()
        self._wait_for_scripts()

    def _wait_for_scripts(self) -> None:
        """WebKitWebDriver returns from a navigation before the page's modules have run."""
        self._wait.until(lambda browser: browser.execute_script("return document.readyState") == "complete")

    def choose(self, file: Path) -> None:
        self._browser.find_element(By.CSS_SELECTOR, FILE_FIELD).send_keys(str(file))

    def click(self, name: str) -> None:
        self._find(name).click()

    def type(self, text: str) -> None:
        ActionChains(self._browser).send_keys(text).perform()

    def press_enter(self) -> None:
        self.type(Keys.ENTER)

    def tab_to(self, name: str) -> None:
        for _ in range(_MAX_TABS):
            self.type(Keys.TAB)
            if self._browser.switch_to.active_element == self._find(name):
                return
        raise AssertionError(f"Tab does not lead to {name}")

    def clear(self) -> None:
        ActionChains(self._browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        self.type(Keys.DELETE)

    def read_field(self, name: str) -> str:
        return str(self._find(name).get_property("value"))

    def expect_text(self, text: str, *, shown: bool = True) -> None:
        body = self._browser.find_element(By.TAG_NAME, "body")
        self._wait.until(lambda _: (text in body.text) == shown, text)

    def expect_thumbnail(self, title: str) -> None:
        width = "return [...document.images].find(({ alt }) => alt.includes(arguments[0]))?.naturalWidth"
        self._wait.until(lambda browser: browser.execute_script(width, title) == 1280, title)

    def download(self, start: Callable[[], None]) -> bytes:
        for earlier in self._downloads.glob("*.jpg"):
            earlier.unlink()
        start()
        self._wait.until(lambda _: self._read_download().endswith(_END_OF_JPEG), "no download")
        return self._read_download()

    def _read_download(self) -> bytes:
        return b"".join(file.read_bytes() for file in self._downloads.glob("*.jpg"))

    def _find(self, name: str) -> WebElement:
        def find(browser: WebDriver) -> WebElement | Literal[False]:
            controls = browser.find_elements(By.CSS_SELECTOR, _CONTROLS)
            return next((one for one in controls if one.is_displayed() and one.accessible_name.startswith(name)), False)

        return self._wait.until(find, name)


@contextmanager
def launch_webkit(home: Path) -> Iterator[WebKitDriver]:
    """Launch MiniBrowser on a screen of its own. Settings and downloads go to `home`."""
    with subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, text=True) as screen:
        assert screen.stdout
        display = f":{screen.stdout.readline().strip()}"
        service = WebKitGTKService(env=os.environ | {"DISPLAY": display, "HOME": str(home)})
        try:
            with WebKitGTK(service=service) as browser:
                yield WebKitDriver(browser, home)
        finally:
            screen.terminate()
