"""Run Terraform: `terraform.py init`, `terraform.py apply` and so on.

It is there and new enough, or one line says what to do; and `init` finds the AWS provider in a mirror folder
on disk, where there is one, before it asks the registry.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from user_error import UserError, run_script

OLDEST = (1, 9)
INSTALL = "https://developer.hashicorp.com/terraform/install"

_PROVIDER = "hashicorp/aws/5.1[0-9][0-9].*"  # as main.tf pins it
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}  # as the system names them, as Terraform does
# Below each of these, a provider mirror may lie one folder deep, or be the folder itself.
_MIRROR_ROOTS = ("/opt", "/srv", "/usr/share", "/usr/local/share", "/var/lib", "~/.terraform.d")


def require() -> None:
    """Make sure that Terraform can be used.

    Raises:
        Trouble: it is missing or too old.
    """
    wanted = ".".join(map(str, OLDEST))
    if not shutil.which("terraform"):
        raise UserError(f"Terraform is not installed. Install {wanted} or newer: {INSTALL}")
    answer = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=False)
    found = json.loads(answer.stdout)["terraform_version"] if answer.returncode == 0 else "unknown"
    if tuple(int(part) for part in re.findall(r"\d+", found)[:2]) < OLDEST:
        raise UserError(f"Terraform {found} is too old. Install {wanted} or newer: {INSTALL}")


def init_options() -> list[str]:
    """Return the options that make `terraform init` use a provider mirror; none where there is no mirror."""
    mirror = os.environ.get("TF_PLUGIN_DIR") or next(_mirrors(), None)
    return [f"-plugin-dir={mirror}"] if mirror else []


def _mirrors() -> Iterator[Path]:
    """Yield folders that hold the provider as `<registry host>/hashicorp/aws/<version>/<platform>`."""
    machine = os.uname().machine
    platform = f"{sys.platform}_{_MACHINES.get(machine, machine)}"
    for root in _MIRROR_ROOTS:
        for depth in ("", "*/"):
            for provider in sorted(Path(root).expanduser().glob(f"{depth}*/{_PROVIDER}/{platform}")):
                yield provider.parents[4]


def captured(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run Terraform in a folder, and return its exit code and output."""
    return subprocess.run(
        ["terraform", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def init(folder: Path, *options: str, environment: Mapping[str, str] | None = None) -> None:
    """Run `terraform init` in a folder.

    Raises:
        Trouble: the provider is not to be had, or another error.
    """
    answer = captured(folder, "init", "-input=false", "-no-color", *init_options(), *options, environment=environment)
    if answer.returncode:
        print(answer.stdout, answer.stderr, file=sys.stderr)
        raise UserError(
            "terraform init failed. Without a way to the Terraform registry, name a folder that holds a provider "
            "mirror (made by `terraform providers mirror FOLDER`): TF_PLUGIN_DIR=FOLDER"
        )


def outputs(folder: Path, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the values of outputs.tf that the state in a folder holds; none before the first apply.

    Raises:
        Trouble: Terraform cannot read the state.
    """
    answer = captured(folder, "output", "-no-color", "-json", environment=environment)
    if answer.returncode:
        raise UserError(f"terraform output failed: {answer.stderr.strip()}")
    return {name: output["value"] for name, output in json.loads(answer.stdout).items()}


def _command(arguments: Sequence[str]) -> None:
    require()
    if arguments[:1] == ["init"]:
        init(Path.cwd(), *arguments[1:])
    else:
        raise SystemExit(subprocess.run(["terraform", *arguments], check=False).returncode)


if __name__ == "__main__":
    run_script(lambda: _command(sys.argv[1:]))
