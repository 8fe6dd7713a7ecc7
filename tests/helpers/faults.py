"""Fault injection: a proxy between a function and the emulator's S3."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Self

_HOP_BY_HOP = ("connection", "transfer-encoding", "keep-alive")


class FaultyS3(ThreadingHTTPServer):
    """A proxy to a port on this machine, which records the requests for one upload and its thumbnails.

    Each of these meets the next of `faults`; after the last, it is forwarded. So are all others: those of an event of
    an earlier test, which Lambda may still be retrying.
    """

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.emulator_port = port
        self.key = ""
        self.faults: Iterator[Fault] = iter(())
        self.requests: list[str] = []
        self.closing = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @classmethod
    @contextmanager
    def start(cls, port: int) -> Iterator[Self]:
        with cls(port) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield server
            server.closing.set()
            server.shutdown()


class _Request(BaseHTTPRequestHandler):
    server: FaultyS3
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        if self.server.key in self.path:
            self.server.requests.append(self.command)
            next(self.server.faults, forward)(self)
        else:
            forward(self)

    do_GET = do_PUT = do_HEAD = answer  # noqa: N815  names that http.server requires

    def forward(self) -> tuple[int, dict[str, str], bytes]:
        """Send the request to the emulator, and return the status, headers and body of its answer."""
        with closing(HTTPConnection("127.0.0.1", self.server.emulator_port)) as emulator:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            emulator.request(self.command, self.path, body, dict(self.headers))
            answer = emulator.getresponse()
            headers = {name: value for name, value in answer.getheaders() if name.lower() not in _HOP_BY_HOP}
            return answer.status, headers, answer.read()

    def respond(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


Fault = Callable[[_Request], None]


def forward(request: _Request) -> None:
    """Forward the request: no fault."""
    request.respond(*request.forward())


def respond_500(request: _Request) -> None:
    """Answer 500, as S3 does after an internal error."""
    request.rfile.read(int(request.headers.get("Content-Length", 0)))
    body = b"<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>"
    request.respond(500, {"Content-Length": str(len(body))}, body)


def hang(request: _Request) -> None:
    """Do not answer until the end of the test."""
    request.close_connection = True
    request.server.closing.wait()


def cut_off(request: _Request) -> None:
    """Send half of the body, then close the connection."""
    request.close_connection = True
    status, headers, body = request.forward()
    request.respond(status, headers, body[: len(body) // 2])
