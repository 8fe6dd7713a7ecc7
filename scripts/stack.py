"""Run the whole stack on this machine: Terraform applies main.tf to an emulator of AWS.

`stack.py up` starts or updates it, `stack.py down` removes it. `stack.py shell` opens a shell for it, or for the
deployed stack if no local one runs.
"""

import argparse
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import terraform
from emulator import ROOT, Emulator
from user_error import UserError, run_script

HOME = ROOT / ".local"
DEFAULT_PORT = "4566"
_PORTS = 65536
_PROGRESS_STEP = 10

# Terraform runs in a folder of symlinks to these, so that it cannot touch a deployment's state and settings.
_MODULE = {
    **{name: ROOT / name for name in ("main.tf", "variables.tf", "outputs.tf", "web", "lambdas", "docs")},
    **{name: ROOT / "scripts" / name for name in ("emulator.tf", "emulator_override.tf")},
    # The emulator runs functions with this machine's Python: packages for that take the place of those for arm64.
    "build/arm64": ROOT / "build" / "local",
}


@dataclass(frozen=True)
class LocalStack:
    """The stack on an emulator. Terraform's state is in the emulator's folder, and is deleted with it."""

    emulator: Emulator

    def up(self, **variables: str) -> dict[str, Any]:
        """Start the stack, or update a running one; print progress and return Terraform's outputs.

        Args:
            variables: Terraform's variables that shall differ from their defaults, for example the passphrase.

        Raises:
            UserError: the emulator or Terraform failed.
        """
        terraform.check_version()
        port = self.emulator.port
        if self.emulator.is_running():
            print(f"emulator: already running on port {port}", flush=True)
        else:
            self.emulator.start()
            print(f"emulator: started on port {port}", flush=True)
        print("terraform apply: about a minute the first time, most of it waiting for S3 lifecycle rules", flush=True)
        begin, shown = time.monotonic(), 0
        self._init()
        settings = {f"TF_VAR_{name}": value for name, value in variables.items()}
        for done, planned in terraform.apply(self.module, self.emulator.client_environment | settings):
            if done == planned or done - shown >= _PROGRESS_STEP:
                print(f"terraform apply: {done} of {planned} changes", flush=True)
                shown = done
        print(f"terraform apply: done in {time.monotonic() - begin:.0f} s", flush=True)
        return self.outputs()

    def outputs(self) -> dict[str, Any]:
        """Return Terraform's outputs.

        Raises:
            UserError: the stack is not running, or the last apply did not finish.
        """
        if not self.emulator.is_running():
            raise UserError("no local stack is running. Start one: make demo")
        outputs = terraform.read_outputs(self.module, self.emulator.client_environment)
        if "api_url" not in outputs:
            raise UserError("the local stack is incomplete. Finish it: make demo")
        return outputs

    @property
    def module(self) -> Path:
        """The folder that Terraform runs in."""
        return self.emulator.home / "module"

    def _init(self) -> None:
        if (self.module / ".terraform.lock.hcl").exists():  # the last thing that `init` writes
            return
        for name, target in _MODULE.items():
            link = self.module / name
            link.parent.mkdir(parents=True, exist_ok=True)
            if not link.is_symlink():
                link.symlink_to(target)
        terraform.init(self.module, environment=self.emulator.client_environment)


def find_local_stack() -> LocalStack:
    """Return this checkout's stack: the one that runs or, if none does, one on $PORT.

    Raises:
        UserError: $PORT is not a port, or not the one that the stack runs on.
    """
    asked = _parse_port(os.environ.get("PORT") or DEFAULT_PORT)
    running = Emulator.find_running(HOME)
    if running and os.environ.get("PORT") and running.port != asked:
        raise UserError(
            f"this folder's stack runs on port {running.port}: leave PORT out to use it, "
            f"or move it: make down, then make demo PORT={asked}"
        )
    return LocalStack(running or Emulator(HOME, asked))


def find_stack() -> tuple[str, dict[str, Any], Emulator | None]:
    """Return what to call a stack, its outputs, and its emulator: the local one or, if none runs, the deployed one.

    Raises:
        UserError: there is neither.
    """
    local = find_local_stack()
    if local.emulator.is_running():
        return f"local stack on port {local.emulator.port}", local.outputs(), local.emulator
    terraform.check_version()
    outputs = terraform.read_outputs(ROOT)
    if "api_url" not in outputs:
        raise UserError("no local stack is running, and none was deployed from this folder. Start one: make demo")
    return "deployed stack", outputs, None


def build_client_settings(emulator: Emulator | None) -> dict[str, Any]:
    """Return arguments for a boto3 client that acts as the owner of a stack; without an emulator, it is on AWS.

    Terraform reads AWS_REGION; boto3 reads AWS_DEFAULT_REGION, and the profile.
    """
    return emulator.client_settings if emulator else {"region_name": os.environ.get("AWS_REGION")}


def _parse_port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < _PORTS:
        raise UserError(f"PORT={text} is not a port: use a number from 1 to {_PORTS - 1}")
    return int(text)


def up() -> None:
    """Start or update the local stack, with the passphrase in $PASSPHRASE if it is set, and print its addresses."""
    passphrase = os.environ.get("PASSPHRASE")
    try:
        outputs = find_local_stack().up(**({"passphrase": passphrase} if passphrase else {}))
    except KeyboardInterrupt:
        raise UserError("interrupted. Continue: make demo. Stop what has started: make down") from None
    print(
        f"""
page       {outputs["page_url"]}
API        {outputs["api_url"]}

Open the page, or:    make thumbnail IMAGE=photo.jpg TEXT='My title'
A request with curl:  {outputs["curl"]}
Stop the stack:       make down
""",
        flush=True,
    )


def down() -> None:
    """Stop the local stack and delete its files."""
    print("stopped" if find_local_stack().emulator.stop() else "nothing was running")


def shell() -> None:
    """Replace this process with a shell that has a variable for each part of the stack."""
    name, outputs, emulator = find_stack()
    print(f"{name}; its parts are ${', $'.join(list_variables(outputs))}\n`exit` leaves this shell", flush=True)
    if not shutil.which("aws"):
        print("the AWS CLI is not installed; get it from https://aws.amazon.com/cli/", flush=True)
    os.execvpe("bash", ["bash", "--norc"], build_environment(outputs, emulator))  # noqa: S606  no shell in between


def list_variables(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the shell variables that the documents use for the parts of a stack, given its outputs."""
    return {
        "API": outputs["api_url"],
        "PAGE": outputs["page_url"],
        "ORIGIN": "{0.scheme}://{0.netloc}".format(urlsplit(outputs["page_url"])),
        **{name.upper(): outputs[f"{name}_bucket"] for name in ("site", "uploads", "processed")},
        "QUEUE": outputs["dead_letter_queue_url"],
        **{name.upper(): outputs["function_names"][name] for name in ("presign", "process", "poll")},
    }


def build_environment(outputs: Mapping[str, Any], emulator: Emulator | None) -> dict[str, str]:
    """Return the environment of a shell for a stack; without an emulator, the stack is on AWS."""
    environment = emulator.client_environment if emulator else os.environ
    # Without make's own variables, which would change how make runs in this shell.
    environment = {name: value for name, value in environment.items() if not name.startswith(("MAKE", "MFLAGS"))}
    # Terraform reads AWS_REGION; version 1 of the AWS CLI reads AWS_DEFAULT_REGION only.
    region = {"AWS_DEFAULT_REGION": environment["AWS_REGION"]} if "AWS_REGION" in environment else {}
    return environment | region | list_variables(outputs) | {"PS1": "stack$ "}


def main() -> None:
    """Run the command on the command line."""
    commands = {"up": up, "down": down, "shell": shell}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=commands)
    commands[parser.parse_args().command]()


if __name__ == "__main__":
    run_script(main)
