"""Which browser, and a page that fails the test when the console shows an error."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Stack
from playwright.sync_api import Page


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the system's Chromium or Chrome, else Playwright's own. In a container it must run without its sandbox."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {"args": quiet} | ({"executable_path": system} if system else {})


@pytest.fixture
def upload_page(stack: Stack, page: Page) -> Iterator[Page]:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(stack.page)
    yield page
    assert not problems
