"""A presigned POST accepts what was signed and nothing else."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from conftest import Stack
from helpers.pictures import draw_quarters, encode

from thumbnail import upload
from user_error import UserError

PICTURE = encode(draw_quarters(), "PNG")
OPTIONS = {"fit": "auto", "position": "auto", "caps": "off", "look": "auto"}
Fields = dict[str, str]


@pytest.fixture
def presigned(stack: Stack) -> dict[str, Any]:
    answer = requests.post(
        f"{stack.api}/generate-presigned-url",
        json={"filename": "cat.png", "filetype": "image/png", "text": "Hi", **OPTIONS},
        timeout=30,
    )
    presigned: dict[str, Any] = answer.json()
    return presigned


def post(presigned: dict[str, Any], fields: Fields, body: bytes = PICTURE) -> requests.Response:
    return requests.post(presigned["url"], data=fields, files={"file": body}, timeout=60)


def is_stored(stack: Stack, key: str) -> bool:
    listing = stack.client("s3").list_objects_v2(Bucket=stack.outputs["uploads_bucket"], Prefix=key)
    return bool(listing["KeyCount"])


def test_the_presigned_form_is_accepted(stack: Stack, presigned: dict[str, Any]) -> None:
    assert post(presigned, presigned["fields"]).status_code == 204
    assert is_stored(stack, presigned["filename"])


CHANGES: dict[str, Callable[[Fields], Fields]] = {
    "another content type": lambda fields: fields | {"Content-Type": "text/html"},
    "another title": lambda fields: fields | {"x-amz-meta-text": "Ho"},
    "no title": lambda fields: fields | {"x-amz-meta-untitled": "on"},
    "another fit": lambda fields: fields | {"x-amz-meta-fit": "crop"},
    "another position": lambda fields: fields | {"x-amz-meta-position": "top-left"},
    "other capitals": lambda fields: fields | {"x-amz-meta-caps": "on"},
    "another look": lambda fields: fields | {"x-amz-meta-look": "panel"},
    "an option that was not requested": lambda fields: fields | {"x-amz-meta-accent": "%23ff0033"},
    "another filename": lambda fields: fields | {"x-amz-meta-filename": "dog.png"},
    "another key": lambda fields: fields | {"key": "0" * 32 + ".png"},
    "a foreign field": lambda fields: fields | {"x-amz-meta-foreign": "x"},
    "a public object": lambda fields: fields | {"acl": "public-read"},
    "no content type": lambda fields: {name: fields[name] for name in fields if name != "Content-Type"},
    "no signature": lambda fields: {name: fields[name] for name in fields if not re.match("(?i)x-amz-sig", name)},
    "another signature": lambda fields: fields | {"x-amz-signature": "0" * 64},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_form_is_refused(stack: Stack, presigned: dict[str, Any], change: Callable[[Fields], Fields]) -> None:
    fields = change(presigned["fields"])
    assert post(presigned, fields).status_code in (400, 403)
    assert not is_stored(stack, presigned["filename"])
    assert not is_stored(stack, "0" * 32)


def test_a_file_that_is_too_large_is_refused(stack: Stack, presigned: dict[str, Any]) -> None:
    answer = post(presigned, presigned["fields"], bytes(25_000_001))
    assert answer.status_code == 400
    assert "EntityTooLarge" in answer.text
    assert not is_stored(stack, presigned["filename"])


def test_the_client_prints_s3s_reason_for_a_refused_upload(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(bytes(25_000_001))
    with pytest.raises(UserError, match=r"^refused with 400: [^<]*maximum allowed size"):
        upload(stack.api, tmp_path / "large.png")


def test_an_empty_file_is_refused(presigned: dict[str, Any]) -> None:
    answer = post(presigned, presigned["fields"], b"")
    assert answer.status_code == 400
    assert "EntityTooSmall" in answer.text


def test_another_bucket_refuses_the_form(stack: Stack, presigned: dict[str, Any]) -> None:
    other = presigned["url"].replace(stack.outputs["uploads_bucket"], stack.outputs["processed_bucket"])
    assert other != presigned["url"]
    assert post(presigned | {"url": other}, presigned["fields"]).status_code in (400, 403)


def test_an_expired_form_is_refused_even_if_it_was_accepted_before(stack: Stack) -> None:
    key = "0123456789abcdef0123456789abcdef.png"
    form = stack.client("s3").generate_presigned_post(stack.outputs["uploads_bucket"], key, ExpiresIn=4)
    assert post(form, form["fields"]).status_code == 204
    time.sleep(5)
    assert post(form, form["fields"]).status_code in (400, 403)
