"""Neither the public nor a function can do more than the README's table of permissions allows."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import requests
from conftest import Stack

# Code that runs with a function's role, makes one call, and returns the error code or "allowed".
PROBE = """
import boto3
from botocore.exceptions import ClientError

def lambda_handler(event, context):
    client = boto3.client(event["service"])
    try:
        getattr(client, event["operation"])(**event["parameters"])
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"
"""

Probe = Callable[..., str]


@pytest.fixture(scope="module")
def objects(stack: Stack) -> dict[str, str]:
    """Put an object with the key `probe` into each bucket; return the buckets' names."""
    buckets = {bucket: str(stack.outputs[f"{bucket}_bucket"]) for bucket in ("uploads", "processed", "site")}
    for bucket in buckets.values():
        stack.client("s3").put_object(Bucket=bucket, Key="probe", Body=b"x", ContentType="text/plain")
    return buckets


@pytest.fixture(scope="module")
def act_as(stack: Stack) -> Callable[[str], Probe]:
    functions = stack.client("lambda")
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("probe.py", PROBE)

    def act_as(caller: str) -> Probe:
        name = f"probe-{caller}"
        own = functions.get_function_configuration(FunctionName=stack.outputs["function_names"][caller])
        if name not in {function["FunctionName"] for function in functions.list_functions()["Functions"]}:
            functions.create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=own["Role"],
                Handler="probe.lambda_handler",
                Timeout=30,
                Code={"ZipFile": code.getvalue()},
            )
            functions.get_waiter("function_active_v2").wait(FunctionName=name)

        def probe(service: str, operation: str, **parameters: Any) -> str:
            event = {"service": service, "operation": operation, "parameters": parameters}
            answer = functions.invoke(FunctionName=name, Payload=json.dumps(event))
            return str(json.loads(answer["Payload"].read()))

        return probe

    return act_as


PUT, GET, DELETE, LIST = "put_object", "get_object", "delete_object", "list_objects_v2"
ALLOWED = {
    "presign": {(PUT, "uploads")},
    "process": {(GET, "uploads"), (PUT, "processed")},
    "poll": {(GET, "processed"), (LIST, "processed")},
}


@pytest.mark.parametrize("caller", ALLOWED)
@pytest.mark.parametrize("operation", [PUT, GET, DELETE, LIST])
@pytest.mark.parametrize("bucket", ["uploads", "processed"])
def test_a_function_may_use_the_buckets_only_as_its_job_requires(
    act_as: Callable[[str], Probe], objects: dict[str, str], caller: str, operation: str, bucket: str
) -> None:
    parameters = {"Bucket": objects[bucket]} | ({} if operation == LIST else {"Key": "probe"})
    if operation == PUT:
        parameters["Body"] = "x"
    expected = "allowed" if (operation, bucket) in ALLOWED[caller] else "AccessDenied"
    assert act_as(caller)("s3", operation, **parameters) == expected


@pytest.mark.parametrize("caller", ALLOWED)
def test_no_function_may_write_to_the_page(
    act_as: Callable[[str], Probe], objects: dict[str, str], caller: str
) -> None:
    assert act_as(caller)("s3", PUT, Bucket=objects["site"], Key="index.html", Body="x") == "AccessDenied"


@pytest.mark.parametrize("caller", ALLOWED)
def test_no_function_may_write_to_anothers_log(act_as: Callable[[str], Probe], stack: Stack, caller: str) -> None:
    for other, name in stack.outputs["function_names"].items():
        answer = act_as(caller)(
            "logs", "create_log_stream", logGroupName=f"/aws/lambda/{name}", logStreamName=f"probe-by-{caller}"
        )
        assert (answer == "allowed") == (other == caller), f"{caller} on {other}'s log: {answer}"


@pytest.mark.parametrize("caller", ["presign", "poll"])
def test_presign_and_poll_may_not_send_dead_letters(act_as: Callable[[str], Probe], stack: Stack, caller: str) -> None:
    queue = stack.outputs["dead_letter_queue_url"]
    assert act_as(caller)("sqs", "send_message", QueueUrl=queue, MessageBody="x").startswith("AccessDenied")


@pytest.mark.parametrize("bucket", ["uploads", "processed"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_the_public_is_refused_pictures_and_thumbnails(
    stack: Stack, objects: dict[str, str], bucket: str, method: str
) -> None:
    url = f"{stack.origin}/{objects[bucket]}/probe"
    assert requests.request(method, url, data=b"y" if method == "PUT" else None, timeout=30).status_code == 403


@pytest.mark.parametrize("bucket", ["uploads", "processed", "site"])
def test_the_public_may_list_no_bucket(stack: Stack, objects: dict[str, str], bucket: str) -> None:
    assert requests.get(f"{stack.origin}/{objects[bucket]}?list-type=2", timeout=30).status_code == 403


def test_the_public_may_read_the_page_but_not_change_it(stack: Stack, objects: dict[str, str]) -> None:
    assert requests.get(stack.page, timeout=30).status_code == 200
    assert requests.put(f"{stack.origin}/{objects['site']}/index.html", data=b"y", timeout=30).status_code == 403
    assert requests.delete(f"{stack.origin}/{objects['site']}/index.html", timeout=30).status_code == 403


def test_a_link_with_another_key_or_signature_is_refused(stack: Stack, objects: dict[str, str]) -> None:
    link = stack.client("s3").generate_presigned_url(
        "get_object", Params={"Bucket": objects["processed"], "Key": "probe"}
    )
    assert requests.get(link, timeout=30).status_code == 200
    assert requests.get(link.replace("/probe?", "/other?"), timeout=30).status_code == 403
    assert requests.get(link[:-4] + "0000", timeout=30).status_code == 403


STRANGE = [
    "../probe",
    "..%2fprobe",
    "%2e%2e%2fprobe",
    "probe",
    "uploads/probe",
    "0" * 3000,
    "%00",
    "%0d%0aX-Evil:1",
    "%ff",
]


@pytest.mark.parametrize("name", STRANGE, ids=range(len(STRANGE)))
def test_poll_refuses_filenames_that_presign_never_returned(stack: Stack, objects: dict[str, str], name: str) -> None:
    del objects
    answer = requests.get(f"{stack.api}/get-final-url?filename={name}", timeout=30)
    assert answer.status_code == 400
    assert "POST /generate-presigned-url" in answer.json()["error"]
    assert "X-Evil" not in answer.headers
