"""Replay the events in the dead-letter queue of the local stack, or of the deployed one if no local one runs.

The process function gets each record of an event as S3 sent it. An event leaves the queue once every record has
succeeded or names an upload that is gone, and the error that had put it there is printed; otherwise it stays, and the
error of the replay is printed.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from stack import build_client_settings, find_stack
from user_error import UserError, run_script

REPLAYED, GONE, KEPT = "replayed", "gone", "kept"

# Longer than the process function's timeout in main.tf, and without retries, which would run it twice.
_INVOKE = Config(read_timeout=90, retries={"total_max_attempts": 1})
_VISIBILITY_TIMEOUT = 900  # seconds; longer than replaying one message takes

CreateClient = Callable[[str], Any]  # from a service's name; Any, since boto3 creates its classes at run time


def main() -> None:
    """Find the stack, replay its events, and print what became of each."""
    create_client, outputs = _find_stack()
    counts: Counter[str] = Counter()
    try:
        for fate, upload, reason in redrive(create_client, outputs):
            print(f"{fate:9} {upload}{reason and ': '}{reason}", flush=True)
            counts[fate] += 1
    except (BotoCoreError, ClientError) as error:
        raise UserError(str(error)) from error
    print(", ".join(f"{counts[fate]} {fate}" for fate in (REPLAYED, GONE, KEPT)))
    if counts[KEPT]:
        raise UserError("some events still fail: fix the cause, then run `make redrive` again")


def _find_stack() -> tuple[CreateClient, dict[str, Any]]:
    """Return a function that creates clients for the stack's account, and Terraform's outputs."""
    name, outputs, emulator = find_stack()
    print(name, flush=True)
    settings = build_client_settings(emulator)

    def create_client(service: str) -> Any:
        config = _INVOKE if service == "lambda" else None
        return boto3.client(service, config=config, **settings)  # type: ignore[call-overload]

    return create_client, outputs


def redrive(create_client: CreateClient, outputs: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Replay every message in the dead-letter queue of the stack with these outputs.

    Yields:
        What became of an upload (`REPLAYED`, `GONE` or `KEPT`), its key, and the reason: why it fails, or had failed.
    """
    sqs, queue, function = create_client("sqs"), outputs["dead_letter_queue_url"], outputs["function_names"]["process"]
    kept: dict[str, str] = {}
    try:
        while (message := _receive_message(sqs, queue)) and message["MessageId"] not in kept:
            kept[message["MessageId"]] = message["ReceiptHandle"]
            records, error = _parse_message(message["Body"])
            fates = [_replay(create_client, function, record, error) for record in records]
            yield from fates
            if KEPT not in {fate for fate, _, _ in fates}:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=kept.pop(message["MessageId"]))
    finally:
        for handle in kept.values():
            sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=0)


def _receive_message(sqs: Any, queue: str) -> dict[str, str] | None:
    received = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=_VISIBILITY_TIMEOUT, WaitTimeSeconds=1)
    return next(iter(received.get("Messages", [])), None)


def _parse_message(body: str) -> tuple[list[Any], str]:
    """Return the records of a message's event, and the error with which it failed.

    A message that holds no event is itself the only record.
    """
    try:
        message = json.loads(body)
        # Version 0.1.0 had a dead-letter queue in place of a destination: then a message is the event alone.
        event = message.get("requestPayload", message)
        return list(event["Records"]), _read_error(message)
    except (ValueError, LookupError, TypeError, AttributeError):
        return [body], ""


def _read_error(message: dict[str, Any]) -> str:
    """Return the error in an invocation record, or the condition if the function never ran, as for an expired event.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    payload, context = message.get("responsePayload") or {}, message.get("requestContext", {})
    return str(payload.get("errorMessage") or context.get("condition", ""))


def _replay(create_client: CreateClient, function: str, record: Any, error: str) -> tuple[str, str, str]:
    """Invoke the function with one record: of two in an event, one may fail and the other succeed."""
    try:
        bucket, key = record["s3"]["bucket"]["name"], record["s3"]["object"]["key"]
    except (LookupError, TypeError):
        return KEPT, str(record)[:80], "not an upload event"
    answer = create_client("lambda").invoke(FunctionName=function, Payload=json.dumps({"Records": [record]}))
    if "FunctionError" not in answer:
        return REPLAYED, key, error and f"had failed: {error}"
    if _is_gone(create_client("s3"), bucket, unquote_plus(key)):
        return GONE, key, "the upload was deleted"
    return KEPT, key, str(json.load(answer["Payload"])["errorMessage"])


def _is_gone(s3: Any, bucket: str, key: str) -> bool:
    """Tell whether an upload was deleted. The function cannot tell: it lacks s3:ListBucket, so S3 answers 403."""
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] == "404":
            return True
        raise
    return False


if __name__ == "__main__":
    run_script(main)
