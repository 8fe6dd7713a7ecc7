"""An HTTP proxy that takes uploads at once and passes them on late, as virus scanners and slow lines do."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import requests

_TIMEOUT = 60  # seconds
_HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "content-encoding",
    "content-length",
}


class SlowProxy(ThreadingHTTPServer):
    """Listens on a port of its own. `let_go` passes on the uploads that wait, and all later ones."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._released = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def let_go(self) -> None:
        self._released.set()

    def wait(self) -> None:
        self._released.wait(_TIMEOUT)


@contextmanager
def run_slow_proxy() -> Iterator[SlowProxy]:
    with SlowProxy() as proxy:
        Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.let_go()
        proxy.shutdown()


class _Handler(BaseHTTPRequestHandler):
    server: SlowProxy

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get_content_type() == "multipart/form-data":
            self.server.wait()
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        with requests.Session() as session:
            session.trust_env = False
            response = session.request(self.command, self.path, headers=headers, data=body, timeout=_TIMEOUT)
        self.send_response(response.status_code)
        for name, value in response.headers.items():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        self.wfile.write(response.content)

    do_GET = do_POST = do_OPTIONS = _pass_on  # noqa: N815  names that http.server requires

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""
