"""What is signed without a client is what boto3's client signs, to the last character."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

import boto3
import botocore.auth
import botocore.signers
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.httpsession import URLLib3Session

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ColdStart = Callable[[str], ModuleType]
LoadEvent = Callable[[str], dict[str, Any]]

VIRTUAL = Config(
    signature_version="s3v4", s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
)
PATH = Config(signature_version="s3v4", s3={"addressing_style": "path"})
EMULATOR = "http://127.0.0.1:4566"
# The region, and where the bucket is, with {} for its name.
PLACES = {
    "eu-west-1": ("eu-west-1", "https://{}.s3.eu-west-1.amazonaws.com"),
    "us-east-1": ("us-east-1", "https://{}.s3.us-east-1.amazonaws.com"),
    "cn-north-1": ("cn-north-1", "https://{}.s3.cn-north-1.amazonaws.com.cn"),
    "emulator": ("eu-west-1", EMULATOR + "/{}"),
}
KEYS = ["a.png.jpg", "a b+c.jpg", "Fußball/1~2.jpg", "100%.jpg", "a=b&c?d#e.jpg"]


@pytest.fixture(params=PLACES.values(), ids=list(PLACES))
def boto3s(request: pytest.FixtureRequest, environment: pytest.MonkeyPatch) -> "S3Client":
    """A client for one of the places, of which the environment tells the functions too."""
    region, url = request.param
    environment.setenv("AWS_REGION", region)
    for noun in ("uploads", "processed"):
        environment.setenv(f"{noun.upper()}_URL", url.format(noun))
    endpoint, config = (EMULATOR, PATH) if EMULATOR in url else (None, VIRTUAL)
    return boto3.Session().client("s3", region_name=region, endpoint_url=endpoint, config=config)


@pytest.fixture(params=["IQoJb3JpZ2luX2VjEJr//=", None], ids=["token", "no token"], autouse=True)
def token(request: pytest.FixtureRequest, environment: pytest.MonkeyPatch) -> None:
    if request.param:
        environment.setenv("AWS_SESSION_TOKEN", request.param)
    else:
        environment.delenv("AWS_SESSION_TOKEN")


def stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(now.replace(tzinfo=UTC).timestamp(), tz)

    monkeypatch.setattr(sys.modules["common.signing"], "datetime", Stopped)
    for module in (botocore.auth, botocore.signers):
        monkeypatch.setattr(module, "get_current_datetime", lambda: now)


def test_the_form_is_boto3s(
    boto3s: "S3Client", environment: pytest.MonkeyPatch, cold_start: ColdStart, event: LoadEvent
) -> None:
    presign = cold_start("presign")
    stop_the_clock(environment)
    answer = json.loads(presign.lambda_handler(event("presign"), None)["body"])
    fields = {name: value for name, value in answer["fields"].items() if name.startswith(("Content", "x-amz-meta"))}
    expected = boto3s.generate_presigned_post(
        "uploads",
        answer["filename"],
        Fields=fields,
        Conditions=[*({name: value} for name, value in fields.items()), ["content-length-range", 1, 1_000_000]],
        ExpiresIn=300,
    )
    assert answer["fields"] == expected["fields"]
    assert answer["url"] == expected["url"].rstrip("/")


@pytest.mark.parametrize("key", KEYS)
def test_a_link_is_boto3s(boto3s: "S3Client", environment: pytest.MonkeyPatch, cold_start: ColdStart, key: str) -> None:
    disposition = "attachment; filename*=UTF-8''Fu%C3%9Fball%201.jpg"
    processed = cold_start("poll")._processed  # noqa: SLF001
    stop_the_clock(environment)
    assert processed.link(key, disposition, 3600) == boto3s.generate_presigned_url(
        "get_object",
        Params={"Bucket": "processed", "Key": key, "ResponseContentDisposition": disposition},
        ExpiresIn=3600,
    )


@pytest.mark.parametrize("key", KEYS)
def test_an_object_is_asked_for_where_boto3_asks(
    boto3s: "S3Client", environment: pytest.MonkeyPatch, cold_start: ColdStart, key: str
) -> None:
    asked: list[str] = []

    def answer(_: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        asked.append(f"{request.method} {request.url}")
        return AWSResponse(request.url, 404, HTTPHeaders(), BytesIO())

    environment.setattr(URLLib3Session, "send", answer)
    cold_start("poll")._processed.head(key)  # noqa: SLF001
    link = boto3s.generate_presigned_url("head_object", Params={"Bucket": "processed", "Key": key})
    assert asked == [f"HEAD {link.partition('?')[0]}"]
