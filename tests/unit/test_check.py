"""What `make check` prints, and that each of its checks can fail; that they pass is tested on the stack."""

import base64
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
import requests
from botocore.exceptions import ClientError

import check
from check import CHECKS, Result, format_result
from checks.visit import Failed, Visit
from user_error import UserError

POLICY = {"expiration": "2099-01-01T00:00:00Z", "conditions": [["content-length-range", 1, 5]]}
SETTINGS = {"apiUrl": "http://other.example", "hasPassphrase": True, "maxUploadBytes": 5}


class Permissive(BaseHTTPRequestHandler):
    """Answers every request with 200 and a form, and lets every site read it."""

    status: ClassVar = 200
    headers_sent: ClassVar = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/plain"}

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.status)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps({"url": f"http://{self.headers['Host']}/u", "fields": {}}).encode())

    do_POST = do_OPTIONS = do_GET  # noqa: N815  names that http.server calls

    def log_message(self, *_: object) -> None:
        pass


class Prohibitive(Permissive):
    """Refuses every request, without a reason, and lets no site read it."""

    status = 418
    headers_sent: ClassVar = {}


@pytest.fixture(scope="module")
def results() -> dict[type[Permissive], dict[str, Result]]:
    """Check servers that do everything wrong, as far as one server can."""
    return {handler: {result.name: result for result in run(handler)} for handler in (Permissive, Prohibitive)}


def run(handler: type[Permissive]) -> Iterator[Result]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        visit = build_visit(f"http://127.0.0.1:{server.server_port}")
        for name, function in CHECKS.items():
            visit.form, visit.thumbnails = build_form(server.server_port), {"downloadUrl": f"{visit.api_url}/p/a.jpg?x"}
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(check, "CHECKS", {name: function})
                yield from check.run_checks(visit)
        server.shutdown()


def build_visit(url: str) -> Visit:
    owner = SimpleNamespace(head_object=lambda **_: {}, generate_presigned_post=lambda *_, **__: {"fields": {}})
    outputs = {
        "api_url": url,
        "page_url": f"{url}/index.html",
        "site_bucket": "behind-cloudfront",
        "uploads_bucket": "u",
        "processed_bucket": "p",
    }
    visit = Visit(outputs, owner)
    visit.settings = SETTINGS
    return visit


def build_form(port: int) -> dict[str, Any]:
    policy = base64.b64encode(json.dumps(POLICY).encode()).decode()
    return {
        "url": f"http://127.0.0.1:{port}/u",
        "fields": {"policy": policy},
        "filename": f"{'0' * 32}.jpg",
        "expiresIn": 9,
    }


HTTPS_ONLY = ("page over plain HTTP", "refused: its link over plain HTTP")
STRANGERS = ("refused: ", "from another site")


@pytest.mark.parametrize("name", [name for name in CHECKS if name not in HTTPS_ONLY])
def test_every_check_can_fail(results: dict[type[Permissive], dict[str, Result]], name: str) -> None:
    """What must be refused is granted by the one server, and what must be granted is refused by the other."""
    wrong = Permissive if any(part in name for part in STRANGERS) else Prohibitive
    assert not results[wrong][name].passed, results[wrong][name]


@pytest.mark.parametrize("name", HTTPS_ONLY)
def test_plain_http_is_a_failure_where_it_is_not_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    asked: list[str] = []

    def get(url: str, **_: object) -> requests.Response:
        asked.append(url)
        answer = requests.Response()
        answer.status_code = 200
        return answer

    monkeypatch.setattr("requests.get", get)
    visit = build_visit("https://page.example")
    visit.thumbnails = {"downloadUrl": "https://page.example/a.jpg?x"}
    with pytest.raises(Failed, match="200; expected 403"):
        CHECKS[name](visit)
    assert asked[0].startswith("http://page.example/")


@pytest.mark.parametrize("name", HTTPS_ONLY)
def test_plain_http_is_not_checked_where_there_is_no_https(name: str) -> None:
    visit = build_visit("http://localhost")
    visit.thumbnails = {"downloadUrl": "http://localhost/a.jpg?x"}
    assert CHECKS[name](visit) is None


SOURCES = "http://api.example http://uploads.example http://processed.example"


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (
            f"default-src 'none'; script-src 'self'; connect-src 'self' {SOURCES}; img-src http://processed.example",
            None,
        ),
        (f"default-src *; script-src 'self'; connect-src {SOURCES}", "default-src must be 'none'"),
        (f"default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src {SOURCES}", "script-src 'self'"),
        (
            f"default-src 'none'; script-src 'self'; connect-src {SOURCES} http://x.example",
            "http://x.example; expected",
        ),
        ("default-src 'none'; script-src 'self'; connect-src http://api.example", "expected .*http://uploads.example"),
        (f"default-src 'none'; script-src 'self'; connect-src {SOURCES}; img-src 'self'", "img-src does not allow"),
    ],
)
def test_the_page_s_policy_must_allow_what_it_needs_and_no_more(
    monkeypatch: pytest.MonkeyPatch, policy: str, reason: str | None
) -> None:
    page = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    monkeypatch.setattr("requests.get", lambda *_, **__: SimpleNamespace(text=page))
    visit = build_visit("http://api.example")
    visit.form = {"url": "http://uploads.example/"}
    visit.thumbnails = {"downloadUrl": "http://processed.example/a.jpg?x"}
    if reason is None:
        assert CHECKS["page: Content-Security-Policy"](visit)
        return
    with pytest.raises(Failed, match=reason):
        CHECKS["page: Content-Security-Policy"](visit)


@pytest.mark.parametrize("name", ["refused: the picture, without a link", "refused: the thumbnail, without a link"])
def test_what_is_not_there_is_not_taken_for_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """S3 answers 403 for a missing object, too."""

    def fail(**_: object) -> None:
        raise ClientError({"Error": {"Code": "404", "Message": "Not Found"}}, "HeadObject")

    visit = build_visit("http://localhost")
    visit.owner.head_object = fail
    visit.form, visit.thumbnails = build_form(1), {"downloadUrl": "http://localhost/a.jpg?x"}
    monkeypatch.setattr(check, "CHECKS", {name: CHECKS[name]})
    [result] = check.run_checks(visit)
    assert not result.passed
    assert "HeadObject" in result.seen


def test_headers_are_not_expected_of_a_page_that_s3_serves() -> None:
    visit = build_visit("https://behind-cloudfront.s3.eu-west-1.amazonaws.com")
    assert CHECKS["page: headers"](visit) is None


def test_cloudfront_has_no_list_of_the_page_s_files() -> None:
    visit = build_visit("https://page.example")
    visit.outputs = {"page_url": "https://page.example/"}
    assert CHECKS["refused: the list of the page's files"](visit) is None


def test_without_a_passphrase_its_refusals_are_not_checked() -> None:
    visit = build_visit("http://localhost")
    visit.settings = SETTINGS | {"hasPassphrase": False}
    assert CHECKS["refused: no passphrase"](visit) is None
    assert CHECKS["refused: a wrong passphrase"](visit) is None


@pytest.fixture
def run_main(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Result]], None]:
    def run_main(results: list[Result]) -> None:
        outputs = {"page_url": "http://page.example/"}
        monkeypatch.setattr(check, "find_stack", lambda: ("deployed stack", outputs, None))
        monkeypatch.setattr(check, "run_checks", lambda _: iter(results))
        monkeypatch.setenv("AWS_REGION", "eu-west-1")
        check.main()

    return run_main


PASSED, FAILED = Result("page", passed=True, seen="200"), Result("presign", passed=False, seen="500; expected 200")


def test_results_are_printed_and_counted(
    run_main: Callable[[list[Result]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    run_main([PASSED, PASSED])
    first, *lines, last = capsys.readouterr().out.splitlines()
    assert first == "deployed stack, http://page.example/"
    assert [line.split() for line in lines] == [["ok", "page", "200"]] * 2
    assert last == "2 checks passed"


def test_a_failed_check_fails_the_script(
    run_main: Callable[[list[Result]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UserError, match="1 of 2 checks failed"):
        run_main([PASSED, FAILED])
    assert "FAIL  presign" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("is_terminal", "no_color", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)]
)
def test_lines_are_coloured_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, no_color: str, coloured: bool
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert format_result(PASSED).startswith("\033[32mok" if coloured else "ok")
    assert format_result(FAILED).startswith("\033[31mFAIL" if coloured else "FAIL")


def test_checking_needs_a_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.Emulator.is_running", lambda _: False)
    monkeypatch.setattr("terraform.check_version", lambda: None)
    monkeypatch.setattr("terraform.read_outputs", lambda _: {})
    with pytest.raises(UserError, match="no local stack is running, and none was deployed from this folder"):
        check.main()
