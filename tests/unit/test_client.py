"""The client retries where that may help, and otherwise says what to do."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests

from thumbnail import NotReady, make_thumbnail, make_thumbnails, wait_for
from user_error import UserError

PRESIGN, SEND, POLL, DOWNLOAD = "POST /generate-presigned-url", "POST /bucket", "GET /get-final-url", "GET /thumbnail"
Answers = dict[str, list[int]]


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


@pytest.fixture
def serve_api() -> Iterator[Callable[[Answers], tuple[str, Counter[str]]]]:
    """Serve an API and a bucket that answer each step with the given statuses, then with success."""
    servers = []

    def serve(answers: Answers) -> tuple[str, Counter[str]]:
        requested: Counter[str] = Counter()

        class Server(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def do_GET(self) -> None:
                step = f"{self.command} {self.path.split('?')[0]}"
                requested[step] += 1
                status = answers[step].pop(0) if answers.get(step) else 200
                link = {"downloadUrl": f"{url}/thumbnail"}
                presigned = {"url": f"{url}/bucket", "fields": {}, "filename": "a.png"}
                ready = {**link, "variants": [{"look": look, **link} for look in ("stack", "fade", "panel")]}
                body = "JPEG" if step == DOWNLOAD else json.dumps(presigned | ready)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode() if status == 200 else b'{"error": "the reason"}')

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
        url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return url, requested

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


ServeApi = Callable[[Answers], tuple[str, Counter[str]]]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    (tmp_path / "a.png").write_bytes(b"x")
    return tmp_path / "a.png"


def test_one_thumbnail_is_downloaded_or_all(serve_api: ServeApi, picture: Path) -> None:
    url, requested = serve_api({})
    assert make_thumbnail(url, picture) == b"JPEG"
    assert requested[DOWNLOAD] == 1
    assert list(make_thumbnails(url, picture)) == [("stack", b"JPEG"), ("fade", b"JPEG"), ("panel", b"JPEG")]
    assert requested[DOWNLOAD] == 4


@pytest.mark.parametrize("step", [PRESIGN, SEND, POLL, DOWNLOAD])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_answers_are_retried(serve_api: ServeApi, picture: Path, step: str, status: int) -> None:
    url, requested = serve_api({step: [status, status]})
    assert make_thumbnail(url, picture) == b"JPEG"
    assert requested == Counter([PRESIGN, SEND, POLL, DOWNLOAD, step, step])


@pytest.mark.parametrize("step", [PRESIGN, SEND, POLL, DOWNLOAD])
def test_refusals_are_not_retried(serve_api: ServeApi, picture: Path, step: str) -> None:
    url, requested = serve_api({step: [422]})
    with pytest.raises(UserError, match="refused with 422: the reason"):
        make_thumbnail(url, picture)
    assert requested[step] == 1


def test_retries_end_after_a_few_attempts(serve_api: ServeApi, picture: Path) -> None:
    url, requested = serve_api({PRESIGN: [503] * 100})
    with pytest.raises(UserError, match="refused with 503: the reason"):
        make_thumbnail(url, picture)
    assert 1 < requested[PRESIGN] < 10


def test_after_the_timeout_the_error_says_how_to_continue(serve_api: ServeApi) -> None:
    url, _ = serve_api({POLL: [404] * 100})
    with pytest.raises(NotReady, match=rf"It may still come; poll again: curl '{url}/get-final-url\?filename=a.png'"):
        wait_for(url, "a.png", timeout=0)


def test_after_network_errors_the_error_says_how_to_continue() -> None:
    with pytest.raises(NotReady, match=r"does not answer: ConnectionError.* poll again: curl 'http://127.0.0.1:1/"):
        wait_for("http://127.0.0.1:1", "a.png", timeout=0)


def test_polling_continues_after_a_network_error(serve_api: ServeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    url, _ = serve_api({})
    get, failures = requests.get, iter([True])

    def fail_once(address: str, *, timeout: float) -> requests.Response:
        if next(failures, False):
            raise requests.ConnectionError
        return get(address, timeout=timeout)

    monkeypatch.setattr("requests.get", fail_once)
    assert wait_for(url, "a.png")["downloadUrl"] == f"{url}/thumbnail"
