"""`make check` on a whole stack, and on one that is not as it should be."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from conftest import Stack
from helpers.documents import matches

import check
from emulator import ROOT
from user_error import UserError

Check = Callable[[], str]


@pytest.fixture
def run_check(stack: Stack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that checks the stack of the tests, and returns what is printed."""

    def run_check() -> str:
        name = f"local stack on port {stack.local.emulator.port}"
        monkeypatch.setattr(check, "find_stack", lambda: (name, stack.outputs, stack.local.emulator))
        capsys.readouterr()
        check.main()
        return capsys.readouterr().out

    return run_check


def test_the_check_prints_what_the_document_shows(run_check: Check) -> None:
    document = (ROOT / "docs" / "operations.md").read_text()
    [shown] = re.findall(r"```console\n\$ make check\n(.*?)```", document, re.DOTALL)
    printed = run_check()
    assert matches(shown, printed), printed


@pytest.fixture
def public_thumbnails(stack: Stack) -> Iterator[None]:
    """Open the processed bucket to everyone, and close it again."""
    s3, bucket = stack.client("s3"), stack.outputs["processed_bucket"]
    access = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject", "s3:ListBucket"],
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
    }
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    yield
    s3.delete_bucket_policy(Bucket=bucket)
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=access)


@pytest.mark.usefixtures("public_thumbnails")
def test_a_public_bucket_fails_the_check(run_check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UserError, match=r"^2 of \d+ checks failed$"):
        run_check()
    failures = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FAIL")]
    assert [re.sub(" +", " ", line) for line in failures] == [
        "FAIL refused: the thumbnail, without a link 200; expected 403",
        "FAIL refused: the list of thumbnails 200; expected 403",
    ]
