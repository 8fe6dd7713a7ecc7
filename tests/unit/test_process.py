"""The process function: S3 events, with moto's S3 and real pictures."""

import json
from collections.abc import Callable
from copy import deepcopy
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, unquote, urlsplit

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session
from helpers.pictures import draw_quarters, encode
from moto.core.botocore_stubber import MockRawResponse

from process.thumbnail import Thumbnail, make_thumbnail

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PICTURE = encode(draw_quarters(), "PNG")
SOURCE, KEY = f"{'0' * 32}.png", f"{'1' * 32}.png"
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
    assert metadata.keys() == {"filename", "variants"}
    assert metadata["filename"] == "Fußball 1.png"


THREE = [
    Thumbnail("stack", b"first", scale=0.333, contrast=7.149, cap_height=12.25, words=4),
    Thumbnail("fade", b"second", scale=0.5, contrast=11.9, cap_height=10, words=4),
    Thumbnail("panel", b"third", scale=2, contrast=9, cap_height=9.5, words=4),
]
VARIANTS = [
    {"look": "stack", "contrast": 7.1, "capHeight": 12.2, "words": 4, "bytes": 5, "scale": 0.33},
    {"look": "fade", "contrast": 11.9, "capHeight": 10, "words": 4, "bytes": 6, "scale": 0.5},
    {"look": "panel", "contrast": 9, "capHeight": 9.5, "words": 4, "bytes": 5, "scale": 2},
]


@pytest.fixture
def three_thumbnails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every picture become the thumbnails `THREE`."""
    del run  # requested only because it imports the handler afresh
    monkeypatch.setattr("process.handler.make_thumbnails", lambda *_, **__: THREE)


@pytest.mark.usefixtures("three_thumbnails")
def test_every_variant_is_stored_and_the_first_one_lists_them(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png", filename="cat.png")
    run("a.png")
    assert list_processed(s3) == {"a.png.jpg": b"first", "a.png.2.jpg": b"second", "a.png.3.jpg": b"third"}
    _, _, metadata = read_outcome(s3, "a.png")
    assert metadata["filename"] == "cat.png"
    assert json.loads(metadata["variants"]) == VARIANTS
    assert {s3.head_object(Bucket="processed", Key=key)["ContentType"] for key in list_processed(s3)} == {"image/jpeg"}


@pytest.mark.usefixtures("three_thumbnails")
def test_the_first_variant_is_stored_last(run: Run, s3: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    """Its key is the outcome's: once it exists, poll reports the upload as ready."""
    put_upload(s3, "a.png")
    send, stored = URLLib3Session.send, list[str]()

    def record(session: URLLib3Session, request: Any) -> Any:
        if request.method == "PUT":
            stored.append(urlsplit(request.url).path.rpartition("/")[2])
        return send(session, request)

    monkeypatch.setattr(URLLib3Session, "send", record)
    run("a.png")
    assert sorted(stored[:2]) == ["a.png.2.jpg", "a.png.3.jpg"]
    assert stored[2:] == ["a.png.jpg"]


@pytest.mark.usefixtures("three_thumbnails")
@pytest.mark.parametrize("failing", ["a.png.3.jpg", "a.png.2.jpg", "a.png.jpg"])
def test_there_is_no_outcome_unless_every_variant_is_stored(
    run: Run, s3: "S3Client", monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    put_upload(s3, "a.png")
    send = URLLib3Session.send

    def fail(session: URLLib3Session, request: Any) -> Any:
        if request.url.endswith(f"/{failing}"):
            return AWSResponse("", 403, HTTPHeaders(), MockRawResponse(b""))
        return send(session, request)

    with monkeypatch.context() as while_failing:
        while_failing.setattr(URLLib3Session, "send", fail)
        with pytest.raises(ExceptionGroup):
            run("a.png")
    assert "a.png.jpg" not in list_processed(s3)
    run("a.png")
    assert list_processed(s3) == {"a.png.jpg": b"first", "a.png.2.jpg": b"second", "a.png.3.jpg": b"third"}


def test_a_named_look_is_the_only_variant(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png", text="Hello", look="panel")
    run("a.png")
    assert list_processed(s3) == {"a.png.jpg": make_thumbnail(PICTURE, "Hello", look="panel")}
    [variant] = json.loads(read_outcome(s3, "a.png")[2]["variants"])
    assert (variant["look"], variant["words"]) == ("panel", 1)


@pytest.mark.usefixtures("three_thumbnails")
def test_if_the_upload_is_replaced_by_a_bad_one_the_outcome_is_its_reason(run: Run, s3: "S3Client") -> None:
    """The further variants stay until they expire, but nothing lists them."""
    put_upload(s3, "a.png")
    run("a.png")
    put_upload(s3, "a.png", fit="stretch")
    run("a.png")
    stored, _, metadata = read_outcome(s3, "a.png")
    assert stored == b""
    assert metadata.keys() == {"filename", "error"}


def list_processed(s3: "S3Client") -> dict[str, bytes]:
    keys = [stored["Key"] for stored in s3.list_objects_v2(Bucket="processed").get("Contents", [])]
    return {key: s3.get_object(Bucket="processed", Key=key)["Body"].read() for key in keys}


DEFAULTS = {"fit": "auto", "position": "auto", "caps": False, "look": "auto", "accent": "auto"}
DEFAULTS |= {"size": "1280x720", "limit": "2MB"}


@pytest.mark.parametrize(
    ("metadata", "options"),
    [
        ({}, DEFAULTS),
        ({"fit": "auto", "position": "auto", "caps": "off"}, DEFAULTS),
        (
            {"fit": "crop", "position": "top-left", "caps": "on", "look": "panel", "accent": "%23FF0033"},
            DEFAULTS | {"fit": "crop", "position": "top-left", "caps": True, "look": "panel", "accent": "#ff0033"},
        ),
        ({"size": "3840x2160", "limit": "50MB"}, DEFAULTS | {"size": "3840x2160", "limit": "50MB"}),
        ({"position": "top%2Dleft"}, DEFAULTS | {"position": "top-left"}),
    ],
)
def test_the_options_in_the_metadata_reach_the_thumbnail(
    run: Run, s3: "S3Client", monkeypatch: pytest.MonkeyPatch, metadata: dict[str, str], options: dict[str, object]
) -> None:
    given: list[object] = []

    def make(image: bytes, text: str, *, on_step: object, **options: object) -> list[Thumbnail]:
        del on_step
        given.append((image, text, options))
        return THREE

    monkeypatch.setattr("process.handler.make_thumbnails", make)
    put_upload(s3, "a.png", PICTURE, text="x", **metadata)
    run("a.png")
    assert given == [(PICTURE, "x", options)]
    assert read_outcome(s3, "a.png")[0] == b"first"


def test_the_stacks_defaults_apply_to_what_an_upload_leaves_open(
    environment: pytest.MonkeyPatch, s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent
) -> None:
    environment.setenv("DEFAULT_LOOK", "panel")
    environment.setenv("DEFAULT_ACCENT", "#00FF00")
    environment.setenv("DEFAULT_SIZE", "1920x1080")
    process, given = cold_start("process"), list[tuple[object, object, object]]()

    def make(*_: object, look: str, accent: str, size: str, **__: object) -> list[Thumbnail]:
        given.append((look, accent, size))
        return THREE

    environment.setattr(process, "make_thumbnails", make)
    for options in (
        {},
        {"look": "fade"},
        {"accent": "%23ff0033"},
        {"look": "auto", "accent": "auto"},
        {"size": "1280x720"},
    ):
        s3.put_object(Bucket="uploads", Key="my café/cat & dog.png", Body=PICTURE, Metadata=options)
        process.lambda_handler(load_event("upload"), None)
    assert given == [
        ("panel", "#00ff00", "1920x1080"),
        ("fade", "#00ff00", "1920x1080"),
        ("panel", "#ff0033", "1920x1080"),
        ("auto", "auto", "1920x1080"),
        ("panel", "#00ff00", "1280x720"),
    ]


def test_a_url_encoded_key_in_an_event_is_decoded(run: Run, s3: "S3Client") -> None:
    """The key in tests/events/upload.json is `my café/cat & dog.png`."""
    put_upload(s3, "my café/cat & dog.png", text="x")
    run()
    assert read_outcome(s3, "my café/cat & dog.png")[0] == make_thumbnail(PICTURE, "x")


def test_plain_metadata_set_by_hand_is_accepted(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "cat.png", text="Hello")
    run("cat.png")
    assert read_outcome(s3, "cat.png")[0] == make_thumbnail(PICTURE, "Hello")
    assert read_outcome(s3, "cat.png")[2]["filename"] == "cat.png"


def test_without_a_text_the_default_title_is_drawn(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png")
    run("a.png")
    assert read_outcome(s3, "a.png")[0] == make_thumbnail(PICTURE, "Your Title Here")


def test_an_untitled_upload_has_no_title(run: Run, s3: "S3Client") -> None:
    put_upload(s3, "a.png", untitled="on")
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
        (b"", {}, "The file is empty"),
        (b"", {"source": "cat.png"}, '"source" must be the filename'),
        (PICTURE, {"source": "by%20hand/cat.png"}, '"source" must be the filename'),
        (PICTURE[:200], {}, "damaged, incomplete"),
        (PICTURE, {"fit": "stretch"}, "auto, pad, crop, letterbox"),
        (PICTURE, {"position": "left"}, "auto, top-left, top-center"),
        (PICTURE, {"caps": "loud"}, '"caps" must be one of off, on.'),
        (PICTURE, {"look": "sepia"}, '"look" must be one of auto, '),
        (PICTURE, {"look": "Sepia"}, '"look" must be auto, or the name of a look'),
        (PICTURE, {"accent": "red"}, '"accent" must be auto, or a colour as #rrggbb'),
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


def test_an_upload_with_a_source_becomes_a_thumbnail_of_that_picture(run: Run, s3: "S3Client") -> None:
    put_upload(s3, SOURCE, text="Old", look="fade", filename="Fu%C3%9Fball.png")
    put_upload(s3, KEY, b"", source=SOURCE, text="New", look="panel", fit="pad")
    run(KEY)
    body, _, metadata = read_outcome(s3, KEY)
    assert body == make_thumbnail(PICTURE, "New", look="panel", fit="pad")
    assert metadata["filename"] == "Fußball.png"
    assert metadata.keys() == {"filename", "variants"}


def test_titles_and_options_are_not_inherited_from_a_source(run: Run, s3: "S3Client") -> None:
    put_upload(s3, SOURCE, text="Old", look="fade")
    put_upload(s3, KEY, b"", source=SOURCE)
    run(KEY)
    assert read_outcome(s3, KEY)[0] == make_thumbnail(PICTURE, "Your Title Here")


def test_a_bad_picture_in_a_source_is_refused_with_the_reason(run: Run, s3: "S3Client") -> None:
    put_upload(s3, SOURCE, b"no picture")
    put_upload(s3, KEY, b"", source=SOURCE)
    run(KEY)
    assert "not a picture that can be read" in read_outcome(s3, KEY)[2]["error"]


def test_a_source_that_is_gone_is_recorded_with_its_code(run: Run, s3: "S3Client") -> None:
    put_upload(s3, KEY, b"", source=SOURCE, filename="cat.png")
    run(KEY)
    body, _, metadata = read_outcome(s3, KEY)
    assert body == b""
    assert metadata == {
        "filename": "cat.png",
        "error": "The picture is no longer stored. Please upload it again.",
        "code": "source-gone",
    }
    run(KEY)
    assert read_outcome(s3, KEY)[2] == metadata


def test_other_reasons_have_no_code(run: Run, s3: "S3Client") -> None:
    put_upload(s3, KEY, b"")
    run(KEY)
    assert read_outcome(s3, KEY)[2].keys() == {"filename", "error"}


@pytest.fixture
def refuse_source(environment: pytest.MonkeyPatch) -> Callable[[int, str], None]:
    """Return a function that lets S3 refuse requests for the source with a status and a code."""

    def refuse(status: int, code: str) -> None:
        send = URLLib3Session.send

        def answer(session: URLLib3Session, request: Any) -> Any:
            if not request.url.endswith(f"/{SOURCE}"):
                return send(session, request)
            return AWSResponse("", status, HTTPHeaders(), MockRawResponse(f"<Code>{code}</Code>".encode()))

        environment.setattr(URLLib3Session, "send", answer)

    return refuse


def test_on_aws_a_source_that_is_gone_is_refused_like_a_forbidden_one(
    run: Run, s3: "S3Client", refuse_source: Callable[[int, str], None]
) -> None:
    put_upload(s3, KEY, b"", source=SOURCE)
    refuse_source(403, "AccessDenied")
    run(KEY)
    assert read_outcome(s3, KEY)[2]["code"] == "source-gone"


@pytest.mark.parametrize(("status", "code"), [(403, "SignatureDoesNotMatch"), (404, "NoSuchBucket")])
def test_a_source_that_cannot_be_read_for_another_reason_is_our_fault(
    run: Run, s3: "S3Client", refuse_source: Callable[[int, str], None], status: int, code: str
) -> None:
    put_upload(s3, KEY, b"", source=SOURCE)
    refuse_source(status, code)
    with pytest.raises(ExceptionGroup, match=code):
        run(KEY)
    assert list_processed(s3) == {}


@pytest.mark.usefixtures("three_thumbnails")
def test_an_event_that_arrives_after_its_source_has_expired_keeps_the_thumbnails(run: Run, s3: "S3Client") -> None:
    put_upload(s3, SOURCE)
    put_upload(s3, KEY, b"", source=SOURCE)
    run(KEY)
    before = list_processed(s3), read_outcome(s3, KEY)
    s3.delete_object(Bucket="uploads", Key=SOURCE)
    run(KEY)
    assert (list_processed(s3), read_outcome(s3, KEY)) == before


def test_a_missing_source_is_not_taken_for_a_missing_upload(run: Run, s3: "S3Client") -> None:
    """The latter fails the event: on AWS it looks the same as a broken policy."""
    with pytest.raises(ExceptionGroup):
        run(KEY)
    assert list_processed(s3) == {}


def test_an_error_that_cannot_be_stored_fails_the_event(run: Run, s3: "S3Client") -> None:
    put_upload(s3, KEY, b"", source=SOURCE)
    s3.delete_bucket(Bucket="processed")
    with pytest.raises(ExceptionGroup):
        run(KEY)


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
