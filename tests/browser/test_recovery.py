"""Every failure is reported, and a retry resumes at the step that failed, so that no finished step is repeated."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests
from browser.conftest import WINDOWS
from helpers.form import (
    MAKE,
    POLL_ROUTE,
    PRESIGN_ROUTE,
    TIMEOUT_MS,
    UPLOAD_ROUTE,
    Traffic,
    exhaust_patience,
    expect_ready,
    find_failure,
    find_thumbnail,
    find_title_field,
    hold,
    press_make,
    press_retry,
    respond,
    respond_not_ready,
    submit_form,
    wait_for_held,
)
from playwright.sync_api import Page, Route, expect

ROUTES = {"requesting": PRESIGN_ROUTE, "uploading": UPLOAD_ROUTE, "generating": POLL_ROUTE}
STEPS = {"requesting": "Getting ready…", "uploading": "Uploading…", "generating": "Making it…"}
# Answers that say nothing of the request itself. A response without CORS headers, as gateways send when they are busy,
# rejects `fetch` as a lost network does.
BUSY: dict[str, Callable[[Route], None]] = {
    "429": respond(429, json={}),
    "503": respond(503, body="<h1>Service Unavailable</h1>"),
    "cut off": respond(200, body='{"url": '),
    "rejected": lambda route: route.abort(),
}


@pytest.fixture
def traffic(upload_page: Page) -> Traffic:
    return Traffic(upload_page)


@pytest.mark.parametrize(("step", "requested"), [("requesting", 6), ("uploading", 2), ("generating", 1)])
def test_losing_the_network_at_any_step_is_reported_and_a_retry_repeats_no_finished_upload(
    upload_page: Page, traffic: Traffic, png: Path, step: str, requested: int
) -> None:
    upload_page.clock.install()
    upload_page.route(ROUTES[step], lambda route: route.abort("internetdisconnected"))
    with upload_page.expect_request(ROUTES[step]):  # or the clock would exhaust the patience of an earlier step
        submit_form(upload_page, png, "x")
    exhaust_patience(upload_page)
    expect(find_failure(upload_page)).to_contain_text("cannot be reached or is busy")
    expect(upload_page.get_by_role("button", name="Try again")).to_be_focused()
    expect(upload_page.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    upload_page.unroute_all()
    press_retry(upload_page)
    expect_ready(upload_page)
    expect(find_failure(upload_page)).to_be_hidden()
    assert (len(traffic.requests), len(traffic.uploads)) == (requested, 1)


def test_a_device_without_network_is_reported(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    upload_page.context.set_offline(True)
    submit_form(upload_page, png, "x")
    exhaust_patience(upload_page)
    expect(find_failure(upload_page)).to_contain_text("Check your connection")
    upload_page.context.set_offline(False)
    press_retry(upload_page)
    expect_ready(upload_page)


def test_polling_backs_off_while_the_thumbnail_is_being_made(upload_page: Page, png: Path) -> None:
    times: list[float] = []

    def answer_late(route: Route) -> None:
        times.append(monotonic())
        if len(times) < 12:
            respond_not_ready(route)
        else:
            route.continue_()

    upload_page.route(POLL_ROUTE, answer_late)
    submit_form(upload_page, png, "x")
    expect_ready(upload_page)
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert sum(pauses[8:]) > 1.5 * sum(pauses[:3])


def test_polling_stops_after_a_minute_and_a_retry_resumes_it(upload_page: Page, traffic: Traffic, png: Path) -> None:
    upload_page.clock.install()
    upload_page.route(POLL_ROUTE, respond_not_ready)
    with upload_page.expect_response(POLL_ROUTE):
        submit_form(upload_page, png, "x")
    upload_page.clock.fast_forward(61_000)
    expect(find_failure(upload_page)).to_contain_text("not ready after a minute")
    upload_page.unroute_all()
    press_retry(upload_page)
    expect_ready(upload_page)
    assert (len(traffic.requests), len(traffic.uploads)) == (1, 1)


def test_a_device_that_slept_polls_once_more_before_it_gives_up(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    upload_page.route(POLL_ROUTE, respond_not_ready)
    with upload_page.expect_response(POLL_ROUTE) as polled:
        submit_form(upload_page, png, "x")
    wait_until_ready(polled.value.url)
    with upload_page.expect_response(POLL_ROUTE):  # then the page pauses; the device sleeps in that pause
        pass
    upload_page.unroute_all()
    upload_page.clock.fast_forward(300_000)
    expect_ready(upload_page)


def wait_until_ready(url: str) -> None:
    deadline = monotonic() + TIMEOUT_MS / 1000
    while requests.get(url, timeout=10).status_code == 404 and monotonic() < deadline:
        sleep(0.2)


@pytest.mark.parametrize("pattern", [PRESIGN_ROUTE, POLL_ROUTE])
@pytest.mark.parametrize("answer", BUSY)
def test_requests_to_a_busy_server_are_retried_silently(
    upload_page: Page, png: Path, pattern: str, answer: str
) -> None:
    rejected: list[Route] = []

    def answer_busy(route: Route) -> None:
        rejected.append(route)
        if len(rejected) > 2:
            route.continue_()
        else:
            BUSY[answer](route)

    upload_page.route(pattern, answer_busy)
    submit_form(upload_page, png, "x")
    expect_ready(upload_page)
    assert len(rejected) > 2


@pytest.mark.parametrize("pattern", [PRESIGN_ROUTE, POLL_ROUTE])
def test_a_request_without_an_answer_is_repeated(upload_page: Page, png: Path, pattern: str) -> None:
    # The clock of Playwright does not advance this one.
    upload_page.evaluate("""() => {
        window.timeout = AbortSignal.timeout.bind(AbortSignal);
        AbortSignal.timeout = (ms) => window.timeout(ms / 100);
    }""")
    held = hold(upload_page, pattern)
    submit_form(upload_page, png, "x")
    repeated = wait_for_held(upload_page, held, 2)
    upload_page.evaluate("() => { AbortSignal.timeout = window.timeout; }")  # the stack may take longer to answer
    repeated.continue_()
    upload_page.unroute_all()
    expect_ready(upload_page)


def test_a_poll_is_repeated_until_the_patience_with_a_busy_server_ends(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    upload_page.route(POLL_ROUTE, lambda route: route.abort())
    with upload_page.expect_request(POLL_ROUTE):
        submit_form(upload_page, png, "x")
    upload_page.clock.fast_forward(50_000)
    with upload_page.expect_request(POLL_ROUTE):
        upload_page.clock.run_for(3000)
    expect(find_failure(upload_page)).to_be_hidden()
    exhaust_patience(upload_page)
    expect(find_failure(upload_page)).to_contain_text("cannot be reached or is busy")


@pytest.mark.parametrize("answer", ["429", "rejected"])
def test_a_server_that_stays_busy_is_reported(upload_page: Page, png: Path, answer: str) -> None:
    upload_page.clock.install()
    upload_page.route(PRESIGN_ROUTE, BUSY[answer])
    submit_form(upload_page, png, "x")
    exhaust_patience(upload_page)
    expect(find_failure(upload_page)).to_contain_text("cannot be reached or is busy")
    upload_page.unroute_all()
    press_retry(upload_page)
    expect_ready(upload_page)


def test_after_the_bucket_rejects_an_upload_a_retry_requests_a_new_form(
    upload_page: Page, traffic: Traffic, png: Path
) -> None:
    upload_page.route(UPLOAD_ROUTE, respond(403))
    submit_form(upload_page, png, "x")
    expect(find_failure(upload_page)).to_contain_text("The upload was not accepted")
    upload_page.unroute_all()
    press_retry(upload_page)
    expect_ready(upload_page)
    assert len(traffic.requests) == 2


def test_a_rejected_request_is_reported_in_the_servers_words_and_not_retried(upload_page: Page, png: Path) -> None:
    upload_page.route(PRESIGN_ROUTE, respond(400, json={"error": "Not like this."}))
    submit_form(upload_page, png, "x")
    expect(find_failure(upload_page)).to_contain_text("Not like this.")
    expect(upload_page.get_by_role("button", name="Try again")).to_be_hidden()


@pytest.mark.parametrize("step", ["requesting", "uploading", "generating"])
def test_every_step_can_be_cancelled(upload_page: Page, png: Path, step: str) -> None:
    held = hold(upload_page, ROUTES[step])
    submit_form(upload_page, png, "x")
    expect(upload_page.locator("#step")).to_have_text(STEPS[step])
    upload_page.get_by_role("button", name="Cancel").click()
    expect(upload_page.get_by_text("Cancelled.")).to_be_visible()
    expect(upload_page.get_by_role("button", name=MAKE)).to_be_focused()
    expect(find_thumbnail(upload_page)).to_be_hidden()
    expect(find_failure(upload_page)).to_be_hidden()
    for route in held:
        route.abort()
    upload_page.unroute_all()
    press_make(upload_page)
    expect_ready(upload_page)


@pytest.mark.parametrize("window", WINDOWS)
def test_progress_and_cancel_are_in_view(upload_page: Page, png: Path, window: str) -> None:
    upload_page.set_viewport_size(WINDOWS[window])
    hold(upload_page, UPLOAD_ROUTE)
    submit_form(upload_page, png, "x")
    expect(upload_page.get_by_text("Uploading…")).to_be_in_viewport()
    expect(upload_page.get_by_role("button", name="Cancel")).to_be_in_viewport()


def test_typing_the_next_title_is_not_interrupted(upload_page: Page, png: Path) -> None:
    held = hold(upload_page, UPLOAD_ROUTE)
    submit_form(upload_page, png, "First")
    expect(upload_page.get_by_text("Uploading…")).to_be_visible()
    find_title_field(upload_page).fill("Next")
    wait_for_held(upload_page, held).continue_()
    upload_page.unroute_all()
    expect_ready(upload_page)
    expect(find_title_field(upload_page)).to_be_focused()
    expect(find_title_field(upload_page)).to_have_value("Next")


def test_a_retry_after_a_change_uses_the_changed_form(upload_page: Page, png: Path) -> None:
    held = hold(upload_page, UPLOAD_ROUTE)
    with upload_page.expect_request(UPLOAD_ROUTE):
        submit_form(upload_page, png, "Old")
    find_title_field(upload_page).fill("New")
    wait_for_held(upload_page, held).abort()
    expect(find_failure(upload_page)).to_be_visible()
    upload_page.unroute_all()
    press_retry(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail “New”, look: ")).to_be_visible()


def test_an_upload_finished_before_a_cancel_is_not_repeated(upload_page: Page, traffic: Traffic, png: Path) -> None:
    upload_page.route(POLL_ROUTE, respond_not_ready)
    submit_form(upload_page, png, "x")
    expect(upload_page.get_by_text("Making it…")).to_be_visible()
    upload_page.get_by_role("button", name="Cancel").click()
    upload_page.unroute_all()
    press_make(upload_page)
    expect_ready(upload_page)
    assert (len(traffic.requests), len(traffic.uploads)) == (1, 1)


def test_submitting_again_during_a_run_does_nothing(upload_page: Page, traffic: Traffic, png: Path) -> None:
    submit_form(upload_page, png, "x")
    find_title_field(upload_page).press("Control+Enter")
    expect_ready(upload_page)
    assert (len(traffic.requests), len(traffic.uploads)) == (1, 1)


def test_changing_the_form_clears_the_failure(upload_page: Page, png: Path) -> None:
    upload_page.route(UPLOAD_ROUTE, lambda route: route.abort())
    submit_form(upload_page, png, "x")
    expect(find_failure(upload_page)).to_be_visible()
    find_title_field(upload_page).fill("y")
    expect(find_failure(upload_page)).to_be_hidden()
