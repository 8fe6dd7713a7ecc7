"""Which browser, and a page that fails the test when something goes wrong in it unseen."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Stack
from helpers.pictures import encoded, quarters
from playwright.sync_api import ConsoleMessage, Page, ViewportSize

PICTURE = encoded(quarters(), "PNG")
WINDOWS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium or Chrome, else Playwright's own. In a container it must run without its sandbox."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {"args": quiet} | ({"executable_path": system} if system else {})


@pytest.fixture
def upload_page(stack: Stack, page: Page) -> Iterator[Page]:
    """The page, just opened. An uncaught error, or a breach of its Content-Security-Policy, fails the test."""
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Trusted" in message.text:
            problems.append(message.text)

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", note)
    page.goto(stack.page)
    yield page
    assert not problems


@pytest.fixture
def png(picture_file: Callable[[bytes, str], Path]) -> Path:
    return picture_file(PICTURE, "my cat.png")
