"""`common.s3` signs, sends, returns, raises and retries as boto3's client does, given the same calls."""

import importlib
import re
import sys
import time
from collections.abc import Callable
from http.client import responses
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import boto3
import botocore
import botocore.auth
import botocore.signers
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    IncompleteReadError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session
from helpers.signatures import (
    KEYS,
    NOW,
    PLACES,
    FixedClock,
    get_client_settings,
    get_environment,
    sign_everything,
)
from moto.core.botocore_stubber import MockRawResponse

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MAIN = (Path(__file__).parent.parent.parent / "main.tf").read_text()
URL = "https://uploads.s3.eu-west-1.amazonaws.com/a.png"
OBJECT: dict[str, Any] = {"Bucket": "uploads", "Key": "a.png"}
STORED = OBJECT | {"Body": b"jpeg", "ContentType": "image/jpeg", "Metadata": {"filename": "Fu%C3%9Fball.png"}}
CALLS = [
    ("head_object", OBJECT),
    ("get_object", OBJECT),
    ("put_object", STORED),
    ("put_object", STORED | {"IfNoneMatch": "*"}),
]

# The last one is not in PLACES because the oldest botocore in tests/stack/test_botocore_versions.py does not know it.
ALL_PLACES = [*PLACES, "eusc-de-east-1"]

HEADERS = ("Content-Type", "x-amz-meta-filename", "If-None-Match")

Answer = AWSResponse | BotoCoreError


def make_response(status: int, body: bytes = b"", **headers: str) -> AWSResponse:
    return AWSResponse(URL, status, HTTPHeaders.from_dict(headers), MockRawResponse(body))


def make_error(status: int, code: str) -> AWSResponse:
    return make_response(status, f"<Error><Code>{code}</Code><Message>{responses[status]}</Message></Error>".encode())


@pytest.fixture
def create_clients(environment: pytest.MonkeyPatch) -> Callable[..., tuple[Any, Any]]:
    """Return a function that creates two clients for a place: ours, imported afresh as in a cold start, and boto3's."""

    def create(place: str = "eu-west-1") -> tuple[Any, Any]:
        for name, value in get_environment(place).items():
            environment.setenv(name, value)
        environment.delitem(sys.modules, "common.s3", raising=False)
        ours = importlib.import_module("common.s3").Client()
        return ours, boto3.Session().client("s3", **get_client_settings(place))

    return create


@pytest.fixture
def answer(environment: pytest.MonkeyPatch) -> Callable[..., list[AWSPreparedRequest]]:
    """Return a function that queues answers to requests (200 once they run out) and returns a list of the requests."""

    def answer(*answers: Answer) -> list[AWSPreparedRequest]:
        requests: list[AWSPreparedRequest] = []
        queue = iter(answers)

        def send(_: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
            requests.append(request)
            result = next(queue, None) or make_response(200)
            if isinstance(result, BotoCoreError):
                raise result
            return result

        environment.setattr(URLLib3Session, "send", send)
        return requests

    return answer


@pytest.fixture
def waits(environment: pytest.MonkeyPatch) -> list[float]:
    """Return a list that collects the seconds of each sleep, in place of sleeping."""
    waits: list[float] = []
    environment.setattr(time, "sleep", waits.append)
    return waits


AnswerWith = Callable[..., list[AWSPreparedRequest]]
CreateClients = Callable[..., tuple[Any, Any]]


@pytest.mark.parametrize("token", ["IQoJb3JpZ2luX2VjEJr//=", None], ids=["token", "no token"])
@pytest.mark.parametrize("place", ALL_PLACES)
def test_presigned_posts_and_links_match_boto3(
    create_clients: CreateClients, environment: pytest.MonkeyPatch, place: str, token: str | None
) -> None:
    if token:
        environment.setenv("AWS_SESSION_TOKEN", token)
    else:
        environment.delenv("AWS_SESSION_TOKEN")
    ours, theirs = create_clients(place)
    environment.setattr(sys.modules["common.s3"], "datetime", FixedClock)
    for module in (botocore.auth, botocore.signers):
        environment.setattr(module, "get_current_datetime", lambda: NOW.replace(tzinfo=None))
    assert sign_everything(ours) == sign_everything(theirs)


@pytest.mark.parametrize("place", ALL_PLACES)
def test_requests_match_boto3(create_clients: CreateClients, answer: AnswerWith, place: str) -> None:
    sent = []
    for s3 in create_clients(place):
        requests = answer()
        for key in KEYS:
            for method, arguments in CALLS:
                getattr(s3, method)(**arguments | {"Key": key})
        sent.append([(request.method, request.url, *map(request.headers.get, HEADERS)) for request in requests])
    assert [tuple(map(to_text, request)) for request in sent[0]] == [
        tuple(map(to_text, request)) for request in sent[1]
    ]


def test_requests_name_botocore_and_its_version(create_clients: CreateClients, answer: AnswerWith) -> None:
    for s3 in create_clients():
        requests = answer()
        s3.head_object(**OBJECT)
        agent = to_text(requests[0].headers["User-Agent"])
        assert re.search(rf"\bBotocore[/#]{botocore.__version__}\b", str(agent))
        assert "user-agent" not in str(to_text(requests[0].headers["Authorization"]))


@pytest.mark.parametrize("setting", ["_socket_options", "_max_pool_connections"])
def test_connections_are_made_as_by_boto3(create_clients: CreateClients, setting: str) -> None:
    ours, theirs = create_clients()
    assert getattr(ours._session, setting) == getattr(theirs._endpoint.http_session, setting)  # noqa: SLF001


def test_the_certificate_of_s3_is_verified(create_clients: CreateClients) -> None:
    assert create_clients()[0]._session._verify is True  # noqa: SLF001


def to_text(value: str | bytes | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def test_returned_objects_match_boto3(s3: "S3Client", create_clients: CreateClients) -> None:
    ours, _ = create_clients()
    ours.put_object(**STORED)
    for method in ("get_object", "head_object"):
        assert getattr(ours, method)(**OBJECT)["Metadata"] == getattr(s3, method)(**OBJECT)["Metadata"]
    assert ours.get_object(**OBJECT)["Body"].read() == s3.get_object(**OBJECT)["Body"].read() == b"jpeg"
    assert s3.head_object(**OBJECT)["ContentType"] == "image/jpeg"


@pytest.mark.parametrize(
    ("method", "refusal"),
    [
        ("head_object", lambda: make_response(404)),
        ("head_object", lambda: make_response(403)),
        ("get_object", lambda: make_error(404, "NoSuchKey")),
        ("get_object", lambda: make_response(404)),
        ("put_object", lambda: make_error(403, "AccessDenied")),
        ("put_object", lambda: make_error(400, "EntityTooLarge")),
    ],
)
def test_errors_match_boto3_and_are_not_retried(
    create_clients: CreateClients, answer: AnswerWith, method: str, refusal: Callable[[], AWSResponse]
) -> None:
    requests = answer(refusal(), refusal())
    raised = []
    for s3 in create_clients():
        with pytest.raises(ClientError) as refused:
            getattr(s3, method)(**dict(CALLS)[method])
        raised.append((str(refused.value), refused.value.response["Error"], refused.value.operation_name))
    assert raised[0] == raised[1]
    assert len(requests) == 2


TRANSIENT: dict[str, Callable[[], Answer]] = {
    "RequestTimeout": lambda: make_error(400, "RequestTimeout"),
    "429": lambda: make_error(429, "TooManyRequestsException"),
    "500": lambda: make_error(500, "InternalError"),
    "502": lambda: make_response(502, b"<html>"),
    "503": lambda: make_error(503, "SlowDown"),
    "504": lambda: make_response(504),
    "no connection": lambda: EndpointConnectionError(endpoint_url=URL),
    "silence": lambda: ReadTimeoutError(endpoint_url=URL),
    "closed connection": lambda: ConnectionClosedError(endpoint_url=URL),
}


@pytest.mark.parametrize("failure", TRANSIENT.values(), ids=TRANSIENT)
def test_a_transient_failure_is_retried_as_in_boto3s_standard_mode(
    create_clients: CreateClients, answer: AnswerWith, waits: list[float], failure: Callable[[], Answer]
) -> None:
    for s3 in create_clients():
        requests = answer(failure(), failure())
        s3.put_object(**STORED)
        assert len(requests) == 3
    assert len(waits) == 4


@pytest.mark.parametrize("failure", TRANSIENT.values(), ids=TRANSIENT)
def test_after_three_attempts_a_failure_is_raised_as_by_boto3(
    create_clients: CreateClients, answer: AnswerWith, waits: list[float], failure: Callable[[], Answer]
) -> None:
    raised = []
    for s3 in create_clients():
        requests = answer(failure(), failure(), failure())
        with pytest.raises((BotoCoreError, ClientError)) as failed:
            s3.get_object(**OBJECT)
        assert len(requests) == 3
        code = failed.value.response["Error"]["Code"] if isinstance(failed.value, ClientError) else ""
        raised.append((type(failed.value), code))
    assert raised[0] == raised[1]
    assert len(waits) == 4


def test_the_wait_before_a_retry_is_random_and_its_limit_grows(
    create_clients: CreateClients, answer: AnswerWith, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    s3, _ = create_clients()
    monkeypatch.setattr("random.random", lambda: 0.5)
    answer(make_error(500, "InternalError"), make_error(500, "InternalError"))
    s3.head_object(**OBJECT)
    assert waits == [0.5, 1.0]


def test_a_download_that_breaks_off_is_repeated(
    create_clients: CreateClients, answer: AnswerWith, waits: list[float]
) -> None:
    cut = {"Content-Length": "4"}
    requests = answer(make_response(200, b"jp", **cut), make_response(200, b"jpeg", **cut))
    s3, _ = create_clients()
    assert s3.get_object(**OBJECT)["Body"].read() == b"jpeg"
    assert len(requests) == 2
    answer(*(make_response(200, b"jp", **cut) for _ in range(3)))
    with pytest.raises(IncompleteReadError):
        s3.get_object(**OBJECT)
    assert len(waits) == 3


@pytest.mark.parametrize(("function", "calls"), [("process", 5), ("poll", 1)])
def test_calls_to_a_slow_s3_fail_before_the_function_times_out(
    cold_start: Callable[[str], ModuleType], function: str, calls: int
) -> None:
    """A function that raises logs the error; one that times out logs nothing."""
    limit = re.search(rf'"aws_lambda_function" "{function}".*?timeout += (\d+)', MAIN, re.DOTALL)
    assert limit
    connect, read = cold_start(function)._s3.timeouts  # noqa: SLF001
    backoff = sys.modules["common.s3"]._BACKOFF  # noqa: SLF001
    longest_call = (len(backoff) + 1) * (connect + read) + sum(backoff)
    assert calls * longest_call < int(limit[1])
    assert read >= 0.5


@pytest.mark.parametrize("timeout", [8.0, 10.0])
def test_three_attempts_and_the_waits_between_them_take_no_longer_than_the_timeout(
    create_clients: CreateClients, timeout: float
) -> None:
    create_clients()
    module = sys.modules["common.s3"]
    connect, read = module.Client(timeout=timeout).timeouts
    assert connect == 1
    assert 3 * (connect + read) + 1 + 2 == pytest.approx(timeout)
    assert module.Client().timeouts == module.Client(timeout=8).timeouts


@pytest.mark.parametrize(("status", "is_refused"), [(200, False), (204, False), (299, False), (300, True), (307, True)])
def test_any_status_from_300_on_is_an_error(
    create_clients: CreateClients,
    answer: AnswerWith,
    status: int,
    is_refused: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    requests = answer(make_response(status))
    ours, _ = create_clients()
    if is_refused:
        with pytest.raises(ClientError):
            ours.head_object(**OBJECT)
    else:
        ours.head_object(**OBJECT)
    assert len(requests) == 1


@pytest.mark.parametrize("code", ["RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete"])
def test_a_code_that_asks_for_patience_is_asked_again_whatever_the_status(
    create_clients: CreateClients, answer: AnswerWith, waits: list[float], code: str
) -> None:
    for s3 in create_clients():
        requests = answer(make_error(400, code))
        s3.head_object(**OBJECT)
        assert len(requests) == 2
    assert len(waits) == 2


def test_an_answer_without_a_body_is_complete_whatever_length_it_announces(
    create_clients: CreateClients, answer: AnswerWith
) -> None:
    requests = answer(make_response(200, b"", **{"Content-Length": "4", "X-Amz-Meta-Filename": "a", "Server": "S3"}))
    ours, _ = create_clients()
    assert ours.head_object(**OBJECT) == {"Metadata": {"filename": "a"}}
    assert len(requests) == 1


def test_an_error_that_s3_does_not_explain_has_the_names_of_its_status(
    create_clients: CreateClients, answer: AnswerWith
) -> None:
    answer(make_response(403, b"<html>\xff<Code>Odd\xffCode</Code><Message>two\nlines</Message>"))
    ours, _ = create_clients()
    with pytest.raises(ClientError) as refused:
        ours.get_object(**OBJECT)
    assert refused.value.response["Error"] == {"Code": "Odd\ufffdCode", "Message": "two\nlines"}
    answer(make_response(403, b"<html>"))
    with pytest.raises(ClientError) as refused:
        ours.get_object(**OBJECT)
    assert refused.value.response["Error"] == {"Code": "403", "Message": "Forbidden"}
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
