"""Scripts report errors in one line that says what to do."""

import base64
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests

import stack
import terraform
import thumbnail
from emulator import Emulator
from stack import LocalStack, build_environment, find_local_stack
from thumbnail import upload
from user_error import UserError, run_script

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def fake_terraform(folder: Path, version: str) -> None:
    program = folder / "terraform"
    program.write_text(f"""#!/bin/sh\necho '{{"terraform_version": "{version}"}}'\n""")
    program.chmod(0o755)


def test_a_user_error_ends_a_script_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> None:
        raise UserError("the disk is full; free some space")

    with pytest.raises(SystemExit) as end:
        run_script(main)
    assert end.value.code == 1
    assert capsys.readouterr().err == "error: the disk is full; free some space\n"


def test_a_port_in_use_is_reported_with_an_alternative(tmp_path: Path, taken_port: int) -> None:
    with pytest.raises(UserError, match=rf"port {taken_port} is in use.* PORT={taken_port + 1}"):
        Emulator(tmp_path / "home", taken_port).start()


def test_without_a_running_stack_the_error_names_the_command_that_starts_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make demo"):
        LocalStack(Emulator(tmp_path, 1)).outputs()


@pytest.mark.parametrize("port", ["abc", "0", "99999", "-1", "80 80"])
def test_an_invalid_port_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    monkeypatch.setattr(stack, "HOME", tmp_path)
    with pytest.raises(UserError, match=f"PORT={port} is not a port"):
        find_local_stack()


@pytest.mark.parametrize("port", ["", "4566"])
def test_the_running_stack_is_found_without_a_port_or_by_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, port: str
) -> None:
    running = Emulator(tmp_path, 4566)
    monkeypatch.setenv("PORT", port)
    monkeypatch.setattr(Emulator, "find_running", lambda _: running)
    assert find_local_stack() == LocalStack(running)


def test_another_port_than_the_running_stack_s_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORT", "5000")
    monkeypatch.setattr(Emulator, "find_running", lambda _: Emulator(tmp_path, 4566))
    with pytest.raises(UserError, match=r"runs on port 4566: leave PORT out .* make demo PORT=5000"):
        find_local_stack()


def test_an_incomplete_stack_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Emulator, "is_running", lambda _: True)
    (tmp_path / "module").mkdir()
    with pytest.raises(UserError, match=r"incomplete\. Finish it: make demo"):
        LocalStack(Emulator(tmp_path, 1)).outputs()


def test_an_emulator_that_died_does_not_count_as_running(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / "ministack-1.pid").write_text("999999")
    assert Emulator.find_running(tmp_path) is None


def test_an_emulator_that_hangs_is_found_and_stopped_on_any_port(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with subprocess.Popen(["bash", "-c", "exec -a ministack sleep 60"], start_new_session=True) as hanging:
        (tmp_path / "tmp" / "ministack-9.pid").write_text(str(hanging.pid))
        deadline = time.monotonic() + 10
        while not (emulator := Emulator.find_running(tmp_path)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert emulator == Emulator(tmp_path, 9)
        assert not emulator.is_running()
        assert emulator.stop()
    assert hanging.returncode < 0


def test_stopping_an_emulator_that_is_not_running_is_no_error(tmp_path: Path) -> None:
    assert not Emulator(tmp_path / "home", 1).stop()


def test_nothing_of_a_real_account_reaches_the_local_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL_S3",
        "TF_VAR_endpoint_url",
        "TF_CLI_ARGS",
        "TF_WORKSPACE",
    ):
        monkeypatch.setenv(name, "real")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    assert "real" not in Emulator(tmp_path, 4566).client_environment.values()


def test_a_missing_terraform_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match=r"not installed\. Install 1\.9 or newer"):
        terraform.check_version()


@pytest.mark.parametrize("version", ["0.15.5", "1.8.5"])
def test_an_old_terraform_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    fake_terraform(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UserError, match=rf"{version} is too old\. Install 1\.9 or newer"):
        terraform.check_version()


@pytest.mark.parametrize("version", ["1.9.0", "1.11.4", "1.15.0"])
def test_a_newer_terraform_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    fake_terraform(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    terraform.check_version()


def test_without_a_provider_the_error_says_how_to_name_a_mirror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "terraform"
    program.write_text("#!/bin/sh\necho 'could not connect to the registry' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UserError, match="TF_PLUGIN_DIR=FOLDER"):
        terraform.init(tmp_path)
    assert "could not connect" in capsys.readouterr().err


def test_a_named_mirror_is_passed_to_terraform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "terraform"
    program.write_text('#!/bin/sh\necho "$@" > arguments\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("TF_PLUGIN_DIR", "/mirror")
    terraform.init(tmp_path)
    assert "-plugin-dir=/mirror" in (tmp_path / "arguments").read_text().split()
    monkeypatch.delenv("TF_PLUGIN_DIR")
    terraform.init(tmp_path)
    assert "plugin-dir" not in (tmp_path / "arguments").read_text()


@pytest.mark.parametrize("name", ["photo", "photo.unknown"])
def test_a_file_without_a_known_extension_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UserError, match="no known image extension"):
        upload("http://localhost:1", tmp_path / name)


def test_make_thumbnail_without_a_picture_says_how_to_name_one() -> None:
    answer = subprocess.run(["make", "--silent", "-C", ROOT, "thumbnail"], capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "error: name a picture" in answer.stderr


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {}),
        (
            {"TEXT": "", "FIT": "", "POSITION": "", "CAPS": "", "LOOK": "", "ACCENT": "", "ALL": "", "SIZE": ""},
            {"text": ""},
        ),
        ({"LOOK": "panel", "ACCENT": "#ff0033", "ALL": "1"}, {"look": "panel", "accent": "#ff0033"}),
        ({"SIZE": "3840x2160", "LIMIT": "50MB"}, {"size": "3840x2160", "limit": "50MB"}),
        (
            {"TEXT": "It's new!", "FIT": "crop", "POSITION": "top-left", "CAPS": "on"},
            {"text": "It's new!", "fit": "crop", "position": "top-left", "caps": "on"},
        ),
        (
            {"TEXT": 'A "quoted" `title`, 100% #1', "CAPS": "off"},
            {"text": 'A "quoted" `title`, 100% #1', "caps": "off"},
        ),
    ],
)
def test_variables_of_make_thumbnail_become_options(
    tmp_path: Path, given: dict[str, str], sent: dict[str, str]
) -> None:
    asked: list[dict[str, str]] = []

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(400)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    image = tmp_path / "a.png"
    image.write_bytes(b"x")
    with HTTPServer(("127.0.0.1", 0), Api) as server:
        server.timeout = 30
        answering = Thread(target=server.handle_request)
        answering.start()
        options = {"IMAGE": str(image), "API_URL": f"http://127.0.0.1:{server.server_port}"} | given
        command = [
            "make",
            "--silent",
            "-C",
            str(ROOT),
            "thumbnail",
            *(f"{name}={value}" for name, value in options.items()),
        ]
        subprocess.run(command, capture_output=True, check=False)
        answering.join()
    assert asked == [{"filename": "a.png", "filetype": "image/png"} | sent]


@pytest.mark.parametrize("passphrase", ["", "correct horse: Bätterie 🐎"])
def test_the_passphrase_in_the_environment_is_sent_as_utf8(monkeypatch: pytest.MonkeyPatch, passphrase: str) -> None:
    monkeypatch.setenv("PASSPHRASE", passphrase)
    request = requests.Request("POST", "http://api.example", auth=thumbnail.read_credentials()).prepare()
    encoded = base64.b64encode(f":{passphrase}".encode()).decode()
    assert request.headers.get("Authorization") == (f"Basic {encoded}" if passphrase else None)


@pytest.mark.parametrize("passphrase", [None, "", "correct horse battery"])
def test_the_local_stack_gets_the_passphrase_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    given: list[dict[str, str]] = []

    def start(_: LocalStack, **variables: str) -> dict[str, str]:
        given.append(variables)
        return OUTPUTS | {"curl": "curl"}

    monkeypatch.setattr(LocalStack, "up", start)
    monkeypatch.delenv("PASSPHRASE", raising=False)
    if passphrase is not None:
        monkeypatch.setenv("PASSPHRASE", passphrase)
    stack.up()
    assert given == [{"passphrase": passphrase} if passphrase else {}]


@pytest.mark.parametrize(("flag", "caps"), [("--caps", "on"), ("--caps=off", "off")])
def test_caps_may_be_given_as_a_flag_or_with_a_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flag: str, caps: str
) -> None:
    given: dict[str, object] = {}

    def make(*_: object, **options: object) -> Iterator[tuple[str, bytes]]:
        given.update(options)
        yield "stack", b""

    monkeypatch.setattr(thumbnail, "make_thumbnails", make)
    monkeypatch.setattr(sys, "argv", ["thumbnail.py", "a.png", "--api-url=x", f"--out={tmp_path / 'a.jpg'}", flag])
    thumbnail.main()
    assert given == {
        "fit": None,
        "position": None,
        "caps": caps,
        "look": None,
        "accent": None,
        "size": None,
        "limit": None,
    }


@pytest.mark.parametrize(
    ("flags", "written"),
    [
        ([], {"a.jpg": b"1"}),
        (["--all"], {"a.jpg": b"1", "a-fade.jpg": b"2", "a-panel.jpg": b"3"}),
    ],
)
def test_the_first_thumbnail_is_written_and_with_all_the_further_ones_beside_it(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    flags: list[str],
    written: dict[str, bytes],
) -> None:
    made = [("stack", b"1"), ("fade", b"2"), ("panel", b"3")]
    monkeypatch.setattr(thumbnail, "make_thumbnails", lambda *_, **__: iter(made))
    monkeypatch.setattr(sys, "argv", ["thumbnail.py", "a.png", "--api-url=x", f"--out={tmp_path / 'a.jpg'}", *flags])
    thumbnail.main()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == written
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == [
        str(tmp_path / name) for name in written
    ]


@pytest.mark.parametrize("name", ["a.png", "a.WEBP", "a.avif", "a.jpg.gif", "a.txt"])
def test_a_name_for_another_kind_of_file_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr(thumbnail, "make_thumbnails", lambda *_, **__: pytest.fail("sent"))
    monkeypatch.setattr(sys, "argv", ["thumbnail.py", "a.png", "--api-url=x", f"--out={tmp_path / name}"])
    with pytest.raises(UserError, match=rf"JPEG files: instead of .*/{name}, name OUT=.*/a.*\.jpg"):
        thumbnail.main()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a", "a.final"])
def test_names_for_a_jpeg_and_names_for_nothing_in_particular_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr(thumbnail, "make_thumbnails", lambda *_, **__: iter([("stack", b"1")]))
    monkeypatch.setattr(sys, "argv", ["thumbnail.py", "a.png", "--api-url=x", f"--out={tmp_path / name}"])
    thumbnail.main()
    assert (tmp_path / name).read_bytes() == b"1"


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make thumbnail IMAGE="):
        upload("http://localhost:1", tmp_path / "missing.png")


def test_an_unreachable_stack_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    arguments = [str(tmp_path / "a.png"), "--api-url=http://127.0.0.1:1"]
    answer = subprocess.run(
        [sys.executable, ROOT / "scripts" / "thumbnail.py", *arguments], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("error: the stack at http://127.0.0.1:1 does not answer")
    assert len(answer.stderr.splitlines()) == 1


def test_make_without_a_target_lists_the_targets_by_group() -> None:
    printed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    for group in ("Try it", "Run it on AWS", "Work on it"):
        assert f"\n{group}\n" in printed
    for target in ("demo", "thumbnail", "down", "build", "deploy", "destroy", "test", "bench-NAME"):
        assert f"make {target} " in printed


OUTPUTS: dict[str, Any] = {
    "api_url": "https://x.example",
    "page_url": "https://page.example/",
    "site_bucket": "site",
    "uploads_bucket": "uploads",
    "processed_bucket": "processed",
    "dead_letter_queue_url": "https://sqs.example/1/q",
    "function_names": {"presign": "thumbs-presign", "process": "thumbs-process", "poll": "thumbs-poll"},
}


def test_a_shell_has_variables_for_the_parts_of_the_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    environment = build_environment(OUTPUTS, None)
    assert environment["ORIGIN"] == "https://page.example"
    assert environment["PROCESS"] == "thumbs-process"
    assert environment["AWS_PROFILE"] == "mine"
    assert environment["AWS_DEFAULT_REGION"] == "eu-west-1"


def test_a_shell_for_the_local_stack_cannot_reach_an_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    environment = build_environment(OUTPUTS, Emulator(tmp_path, 4566))
    assert "AWS_PROFILE" not in environment
    assert environment["AWS_ENDPOINT_URL"] == "http://localhost:4566"


def test_a_shell_needs_a_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack, "HOME", tmp_path)
    monkeypatch.setattr(terraform, "check_version", lambda: None)
    monkeypatch.setattr(terraform, "read_outputs", lambda _: {})
    with pytest.raises(UserError, match="Start one: make demo"):
        stack.shell()


@pytest.mark.parametrize("installed", [True, False])
def test_a_shell_says_if_the_aws_cli_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, installed: bool
) -> None:
    monkeypatch.setattr(stack, "HOME", tmp_path)
    monkeypatch.setattr(terraform, "check_version", lambda: None)
    monkeypatch.setattr(terraform, "read_outputs", lambda _: OUTPUTS)
    monkeypatch.setattr("shutil.which", lambda _: "/bin/aws" if installed else None)
    monkeypatch.setattr("os.execvpe", lambda *_: None)
    stack.shell()
    assert ("the AWS CLI is not installed" in capsys.readouterr().out) is not installed
