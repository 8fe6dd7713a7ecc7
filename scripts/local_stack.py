"""The whole stack on this machine: main.tf, applied by Terraform to a local AWS with permissions enforced.

`local_stack.py up` starts it, or brings a running one up to date; `local_stack.py down` removes every trace.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import terraform
from trouble import Trouble, run

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".local"
EMULATOR = ROOT / ".venv-emulator" / "bin" / "ministack"
DEFAULT_PORT = 4566

# What Terraform reads. Run in a folder of links to it, state and settings of a real deployment stay out of reach.
_MODULE = ("main.tf", "variables.tf", "outputs.tf", "build", "web")
_READY_SECONDS = 30
_PROGRESS_STEP = 10


@dataclass(frozen=True)
class LocalStack:
    """A stack whose files lie in `home` and whose emulator listens on `port`."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        """Address of the emulator."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Environment for every AWS client: with it, nothing can reach a real account."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_VAR_"))}
        return kept | {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def running(self) -> bool:
        """Tell whether this stack's own emulator answers."""
        return self._pid_file.exists() and _healthy(self.url)

    def start(self) -> None:
        """Start the emulator, empty.

        Raises:
            Trouble: the port is taken, or the emulator does not come up.
        """
        self._check_port()
        self._forget()
        temporary = self.home / "tmp"
        temporary.mkdir(parents=True)
        subprocess.run(
            [EMULATOR, "--detach"],
            cwd=self.home,
            env=self._emulator_environment(temporary),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        deadline = time.monotonic() + _READY_SECONDS
        while not _healthy(self.url):
            if time.monotonic() > deadline:
                raise Trouble(f"the local AWS did not start; {temporary / f'ministack-{self.port}.log'} says why")
            time.sleep(0.2)

    def _emulator_environment(self, temporary: Path) -> dict[str, str]:
        inherited = ("PATH", "HOME", "LANG")  # no PYTHONPATH: a Pillow found there would hide a missing layer
        return {name: os.environ[name] for name in inherited if name in os.environ} | {
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "TMPDIR": str(temporary),
        }

    def _check_port(self) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)):
                return
        if _healthy(self.url):
            raise Trouble(
                f"a MiniStack that this folder did not start is running on port {self.port}. "
                f"Stop it, or choose another port: PORT={self.port + 1}"
            )
        raise Trouble(
            f"port {self.port} is in use. Stop what listens there, or choose another port: PORT={self.port + 1}"
        )

    def apply(self) -> Iterator[tuple[int, int]]:
        """Apply main.tf, and yield how many of how many resources are done.

        Raises:
            Trouble: Terraform found an error.
        """
        module = self.home / "module"
        if not (module / ".terraform").exists():
            module.mkdir(parents=True, exist_ok=True)
            for name in _MODULE:
                if not (module / name).exists():
                    (module / name).symlink_to(ROOT / name)
            terraform.init(module, environment=self.environment)
        with subprocess.Popen(
            ["terraform", "apply", "-auto-approve", "-input=false", "-json", *self.variables],
            cwd=module,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield from _progress(json.loads(line) for line in process.stdout or ())
        if process.returncode:
            raise Trouble("terraform apply failed; see above")

    @property
    def variables(self) -> list[str]:
        """Options that make main.tf apply to the emulator."""
        return [f"-var=endpoint_url={self.url}"]

    def terraform(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Terraform against this stack's state, and return its exit code and output."""
        return subprocess.run(
            ["terraform", *arguments],
            cwd=self.home / "module",
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def outputs(self) -> dict[str, Any]:
        """Return the values of outputs.tf.

        Raises:
            Trouble: nothing is running.
        """
        if not self.running():
            raise Trouble("no local stack is running. Start one: make demo")
        return {name: output["value"] for name, output in json.loads(self.terraform("output", "-json").stdout).items()}

    def stop(self) -> bool:
        """Stop the emulator and its functions, and remove all files; tell whether it was running."""
        was_running = self.running()
        if was_running:
            group = int(self._pid_file.read_text())
            os.killpg(group, signal.SIGTERM)
            deadline = time.monotonic() + 10
            while _healthy(self.url) and time.monotonic() < deadline:
                time.sleep(0.1)
            _kill_rest(group)
        self._forget()
        return was_running

    @property
    def _pid_file(self) -> Path:
        """Where MiniStack leaves the number of its process, which leads a group with its functions."""
        return self.home / "tmp" / f"ministack-{self.port}.pid"

    def _forget(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_ministack/health", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _kill_rest(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _progress(messages: Iterator[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    done = planned = 0
    for message in messages:
        match message["type"]:
            case "change_summary" if message["changes"]["operation"] == "plan":
                changes = message["changes"]
                planned = changes["add"] + changes["change"] + changes["remove"]
            case "apply_complete" if message["hook"]["action"] != "read":
                done += 1
                yield done, planned
            case "diagnostic" if message["@level"] == "error":
                diagnostic = message["diagnostic"]
                print(diagnostic["summary"], diagnostic.get("detail", ""), flush=True)


def bring_up(stack: LocalStack) -> dict[str, Any]:
    """Start the stack, or update a running one, telling of each step; return the outputs."""
    terraform.require()
    if stack.running():
        print(f"local AWS: already running on port {stack.port}, reused", flush=True)
    else:
        stack.start()
        print(f"local AWS: started on port {stack.port}, permissions enforced", flush=True)
    begin, shown = time.monotonic(), 0
    for done, planned in stack.apply():
        if done == planned or done - shown >= _PROGRESS_STEP:
            print(f"terraform apply: {done} of {planned} changes", flush=True)
            shown = done
    print(f"terraform apply: done in {time.monotonic() - begin:.0f} s", flush=True)
    return stack.outputs()


def current() -> LocalStack:
    """Return the stack of this checkout, on the port that the environment names."""
    return LocalStack(HOME, int(os.environ.get("PORT") or DEFAULT_PORT))


def main() -> None:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("up", "down"))
    if parser.parse_args().command == "up":
        outputs = bring_up(current())
        print(f"page: {outputs['page_url']}\nAPI:  {outputs['api_url']}")
    else:
        print("stopped" if current().stop() else "nothing was running")


if __name__ == "__main__":
    run(main)
