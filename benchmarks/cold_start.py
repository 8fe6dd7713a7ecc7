"""How long a function takes to start, in a fresh process each: what it loads, and the first call."""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.inputs import SAMPLE

from emulator import ROOT

_EVENTS = ROOT / "tests" / "events"
_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "AKIAFAKE",
    "AWS_SECRET_ACCESS_KEY": "fake",
    "AWS_SESSION_TOKEN": "fake",
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "UPLOADS_BUCKET": "uploads",
    "UPLOADS_URL": "https://uploads.s3.eu-west-1.amazonaws.com",
    "PROCESSED_URL": "https://processed.s3.eu-west-1.amazonaws.com",
    "ACCEPTED_TYPES": '{"image/png": "png"}',
    "MAX_UPLOAD_BYTES": "1000000",
    "MAX_TEXT_LENGTH": "120",
    "DEFAULT_TITLE": "Your Title Here",
}

_CLIENT = "import boto3\ns3 = boto3.client('s3')\n"
_ASKED = """
from botocore.exceptions import ClientError
try:
    s3.head_object(Bucket="processed", Key="cat.png")
except ClientError:
    pass
"""
_FETCHED = "data = s3.get_object(Bucket='uploads', Key='cat.png')['Body'].read()\n"
_PILLOW = """
import io
from PIL import Image
file = io.BytesIO()
Image.open(io.BytesIO(data)).convert("RGB").resize((1280, 720)).save(file, "JPEG", quality=90)
"""
_STORED = "s3.put_object(Bucket='processed', Key='cat.png.jpg', Body=file.getvalue())"
_RENDERED = """
import process.handler
from process.thumbnail import make_thumbnail
make_thumbnail(data, "BIG NEWS")
"""
_SAMPLE = f"data = open({str(SAMPLE)!r}, 'rb').read()\n"


@dataclass(frozen=True)
class Start:
    """A function's start, and what it is held against; `goal` is the largest ratio, None where none is set.

    Both are Python that is timed; what stands before it, `before`, is not.
    """

    name: str
    code: str
    other_name: str
    other: str
    goal: float | None
    before: str = ""

    @property
    def asks_s3(self) -> bool:
        """Whether S3 has to answer: an endpoint that is named changes how a client is made."""
        return self.goal is None


def starts() -> list[Start]:
    """List what is measured."""
    client, stored = "boto3's client", _CLIENT + _FETCHED + _PILLOW + _STORED
    return [
        Start("presign, first call", _called("presign"), client, _CLIENT, 0.40, _event("presign")),
        Start("poll", "import poll.handler", client, _CLIENT, 1.0),
        Start("poll, first call", _called("poll"), f"{client}, one call", _CLIENT + _ASKED, None, _event("poll")),
        Start("process, first render", _RENDERED, f"{client}, plain Pillow", _CLIENT + _PILLOW, 0.8, _SAMPLE),
        Start("process, first event", _called("process"), f"{client}, Pillow, S3", stored, None, _event("upload")),
    ]


def _called(function: str) -> str:
    return f"import {function}.handler\n{function}.handler.lambda_handler(event, None)"


def _event(name: str) -> str:
    return f"event = {json.loads((_EVENTS / f'{name}.json').read_text())!r}\n"


def measured(runs: int) -> dict[str, list[tuple[float, float]]]:
    """Return the CPU seconds of each start and of what it is held against, one after the other, so many times."""
    taken: dict[str, list[tuple[float, float]]] = {start.name: [] for start in starts()}
    with _s3() as address:
        for run in range(runs + 1):
            for start in starts():
                pair = tuple(_seconds(start, code, address) for code in (start.code, start.other))
                if run:  # the first run may compile
                    taken[start.name].append((pair[0], pair[1]))
    return taken


def _seconds(start: Start, code: str, address: str) -> float:
    timed = f"{start.before}\nimport time\nbegin = time.process_time()\n{code}\nprint(time.process_time() - begin)"
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    environment |= _ENVIRONMENT | (_on(address) if start.asks_s3 else {})
    answer = subprocess.run(
        [sys.executable, "-c", timed], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(answer.stdout)


def _on(address: str) -> dict[str, str]:
    buckets = {f"{noun.upper()}_URL": f"{address}/{noun}" for noun in ("uploads", "processed")}
    return buckets | {"AWS_ENDPOINT_URL": address}


class _Bucket(http.server.BaseHTTPRequestHandler):
    """As much of S3 as a first call asks for: no thumbnail yet, one upload, and everything may be put."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._respond(404)

    def do_GET(self) -> None:
        self._respond(200, SAMPLE.read_bytes())

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._respond(200)

    def _respond(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@contextmanager
def _s3() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Bucket) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
