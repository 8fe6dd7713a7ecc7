"""The whole stack on this machine: main.tf, applied by Terraform to a local AWS with permissions enforced."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import terraform
from emulator import ROOT, Emulator
from user_error import UserError

HOME = ROOT / ".local"
DEFAULT_PORT = "4566"
_PORTS = 65536

# What Terraform reads. Run in a folder of links to it, state and settings of a real deployment stay out of reach.
_MODULE = ("main.tf", "variables.tf", "outputs.tf", "build", "web")
_PROGRESS_STEP = 10


@dataclass(frozen=True)
class LocalStack:
    """The stack on an emulator; Terraform's state lies beside the emulator's files and goes with them."""

    emulator: Emulator

    @property
    def variables(self) -> list[str]:
        """Options that make main.tf apply to the emulator."""
        return [f"-var=endpoint_url={self.emulator.url}"]

    def apply(self) -> Iterator[tuple[int, int]]:
        """Apply main.tf, and yield how many of how many changes are done.

        Raises:
            Trouble: Terraform found an error.
        """
        self._init()
        with subprocess.Popen(
            ["terraform", "apply", "-auto-approve", "-input=false", "-json", *self.variables],
            cwd=self._module,
            env=self.emulator.client_environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield from _progress(json.loads(line) for line in process.stdout or ())
        if process.returncode:
            raise UserError("terraform apply failed; see above")

    def _init(self) -> None:
        if (self._module / ".terraform.lock.hcl").exists():  # written when init has come to its end
            return
        self._module.mkdir(parents=True, exist_ok=True)
        for name in _MODULE:
            if not (self._module / name).exists():
                (self._module / name).symlink_to(ROOT / name)
        terraform.init(self._module, environment=self.emulator.client_environment)

    def terraform(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Terraform against this stack's state, and return its exit code and output."""
        return terraform.captured(self._module, *arguments, environment=self.emulator.client_environment)

    def outputs(self) -> dict[str, Any]:
        """Return the values of outputs.tf.

        Raises:
            Trouble: nothing is running, or it was not applied to its end.
        """
        if not self.emulator.running():
            raise UserError("no local stack is running. Start one: make demo")
        outputs = terraform.outputs(self._module, self.emulator.client_environment)
        if "api_url" not in outputs:
            raise UserError("the local stack is half built. Finish it: make demo")
        return outputs

    @property
    def _module(self) -> Path:
        return self.emulator.home / "module"


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
    port = stack.emulator.port
    if stack.emulator.running():
        print(f"local AWS: already running on port {port}, reused", flush=True)
    else:
        stack.emulator.start()
        print(f"local AWS: started on port {port}, permissions enforced", flush=True)
    print("terraform apply: the first time about a minute, most of it waiting for S3's lifecycle rules", flush=True)
    begin, shown = time.monotonic(), 0
    for done, planned in stack.apply():
        if done == planned or done - shown >= _PROGRESS_STEP:
            print(f"terraform apply: {done} of {planned} changes", flush=True)
            shown = done
    print(f"terraform apply: done in {time.monotonic() - begin:.0f} s", flush=True)
    return stack.outputs()


def current() -> LocalStack:
    """Return the stack of this checkout: on the port that it runs on, else on the one that the environment names."""
    return LocalStack(Emulator.running_from(HOME) or Emulator(HOME, _port(os.environ.get("PORT") or DEFAULT_PORT)))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < _PORTS:
        raise UserError(f"PORT={text} is no port: name one from 1024 to {_PORTS - 1}")
    return int(text)
