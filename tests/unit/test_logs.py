"""Logs have enough to find a fault, but no user data and no credentials."""

import json
import logging
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from helpers.pictures import draw_quarters, encode

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LoadEvent = Callable[[str], dict[str, Any]]
ColdStart = Callable[[str], ModuleType]

TITLE, FILENAME, ADDRESS = "My secret title", "my-diary.png", "192.0.2.7"
KEY = "0123456789abcdef0123456789abcdef.png"


@pytest.fixture
def process(s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent) -> Callable[..., None]:
    """Return a function that uploads a file and processes it."""
    handler = cold_start("process")

    def process(body: bytes, title: str = TITLE) -> None:
        s3.put_object(Bucket="uploads", Key=KEY, Body=body, Metadata={"text": quote(title), "filename": FILENAME})
        uploaded = load_event("upload")
        uploaded["Records"][0]["s3"]["object"]["key"] = KEY
        uploaded["Records"][0]["requestParameters"] = {"sourceIPAddress": ADDRESS}
        handler.lambda_handler(uploaded, None)

    return process


def assert_no_user_data(log: pytest.LogCaptureFixture) -> None:
    for secret in (TITLE, quote(TITLE), FILENAME, ADDRESS, "X-Amz-Signature", "x-amz-signature"):
        assert secret not in log.text


def test_a_thumbnail_logs_no_user_data(process: Callable[[bytes], None], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    process(encode(draw_quarters(), "PNG"))
    assert_no_user_data(caplog)


def test_the_time_of_each_step_is_logged(process: Callable[[bytes], None], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    process(encode(draw_quarters(), "PNG"))
    [stored] = [vars(record) for record in caplog.records if record.getMessage() == f"stored {KEY}"]
    assert list(stored["milliseconds"]) == ["fetch", "decode", "analyse", "resize", "draw", "encode", "store"]
    assert all(milliseconds >= 0 for milliseconds in stored["milliseconds"].values())
    assert stored["peak_mb"] > 0


def test_a_refused_picture_is_logged_by_its_key(
    process: Callable[[bytes], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    process(b"no picture")
    assert KEY in caplog.text
    assert_no_user_data(caplog)


def test_a_refused_title_is_not_logged(process: Callable[[bytes, str], None], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    process(encode(draw_quarters(), "PNG"), f"{TITLE} ᏣᎳᎩ")
    assert f"refused {KEY}: its title" in caplog.text
    assert "Ꮳ" not in caplog.text
    assert_no_user_data(caplog)


def test_a_failure_is_logged_with_its_key_and_stack_trace(
    process: Callable[[bytes], None], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starve(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("process.thumbnail.decode", starve)
    with pytest.raises(ExceptionGroup):
        process(encode(draw_quarters(), "PNG"))
    assert KEY in caplog.text
    assert "MemoryError" in caplog.text
    assert_no_user_data(caplog)


@pytest.mark.usefixtures("s3")
def test_the_api_logs_no_user_data(
    cold_start: ColdStart, load_event: LoadEvent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    body = json.dumps({"filename": FILENAME, "filetype": "image/png", "text": TITLE})
    assert cold_start("presign").lambda_handler(load_event("presign") | {"body": body}, None)["statusCode"] == 200
    cold_start("poll").lambda_handler(load_event("poll"), None)
    assert_no_user_data(caplog)
