"""Run Terraform. `terraform.py` checks that it is installed and new enough; `terraform.py init` runs `terraform init`.

Where TF_PLUGIN_DIR is set, `init` takes the AWS provider from that folder and does not ask the registry.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from user_error import UserError, run_script

OLDEST = (1, 9)
INSTALL = "https://developer.hashicorp.com/terraform/install"


def check_version() -> None:
    """Check that Terraform can be used.

    Raises:
        UserError: it is missing or too old.
    """
    oldest = ".".join(map(str, OLDEST))
    if not shutil.which("terraform"):
        raise UserError(f"Terraform is not installed. Install {oldest} or newer: {INSTALL}")
    answer = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=False)
    version = json.loads(answer.stdout)["terraform_version"] if answer.returncode == 0 else "unknown"
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < OLDEST:
        raise UserError(f"Terraform {version} is too old. Install {oldest} or newer: {INSTALL}")


def init(folder: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:
    """Run `terraform init` in a folder.

    Raises:
        UserError: it failed, most often because the provider cannot be downloaded.
    """
    mirror = os.environ.get("TF_PLUGIN_DIR")
    arguments = ["-input=false", "-no-color", *([f"-plugin-dir={mirror}"] if mirror else []), *options]
    answer = run(folder, "init", *arguments, environment=environment)
    if answer.returncode:
        print(answer.stdout, answer.stderr, file=sys.stderr)
        raise UserError(
            "terraform init failed. If the Terraform registry cannot be reached, name a provider mirror "
            "(made by `terraform providers mirror FOLDER`): TF_PLUGIN_DIR=FOLDER"
        )


def apply(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Run `terraform apply` in a folder, and yield its progress: changes done, changes planned.

    Raises:
        UserError: it failed; its errors are printed.
    """
    with subprocess.Popen(
        ["terraform", "apply", "-auto-approve", "-input=false", "-json"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield from _read_progress(json.loads(line) for line in process.stdout or ())
    if process.returncode:
        raise UserError("terraform apply failed; see above")


def _read_progress(messages: Iterable[dict[str, Any]]) -> Iterator[tuple[int, int]]:
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


def read_outputs(folder: Path, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the outputs in a folder's state; empty before the first apply.

    Raises:
        UserError: Terraform cannot read the state.
    """
    answer = run(folder, "output", "-no-color", "-json", environment=environment)
    if answer.returncode:
        raise UserError(f"terraform output failed: {answer.stderr.strip()}")
    return {name: output["value"] for name, output in json.loads(answer.stdout).items()}


def run(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a Terraform command in a folder, and return its exit code and output."""
    return subprocess.run(
        ["terraform", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def main() -> None:
    """Check Terraform's version, then run `init` if asked to."""
    check_version()
    match sys.argv[1:]:
        case ["init", *options]:
            init(Path.cwd(), *options)


if __name__ == "__main__":
    run_script(main)
