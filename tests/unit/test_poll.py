"""GET /get-final-url, against moto's S3."""

import json
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session
from moto.core.botocore_stubber import MockRawResponse

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

KEY = "0123456789abcdef0123456789abcdef.png"
VARIANTS = [
    {"look": "stack", "contrast": 7.1, "capHeight": 12.3, "words": 4},
    {"look": "fade", "contrast": 11.9, "capHeight": 10.0, "words": 4},
    {"look": "panel", "contrast": 9.0, "capHeight": 9.5, "words": 4},
]
LoadEvent = Callable[[str], dict[str, Any]]
ColdStart = Callable[[str], ModuleType]
Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def ask(s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent) -> Ask:
    del s3  # requested only because S3 must be mocked before the handler creates its client
    poll = cold_start("poll")

    def ask(**query: str) -> tuple[int, dict[str, Any]]:
        response = poll.lambda_handler(load_event("poll") | ({"queryStringParameters": query} if query else {}), None)
        assert response["headers"]["Content-Type"] == "application/json"
        return response["statusCode"], json.loads(response["body"])

    return ask


def store(s3: "S3Client", **metadata: str) -> None:
    encoded = {name: quote(value, safe="") for name, value in metadata.items()}
    s3.put_object(Bucket="processed", Key=f"{KEY}.jpg", Body=b"jpeg", Metadata=encoded)


def test_without_an_outcome_the_thumbnail_is_not_ready_yet(ask: Ask) -> None:
    assert ask() == (404, {"message": "Thumbnail not ready yet", "status": "processing"})


def test_a_finished_thumbnail_has_a_download_link_and_a_view_link(ask: Ask, s3: "S3Client") -> None:
    store(s3, filename="cat.png")
    status, answer = ask()
    assert status == 200
    assert answer.keys() == {"downloadUrl", "viewUrl", "expiresIn", "variants"}
    assert answer["expiresIn"] == 3600
    for link, disposition in (("downloadUrl", "attachment"), ("viewUrl", "inline")):
        url = urlsplit(answer[link])
        query = parse_qs(url.query)
        assert url.path == f"/{KEY}.jpg"
        assert query["X-Amz-Expires"] == ["3600"]
        assert query["response-content-disposition"][0].startswith(disposition)


def test_every_variant_has_links_of_its_own_and_its_measures(ask: Ask, s3: "S3Client") -> None:
    store(s3, filename="cat.png", variants=json.dumps(VARIANTS))
    status, answer = ask()
    assert status == 200
    assert [without_links(variant) for variant in answer["variants"]] == VARIANTS
    for link in ("downloadUrl", "viewUrl"):
        paths = [urlsplit(variant[link]).path for variant in answer["variants"]]
        assert paths == [f"/{KEY}.jpg", f"/{KEY}.2.jpg", f"/{KEY}.3.jpg"]
        assert answer[link] == answer["variants"][0][link], "the first variant must also be at the top level"


def test_the_downloads_of_the_further_variants_are_named_after_their_looks(ask: Ask, s3: "S3Client") -> None:
    store(s3, filename="猫.png", variants=json.dumps(VARIANTS))
    queries = [parse_qs(urlsplit(variant["downloadUrl"]).query) for variant in ask()[1]["variants"]]
    assert [unquote(query["response-content-disposition"][0]) for query in queries] == [
        "attachment; filename=\"thumbnail.jpg\"; filename*=UTF-8''猫-thumbnail.jpg",
        "attachment; filename=\"thumbnail-fade.jpg\"; filename*=UTF-8''猫-thumbnail-fade.jpg",
        "attachment; filename=\"thumbnail-panel.jpg\"; filename*=UTF-8''猫-thumbnail-panel.jpg",
    ]


def test_an_outcome_from_before_there_were_variants_has_one_without_measures(ask: Ask, s3: "S3Client") -> None:
    store(s3, filename="cat.png")
    status, answer = ask()
    assert status == 200
    assert answer["variants"] == [{link: answer[link] for link in ("downloadUrl", "viewUrl")}]


def test_however_many_variants_there_are_poll_makes_one_call(
    ask: Ask, s3: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    store(s3, filename="cat.png", variants=json.dumps(VARIANTS))
    send, sent = URLLib3Session.send, list[str]()

    def record(session: URLLib3Session, request: Any) -> Any:
        sent.append(request.method)
        return send(session, request)

    monkeypatch.setattr(URLLib3Session, "send", record)
    assert ask()[0] == 200
    assert sent == ["HEAD"]


def without_links(variant: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in variant.items() if name not in ("downloadUrl", "viewUrl")}


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("cat.png", "cat-thumbnail.jpg"),
        ("my cat (1).tar.png", "my cat (1).tar-thumbnail.jpg"),
        ("猫の写真.png", "猫の写真-thumbnail.jpg"),
        ('a"b\r\nSet-Cookie: c.png', 'a"b\r\nSet-Cookie: c-thumbnail.jpg'),
        ("../../etc/passwd", "passwd-thumbnail.jpg"),
    ],
)
def test_the_download_is_named_after_the_users_file(ask: Ask, s3: "S3Client", filename: str, name: str) -> None:
    store(s3, filename=filename)
    query = parse_qs(urlsplit(ask()[1]["downloadUrl"]).query)
    disposition = query["response-content-disposition"][0]
    prefix = "attachment; filename=\"thumbnail.jpg\"; filename*=UTF-8''"
    assert disposition.startswith(prefix)
    assert disposition.isascii()
    assert unquote(disposition.removeprefix(prefix)) == name


def test_a_picture_that_could_not_be_used_is_answered_with_the_reason(ask: Ask, s3: "S3Client") -> None:
    store(s3, filename="cat.png", error="The picture is too large: scale it down.")
    assert ask() == (422, {"error": "The picture is too large: scale it down.", "status": "failed"})


def test_a_reason_that_programs_can_act_on_has_a_code(ask: Ask, s3: "S3Client") -> None:
    store(s3, filename="cat.png", error="The picture is gone.", code="source-gone")
    assert ask() == (422, {"error": "The picture is gone.", "status": "failed", "code": "source-gone"})


@pytest.mark.parametrize(
    "filename",
    ["", "cat.png", "../secret", "0123456789abcdef0123456789abcdef", f"{KEY}.jpg", f"x/{KEY}", KEY.upper(), f"{KEY}\n"],
)
def test_a_filename_that_presign_never_returned_is_refused(ask: Ask, filename: str) -> None:
    status, answer = ask(filename=filename)
    assert status == 400
    assert "POST /generate-presigned-url" in answer["error"]


@pytest.mark.parametrize("filename", [None, 5, ["x"], {}])
def test_a_filename_that_is_not_a_string_is_refused(
    s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent, filename: object
) -> None:
    del s3
    request = load_event("poll") | {"queryStringParameters": {"filename": filename}}
    assert cold_start("poll").lambda_handler(request, None)["statusCode"] == 400


def test_a_missing_filename_is_refused(s3: "S3Client", cold_start: ColdStart, load_event: LoadEvent) -> None:
    del s3
    request = load_event("poll")
    del request["queryStringParameters"]
    assert cold_start("poll").lambda_handler(request, None)["statusCode"] == 400


def test_an_error_from_s3_is_logged_and_answered_with_a_fixed_message(
    environment: pytest.MonkeyPatch, cold_start: ColdStart, load_event: LoadEvent, caplog: pytest.LogCaptureFixture
) -> None:
    poll = cold_start("poll")
    refusal = AWSResponse("", 403, HTTPHeaders(), MockRawResponse(b""))
    environment.setattr(URLLib3Session, "send", lambda *_: refusal)  # because moto enforces no policies
    response = poll.lambda_handler(load_event("poll"), None)
    assert response["statusCode"] == 500
    assert json.loads(response["body"])["error"].startswith("Something went wrong on our side")
    assert "ClientError: An error occurred (403) when calling the HeadObject operation: Forbidden" in caplog.text
