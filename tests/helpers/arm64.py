"""A Python of Lambda's version and default architecture: this one, or Debian's in an emulator of the processor."""

import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from package import LAMBDA_PYTHON

# The first of Debian's releases that has Lambda's Python.
_RELEASE = "trixie"
_PACKAGES = (f"python{LAMBDA_PYTHON}", "libstdc++6")
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_EMULATORS = ("qemu-aarch64", "qemu-aarch64-static")


class NotAvailable(Exception):
    """This machine cannot run it. The message says what is missing."""


def find_python(folder: Path) -> list[str | Path]:
    """Return the command that runs it.

    Args:
        folder: where Debian's is kept; the first call downloads it (15 MB), and needs no root.

    Raises:
        NotAvailable: neither is at hand.
    """
    version = ".".join(map(str, sys.version_info[:2]))
    if platform.system() == "Linux" and platform.machine() == "aarch64" and version == LAMBDA_PYTHON:
        return [sys.executable]
    emulator = next(filter(None, map(shutil.which, _EMULATORS)), None)
    if not emulator:
        raise NotAvailable("neither arm64 nor its emulator: install qemu-user")
    if not folder.exists():
        _install_python(folder)
    return [emulator, "-L", folder, folder / "usr" / "bin" / f"python{LAMBDA_PYTHON}"]


def _install_python(folder: Path) -> None:
    """Unpack Debian's Python for arm64 into a folder, with a state of apt's own that ends with this call."""
    if not shutil.which("apt-get") or not _KEYRING.exists():
        raise NotAvailable("no apt-get to download a Python for arm64 with, or no debian-archive-keyring")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        state, root = Path(temporary, "apt"), Path(temporary, "root")
        for name in ("lists/partial", "cache/archives/partial"):
            (state / name).mkdir(parents=True)
        (state / "status").touch()
        (state / "sources.list").write_text(
            f"deb [arch=arm64 signed-by={_KEYRING}] http://deb.debian.org/debian {_RELEASE} main\n"
        )
        settings = {
            "Dir::Etc::SourceList": state / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State::Lists": state / "lists",
            "Dir::State::Status": state / "status",
            "Dir::Cache": state / "cache",
            "APT::Architecture": "arm64",
            "APT::Architectures": "arm64",
            "APT::Sandbox::User": "",  # apt's user may not write here
        }
        apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in settings.items())]
        install = [*apt, "install", "--yes", "--no-install-recommends", "--download-only", *_PACKAGES]
        for command in ([*apt, "update"], install):
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
            if answer.returncode:
                raise NotAvailable(f"Debian's Python for arm64 could not be downloaded: {answer.stderr.strip()[:200]}")
        root.mkdir()
        (root / "lib").symlink_to("usr/lib")  # as Debian's base-files has it
        for package in sorted((state / "cache" / "archives").glob("*.deb")):
            subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
        root.rename(folder)
