"""Measure cold starts: the CPU time of imports and the first call in a fresh process, relative to code with boto3."""

import argparse
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.inputs import SAMPLE, make_inputs
from benchmarks.ratios import format_goal, format_ratio, format_row, save, use_one_core
from benchmarks.renderers import read_malloc_settings

from emulator import ROOT
from user_error import run_script

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
    "PROCESSED_BUCKET": "processed",
    "ACCEPTED_TYPES": '{"image/png": "png"}',
    "MAX_UPLOAD_BYTES": "1000000",
    "MAX_TEXT_LENGTH": "120",
    "DEFAULT_TITLE": "Your Title Here",
    "DEFAULT_LOOK": "auto",
    "DEFAULT_ACCENT": "auto",
    "DEFAULT_SIZE": "1280x720",
    "SIZES": '["1280x720"]',
    "LOOKS": '["fade", "stack"]',
}

_BOTO3 = "import boto3\ns3 = boto3.client('s3')\n"
_HEAD = """
from botocore.exceptions import ClientError
try:
    s3.head_object(Bucket="processed", Key="cat.png")
except ClientError:
    pass
"""
_GET = "data = s3.get_object(Bucket='uploads', Key='cat.png')['Body'].read()\n"
_PILLOW = """
import io
from PIL import Image
file = io.BytesIO()
Image.open(io.BytesIO(data)).convert("RGB").resize((1280, 720)).save(file, "JPEG", quality=90)
"""
_PUT = "s3.put_object(Bucket='processed', Key='cat.png.jpg', Body=file.getvalue())"


@dataclass(frozen=True)
class ColdStart:
    """Code to time, and what to compare it with.

    Attributes:
        name: of the row in the table.
        code: ours.
        other_name: what it is compared with.
        other: the code of that.
        goal: the largest ratio; None where there is no goal.
        setup: runs before both and is not timed.
        settings: environment variables of our function in main.tf that affect its speed.
        needs_s3: whether both call S3.
    """

    name: str
    code: str
    other_name: str
    other: str
    goal: float | None = None
    setup: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    needs_s3: bool = False


def list_cold_starts() -> list[ColdStart]:
    """List what is measured."""
    boto3, upload = "boto3 client", _BOTO3 + _GET + _PILLOW + _PUT
    pillow, render = f"{boto3}, plain Pillow", _BOTO3 + _PILLOW
    small, large = _read(SAMPLE), _read(make_inputs()["JPEG 12 MP"])
    settings = read_malloc_settings((ROOT / "main.tf").read_text())
    return [
        ColdStart("presign, first call", _call("presign"), boto3, _BOTO3, 0.42, _load_event("presign")),
        ColdStart("poll", "import poll.handler", boto3, _BOTO3, 0.42),
        ColdStart(
            "poll, first call", _call("poll"), f"{boto3}, one call", _BOTO3 + _HEAD,
            setup=_load_event("poll"), needs_s3=True,
        ),
        ColdStart("process, one thumbnail", _render("make_thumbnail"), pillow, render, 0.70, small, settings),
        ColdStart("process, 12 megapixels", _render("make_thumbnail"), pillow, render, None, large, settings),
        ColdStart("process, all three", _render("make_thumbnails"), pillow, render, None, small, settings),
        ColdStart(
            "process, first event", _call("process"), f"{pillow}, S3", upload, None, _load_event("upload"), settings,
            needs_s3=True,
        ),
    ]  # fmt: skip


def main() -> None:
    """Measure the cold starts in turn and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    use_one_core()
    print("A cold start: CPU time of a fresh process, without the interpreter's own start")
    print(format_row("", "ratio", "goal", "ours", "other") + "  compared with")
    figures = measure(runs)
    for start in list_cold_starts():
        ours, others = zip(*figures[start.name], strict=True)
        milliseconds = (f"{1000 * median(column):.0f} ms" for column in (ours, others))
        ratio = format_ratio(ours, others, start.goal)
        print(format_row(start.name, ratio, format_goal(start.goal), *milliseconds) + f"  {start.other_name}")
    save("cold_start", {"runs": runs, "seconds": figures})


def measure(runs: int) -> dict[str, list[tuple[float, float]]]:
    """Return the CPU seconds of each cold start and of what it is compared with, once per run."""
    starts = list_cold_starts()
    seconds: dict[str, list[tuple[float, float]]] = {start.name: [] for start in starts}
    with _serve_s3() as url:
        for run in range(runs + 1):
            for start in starts:
                pair = _time(start, start.code, url, start.settings), _time(start, start.other, url, {})
                if run:  # the first run may compile bytecode
                    seconds[start.name].append(pair)
    return seconds


def _time(start: ColdStart, code: str, url: str, settings: Mapping[str, str]) -> float:
    script = f"{start.setup}\nimport time\nbegin = time.process_time()\n{code}\nprint(time.process_time() - begin)"
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    environment |= {**_ENVIRONMENT, **settings}
    if start.needs_s3:  # only then: a custom endpoint changes what creating a client costs
        environment["AWS_ENDPOINT_URL"] = url
    process = subprocess.run(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return float(process.stdout.splitlines()[-1])


def _call(function: str) -> str:
    return f"import {function}.handler\n{function}.handler.lambda_handler(event, None)"


def _render(function: str) -> str:
    return f"import process.handler, process.thumbnail\nprocess.thumbnail.{function}(data, 'BIG NEWS')"


def _read(picture: Path) -> str:
    return f"data = open({str(picture)!r}, 'rb').read()\n"


def _load_event(name: str) -> str:
    return f"event = {json.loads((_EVENTS / f'{name}.json').read_text())!r}\n"


class _S3(http.server.BaseHTTPRequestHandler):
    """Just enough S3 for the first calls: no thumbnail exists, every upload is the sample, and every PUT succeeds."""

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
        """Log nothing."""


@contextmanager
def _serve_s3() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _S3) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    run_script(main)
