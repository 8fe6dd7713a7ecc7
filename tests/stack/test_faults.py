"""Whatever fails, an upload ends as a thumbnail or a reason, or its event waits where it can be replayed."""

import itertools
import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import helpers.faults
import pytest
import requests
from conftest import Stack
from helpers.faults import FaultyS3
from helpers.pictures import encoded, quarters

from common.keys import new_upload_key
from process.thumbnail import make_thumbnail
from redrive import GONE, KEPT, REPLAYED, redrive
from thumbnail import wait_for

PICTURE = encoded(quarters(), "PNG")
TITLE = "Hello"
THUMBNAIL = make_thumbnail(PICTURE, TITLE)

Reconfigure = Callable[..., None]


@pytest.fixture(autouse=True)
def no_dead_letters(stack: Stack) -> Iterator[None]:
    empty_the_queue(stack)
    yield
    empty_the_queue(stack)


@pytest.fixture
def reconfigure(stack: Stack) -> Iterator[Reconfigure]:
    """Change a function's settings; they are as before when the test has ended."""
    functions = stack.client("lambda")
    before: dict[str, dict[str, Any]] = {}

    def reconfigure(noun: str, **settings: Any) -> None:
        name = stack.outputs["function_names"][noun]
        own = functions.get_function_configuration(FunctionName=name)
        before.setdefault(name, {setting: own[setting] for setting in ("Environment", "Timeout")})
        functions.update_function_configuration(FunctionName=name, **settings)

    yield reconfigure
    for name, settings in before.items():
        functions.update_function_configuration(FunctionName=name, **settings)


@pytest.fixture
def faulty(stack: Stack, reconfigure: Reconfigure) -> Iterator[Callable[..., FaultyS3]]:
    """Put an S3 that fails as told before a function."""
    with FaultyS3.before(stack.local.emulator.port) as s3:

        def faulty(noun: str, *fault: helpers.faults.Fault, always: bool = False) -> FaultyS3:
            s3.faults = itertools.cycle(fault) if always else iter(fault)
            own = stack.client("lambda").get_function_configuration(FunctionName=stack.outputs["function_names"][noun])
            port = stack.local.emulator.port
            variables = {
                name: value.replace(f"http://127.0.0.1:{port}", s3.url) if name.endswith("_URL") else value
                for name, value in own["Environment"]["Variables"].items()
            }
            reconfigure(noun, Environment={"Variables": variables})
            return s3

        yield faulty


Faulty = Callable[..., FaultyS3]


def upload(stack: Stack, key: str, body: bytes = PICTURE, title: str = TITLE) -> str:
    stack.client("s3").put_object(Bucket=stack.outputs["uploads_bucket"], Key=key, Body=body, Metadata={"text": title})
    return key


def event(stack: Stack, *keys: str) -> str:
    bucket = {"name": stack.outputs["uploads_bucket"]}
    return json.dumps({"Records": [{"s3": {"bucket": bucket, "object": {"key": key}}} for key in keys]})


def process(stack: Stack, *keys: str) -> str:
    """Have these uploads processed, and return the error, if any."""
    answer = stack.client("lambda").invoke(
        FunctionName=stack.outputs["function_names"]["process"], Payload=event(stack, *keys)
    )
    return answer["Payload"].read().decode() if "FunctionError" in answer else ""


def happens(stack: Stack, *keys: str) -> None:
    """Let an event happen as S3 tells it: Lambda retries it, and gives it up in the end."""
    stack.client("lambda").invoke(
        FunctionName=stack.outputs["function_names"]["process"], InvocationType="Event", Payload=event(stack, *keys)
    )


def thumbnail(stack: Stack, key: str) -> bytes:
    """Return what a stranger gets in the end."""
    return requests.get(wait_for(stack.api, key)["viewUrl"], timeout=30).content


def seen_by_the_user(stack: Stack, key: str) -> int:
    return requests.get(f"{stack.api}/get-final-url?filename={key}", timeout=30).status_code


def empty_the_queue(stack: Stack) -> None:
    sqs, queue = stack.client("sqs"), stack.outputs["dead_letter_queue_url"]
    while received := sqs.receive_message(QueueUrl=queue).get("Messages"):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=received[0]["ReceiptHandle"])


def waiting(stack: Stack) -> int:
    queue, count = stack.outputs["dead_letter_queue_url"], "ApproximateNumberOfMessages"
    answer = stack.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=[count])
    return int(answer["Attributes"][count])


def wait_for_a_dead_letter(stack: Stack) -> None:
    deadline = time.monotonic() + 60
    while not waiting(stack):
        assert time.monotonic() < deadline, "nothing came into the dead-letter queue"
        time.sleep(0.2)


def replay(stack: Stack) -> list[tuple[str, str]]:
    return [(fate, key) for fate, key, _ in redrive(stack.client, stack.outputs)]


def test_a_write_that_is_refused_is_kept_until_it_is_replayed(stack: Stack) -> None:
    s3, processed = stack.client("s3"), stack.outputs["processed_bucket"]
    refuse = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{processed}/*"}
    s3.put_bucket_policy(Bucket=processed, Policy=json.dumps({"Version": "2012-10-17", "Statement": [refuse]}))
    try:
        key = upload(stack, new_upload_key("png"))
        wait_for_a_dead_letter(stack)
        assert seen_by_the_user(stack, key) == 404
        [(fate, _, why)] = redrive(stack.client, stack.outputs)
        assert (fate, "AccessDenied" in why, "PutObject" in why) == (KEPT, True, True)
    finally:
        s3.delete_bucket_policy(Bucket=processed)
    assert waiting(stack) == 1
    assert replay(stack) == [(REPLAYED, key)]
    assert thumbnail(stack, key) == THUMBNAIL
    assert waiting(stack) == 0


def test_an_s3_that_fails_now_and_then_is_asked_again(stack: Stack, faulty: Faulty) -> None:
    s3 = faulty("process", helpers.faults.server_error, helpers.faults.forward, helpers.faults.server_error)
    assert thumbnail(stack, upload(stack, new_upload_key("png"))) == THUMBNAIL
    assert s3.asked == ["GET", "GET", "PUT", "PUT"]


def test_an_s3_that_keeps_failing_is_given_up_after_three_times_three_tries(stack: Stack, faulty: Faulty) -> None:
    s3 = faulty("process", helpers.faults.server_error, always=True)
    key = upload(stack, new_upload_key("png"))
    wait_for_a_dead_letter(stack)
    assert s3.asked == ["GET"] * 9
    assert seen_by_the_user(stack, key) == 404
    s3.faults = iter(())
    assert replay(stack) == [(REPLAYED, key)]
    assert thumbnail(stack, key) == THUMBNAIL


def test_an_s3_that_stays_silent_fails_with_an_error_before_the_function_is_killed(
    stack: Stack, faulty: Faulty
) -> None:
    """What is killed logs no trace, and API Gateway would answer for poll, without a word for the user."""
    key = upload(stack, new_upload_key("png"))
    assert thumbnail(stack, key) == THUMBNAIL
    s3 = faulty("poll", helpers.faults.silence, always=True)
    faulty("process", helpers.faults.silence, always=True)
    with ThreadPoolExecutor() as aside:
        processed = aside.submit(process, stack, key)
        url, origin = f"{stack.api}/get-final-url?filename={key}", {"Origin": stack.origin}
        answer = requests.get(url, headers=origin, timeout=30)
        assert (answer.status_code, list(answer.json())) == (500, ["error"])
        assert answer.headers["Access-Control-Allow-Origin"] == stack.origin, "the page could not read it"
        assert "ReadTimeout" in processed.result()
    assert Counter(s3.asked) == {"HEAD": 3, "GET": 3}


def test_a_download_that_breaks_off_is_no_damaged_picture(stack: Stack, faulty: Faulty) -> None:
    s3 = faulty("process", helpers.faults.cut)
    assert thumbnail(stack, upload(stack, new_upload_key("png"))) == THUMBNAIL
    assert s3.asked == ["GET", "GET", "PUT"]


def test_a_function_that_reaches_its_time_limit_is_run_again(
    stack: Stack, faulty: Faulty, reconfigure: Reconfigure
) -> None:
    s3 = faulty("process", helpers.faults.silence)
    reconfigure("process", Timeout=2)
    assert thumbnail(stack, upload(stack, new_upload_key("png"))) == THUMBNAIL
    assert s3.asked == ["GET", "GET", "PUT"]


def test_a_function_that_is_killed_in_the_middle_is_run_again(stack: Stack, faulty: Faulty) -> None:
    """As Lambda does to one that takes more memory than it has."""
    s3 = faulty("process", helpers.faults.forward, helpers.faults.silence)
    key = upload(stack, new_upload_key("png"))
    while s3.asked != ["GET", "PUT"]:
        time.sleep(0.1)
    kill_process(stack)
    assert thumbnail(stack, key) == THUMBNAIL
    assert s3.asked == ["GET", "PUT", "GET", "PUT"]


def kill_process(stack: Stack) -> None:
    group, name = str(stack.local.emulator.process()), stack.outputs["function_names"]["process"]
    listing = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,pgid=,args="], capture_output=True, text=True, check=True)
    processes = [line.split(maxsplit=2) for line in listing.stdout.splitlines()]
    running = [int(number) for number, owner, command in processes if owner == group and name in command]
    assert running
    for number in running:
        os.kill(number, signal.SIGKILL)


def test_an_event_that_comes_twice_and_at_once_changes_nothing(stack: Stack) -> None:
    key = upload(stack, new_upload_key("png"))
    assert thumbnail(stack, key) == THUMBNAIL
    before = outcome(stack, key)
    with ThreadPoolExecutor() as at_once:
        assert list(at_once.map(lambda _: process(stack, key), range(3))) == ["", "", ""]
    assert outcome(stack, key) == before


def test_an_event_that_comes_again_and_fails_leaves_the_thumbnail(stack: Stack, faulty: Faulty) -> None:
    key = upload(stack, new_upload_key("png"))
    assert thumbnail(stack, key) == THUMBNAIL
    before = outcome(stack, key)
    faulty("process", helpers.faults.cut, always=True)
    assert process(stack, key)
    stack.client("s3").delete_object(Bucket=stack.outputs["uploads_bucket"], Key=key)
    assert process(stack, key)
    assert outcome(stack, key) == before


def outcome(stack: Stack, key: str) -> tuple[bytes, dict[str, str]]:
    stored = stack.client("s3").get_object(Bucket=stack.outputs["processed_bucket"], Key=f"{key}.jpg")
    return stored["Body"].read(), stored["Metadata"]


def test_an_event_that_comes_late_makes_the_thumbnail_of_what_lies_there_now(stack: Stack) -> None:
    key = upload(stack, new_upload_key("png"), title="Old")
    assert thumbnail(stack, key) == make_thumbnail(PICTURE, "Old")
    upload(stack, key, title="New")
    assert process(stack, key) == ""
    assert thumbnail(stack, key) == make_thumbnail(PICTURE, "New")


def test_of_two_records_a_bad_picture_is_told_and_the_other_made(stack: Stack) -> None:
    bad, good = upload(stack, new_upload_key("png"), b"no picture"), upload(stack, new_upload_key("png"))
    assert process(stack, bad, good) == ""
    assert thumbnail(stack, good) == THUMBNAIL
    assert seen_by_the_user(stack, bad) == 422


def test_an_upload_that_is_deleted_before_processing_keeps_no_other_and_leaves_the_queue_when_replayed(
    stack: Stack,
) -> None:
    """One event of two records, of which the first fails."""
    deleted, good = new_upload_key("png"), upload(stack, new_upload_key("png"))
    happens(stack, deleted, good)
    wait_for_a_dead_letter(stack)
    assert thumbnail(stack, good) == THUMBNAIL
    assert seen_by_the_user(stack, deleted) == 404
    assert replay(stack) == [(GONE, deleted), (REPLAYED, good)]
    assert waiting(stack) == 0


def test_an_event_is_replayed_as_aws_leaves_it_too(stack: Stack) -> None:
    """Lambda puts the bare event into a dead-letter queue; the emulator adds a wrapping."""
    key = upload(stack, new_upload_key("png"))
    body = event(stack, key)
    stack.client("sqs").send_message(QueueUrl=stack.outputs["dead_letter_queue_url"], MessageBody=body)
    assert replay(stack) == [(REPLAYED, key)]


def test_a_message_that_is_no_event_stays_and_is_told(stack: Stack) -> None:
    stack.client("sqs").send_message(QueueUrl=stack.outputs["dead_letter_queue_url"], MessageBody="hello")
    assert replay(stack) == [(KEPT, "hello")]
    assert waiting(stack) == 1
