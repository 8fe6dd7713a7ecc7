"""A stack with a passphrase, and what of it can be seen from outside."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from conftest import Stack
from helpers.pictures import assert_quarters, decode_jpeg, draw_quarters, encode

import check
import terraform
from emulator import ROOT
from stack import build_environment
from thumbnail import build_credentials, make_thumbnail
from user_error import UserError

WritePicture = Callable[[bytes, str], Path]
PASSPHRASE = "correct horse: Bätterie 🐎"
CAT = {"filename": "cat.png", "filetype": "image/png"}


@pytest.fixture(scope="module")
def closed(stack: Stack) -> Iterator[Stack]:
    """Give the stack a passphrase, and open it again after the tests of this file."""
    outputs = stack.local.up(passphrase=PASSPHRASE)
    yield Stack(stack.local, outputs)
    stack.local.up()


def ask(stack: Stack, passphrase: str | None) -> requests.Response:
    return requests.post(
        f"{stack.api}/generate-presigned-url",
        json=CAT,
        auth=None if passphrase is None else build_credentials(passphrase),
        headers={"Origin": stack.origin},
        timeout=30,
    )


def test_only_the_passphrase_opens(closed: Stack) -> None:
    assert ask(closed, PASSPHRASE).status_code == 200
    for wrong in (None, "", "wrong", PASSPHRASE[:-1]):
        assert ask(closed, wrong).status_code == 401


@pytest.mark.parametrize(
    ("passphrase", "reason"), [(None, "This stack has a passphrase. Send it"), ("wrong", "The passphrase is wrong.")]
)
def test_the_page_can_read_the_refusal(closed: Stack, passphrase: str | None, reason: str) -> None:
    answer = ask(closed, passphrase)
    assert answer.headers["Access-Control-Allow-Origin"] == closed.origin
    assert answer.json()["error"].startswith(reason)


def test_a_browser_may_send_the_passphrase_from_the_page_only(closed: Stack) -> None:
    headers = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    url = f"{closed.api}/generate-presigned-url"
    own = requests.options(url, headers=headers | {"Origin": closed.origin}, timeout=30)
    allowed = own.headers["Access-Control-Allow-Headers"].lower()
    assert {name.strip() for name in allowed.split(",")} == {"authorization", "content-type"}
    foreign = requests.options(url, headers=headers | {"Origin": "https://evil.example"}, timeout=30)
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_the_client_takes_the_passphrase_from_the_environment(
    closed: Stack, write_picture: WritePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = write_picture(encode(draw_quarters(), "PNG"), "cat.png")
    monkeypatch.setenv("PASSPHRASE", PASSPHRASE)
    assert_quarters(decode_jpeg(make_thumbnail(closed.api, picture, "")))
    monkeypatch.setenv("PASSPHRASE", "wrong")
    with pytest.raises(UserError, match=r"401: The passphrase is wrong\. Set \$PASSPHRASE"):
        make_thumbnail(closed.api, picture, "")


def test_make_takes_the_passphrase_from_the_environment(
    closed: Stack, write_picture: WritePicture, tmp_path: Path
) -> None:
    arguments = [f"IMAGE={write_picture(encode(draw_quarters(), 'PNG'), 'cat.png')}", f"OUT={tmp_path / 'out.jpg'}"]
    environment = os.environ | {"API_URL": closed.api, "PASSPHRASE": PASSPHRASE}
    subprocess.run(["make", "--silent", "-C", ROOT, "thumbnail", *arguments], env=environment, check=True)
    decode_jpeg((tmp_path / "out.jpg").read_bytes())


@pytest.mark.skipif(not shutil.which("curl"), reason="the output is a curl command")
def test_the_curl_output_takes_the_passphrase_from_the_environment(closed: Stack) -> None:
    environment = build_environment(closed.outputs, closed.local.emulator) | {"PASSPHRASE": PASSPHRASE}
    answer = subprocess.run(["bash", "-c", closed.outputs["curl"]], env=environment, capture_output=True, check=True)
    assert json.loads(answer.stdout).keys() == {"url", "fields", "filename", "expiresIn"}


def test_the_page_knows_that_there_is_a_passphrase_but_not_which(closed: Stack) -> None:
    config = requests.get(closed.page.replace("index.html", "config.js"), timeout=30).text
    match = re.search(r"export default (.*);", config)
    assert match
    assert json.loads(match[1])["hasPassphrase"] is True
    assert "horse" not in config


def test_terraform_neither_prints_nor_stores_the_passphrase(closed: Stack) -> None:
    environment = closed.local.emulator.client_environment
    plan = terraform.run(closed.local.module, "plan", "-no-color", "-input=false", environment=environment)
    assert plan.returncode == 0, plan.stderr
    assert '- "PASSPHRASE_SHA256" = (sensitive value)' in plan.stdout
    outputs = terraform.run(closed.local.module, "output", "-json", environment=environment).stdout
    state = (closed.local.module / "terraform.tfstate").read_text()
    assert all("horse" not in text for text in (plan.stdout, outputs, state))


def test_the_check_tries_the_passphrase_and_others(
    closed: Stack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(check, "find_stack", lambda: ("local stack", closed.outputs, closed.local.emulator))
    check.main()
    printed = capsys.readouterr().out
    assert "401: This stack has a passphrase" in printed
    assert "401: The passphrase is wrong" in printed
    assert "FAIL" not in printed


def test_without_the_passphrase_the_check_fails_and_says_why(
    closed: Stack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PASSPHRASE", raising=False)
    monkeypatch.setattr(check, "find_stack", lambda: ("local stack", closed.outputs, closed.local.emulator))
    with pytest.raises(UserError, match="checks failed"):
        check.main()
    assert re.search(r"FAIL  presign .*Set \$PASSPHRASE", capsys.readouterr().out)


def test_the_log_contains_no_passphrase(closed: Stack) -> None:
    ask(closed, "a wrong passphrase")
    events = closed.client("logs").filter_log_events(
        logGroupName=f"/aws/lambda/{closed.outputs['function_names']['presign']}"
    )["events"]
    assert events
    for secret in ("a wrong passphrase", "horse", "Basic ", "authorization"):
        assert not [event for event in events if secret in event["message"]]
