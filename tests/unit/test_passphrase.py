"""With a passphrase, presign answers only those who know it."""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

PASSPHRASE = "correct horse: Bätterie 🐎"
WRONG = {"error": "The passphrase is wrong."}
MISSING = {"error": "This stack has a passphrase. Send it as the password of HTTP Basic authentication."}

ColdStart = Callable[[str], ModuleType]
LoadEvent = Callable[[str], dict[str, Any]]
Ask = Callable[..., tuple[int, dict[str, Any]]]

pytestmark = pytest.mark.usefixtures("font_coverage")


def encode(passphrase: str, user: str = "") -> str:
    return "Basic " + base64.b64encode(f"{user}:{passphrase}".encode()).decode()


@pytest.fixture
def ask(cold_start: ColdStart, load_event: LoadEvent, environment: pytest.MonkeyPatch) -> Ask:
    environment.setenv("PASSPHRASE_SHA256", hashlib.sha256(PASSPHRASE.encode()).hexdigest())
    presign = cold_start("presign")

    def ask(authorization: str | None = None, **changes: object) -> tuple[int, dict[str, Any]]:
        request = load_event("presign") | changes
        if authorization is not None:
            request["headers"]["authorization"] = authorization
        response = presign.lambda_handler(request, None)
        assert response["headers"]["Content-Type"] == "application/json"
        return response["statusCode"], json.loads(response["body"])

    return ask


def test_the_passphrase_opens(ask: Ask) -> None:
    status, answer = ask(encode(PASSPHRASE))
    assert status == 200
    assert answer.keys() == {"url", "fields", "filename", "expiresIn"}


@pytest.mark.parametrize("scheme", ["basic", "BASIC"])
def test_the_name_of_the_scheme_may_be_in_any_case(ask: Ask, scheme: str) -> None:
    assert ask(encode(PASSPHRASE).replace("Basic", scheme))[0] == 200


def test_the_user_s_name_does_not_matter(ask: Ask) -> None:
    assert ask(encode(PASSPHRASE, user="me"))[0] == 200


def test_it_does_not_matter_how_the_client_composes_characters(ask: Ask) -> None:
    """Terraform writes strings in NFC, and hashes them so."""
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert ask(encode(decomposed))[0] == 200


@pytest.mark.parametrize("authorization", [None, ""])
def test_without_a_passphrase_the_answer_says_how_to_send_it(ask: Ask, authorization: str | None) -> None:
    assert ask(authorization) == (401, MISSING)


@pytest.mark.parametrize(
    "authorization",
    [
        encode("correct horse battery"),
        encode(""),
        encode(PASSPHRASE.lower()),
        encode(f"{PASSPHRASE} "),
        encode(PASSPHRASE[:-1]),
        encode(hashlib.sha256(PASSPHRASE.encode()).hexdigest()),
        encode(PASSPHRASE).removeprefix("Basic "),
        encode(PASSPHRASE).replace("Basic", "Bearer"),
        "Basic",
        "Basic " + base64.b64encode(PASSPHRASE.replace(":", "").encode()).decode(),
        "Basic " + base64.b64encode(f":{PASSPHRASE}".encode("utf-16")).decode(),
        "Basic %%%",
        "Basic é",
    ],
)
def test_anything_else_is_refused(ask: Ask, authorization: str) -> None:
    assert ask(authorization) == (401, WRONG)


@pytest.mark.parametrize("body", ["", "no JSON", "[" * 100_000])
def test_the_passphrase_is_checked_before_the_request_is_read(ask: Ask, body: str) -> None:
    assert ask(encode("wrong"), body=body)[0] == 401
    assert ask(encode("wrong"), body="%%%", isBase64Encoded=True)[0] == 401
    assert ask(encode(PASSPHRASE), body=body)[0] == 400


def test_hashes_are_compared_in_constant_time(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compared with `==`, the time to the first difference would tell how much of a hash is right."""
    compared: list[bool] = []
    monkeypatch.setattr("hmac.compare_digest", lambda *_: compared.append(True))
    assert ask(encode(PASSPHRASE))[0] == 401
    assert compared == [True]


def test_an_open_stack_ignores_a_passphrase(cold_start: ColdStart, load_event: LoadEvent) -> None:
    request = load_event("presign")
    request["headers"]["authorization"] = encode(PASSPHRASE)
    assert cold_start("presign").lambda_handler(request, None)["statusCode"] == 200


def test_a_refused_request_is_not_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    ask(encode("wrong"))
    assert caplog.text == ""
