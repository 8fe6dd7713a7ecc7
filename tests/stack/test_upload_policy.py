"""The presigned POST takes what was promised, and nothing else."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from conftest import Stack
from helpers.pictures import encoded, quarters

from thumbnail import upload
from user_error import UserError

PICTURE = encoded(quarters(), "PNG")
Fields = dict[str, str]


@pytest.fixture
def promise(stack: Stack) -> dict[str, Any]:
    answer = requests.post(
        f"{stack.api}/generate-presigned-url",
        json={"filename": "cat.png", "filetype": "image/png", "text": "Hi"},
        timeout=30,
    )
    promise: dict[str, Any] = answer.json()
    return promise


def post(promise: dict[str, Any], fields: Fields, body: bytes = PICTURE) -> requests.Response:
    return requests.post(promise["url"], data=fields, files={"file": body}, timeout=60)


def stored(stack: Stack, key: str) -> bool:
    listing = stack.client("s3").list_objects_v2(Bucket=stack.outputs["uploads_bucket"], Prefix=key)
    return bool(listing["KeyCount"])


def test_as_promised_it_is_taken(stack: Stack, promise: dict[str, Any]) -> None:
    assert post(promise, promise["fields"]).status_code == 204
    assert stored(stack, promise["filename"])


BENT: dict[str, Callable[[Fields], Fields]] = {
    "another content type": lambda fields: fields | {"Content-Type": "text/html"},
    "another title": lambda fields: fields | {"x-amz-meta-text": "Ho"},
    "another fit": lambda fields: fields | {"x-amz-meta-fit": "crop"},
    "another key": lambda fields: fields | {"key": "0" * 32 + ".png"},
    "a foreign field": lambda fields: fields | {"x-amz-meta-foreign": "x"},
    "a public object": lambda fields: fields | {"acl": "public-read"},
    "no content type": lambda fields: {name: fields[name] for name in fields if name != "Content-Type"},
    "no signature": lambda fields: {name: fields[name] for name in fields if not re.match("(?i)x-amz-sig", name)},
    "another signature": lambda fields: fields | {"x-amz-signature": "0" * 64},
}


@pytest.mark.parametrize("bend", BENT.values(), ids=BENT.keys())
def test_bent_it_is_refused(stack: Stack, promise: dict[str, Any], bend: Callable[[Fields], Fields]) -> None:
    fields = bend(promise["fields"])
    assert post(promise, fields).status_code in (400, 403)
    assert not stored(stack, promise["filename"])
    assert not stored(stack, "0" * 32)


def test_a_file_that_is_too_large_is_refused(stack: Stack, promise: dict[str, Any]) -> None:
    answer = post(promise, promise["fields"], bytes(25_000_001))
    assert answer.status_code == 400
    assert "EntityTooLarge" in answer.text
    assert not stored(stack, promise["filename"])


def test_the_command_tells_in_words_why_an_upload_is_refused(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(bytes(25_000_001))
    with pytest.raises(UserError, match=r"^refused with 400: [^<]*maximum allowed size"):
        upload(stack.api, tmp_path / "large.png")


def test_an_empty_file_is_refused(promise: dict[str, Any]) -> None:
    answer = post(promise, promise["fields"], b"")
    assert answer.status_code == 400
    assert "EntityTooSmall" in answer.text


def test_to_another_bucket_it_is_refused(stack: Stack, promise: dict[str, Any]) -> None:
    other = promise["url"].replace(stack.outputs["uploads_bucket"], stack.outputs["processed_bucket"])
    assert other != promise["url"]
    assert post(promise | {"url": other}, promise["fields"]).status_code in (400, 403)


def test_after_its_time_it_is_refused_however_often_it_was_taken_before(stack: Stack) -> None:
    key = "0123456789abcdef0123456789abcdef.png"
    form = stack.client("s3").generate_presigned_post(stack.outputs["uploads_bucket"], key, ExpiresIn=4)
    assert post(form, form["fields"]).status_code == 204
    time.sleep(5)
    assert post(form, form["fields"]).status_code in (400, 403)
