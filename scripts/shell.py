"""Open a shell that knows the stack: the local one if one runs here, else the one deployed from this folder.

The AWS CLI reaches the stack from it, and these name its parts.
"""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import terraform
from emulator import ROOT, Emulator
from local_stack import current
from user_error import UserError, run_script


def main() -> None:
    """Find the stack, say what the shell knows of it, and become that shell."""
    local = current()
    if local.emulator.running():
        where, outputs, environment = f"local stack on port {local.emulator.port}", local.outputs(), local.emulator
    else:
        terraform.require()
        where, outputs, environment = "deployed stack", terraform.outputs(ROOT), None
    if "api_url" not in outputs:
        raise UserError("no local stack is running, and none was deployed from this folder. Start one: make demo")
    print(f"{where}; its parts are ${', $'.join(names(outputs))}\n`exit` leaves this shell", flush=True)
    os.execvpe("bash", ["bash", "--norc"], of_stack(outputs, environment))  # noqa: S606  it is a shell that is wanted


def names(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Return what the documents call the parts of the stack with these outputs of Terraform's."""
    return {
        "API": outputs["api_url"],
        "PAGE": outputs["page_url"],
        "ORIGIN": "{0.scheme}://{0.netloc}".format(urlsplit(outputs["page_url"])),
        **{noun.upper(): outputs[f"{noun}_bucket"] for noun in ("site", "uploads", "processed")},
        "QUEUE": outputs["dead_letter_queue_url"],
        **{noun.upper(): outputs["function_names"][noun] for noun in ("presign", "process", "poll")},
    }


def of_stack(outputs: Mapping[str, Any], emulator: Emulator | None) -> dict[str, str]:
    """Return the environment of a shell that knows a stack; it is on AWS if `emulator` is None."""
    own = emulator.client_environment if emulator else os.environ
    own = {name: value for name, value in own.items() if not name.startswith(("MAKE", "MFLAGS"))}  # of `make shell`
    # As Terraform finds its region; the AWS CLI's version 1 knows the second name only.
    region = {"AWS_DEFAULT_REGION": own["AWS_REGION"]} if "AWS_REGION" in own else {}
    path = f"{ROOT / '.venv-awscli' / 'bin'}{os.pathsep}{own['PATH']}"
    return own | region | names(outputs) | {"PATH": path, "PS1": "stack$ "}


if __name__ == "__main__":
    run_script(main)
