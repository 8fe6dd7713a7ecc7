"""An upload has the time that it takes on a slow line, also after the browser has handed over its last byte."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.conftest import PICTURE
from conftest import Stack
from helpers.form import (
    UPLOAD_ROUTE,
    expect_ready,
    find_failure,
    press_retry,
    submit_form,
)
from helpers.slow_proxy import SlowProxy, run_slow_proxy
from playwright.sync_api import Browser, Page, expect

_SIZE = 2_000_000  # bytes
_PATIENCE_MS = 60_000 + _SIZE // 50  # after the last progress: 60 s, and the time that this takes at 50 kB/s
_SLACK_MS = 5000


@pytest.fixture
def proxy() -> Iterator[SlowProxy]:
    with run_slow_proxy() as proxy:
        yield proxy


@pytest.fixture
def slow_page(stack: Stack, browser: Browser, proxy: SlowProxy) -> Iterator[Page]:
    """Open the page through the proxy, with a clock that tests can advance."""
    context = browser.new_context(proxy={"server": proxy.url, "bypass": "<-loopback>"})
    page = context.new_page()
    page.clock.install()
    page.goto(stack.page)
    yield page
    context.close()


@pytest.fixture
def large_png(write_picture: Callable[[bytes, str], Path]) -> Path:
    return write_picture(PICTURE + bytes(_SIZE - len(PICTURE)), "large.png")


def hand_over(page: Page, file: Path) -> None:
    """Start an upload, and wait until the browser has handed over all of it."""
    submit_form(page, file, "x")
    expect(page.locator("#sent")).to_have_js_property("value", 1)


def test_an_upload_that_is_still_on_its_way_is_waited_for(slow_page: Page, proxy: SlowProxy, large_png: Path) -> None:
    hand_over(slow_page, large_png)
    slow_page.clock.fast_forward(_PATIENCE_MS - _SLACK_MS)
    expect(find_failure(slow_page)).to_be_hidden()
    proxy.let_go()
    expect_ready(slow_page)


def test_an_upload_that_never_arrives_is_reported(slow_page: Page, proxy: SlowProxy, large_png: Path) -> None:
    hand_over(slow_page, large_png)
    slow_page.clock.fast_forward(_PATIENCE_MS + _SLACK_MS)
    expect(find_failure(slow_page)).to_contain_text("cannot be reached or is busy")
    proxy.let_go()
    press_retry(slow_page)
    expect_ready(slow_page)


def test_a_wait_for_the_server_can_be_cancelled(slow_page: Page, large_png: Path) -> None:
    hand_over(slow_page, large_png)
    slow_page.get_by_role("button", name="Cancel").click()
    expect(slow_page.get_by_text("Cancelled.")).to_be_visible()
    slow_page.clock.fast_forward(_PATIENCE_MS)
    expect(slow_page.get_by_text("Cancelled.")).to_be_visible()


def test_an_upload_of_which_nothing_is_sent_is_reported_after_half_a_minute(upload_page: Page, large_png: Path) -> None:
    upload_page.clock.install()
    upload_page.route(UPLOAD_ROUTE, lambda _: None)
    with upload_page.expect_request(UPLOAD_ROUTE):
        submit_form(upload_page, large_png, "x")
    upload_page.clock.fast_forward(25_000)
    expect(find_failure(upload_page)).to_be_hidden()
    upload_page.clock.fast_forward(10_000)
    expect(find_failure(upload_page)).to_contain_text("cannot be reached or is busy")
