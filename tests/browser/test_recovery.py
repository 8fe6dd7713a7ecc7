"""Whatever fails on the way is told, and trying again goes on from there: nothing is done twice."""

from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests
from browser.form import ASK, GENERATE, POLL, SLOW, answering, expect_ready, failure, fill, heading, not_ready, title
from conftest import Stack
from playwright.sync_api import Page, Request, Route, expect


class Traffic:
    """Counts what the page asks of the stack, step by step."""

    def __init__(self, page: Page, stack: Stack) -> None:
        uploads = stack.outputs["uploads_bucket"]
        self.patterns = {"asking": ASK, "uploading": f"**/{uploads}*", "making": POLL}
        self.asked = self.uploaded = 0
        page.on("request", self._count)
        self._uploads = uploads

    def _count(self, request: Request) -> None:
        if request.method == "POST":
            self.asked += request.url.endswith("/generate-presigned-url")
            self.uploaded += self._uploads in request.url


@pytest.fixture
def traffic(upload_page: Page, stack: Stack) -> Traffic:
    return Traffic(upload_page, stack)


def hold(page: Page, pattern: str) -> list[Route]:
    """Let requests wait; return a list that fills with them."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def try_again(page: Page) -> None:
    page.get_by_role("button", name="Try again").click()


@pytest.mark.parametrize(("step", "sent"), [("asking", (2, 1)), ("uploading", (1, 2)), ("making", (1, 1))])
def test_a_network_lost_at_any_step_is_told_and_that_step_is_tried_again(
    upload_page: Page, traffic: Traffic, png: Path, step: str, sent: tuple[int, int]
) -> None:
    upload_page.route(traffic.patterns[step], lambda route: route.abort("internetdisconnected"))
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_contain_text("cannot be reached")
    again = upload_page.get_by_role("button", name="Try again")
    expect(again).to_be_focused()
    expect(upload_page.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    upload_page.unroute_all()
    try_again(upload_page)
    expect_ready(upload_page)
    expect(failure(upload_page)).to_be_hidden()
    assert (traffic.asked, traffic.uploaded) == sent


@pytest.mark.parametrize("pattern", [ASK, POLL])
def test_an_answer_that_breaks_off_is_a_lost_network_too(upload_page: Page, png: Path, pattern: str) -> None:
    upload_page.route(pattern, answering(200, body='{"url": '))
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_contain_text("cannot be reached")
    upload_page.unroute_all()
    try_again(upload_page)
    expect_ready(upload_page)


def test_a_device_without_network_is_told(upload_page: Page, png: Path) -> None:
    upload_page.context.set_offline(True)
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_contain_text("cannot be reached")
    upload_page.context.set_offline(False)
    try_again(upload_page)
    expect_ready(upload_page)


def test_polling_backs_off_while_the_thumbnail_is_being_made(upload_page: Page, png: Path) -> None:
    times: list[float] = []

    def slow(route: Route) -> None:
        times.append(monotonic())
        if len(times) < 7:
            not_ready(route)
        else:
            route.continue_()

    upload_page.route(POLL, slow)
    fill(upload_page, png, "x")
    expect_ready(upload_page)
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert sum(pauses[3:6]) > 1.5 * sum(pauses[0:3])


def test_after_a_minute_it_says_so_and_trying_again_polls_on(upload_page: Page, traffic: Traffic, png: Path) -> None:
    upload_page.clock.install()
    upload_page.route(POLL, not_ready)
    with upload_page.expect_response(POLL):
        fill(upload_page, png, "x")
    upload_page.clock.fast_forward(61_000)
    expect(failure(upload_page)).to_contain_text("not ready after a minute")
    upload_page.unroute_all()
    try_again(upload_page)
    expect_ready(upload_page)
    assert (traffic.asked, traffic.uploaded) == (1, 1)


def test_a_device_that_slept_asks_once_more_before_it_gives_up(upload_page: Page, png: Path) -> None:
    upload_page.clock.install()
    upload_page.route(POLL, not_ready)
    with upload_page.expect_response(POLL) as polled:
        fill(upload_page, png, "x")
    wait_until_made(polled.value.url)
    with upload_page.expect_response(POLL):  # and then it pauses: the device falls asleep between two questions
        pass
    upload_page.unroute_all()
    upload_page.clock.fast_forward(300_000)
    expect_ready(upload_page)


def wait_until_made(url: str) -> None:
    deadline = monotonic() + SLOW / 1000
    while requests.get(url, timeout=10).status_code == 404 and monotonic() < deadline:
        sleep(0.2)


@pytest.mark.parametrize("pattern", [ASK, POLL])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_unnoticed(upload_page: Page, png: Path, pattern: str, status: int) -> None:
    refused: list[Route] = []

    def busy(route: Route) -> None:
        refused.append(route)
        if len(refused) > 2:
            route.continue_()
        else:
            answering(status, json={})(route)

    upload_page.route(pattern, busy)
    fill(upload_page, png, "x")
    expect_ready(upload_page)
    assert len(refused) > 2


def test_a_server_that_stays_busy_is_told(upload_page: Page, png: Path) -> None:
    upload_page.route(ASK, answering(429, json={}))
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_contain_text("The server is busy", timeout=SLOW)
    upload_page.unroute_all()
    try_again(upload_page)
    expect_ready(upload_page)


def test_an_upload_that_the_bucket_refuses_is_asked_for_anew(upload_page: Page, traffic: Traffic, png: Path) -> None:
    upload_page.route(traffic.patterns["uploading"], answering(403))
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_contain_text("The upload was not accepted")
    upload_page.unroute_all()
    try_again(upload_page)
    expect_ready(upload_page)
    assert traffic.asked == 2


def test_a_refused_request_is_told_with_the_servers_words_and_not_tried_again(upload_page: Page, png: Path) -> None:
    upload_page.route(ASK, answering(400, json={"error": "Not like this."}))
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_contain_text("Not like this.")
    expect(upload_page.get_by_role("button", name="Try again")).to_be_hidden()


@pytest.mark.parametrize("step", ["asking", "uploading", "making"])
def test_every_step_can_be_cancelled(upload_page: Page, traffic: Traffic, png: Path, step: str) -> None:
    held = hold(upload_page, traffic.patterns[step])
    fill(upload_page, png, "x")
    expect(upload_page.locator(f"#{step}")).to_have_attribute("aria-current", "step")
    upload_page.get_by_role("button", name="Cancel").click()
    expect(upload_page.get_by_text("Cancelled.")).to_be_visible()
    expect(upload_page.get_by_role("button", name=GENERATE)).to_be_focused()
    expect(heading(upload_page)).to_be_hidden()
    expect(failure(upload_page)).to_be_hidden()
    for route in held:
        route.abort()
    upload_page.unroute_all()
    fill(upload_page, png, "x")
    expect_ready(upload_page)


def test_what_was_made_before_stays_when_the_next_is_cancelled(upload_page: Page, png: Path) -> None:
    fill(upload_page, png, "First")
    expect_ready(upload_page)
    upload_page.route(POLL, not_ready)
    fill(upload_page, png, "Second")
    upload_page.get_by_role("button", name="Cancel").click()
    expect(upload_page.get_by_alt_text("Thumbnail with the title “First”").first).to_be_visible()


def test_one_who_types_meanwhile_is_not_interrupted(upload_page: Page, png: Path) -> None:
    upload_page.route(POLL, not_ready)
    fill(upload_page, png, "First")
    title(upload_page).fill("Next")
    upload_page.unroute_all()
    expect(upload_page.get_by_text("The thumbnail is ready, below.")).to_be_visible(timeout=SLOW)
    expect(title(upload_page)).to_be_focused()


def test_after_a_change_trying_again_makes_what_the_form_says_now(upload_page: Page, png: Path) -> None:
    held = hold(upload_page, ASK)
    with upload_page.expect_request(ASK):
        fill(upload_page, png, "Old")
    title(upload_page).fill("New")
    held[0].abort()
    expect(failure(upload_page)).to_be_visible()
    upload_page.unroute_all()
    try_again(upload_page)
    expect_ready(upload_page)
    expect(upload_page.get_by_alt_text("Thumbnail with the title “New”").first).to_be_visible()


def test_a_cancelled_upload_that_was_sent_is_not_sent_again(upload_page: Page, traffic: Traffic, png: Path) -> None:
    upload_page.route(POLL, not_ready)
    fill(upload_page, png, "x")
    expect(upload_page.locator("#making")).to_have_attribute("aria-current", "step")
    upload_page.get_by_role("button", name="Cancel").click()
    upload_page.unroute_all()
    upload_page.get_by_role("button", name=GENERATE).click()
    expect_ready(upload_page)
    assert (traffic.asked, traffic.uploaded) == (1, 1)


def test_a_second_press_while_it_works_does_nothing(upload_page: Page, traffic: Traffic, png: Path) -> None:
    fill(upload_page, png, "x")
    upload_page.get_by_label("Title", exact=True).press("Enter")
    expect_ready(upload_page)
    assert (traffic.asked, traffic.uploaded) == (1, 1)


def test_what_failed_is_not_offered_again_once_the_form_says_otherwise(upload_page: Page, png: Path) -> None:
    upload_page.route(ASK, lambda route: route.abort())
    fill(upload_page, png, "x")
    expect(failure(upload_page)).to_be_visible()
    upload_page.get_by_label("Title", exact=True).fill("y")
    expect(failure(upload_page)).to_be_hidden()
