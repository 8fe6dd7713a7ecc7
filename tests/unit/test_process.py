"""The process function: S3 events, with moto's S3 and real pictures."""

from collections.abc import Callable
from copy import deepcopy
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, unquote

import pytest
from helpers.pictures import draw_quarters, encode

from process.thumbnail import make_thumbnail

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PICTURE = encode(draw_quarters(), "PNG")
LoadEvent = Callable[[str], dict[str, Any]]
ColdStart = Callable[[str], ModuleType]


@pytest.fixture
def run(s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent) -> Callable[..., None]:
    del s3  # requested only because S3 must be mocked before the handler creates its client
    process = cold_start("process")

    def run(*keys: str) -> None:
        upload = load_event("upload")
        record = upload["Records"][0]
        if keys:
            upload["Records"] = [deepcopy(record) for _ in keys]
            for copy, key in zip(upload["Records"], keys, strict=True):
                copy["s3"]["object"]["key"] = quote_plus(key, safe="/")
        process.lambda_handler(upload, None)

    return run


Run = Callable[..., None]


def put_upload(s3: "S3Client", key: str, body: bytes = PICTURE, **metadata: str) -> None:
    s3.put_object(Bucket="uploads", Key=key, Body=body, Metadata=metadata)


def read_outcome(s3: "S3Client", key: str) -> tuple[bytes, str, dict[str, str]]:
    stored = s3.get_object(Bucket="processed", Key=f"{key}.jpg")
    metadata = {name: unquote(value) for name, value in stored["Metadata"].items()}
    return stored["Body"].read(), stored["ContentType"], metadata


@pytest.mark.parametrize("text", ["MY TITLE", "Grüße & Küsse", "100% ✓"])
def test_an_upload_becomes_a_thumbnail_with_its_title(run: Run, s3: "S3Client", text: str) -> None:
    put_upload(s3, "a.png", text=quote(text, safe=""), fit="crop", filename=quote("Fußball 1.png"))
    run("a.png")
    body, content_type, metadata = read_outcome(s3, "a.png")
    assert body == make_thumbnail(PICTURE, text, fit="crop")
    assert content_type == "image/jpeg"
    assert metadata == {"filename": "Fußball 1.png"}


DEFAULTS = {"fit": "auto", "position": "auto", "caps": False}


@pytest.mark.parametrize(
    ("metadata", "options"),
    [
        ({}, DEFAULTS),
        ({"fit": "auto", "position": "auto", "caps": "off"}, DEFAULTS),
        ({"fit": "crop", "position": "top-left", "caps": "on"}, {"fit": "crop", "position": "top-left", "caps": True}),
        ({"position": "top%2Dleft"}, DEFAULTS | {"position": "top-left"}),
    ],
)
def test_the_options_in_the_metadata_reach_the_thumbnail(
    run: Run, s3: "S3Client", monkeypatch: pytest.MonkeyPatch, metadata: dict[str, str], options: dict[str, object]
) -> None:
    given: list[object] = []

    def make(image: bytes, text: str, *, on_step: object, **options: object) -> bytes:
        del on_step
        given.append((image, text, options))
        return b"thumbnail"

    monkeypatch.setattr("process.handler.make_thumbnail", make)
    put_upload(s3, "a.png", PICTURE, text="x", **metadata)
    run("a.png")
    assert given == [(PICTURE, "x", options)]
    assert read_outcome(s3, "a.png")[0] == b"thumbnail"


def test_a_url_encoded_key_in_an_event_is_decoded(run: Run, s3: "S3Client") -> None:
    """The key in tests/events/upload.json is `my café/cat & dog.png`."""
    put_upload(s3, "my café/cat & dog.png", text="x")
    run()
    assert read_outcome(s3, "my café/cat & dog.png")[0] == make_thumbnail(PICTURE, "x")


def test_plain_metadata_set_by_hand_is_accepted(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "cat.png", text="Hello")
    run("cat.png")
    assert read_outcome(s3, "cat.png")[0] == make_thumbnail(PICTURE, "Hello")
    assert read_outcome(s3, "cat.png")[2] == {"filename": "cat.png"}


def test_without_a_text_the_default_title_is_drawn(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png")
    run("a.png")
    assert read_outcome(s3, "a.png")[0] == make_thumbnail(PICTURE, "Your Title Here")


def test_with_an_empty_text_no_title_is_drawn(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png", text="")
    run("a.png")
    assert read_outcome(s3, "a.png")[0] == make_thumbnail(PICTURE, "", overlay=False)


def test_every_record_of_an_event_is_processed(run: Run, s3: "S3Client") -> None:
    for key in ("a.png", "b.png"):
        put_upload(s3, key, text=key)
    run("a.png", "b.png")
    assert read_outcome(s3, "a.png")[0] == make_thumbnail(PICTURE, "a.png")
    assert read_outcome(s3, "b.png")[0] == make_thumbnail(PICTURE, "b.png")


def test_the_same_event_again_leaves_the_same_bytes(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png", text="Hello")
    run("a.png")
    first = read_outcome(s3, "a.png")
    run("a.png")
    assert read_outcome(s3, "a.png") == first


@pytest.mark.parametrize(
    ("body", "metadata", "reason"),
    [
        (b"no picture", {}, "not a picture that can be read"),
        (PICTURE[:200], {}, "damaged, incomplete"),
        (PICTURE, {"fit": "stretch"}, "auto, pad, crop, letterbox"),
        (PICTURE, {"position": "left"}, "auto, top-left, top-center"),
        (PICTURE, {"caps": "loud"}, '"caps" must be one of off, on.'),
    ],
)
def test_the_users_fault_is_recorded_and_not_retried(
    run: Run, s3: "S3Client", body: bytes, metadata: dict[str, str], reason: str
) -> None:
    put_upload(s3, "a.png", body, **metadata)
    run("a.png")
    stored, _, metadata = read_outcome(s3, "a.png")
    assert stored == b""
    assert reason in metadata["error"]


def test_our_fault_fails_the_event_so_that_lambda_retries_it(
    run: Run, s3: "S3Client", caplog: pytest.LogCaptureFixture
) -> None:
    put_upload(s3, "a.png")
    s3.delete_bucket(Bucket="processed")
    with pytest.raises(ExceptionGroup):
        run("a.png")
    assert "could not process" in caplog.text
    assert "a.png" in caplog.text
    assert s3.get_object(Bucket="uploads", Key="a.png")["Body"].read() == PICTURE


def test_a_malformed_record_does_not_stop_the_others(
    s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent
) -> None:
    process = cold_start("process")
    put_upload(s3, "my café/cat & dog.png", text="x")
    broken = {"Records": [{"s3": {}}, *load_event("upload")["Records"]]}
    with pytest.raises(ExceptionGroup):
        process.lambda_handler(broken, None)
    assert read_outcome(s3, "my café/cat & dog.png")[0] == make_thumbnail(PICTURE, "x")


def test_the_metadata_of_a_long_key_fits_into_two_kilobytes(run: Run, s3: "S3Client") -> None:
    key = "日" * 300 + ".png"
    put_upload(s3, key)
    run(key)
    stored = s3.head_object(Bucket="processed", Key=f"{key}.jpg")["Metadata"]
    assert sum(len(name) + len(value) for name, value in stored.items()) < 2048
    assert unquote(stored["filename"]).endswith("日.png")


def test_a_filename_that_presign_shortened_is_not_shortened_again(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png", filename="x" * 296 + ".png")
    run("a.png")
    assert read_outcome(s3, "a.png")[2]["filename"] == "x" * 296 + ".png"


def test_running_out_of_memory_is_our_fault(run: Run, s3: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    def starve(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("process.thumbnail.decode", starve)
    put_upload(s3, "a.png")
    with pytest.raises(ExceptionGroup):
        run("a.png")


def test_a_failed_record_does_not_stop_the_others(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "b.png", text="b")
    with pytest.raises(ExceptionGroup) as failure:
        run("missing.png", "b.png")
    assert len(failure.value.exceptions) == 1
    assert read_outcome(s3, "b.png")[0] == make_thumbnail(PICTURE, "b")
