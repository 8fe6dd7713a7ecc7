"""Launch the browser, and open a page whose errors fail the test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Stack
from helpers.form import TIMEOUT_MS
from helpers.pictures import draw_quarters, encode
from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

expect.set_options(timeout=TIMEOUT_MS)

PICTURE = encode(draw_quarters(), "PNG")
WINDOWS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium or Chrome, or else Playwright's. Chromium's sandbox does not work in containers."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {"args": arguments} | ({"executable_path": system} if system else {})


@pytest.fixture
def upload_page(stack: Stack, page: Page) -> Iterator[Page]:
    """Open the page. Uncaught errors and violations of its Content-Security-Policy fail the test."""
    problems: list[str] = []

    def record_violation(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Trusted" in message.text:
            problems.append(message.text)

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", record_violation)
    page.goto(stack.page)
    yield page
    assert not problems


@pytest.fixture
def png(write_picture: Callable[[bytes, str], Path]) -> Path:
    return write_picture(PICTURE, "my cat.png")
