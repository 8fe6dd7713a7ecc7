"""The local AWS: MiniStack, on this machine only, with permissions enforced and empty whenever it starts."""

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

_READY_SECONDS = 30
_STOP_SECONDS = 10
_KEPT = ("TF_CLI_CONFIG_FILE", "TF_PLUGIN_DIR", "TF_PLUGIN_CACHE_DIR")  # how Terraform finds its provider
_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
_REGION = "us-east-1"


@dataclass(frozen=True)
class Emulator:
    """An emulator whose files lie below `home`, and which listens on `port` of localhost."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://localhost:{self.port}"

    @property
    def client_environment(self) -> dict[str, str]:
        """Environment for every AWS client: with it, nothing can reach a real account."""
        kept = {
            name: value for name, value in os.environ.items() if name in _KEPT or not name.startswith(("AWS_", "TF_"))
        }
        return {
            **kept,
            **_KEYS,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": _REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    @property
    def client_settings(self) -> dict[str, str]:
        """What boto3 needs to make a client that acts as the account's owner."""
        return {
            "endpoint_url": self.url,
            "region_name": _REGION,
            **{name.lower(): value for name, value in _KEYS.items()},
        }

    @classmethod
    def running_from(cls, home: Path) -> "Emulator | None":
        """Return the emulator whose process runs from `home`, on whatever port, answering or not; None if none does."""
        found = (cls(home, int(file.stem.split("-")[1])) for file in home.glob("tmp/ministack-*.pid"))
        return next((emulator for emulator in found if emulator.process()), None)

    def running(self) -> bool:
        """Tell whether the emulator that was started from `home` answers."""
        return self.process() is not None and self._healthy()

    def process(self) -> int | None:
        """Return the number of MiniStack's process, which leads a group with its functions; None if it is gone."""
        if not self._pid_file.exists():
            return None
        number = self._pid_file.read_text()
        if not shutil.which("ps"):
            return int(number)
        # After a restart of the machine, the number may be another program's.
        command = subprocess.run(["ps", "-o", "args=", "-p", number], capture_output=True, text=True, check=False)
        return int(number) if "ministack" in command.stdout else None

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            Trouble: the port is taken, or it does not come up.
        """
        self._check_port()
        self.stop()
        self._temporary.mkdir(parents=True)
        subprocess.run(
            [PROGRAM, "--detach"], cwd=self.home, env=self._environment(), stdin=subprocess.DEVNULL,
            capture_output=True, check=True,
        )  # fmt: skip
        deadline = time.monotonic() + _READY_SECONDS
        while not self._healthy():
            if time.monotonic() > deadline:
                raise UserError(
                    f"the local AWS did not start; {self._temporary / f'ministack-{self.port}.log'} says why"
                )
            time.sleep(0.2)

    def stop(self) -> bool:
        """Stop it and the functions that it runs, and remove `home`; tell whether it was running."""
        group = self.process()
        if group:
            os.killpg(group, signal.SIGTERM)
            deadline = time.monotonic() + _STOP_SECONDS
            while self._healthy() and time.monotonic() < deadline:
                time.sleep(0.1)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)
        return group is not None

    def _environment(self) -> dict[str, str]:
        inherited = ("PATH", "HOME", "LANG")  # no PYTHONPATH: a Pillow found there would hide a missing layer
        return {
            **{name: os.environ[name] for name in inherited if name in os.environ},
            **_KEYS,
            "AUTH": "true",
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.1",  # before a failed event is tried again; AWS waits a minute
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "TMPDIR": str(self._temporary),
        }

    def _check_port(self) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)):
                return
        other = f"stop it, or choose another port: PORT={self.port + 1}"
        if self._healthy():
            raise UserError(
                f"a MiniStack that was not started from this folder is running on port {self.port}: {other}"
            )
        raise UserError(f"port {self.port} is in use: find what listens there and {other}")

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False

    @property
    def _temporary(self) -> Path:
        return self.home / "tmp"

    @property
    def _pid_file(self) -> Path:
        return self._temporary / f"ministack-{self.port}.pid"
