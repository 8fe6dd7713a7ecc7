"""Import handlers afresh, as a cold start does, with fake credentials and moto's S3."""

import importlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.httpsession import URLLib3Session
from moto import mock_aws
from moto.core.models import botocore_stubber

from package import format_coverage
from process.text.font_files import EMOJI, FALLBACKS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REGION: Final = "eu-west-1"
EVENTS = Path(__file__).parent.parent / "events"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "AKIAFAKE",
    "AWS_SECRET_ACCESS_KEY": "fake",
    "AWS_SESSION_TOKEN": "fake",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    "UPLOADS_BUCKET": "uploads",
    "PROCESSED_BUCKET": "processed",
    "ACCEPTED_TYPES": json.dumps({"image/png": "png", "image/jpeg": "jpg"}),
    "MAX_UPLOAD_BYTES": "1000000",
    "MAX_TEXT_LENGTH": "20",
    "DEFAULT_TITLE": "Your Title Here",
    "DEFAULT_LOOK": "auto",
    "DEFAULT_ACCENT": "auto",
    "DEFAULT_SIZE": "1280x720",
    "SIZES": '["1280x720", "1920x1080"]',
    "LOOKS": json.dumps(["fade", "stack"]),
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def s3(environment: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    # moto only intercepts botocore's own clients; the functions send requests with botocore's HTTP session.
    environment.setattr(URLLib3Session, "send", lambda _, request: botocore_stubber("before-send.s3", request))
    with mock_aws():
        client = boto3.client("s3")
        for bucket in ("uploads", "processed"):
            client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield client


@pytest.fixture
def cold_start(environment: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    def load(function: str) -> ModuleType:
        name = f"{function}.handler"
        for module in (name, "common.s3"):
            environment.delitem(sys.modules, module, raising=False)
        return importlib.import_module(name)

    return load


@pytest.fixture(scope="session")
def coverage_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the list of characters that the build adds to presign's zip, for the fonts installed here."""
    paths = [path for font in (*FALLBACKS, EMOJI) if (path := font.find())]
    file = tmp_path_factory.mktemp("presign") / "coverage.txt"
    file.write_text(format_coverage(io.BytesIO(path.read_bytes()) for path in paths))
    return file


@pytest.fixture
def font_coverage(coverage_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let presign know which characters can be drawn, as it does on Lambda."""
    monkeypatch.setattr("presign.coverage.FILE", coverage_file)


@pytest.fixture
def load_event() -> Callable[[str], dict[str, Any]]:
    return lambda name: json.loads((EVENTS / f"{name}.json").read_text())
