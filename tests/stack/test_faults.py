"""Whatever fails, an upload ends as a thumbnail, as a reason, or as an event in the dead-letter queue."""

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

import pytest
import requests
from conftest import Stack
from helpers.faults import Fault, FaultyS3, cut_off, forward, hang, respond_500
from helpers.pictures import draw_quarters, encode

from common.keys import create_upload_key
from process.thumbnail import make_thumbnail
from redrive import GONE, KEPT, REPLAYED, redrive
from thumbnail import wait_for

PICTURE = encode(draw_quarters(), "PNG")
TITLE = "Hello"
THUMBNAIL = make_thumbnail(PICTURE, TITLE)

Reconfigure = Callable[..., None]


pytestmark = pytest.mark.usefixtures("no_dead_letters")


@pytest.fixture
def reconfigure(stack: Stack) -> Iterator[Reconfigure]:
    """Change a function's settings until the end of the test."""
    functions = stack.client("lambda")
    before: dict[str, dict[str, Any]] = {}

    def reconfigure(function: str, **settings: Any) -> None:
        name = stack.outputs["function_names"][function]
        own = functions.get_function_configuration(FunctionName=name)
        before.setdefault(name, {setting: own[setting] for setting in ("Environment", "Timeout")})
        functions.update_function_configuration(FunctionName=name, **settings)

    yield reconfigure
    for name, settings in before.items():
        functions.update_function_configuration(FunctionName=name, **settings)


@pytest.fixture
def inject_faults(stack: Stack, reconfigure: Reconfigure) -> Iterator[Callable[..., FaultyS3]]:
    """Make a function's requests to S3 for an upload fail; with `always`, the last fault lasts."""
    with FaultyS3.start(stack.local.emulator.port) as s3:

        def inject_faults(function: str, key: str, *fault: Fault, always: bool = False) -> FaultyS3:
            s3.key = key
            s3.faults = itertools.chain(fault, itertools.repeat(fault[-1]) if always else ())
            own = stack.client("lambda").get_function_configuration(
                FunctionName=stack.outputs["function_names"][function]
            )
            variables = own["Environment"]["Variables"] | {"AWS_ENDPOINT_URL": s3.url}
            reconfigure(function, Environment={"Variables": variables})
            return s3

        yield inject_faults


InjectFaults = Callable[..., FaultyS3]


def upload(stack: Stack, key: str, body: bytes = PICTURE, title: str = TITLE) -> str:
    stack.client("s3").put_object(Bucket=stack.outputs["uploads_bucket"], Key=key, Body=body, Metadata={"text": title})
    return key


def make_event(stack: Stack, *keys: str) -> str:
    bucket = {"name": stack.outputs["uploads_bucket"]}
    return json.dumps({"Records": [{"s3": {"bucket": bucket, "object": {"key": key}}} for key in keys]})


def process(stack: Stack, *keys: str) -> str:
    """Invoke process for these uploads, and return its error, or an empty string."""
    answer = stack.client("lambda").invoke(
        FunctionName=stack.outputs["function_names"]["process"], Payload=make_event(stack, *keys)
    )
    return answer["Payload"].read().decode() if "FunctionError" in answer else ""


def process_asynchronously(stack: Stack, *keys: str) -> None:
    """Invoke process as S3 does: Lambda retries, and finally sends the event to the dead-letter queue."""
    stack.client("lambda").invoke(
        FunctionName=stack.outputs["function_names"]["process"],
        InvocationType="Event",
        Payload=make_event(stack, *keys),
    )


def fetch_thumbnail(stack: Stack, key: str) -> bytes:
    """Wait for a thumbnail, and download it."""
    return requests.get(wait_for(stack.api, key)["viewUrl"], timeout=30).content


def get_poll_status(stack: Stack, key: str) -> int:
    return requests.get(f"{stack.api}/get-final-url?filename={key}", timeout=30).status_code


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.1)


# An event of an earlier test may still fail while a test runs, so each looks at its own dead letters only.


def list_dead_letters(stack: Stack, content: str) -> list[str]:
    """Return the messages in the dead-letter queue that contain this, and leave them there."""
    received = stack.client("sqs").receive_message(
        QueueUrl=stack.outputs["dead_letter_queue_url"], MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return [message["Body"] for message in received.get("Messages", []) if content in message["Body"]]


def wait_for_dead_letter(stack: Stack, key: str) -> None:
    wait_until(lambda: bool(list_dead_letters(stack, key)), "a dead letter")


def replay(stack: Stack, *keys: str) -> list[tuple[str, str, str]]:
    """Replay the queue, and return the fate, the key and the reason of each of these uploads."""
    return [replayed for replayed in redrive(stack.client, stack.outputs) if replayed[1] in keys]


def test_an_event_whose_write_is_denied_is_kept_until_it_is_replayed(stack: Stack) -> None:
    s3, processed = stack.client("s3"), stack.outputs["processed_bucket"]
    refuse = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{processed}/*"}
    s3.put_bucket_policy(Bucket=processed, Policy=json.dumps({"Version": "2012-10-17", "Statement": [refuse]}))
    try:
        key = upload(stack, create_upload_key("png"))
        wait_for_dead_letter(stack, key)
        assert get_poll_status(stack, key) == 404
        [(fate, _, reason)] = replay(stack, key)
        assert (fate, "AccessDenied" in reason, "PutObject" in reason) == (KEPT, True, True)
    finally:
        s3.delete_bucket_policy(Bucket=processed)
    assert len(list_dead_letters(stack, key)) == 1
    [(fate, _, reason)] = replay(stack, key)
    assert (fate, "AccessDenied" in reason, "PutObject" in reason) == (REPLAYED, True, True)
    assert fetch_thumbnail(stack, key) == THUMBNAIL
    assert not list_dead_letters(stack, key)


def test_a_dead_letter_has_the_event_and_the_error(stack: Stack) -> None:
    key = create_upload_key("png")
    process_asynchronously(stack, key)
    wait_for_dead_letter(stack, key)
    [message] = list_dead_letters(stack, key)
    record = json.loads(message)
    assert record["requestPayload"] == json.loads(make_event(stack, key))
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert "GetObject" in record["responsePayload"]["errorMessage"]


def test_server_errors_of_s3_are_retried(stack: Stack, inject_faults: InjectFaults) -> None:
    key = create_upload_key("png")
    s3 = inject_faults("process", key, respond_500, forward, respond_500)
    assert fetch_thumbnail(stack, upload(stack, key)) == THUMBNAIL
    assert s3.requests == ["GET", "GET", *["PUT"] * 4]


def test_no_thumbnail_is_reported_before_every_variant_is_stored(stack: Stack, inject_faults: InjectFaults) -> None:
    """Of three variants, one is stored and the next is not."""
    key = create_upload_key("png")
    s3 = inject_faults("process", key, forward, forward, hang, always=True)
    upload(stack, key)
    wait_until(lambda: s3.requests[:3] == ["GET", "PUT", "PUT"], "a second write")
    assert len(list_stored(stack, key)) == 1
    assert get_poll_status(stack, key) == 404
    s3.faults = iter(())
    assert fetch_thumbnail(stack, key) == THUMBNAIL
    assert len(list_stored(stack, key)) == 3


def list_stored(stack: Stack, key: str) -> list[str]:
    """List the keys of an upload's thumbnails."""
    listed = stack.client("s3").list_objects_v2(Bucket=stack.outputs["processed_bucket"], Prefix=key)
    return [stored["Key"] for stored in listed.get("Contents", [])]


def test_after_three_invocations_of_three_attempts_the_event_is_a_dead_letter(
    stack: Stack, inject_faults: InjectFaults
) -> None:
    key = create_upload_key("png")
    s3 = inject_faults("process", key, respond_500, always=True)
    upload(stack, key)
    wait_for_dead_letter(stack, key)
    assert s3.requests == ["GET"] * 9
    assert get_poll_status(stack, key) == 404
    s3.faults = iter(())
    [(fate, _, _)] = replay(stack, key)
    assert fate == REPLAYED
    assert fetch_thumbnail(stack, key) == THUMBNAIL


def test_if_s3_does_not_answer_the_function_fails_before_its_timeout(stack: Stack, inject_faults: InjectFaults) -> None:
    """If Lambda killed it, the log would have no stack trace and the user no message."""
    key = create_upload_key("png")
    s3 = inject_faults("poll", key, hang, always=True)
    inject_faults("process", key, hang, always=True)
    with ThreadPoolExecutor() as executor:
        processed = executor.submit(process, stack, key)
        url, origin = f"{stack.api}/get-final-url?filename={key}", {"Origin": stack.origin}
        answer = requests.get(url, headers=origin, timeout=30)
        assert (answer.status_code, list(answer.json())) == (500, ["error"])
        assert answer.headers["Access-Control-Allow-Origin"] == stack.origin, "the page could not read it"
        assert "ReadTimeout" in processed.result()
    assert Counter(s3.requests) == {"HEAD": 3, "GET": 3}


def test_an_interrupted_download_is_retried(stack: Stack, inject_faults: InjectFaults) -> None:
    key = create_upload_key("png")
    s3 = inject_faults("process", key, cut_off)
    assert fetch_thumbnail(stack, upload(stack, key)) == THUMBNAIL
    assert s3.requests == ["GET", "GET", *["PUT"] * 3]


def test_a_function_that_times_out_is_retried(
    stack: Stack, inject_faults: InjectFaults, reconfigure: Reconfigure
) -> None:
    key, start = create_upload_key("png"), time.time()
    s3 = inject_faults("process", key, hang, always=True)
    reconfigure("process", Timeout=3)  # shorter than the function's own patience with S3
    upload(stack, key)
    wait_until(lambda: "Task timed out" in read_log(stack, start), "a timeout")
    s3.faults = iter(())
    reconfigure("process", Timeout=30)
    assert fetch_thumbnail(stack, key) == THUMBNAIL


def read_log(stack: Stack, start: float) -> str:
    """Return the log of process since a time, in seconds since 1970."""
    log = f"/aws/lambda/{stack.outputs['function_names']['process']}"
    events = stack.client("logs").filter_log_events(logGroupName=log, startTime=int(start * 1000))["events"]
    return "\n".join(event["message"] for event in events)


def test_a_function_that_is_killed_is_retried(stack: Stack, inject_faults: InjectFaults) -> None:
    """Lambda kills functions that exceed their memory."""
    key = create_upload_key("png")
    s3 = inject_faults("process", key, forward, hang, always=True)
    upload(stack, key)
    wait_until(lambda: s3.requests[:2] == ["GET", "PUT"], "a write")
    kill_process(stack)
    s3.faults = iter(())
    assert fetch_thumbnail(stack, key) == THUMBNAIL
    assert s3.requests.count("GET") == 2


def kill_process(stack: Stack) -> None:
    group, name = str(stack.local.emulator.find_process()), stack.outputs["function_names"]["process"]
    listing = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,pgid=,args="], capture_output=True, text=True, check=True)
    processes = [line.split(maxsplit=2) for line in listing.stdout.splitlines()]
    running = [int(pid) for pid, process_group, command in processes if process_group == group and name in command]
    assert running
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def test_concurrent_duplicates_of_an_event_change_nothing(stack: Stack) -> None:
    key = upload(stack, create_upload_key("png"))
    assert fetch_thumbnail(stack, key) == THUMBNAIL
    before = read_outcome(stack, key)
    with ThreadPoolExecutor() as executor:
        assert list(executor.map(lambda _: process(stack, key), range(3))) == ["", "", ""]
    assert read_outcome(stack, key) == before


def test_a_duplicate_event_that_fails_keeps_the_thumbnail(stack: Stack, inject_faults: InjectFaults) -> None:
    key = upload(stack, create_upload_key("png"))
    assert fetch_thumbnail(stack, key) == THUMBNAIL
    before = read_outcome(stack, key)
    inject_faults("process", key, cut_off, always=True)
    assert process(stack, key)
    stack.client("s3").delete_object(Bucket=stack.outputs["uploads_bucket"], Key=key)
    assert process(stack, key)
    assert read_outcome(stack, key) == before


def read_outcome(stack: Stack, key: str) -> tuple[bytes, dict[str, str]]:
    stored = stack.client("s3").get_object(Bucket=stack.outputs["processed_bucket"], Key=f"{key}.jpg")
    return stored["Body"].read(), stored["Metadata"]


def test_a_late_event_uses_the_current_upload(stack: Stack) -> None:
    key = upload(stack, create_upload_key("png"), title="Old")
    assert fetch_thumbnail(stack, key) == make_thumbnail(PICTURE, "Old")
    upload(stack, key, title="New")
    assert process(stack, key) == ""
    assert fetch_thumbnail(stack, key) == make_thumbnail(PICTURE, "New")


def test_a_bad_picture_does_not_stop_the_events_other_record(stack: Stack) -> None:
    bad, good = upload(stack, create_upload_key("png"), b"no picture"), upload(stack, create_upload_key("png"))
    assert process(stack, bad, good) == ""
    assert fetch_thumbnail(stack, good) == THUMBNAIL
    assert get_poll_status(stack, bad) == 422


def test_a_deleted_upload_does_not_block_others_and_leaves_the_queue_when_replayed(
    stack: Stack,
) -> None:
    """The event has two records, of which the first fails."""
    deleted, good = create_upload_key("png"), upload(stack, create_upload_key("png"))
    process_asynchronously(stack, deleted, good)
    wait_for_dead_letter(stack, deleted)
    assert fetch_thumbnail(stack, good) == THUMBNAIL
    assert get_poll_status(stack, deleted) == 404
    assert [(fate, key) for fate, key, _ in replay(stack, deleted, good)] == [(GONE, deleted), (REPLAYED, good)]
    assert not list_dead_letters(stack, deleted)


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        ({"requestContext": {"condition": "EventAgeExceeded"}}, "had failed: EventAgeExceeded"),
        (
            {
                "requestContext": {"condition": "RetriesExhausted"},
                "responsePayload": {"errorMessage": "Task timed out"},
            },
            "had failed: Task timed out",
        ),
        (None, ""),
    ],
    ids=["the event expired", "the function failed", "the bare event that version 0.1.0 left"],
)
def test_an_event_is_replayed_whatever_the_message_tells_of_it(
    stack: Stack, envelope: dict[str, Any] | None, reason: str
) -> None:
    key = upload(stack, create_upload_key("png"))
    event = json.loads(make_event(stack, key))
    body = json.dumps(event if envelope is None else envelope | {"requestPayload": event})
    stack.client("sqs").send_message(QueueUrl=stack.outputs["dead_letter_queue_url"], MessageBody=body)
    assert replay(stack, key) == [(REPLAYED, key, reason)]


def test_a_message_that_is_not_an_event_is_reported_and_kept(stack: Stack) -> None:
    stack.client("sqs").send_message(QueueUrl=stack.outputs["dead_letter_queue_url"], MessageBody="hello")
    assert replay(stack, "hello") == [(KEPT, "hello", "not an upload event")]
    assert list_dead_letters(stack, "hello") == ["hello"]
