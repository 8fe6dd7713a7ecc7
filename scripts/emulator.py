"""Run MiniStack, an emulator of AWS: for this machine only, with IAM enforced, and empty at every start."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from user_error import UserError

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".venv-emulator" / "bin" / "ministack"

_START_TIMEOUT = 30
_STOP_TIMEOUT = 10
_ANSWER_TIMEOUT = 10  # on a busy machine it may answer late
_PROVIDER_SETTINGS = ("TF_CLI_CONFIG_FILE", "TF_PLUGIN_DIR", "TF_PLUGIN_CACHE_DIR")
_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
_REGION = "us-east-1"


@dataclass(frozen=True)
class Emulator:
    """An emulator that listens on a port of localhost and keeps its files below `home`."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        """The emulator's address."""
        return f"http://localhost:{self.port}"

    @property
    def client_environment(self) -> dict[str, str]:
        """Environment in which AWS clients and Terraform reach this emulator and no real account."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name in _PROVIDER_SETTINGS or not name.startswith(("AWS_", "TF_"))
        }
        return {
            **inherited,
            **_CREDENTIALS,
            "TF_VAR_endpoint_url": self.url,  # see emulator.tf
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": _REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    @property
    def client_settings(self) -> dict[str, str]:
        """Arguments for a boto3 client that acts as the account's owner."""
        return {
            "endpoint_url": self.url,
            "region_name": _REGION,
            **{name.lower(): value for name, value in _CREDENTIALS.items()},
        }

    @classmethod
    def find_running(cls, home: Path) -> "Emulator | None":
        """Return the emulator that runs from `home`, on whatever port, even if it hangs; None if there is none."""
        emulators = (cls(home, int(file.stem.split("-")[1])) for file in home.glob("tmp/ministack-*.pid"))
        return next((emulator for emulator in emulators if emulator.find_process()), None)

    def is_running(self) -> bool:
        """Return whether the emulator was started from `home` and answers."""
        return self.find_process() is not None and self._is_healthy()

    def find_process(self) -> int | None:
        """Return the process ID of MiniStack and of the group that its functions are in; None if it is not running."""
        if not self._pid_file.exists():
            return None
        pid = self._pid_file.read_text()
        if not shutil.which("ps"):
            return int(pid)
        # After a reboot, the ID may be that of another program.
        command = subprocess.run(["ps", "-o", "args=", "-p", pid], capture_output=True, text=True, check=False)
        return int(pid) if "ministack" in command.stdout else None

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            UserError: the port is in use, or the emulator does not start.
        """
        self._check_port()
        self.stop()
        self._temporary.mkdir(parents=True)
        subprocess.run(
            [PROGRAM, "--detach"], cwd=self.home, env=self._build_environment(), stdin=subprocess.DEVNULL,
            capture_output=True, check=True,
        )  # fmt: skip
        deadline = time.monotonic() + _START_TIMEOUT
        while not self.is_running():
            if time.monotonic() > deadline:
                raise UserError(f"the emulator did not start; see {self._temporary / f'ministack-{self.port}.log'}")
            time.sleep(0.2)

    def stop(self) -> bool:
        """Stop it and its functions, and delete `home`; return whether it was running."""
        group = self.find_process()
        if group:
            os.killpg(group, signal.SIGTERM)
            deadline = time.monotonic() + _STOP_TIMEOUT
            while self._is_healthy() and time.monotonic() < deadline:
                time.sleep(0.1)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)
        return group is not None

    def _build_environment(self) -> dict[str, str]:
        inherited = ("PATH", "HOME", "LANG")  # no PYTHONPATH: a Pillow there would hide a missing layer
        return {
            **{name: os.environ[name] for name in inherited if name in os.environ},
            **_CREDENTIALS,
            "AUTH": "true",
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.1",  # AWS waits a minute
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "TMPDIR": str(self._temporary),
        }

    def _check_port(self) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)):
                return
        program = "a MiniStack from another folder" if self._is_healthy() else "another program"
        raise UserError(
            f"port {self.port} is in use by {program}: stop it, or choose another port: PORT={self.port + 1}"
        )

    def _is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=_ANSWER_TIMEOUT):
                return True
        except (urllib.error.URLError, OSError):
            return False

    @property
    def _temporary(self) -> Path:
        return self.home / "tmp"

    @property
    def _pid_file(self) -> Path:
        return self._temporary / f"ministack-{self.port}.pid"
