"""The scripts fail in one line that says what to do."""

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

import pytest

import local_stack
import shell
import terraform
import thumbnail
from emulator import Emulator
from local_stack import LocalStack
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


def test_trouble_ends_a_script_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> None:
        raise UserError("the kettle is empty; fill it")

    with pytest.raises(SystemExit) as end:
        run_script(main)
    assert end.value.code == 1
    assert capsys.readouterr().err == "error: the kettle is empty; fill it\n"


def test_a_port_in_use_is_told_with_a_way_out(tmp_path: Path, taken_port: int) -> None:
    with pytest.raises(UserError, match=rf"port {taken_port} is in use.* PORT={taken_port + 1}"):
        Emulator(tmp_path / "home", taken_port).start()


def test_no_running_stack_is_told_with_the_command_that_starts_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make demo"):
        LocalStack(Emulator(tmp_path, 1)).outputs()


@pytest.mark.parametrize("port", ["abc", "0", "99999", "-1", "80 80"])
def test_a_port_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    monkeypatch.setattr(local_stack, "HOME", tmp_path)
    with pytest.raises(UserError, match=f"PORT={port} is no port"):
        local_stack.current()


def test_a_half_built_stack_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Emulator, "running", lambda _: True)
    (tmp_path / "module").mkdir()
    with pytest.raises(UserError, match=r"half built\. Finish it: make demo"):
        LocalStack(Emulator(tmp_path, 1)).outputs()


def test_an_emulator_that_died_does_not_count_as_running(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / "ministack-1.pid").write_text("999999")
    assert Emulator.running_from(tmp_path) is None


def test_an_emulator_that_hangs_is_found_and_stopped_on_whatever_port(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with subprocess.Popen(["bash", "-c", "exec -a ministack sleep 60"], start_new_session=True) as hanging:
        (tmp_path / "tmp" / "ministack-9.pid").write_text(str(hanging.pid))
        deadline = time.monotonic() + 10
        while not (emulator := Emulator.running_from(tmp_path)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert emulator == Emulator(tmp_path, 9)
        assert not emulator.running()
        assert emulator.stop()
    assert hanging.returncode < 0


def test_stopping_what_does_not_run_is_no_error(tmp_path: Path) -> None:
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


def test_a_missing_terraform_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match=r"not installed\. Install 1\.9 or newer"):
        terraform.require()


@pytest.mark.parametrize("version", ["0.15.5", "1.8.5"])
def test_an_old_terraform_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    fake_terraform(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UserError, match=rf"{version} is too old\. Install 1\.9 or newer"):
        terraform.require()


@pytest.mark.parametrize("version", ["1.9.0", "1.11.4", "1.15.0"])
def test_a_newer_terraform_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    fake_terraform(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    terraform.require()


def test_a_provider_that_cannot_be_had_is_told_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "terraform"
    program.write_text("#!/bin/sh\necho 'could not connect to the registry' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(UserError, match="TF_PLUGIN_DIR=FOLDER"):
        terraform.init(tmp_path)
    assert "could not connect" in capsys.readouterr().err


def test_a_provider_mirror_on_disk_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TF_PLUGIN_DIR", raising=False)
    monkeypatch.setattr(terraform, "_MIRROR_ROOTS", (str(tmp_path),))
    assert terraform.init_options() == []
    mirror = tmp_path / "mirror"
    for platform in ("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"):
        (mirror / "registry.example" / "hashicorp" / "aws" / "5.100.0" / platform).mkdir(parents=True)
    assert terraform.init_options() == [f"-plugin-dir={mirror}"]
    monkeypatch.setenv("TF_PLUGIN_DIR", "/named")
    assert terraform.init_options() == ["-plugin-dir=/named"]


def test_a_mirror_of_another_version_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TF_PLUGIN_DIR", raising=False)
    monkeypatch.setattr(terraform, "_MIRROR_ROOTS", (str(tmp_path),))
    (tmp_path / "mirror" / "registry.example" / "hashicorp" / "aws" / "4.67.0" / "linux_amd64").mkdir(parents=True)
    assert terraform.init_options() == []


@pytest.mark.parametrize("name", ["photo", "photo.unknown"])
def test_a_file_whose_type_cannot_be_told_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UserError, match="no extension that tells its type"):
        upload("http://localhost:1", tmp_path / name)


def test_a_thumbnail_without_a_picture_is_told() -> None:
    answer = subprocess.run(["make", "--silent", "-C", ROOT, "thumbnail"], capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "error: name a picture" in answer.stderr


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, {}),
        ({"TEXT": "", "FIT": "", "POSITION": "", "CAPS": ""}, {"text": ""}),
        (
            {"TEXT": "$5 'now'", "FIT": "crop", "POSITION": "top-left", "CAPS": "on"},
            {"text": "$5 'now'", "fit": "crop", "position": "top-left", "caps": "on"},
        ),
        ({"POSITION": '$(ls) `ls` "', "CAPS": "off"}, {"position": '$(ls) `ls` "', "caps": "off"}),
    ],
)
def test_what_make_is_told_is_asked_for_literally(tmp_path: Path, given: dict[str, str], sent: dict[str, str]) -> None:
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


@pytest.mark.parametrize(("flag", "caps"), [("--caps", "on"), ("--caps=off", "off")])
def test_caps_is_a_flag_of_the_client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flag: str, caps: str) -> None:
    given: dict[str, object] = {}

    def make(*_: object, **options: object) -> bytes:
        given.update(options)
        return b""

    monkeypatch.setattr(thumbnail, "make_thumbnail", make)
    monkeypatch.setattr(sys, "argv", ["thumbnail.py", "a.png", "--api-url=x", f"--out={tmp_path / 'a.jpg'}", flag])
    thumbnail.main()
    assert given == {"fit": None, "position": None, "caps": caps}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="make thumbnail IMAGE="):
        upload("http://localhost:1", tmp_path / "missing.png")


def test_a_stack_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    arguments = [str(tmp_path / "a.png"), "--api-url=http://127.0.0.1:1"]
    answer = subprocess.run(
        [sys.executable, ROOT / "scripts" / "thumbnail.py", *arguments], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("error: the stack at http://127.0.0.1:1 does not answer")
    assert len(answer.stderr.splitlines()) == 1


def test_make_alone_prints_the_targets_by_group() -> None:
    printed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout
    for group in ("Try it", "Put it on AWS", "Work on it"):
        assert f"\n{group}\n" in printed
    for target in ("demo", "thumbnail", "down", "build", "deploy", "destroy", "test"):
        assert f"make {target} " in printed


OUTPUTS = {
    "api_url": "https://x.example",
    "page_url": "https://page.example/",
    "site_bucket": "site",
    "uploads_bucket": "uploads",
    "processed_bucket": "processed",
    "dead_letter_queue_url": "https://sqs.example/1/q",
    "function_names": {"presign": "thumbs-presign", "process": "thumbs-process", "poll": "thumbs-poll"},
}


def test_a_shell_knows_the_parts_of_a_stack_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    environment = shell.of_stack(OUTPUTS, None)
    assert environment["ORIGIN"] == "https://page.example"
    assert environment["PROCESS"] == "thumbs-process"
    assert environment["AWS_PROFILE"] == "mine"
    assert environment["AWS_DEFAULT_REGION"] == "eu-west-1"


def test_a_shell_for_the_local_stack_reaches_no_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    environment = shell.of_stack(OUTPUTS, Emulator(tmp_path, 4566))
    assert "AWS_PROFILE" not in environment
    assert environment["AWS_ENDPOINT_URL"] == "http://localhost:4566"


def test_a_shell_without_a_stack_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_stack, "HOME", tmp_path)
    monkeypatch.setattr(terraform, "require", lambda: None)
    monkeypatch.setattr(terraform, "outputs", lambda _: {})
    with pytest.raises(UserError, match="Start one: make demo"):
        shell.main()
