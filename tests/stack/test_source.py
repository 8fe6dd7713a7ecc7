"""A second thumbnail of a picture that was uploaded once, over HTTP."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import requests
from conftest import Stack
from helpers.pictures import draw_quarters, encode

from common.keys import create_upload_key
from emulator import ROOT
from process.thumbnail import make_thumbnail, make_thumbnails
from stack import build_environment
from thumbnail import upload, wait_for
from user_error import UserError

WritePicture = Callable[[bytes, str], Path]
PICTURE = encode(draw_quarters(), "PNG")
Form = dict[str, Any]


@pytest.fixture
def source(stack: Stack, write_picture: WritePicture) -> str:
    """Upload a picture, and return the filename that the API gave it."""
    return upload(stack.api, write_picture(PICTURE, "Fußball.png"), "Old", look="fade")


def ask(stack: Stack, **fields: object) -> requests.Response:
    return requests.post(f"{stack.api}/generate-presigned-url", json=fields, timeout=30)


def post(form: Form, body: bytes = b"") -> requests.Response:
    return requests.post(form["url"], data=form["fields"], files={"file": body}, timeout=30)


def make_again(stack: Stack, source: str, **fields: str) -> str:
    """Send a form with an empty body, and return the filename to poll for."""
    form = ask(stack, source=source, **fields).json()
    assert post(form).status_code == 204
    return str(form["filename"])


def put_by_hand(stack: Stack, source: str) -> str:
    """Upload an object that names a source, as `aws s3 cp --metadata` does, and return its key."""
    key = create_upload_key("png")
    stack.client("s3").put_object(Bucket=stack.outputs["uploads_bucket"], Key=key, Metadata={"source": source})
    return key


def poll(stack: Stack, filename: str) -> requests.Response:
    return requests.get(f"{stack.api}/get-final-url?filename={filename}", timeout=30)


def test_a_second_thumbnail_needs_no_second_upload(stack: Stack, source: str) -> None:
    filename = make_again(stack, source, text="New")
    answer = wait_for(stack.api, filename)
    downloads = [requests.get(variant["downloadUrl"], timeout=30) for variant in answer["variants"]]
    assert [download.content for download in downloads] == [made.jpeg for made in make_thumbnails(PICTURE, "New")]
    assert unquote(downloads[0].headers["Content-Disposition"]).endswith("Fußball-thumbnail.jpg")


def test_a_filename_of_its_own_names_the_download(stack: Stack, source: str) -> None:
    answer = wait_for(stack.api, make_again(stack, source, text="New", look="panel", filename="launch day.png"))
    download = requests.get(answer["downloadUrl"], timeout=30)
    assert download.content == make_thumbnail(PICTURE, "New", look="panel")
    assert unquote(download.headers["Content-Disposition"]).endswith("launch day-thumbnail.jpg")


def test_the_first_thumbnail_stays(stack: Stack, source: str) -> None:
    wait_for(stack.api, make_again(stack, source, text="New"))
    first = requests.get(wait_for(stack.api, source)["viewUrl"], timeout=30).content
    assert first == make_thumbnail(PICTURE, "Old", look="fade")


@pytest.mark.parametrize("body", [b"x", PICTURE], ids=["one byte", "a picture"])
def test_the_form_takes_no_file(stack: Stack, source: str, body: bytes) -> None:
    form = ask(stack, source=source).json()
    answer = post(form, body)
    assert answer.status_code == 400
    assert "EntityTooLarge" in answer.text
    assert poll(stack, form["filename"]).status_code == 404


def test_the_form_takes_no_other_source(stack: Stack, source: str) -> None:
    form = ask(stack, source=source).json()
    form["fields"]["x-amz-meta-source"] = create_upload_key("png")
    assert post(form).status_code in (400, 403)


@pytest.mark.parametrize("name", ["probe", "by hand/cat.png", f"../{'0' * 32}.png", f"{'0' * 32}.svg", "", None])
def test_a_name_that_presign_never_returned_is_refused(stack: Stack, name: str | None) -> None:
    answer = ask(stack, source=name)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": '"source" must be the filename that an earlier POST /generate-presigned-url returned.'
    }


@pytest.mark.parametrize("name", ["probe", "by hand/cat.png"])
def test_an_upload_by_hand_cannot_name_another_object_as_its_source(stack: Stack, name: str) -> None:
    uploads = stack.outputs["uploads_bucket"]
    stack.client("s3").put_object(Bucket=uploads, Key=name, Body=PICTURE)
    with pytest.raises(UserError, match='422: "source" must be the filename'):
        wait_for(stack.api, put_by_hand(stack, name))


def test_a_source_of_a_source_is_refused_with_the_reason(stack: Stack, source: str) -> None:
    second = make_again(stack, source, text="New")
    wait_for(stack.api, second)
    with pytest.raises(UserError, match=r"422: .* has a source itself"):
        wait_for(stack.api, make_again(stack, second, text="Newer"))


def test_a_source_that_is_gone_is_reported_with_a_code(stack: Stack, source: str) -> None:
    wait_for(stack.api, source)  # or its own event would fail, and end in the dead-letter queue of all tests
    stack.client("s3").delete_object(Bucket=stack.outputs["uploads_bucket"], Key=source)
    filename = make_again(stack, source, text="New")
    with pytest.raises(UserError, match=r"422: The picture is no longer stored\. Please upload it again\."):
        wait_for(stack.api, filename)
    assert poll(stack, filename).json() == {
        "error": "The picture is no longer stored. Please upload it again.",
        "status": "failed",
        "code": "source-gone",
    }


def test_an_event_that_arrives_after_its_source_has_expired_keeps_the_thumbnails(stack: Stack, source: str) -> None:
    wait_for(stack.api, source)
    filename = make_again(stack, source, text="New")
    before = wait_for(stack.api, filename)["variants"]
    s3, uploads = stack.client("s3"), stack.outputs["uploads_bucket"]
    s3.delete_object(Bucket=uploads, Key=source)
    event = {"Records": [{"s3": {"bucket": {"name": uploads}, "object": {"key": filename}}}]}
    invoked = stack.client("lambda").invoke(
        FunctionName=stack.outputs["function_names"]["process"], Payload=json.dumps(event)
    )
    assert "FunctionError" not in invoked
    after = wait_for(stack.api, filename)["variants"]
    assert [variant["look"] for variant in after] == [variant["look"] for variant in before]
    assert requests.get(after[0]["viewUrl"], timeout=30).content == make_thumbnail(PICTURE, "New")


@pytest.mark.skipif(not shutil.which("jq"), reason="the document's lines need jq")
def test_the_curl_lines_of_the_api_document_work_as_printed(stack: Stack, source: str) -> None:
    [lines] = re.findall(r"```bash\n(again=.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL)
    first = f'presigned=\'{{"filename": "{source}"}}\'\n'
    shell = subprocess.run(
        ["bash", "-euc", f'{first}{lines}\necho; jq -r .filename <<< "$again"'],
        env=build_environment(stack.outputs, stack.local.emulator), capture_output=True, text=True, check=True,
    )  # fmt: skip
    link = wait_for(stack.api, shell.stdout.split()[-1])["viewUrl"]
    assert requests.get(link, timeout=30).content == make_thumbnail(PICTURE, "Another title")
