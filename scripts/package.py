"""Build the zips that Terraform uploads: `package.py presign arm64` writes build/arm64/presign.zip.

A zip has the same bytes whenever its content is the same, so that an apply without changes plans nothing.
"""

import argparse
import py_compile
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

from process.text.font_files import EMOJI, FALLBACKS, TITLE

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ("presign", "process", "poll")
LAYERS = ("pillow", "fonts")
TARGETS = ("arm64", "x86_64", "local")

LAMBDA_PYTHON = "3.13"
# Lambda's image for this Python is Amazon Linux 2023, which has glibc 2.34:
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_GLIBC_MINORS = range(34, 16, -1)
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}

# How the names of licences and of those who are to be named begin.
_LICENCES = ("AUTHORS", "COPYING", "LICENSE", "METADATA", "OFL")

# The earliest time that a zip can hold.
_TIME = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Read the command line and build one zip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", choices=FUNCTIONS + LAYERS)
    parser.add_argument("target", choices=TARGETS, help="a Lambda architecture, or this machine's Python")
    arguments = parser.parse_args()

    archive = ROOT / "build" / arguments.target / f"{arguments.package}.zip"
    with tempfile.TemporaryDirectory() as layer, tempfile.TemporaryDirectory() as bytecode:
        if arguments.package in FUNCTIONS:
            files = function_files(arguments.package)
        else:
            install_layer(arguments.package, arguments.target, Path(layer))
            files = files_below(Path(layer))
        if arguments.target == "local" or ".".join(map(str, sys.version_info[:2])) == LAMBDA_PYTHON:
            files = with_bytecode(files, Path(bytecode))
        write_zip(archive, files)
    print(f"{archive.relative_to(ROOT)}  {archive.stat().st_size / 1e6:.2f} MB")


def function_files(function: str) -> Iterator[tuple[str, Path]]:
    """Yield what a function's zip holds, as name in the zip and file: its own package and `common`."""
    source = ROOT / "lambdas"
    for package in ("common", function):
        for name, path in files_below(source / package):
            yield f"{package}/{name}", path


def install_layer(name: str, target: str, folder: Path) -> None:
    """Install a layer's packages into `folder`, laid out as Lambda wants it: below `python/`.

    Wheels are taken for the target's Python and processor; this machine's are taken for `local` only.
    """
    source = ROOT / "layers" / name
    platform = [] if target == "local" else _foreign_platform(_MACHINES[target])
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    site = folder / "python"
    subprocess.run(
        [*pip, "--no-deps", "--no-compile", *platform, "--target", site, "-r", source / "requirements.txt"],
        check=True,
    )
    if name == "fonts":
        leave_fonts(site)
        add_own_font(source, site)


def leave_fonts(site: Path) -> None:
    """Remove what font packages bring beside the fonts that titles are drawn with, and the licences."""
    kept = {Path(site, typeface.package, typeface.file) for typeface in (*TITLE, *FALLBACKS, EMOJI)}
    for path in site.rglob("*"):
        if path.is_file() and path not in kept and not path.stem.startswith(_LICENCES):
            path.unlink()


def add_own_font(source: Path, site: Path) -> None:
    """Add the font that its owner put beside the requirements, if there is one, as if it were a package's."""
    own = TITLE[0]
    installed = site / own.package / own.file
    font = source / installed.name
    if font.exists():
        installed.parent.mkdir(parents=True)
        installed.write_bytes(font.read_bytes())


def _foreign_platform(machine: str) -> list[str]:
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC_MINORS]
    return [
        f"--python-version={LAMBDA_PYTHON}",
        "--implementation=cp",
        "--only-binary=:all:",
        *(f"--platform={platform}" for platform in (*platforms, f"manylinux2014_{machine}")),
    ]


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file below a folder, as name relative to it and file."""
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path


def with_bytecode(files: Iterable[tuple[str, Path]], folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield files, and beside each module its bytecode, which is written to `folder`.

    Where a function runs, files cannot be written, so that it would compile every module at every cold start. The
    bytecode is never held against its source: https://peps.python.org/pep-0552/
    """
    for name, path in files:
        yield name, path
        if path.suffix == ".py":
            module = PurePosixPath(name)
            compiled = module.parent / "__pycache__" / f"{module.stem}.{sys.implementation.cache_tag}.pyc"
            py_compile.compile(
                str(path),
                str(folder / compiled),
                dfile=name,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            yield str(compiled), folder / compiled


def write_zip(archive: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Write a zip whose bytes depend on the files' names and contents alone."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    unfinished = archive.with_suffix(".tmp")
    with zipfile.ZipFile(unfinished, "w") as output:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            output.writestr(entry, path.read_bytes(), compresslevel=9)
    unfinished.replace(archive)


if __name__ == "__main__":
    main()
