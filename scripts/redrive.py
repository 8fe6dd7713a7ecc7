"""Replay the events in the dead-letter queue: on the local stack if one runs here, else on the deployed one.

Each goes to the process function as it came from S3, and leaves the queue once the function has done its work, or
where no work is left because the upload is deleted. What still fails stays, and its reason is printed.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

import terraform
from emulator import ROOT
from local_stack import current
from user_error import UserError, run_script

REPLAYED, GONE, KEPT = "replayed", "gone", "kept"

# Longer than the process function may run (see main.tf), so that its answer is heard; and never sent twice.
_INVOKE = Config(read_timeout=90, retries={"total_max_attempts": 1})
# How long no one else sees a message: longer than replaying takes.
_HIDDEN_SECONDS = 900

Client = Callable[[str], Any]  # of a service's name; boto3 makes its clients at run time


def main() -> None:
    """Find the stack, replay what waits there, and say what became of it."""
    client, outputs = _stack()
    counts: Counter[str] = Counter()
    try:
        for fate, upload, why in redrive(client, outputs):
            print(f"{fate:9} {upload}{why and ': '}{why}", flush=True)
            counts[fate] += 1
    except (BotoCoreError, ClientError) as error:
        raise UserError(str(error)) from error
    print(", ".join(f"{counts[fate]} {fate}" for fate in (REPLAYED, GONE, KEPT)))
    if counts[KEPT]:
        raise UserError("what was kept still fails: mend the cause, then run `make redrive` again")


def _stack() -> tuple[Client, dict[str, Any]]:
    """Return what makes clients for the stack's account, and Terraform's outputs."""
    local = current()
    if local.emulator.running():
        print(f"local stack on port {local.emulator.port}", flush=True)
        settings: dict[str, Any] = local.emulator.client_settings
        outputs = local.outputs()
    else:
        print("deployed stack", flush=True)
        terraform.require()
        # As Terraform finds its region; boto3 knows the second name only, and asks the profile itself.
        settings = {"region_name": os.environ.get("AWS_REGION")}
        outputs = terraform.outputs(ROOT)
    if "dead_letter_queue_url" not in outputs:
        raise UserError("no local stack is running, and none was deployed from this folder")

    def client(service: str) -> Any:
        config = _INVOKE if service == "lambda" else None
        return boto3.client(service, config=config, **settings)  # type: ignore[call-overload]

    return client, outputs


def redrive(client: Client, outputs: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Replay every message in the dead-letter queue of the stack with these outputs.

    Yields:
        What became of an upload (`REPLAYED`, `GONE` or `KEPT`), its key, and why.
    """
    sqs, queue, function = client("sqs"), outputs["dead_letter_queue_url"], outputs["function_names"]["process"]
    kept: dict[str, str] = {}
    try:
        while (message := _next_message(sqs, queue)) and message["MessageId"] not in kept:
            kept[message["MessageId"]] = message["ReceiptHandle"]
            fates = [_replay(client, function, record) for record in _records(message["Body"])]
            yield from fates
            if KEPT not in {fate for fate, _, _ in fates}:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=kept.pop(message["MessageId"]))
    finally:
        for handle in kept.values():
            sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=0)


def _next_message(sqs: Any, queue: str) -> dict[str, str] | None:
    received = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=_HIDDEN_SECONDS, WaitTimeSeconds=1)
    return next(iter(received.get("Messages", [])), None)


def _records(body: str) -> list[Any]:
    """Return the records of the event in a message; what is no event is returned as a record that will fail."""
    try:
        event = json.loads(body)
        # The emulator wraps what AWS leaves as it was.
        return list(event.get("requestPayload", event)["Records"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return [body]


def _replay(client: Client, function: str, record: Any) -> tuple[str, str, str]:
    """Have one record processed: of an event of two, one may be beyond help, and the other not."""
    try:
        bucket, key = record["s3"]["bucket"]["name"], record["s3"]["object"]["key"]
    except (LookupError, TypeError):
        return KEPT, str(record)[:80], "this is no event of an upload"
    answer = client("lambda").invoke(FunctionName=function, Payload=json.dumps({"Records": [record]}))
    if "FunctionError" not in answer:
        return REPLAYED, key, ""
    if _is_gone(client("s3"), bucket, unquote_plus(key)):
        return GONE, key, "the upload is deleted, nothing is left to make"
    return KEPT, key, str(json.load(answer["Payload"])["errorMessage"])


def _is_gone(s3: Any, bucket: str, key: str) -> bool:
    """Tell whether an upload is deleted. The function cannot tell: it may not list, so S3 answers it 403."""
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] == "404":
            return True
        raise
    return False


if __name__ == "__main__":
    run_script(main)
