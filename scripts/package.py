"""Build the zips that Terraform uploads: `package.py presign arm64` writes build/arm64/presign.zip.

Builds are reproducible, so that Terraform plans no change where there is none.
"""

import argparse
import io
import py_compile
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

from process.text.font_files import ALL_LOOKS, DISPLAY_FACES, EMOJI, FALLBACKS, OWNER_PACKAGE, OWNER_SUFFIXES
from user_error import UserError, run_script

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ("presign", "process", "poll")
LAYERS = ("pillow", "fonts")
TARGETS = ("arm64", "x86_64", "local")

LAMBDA_PYTHON = "3.13"
# Lambda's image for this Python is Amazon Linux 2023, which has glibc 2.34:
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_GLIBC_MINORS = range(34, 16, -1)
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}

# Prefixes of the names of files with licences and credits.
_LICENCES = ("AUTHORS", "COPYING", "LICENSE", "METADATA", "OFL")

# The earliest time that a zip can store.
_TIME = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Parse the command line and build one zip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", choices=FUNCTIONS + LAYERS)
    parser.add_argument("target", choices=TARGETS, help="a Lambda architecture, or this machine's Python")
    arguments = parser.parse_args()

    folder = ROOT / "build" / arguments.target
    archive = folder / f"{arguments.package}.zip"
    with tempfile.TemporaryDirectory() as temporary:
        content = Path(temporary, "content")
        if arguments.package in LAYERS:
            install_layer(arguments.package, arguments.target, content)
            files = list(iterate_files(content))
        else:
            files = list(iterate_function_files(arguments.package))
        if arguments.package == "presign":
            files.append(("presign/coverage.txt", write_coverage(folder / "fonts.zip", content)))
        python = ".".join(map(str, sys.version_info[:2]))
        if arguments.target == "local" or python == LAMBDA_PYTHON:
            files = list(add_bytecode(files, Path(temporary, "bytecode")))
        else:
            warn_of_slow_imports(archive, python)
        write_zip(archive, files)
    print(f"{archive.relative_to(ROOT)}  {archive.stat().st_size / 1e6:.2f} MB")


def warn_of_slow_imports(archive: Path, python: str) -> None:
    """Warn that a zip has no bytecode, whose format differs between versions of Python."""
    print(
        f"warning: {archive.relative_to(ROOT)} has no bytecode: it needs Python {LAMBDA_PYTHON}, and this is {python}. "
        "Everything works, but process takes about twice as long to import in each cold start. "
        f"Install Python {LAMBDA_PYTHON}, then: "
        f"rm -rf .venv {archive.parent.relative_to(ROOT)} && make build ARCHITECTURE={archive.parent.name}",
        file=sys.stderr,
    )


def iterate_function_files(function: str) -> Iterator[tuple[str, Path]]:
    """Yield the name in the zip and the path of each of a function's files: its own package and `common`."""
    source = ROOT / "lambdas"
    for package in ("common", function):
        for name, path in iterate_files(source / package):
            yield f"{package}/{name}", path


def write_coverage(fonts: Path, folder: Path) -> Path:
    """Write coverage.txt for the fallback and emoji fonts in a fonts.zip, and return its path."""
    path = folder / "coverage.txt"
    with zipfile.ZipFile(fonts) as archive:
        names = (f"python/{font.package}/{font.file}" for font in (*FALLBACKS, EMOJI))
        folder.mkdir(parents=True)
        path.write_text(format_coverage(io.BytesIO(archive.read(name)) for name in names))
    return path


def format_coverage(fonts: Iterable[BinaryIO]) -> str:
    """Return the code points that fonts cover, in the format that `presign.coverage` reads."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  not installed where the local Pillow layer is built

    covered: set[int] = set()
    for font in fonts:
        covered.update(TTFont(font, fontNumber=0, lazy=True).getBestCmap())
    ranges: list[list[int]] = []
    for code_point in sorted(covered):
        if ranges and ranges[-1][1] == code_point - 1:
            ranges[-1][1] = code_point
        else:
            ranges.append([code_point, code_point])
    return "".join(f"{first:x} {last:x}\n" for first, last in ranges)


def install_layer(name: str, target: str, folder: Path) -> None:
    """Install a layer's packages below `folder`/python, where Lambda looks for them.

    The wheels are for Lambda's Python on the target's architecture, or for this Python if the target is `local`.
    """
    source = ROOT / "layers" / name
    platform = [] if target == "local" else _list_platform_options(_MACHINES[target])
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    site = folder / "python"
    subprocess.run(
        [*pip, "--no-deps", "--no-compile", *platform, "--target", site, "-r", source / "requirements.txt"],
        check=True,
    )
    if name == "fonts":
        remove_unused_fonts(site)
        add_owner_fonts(source, site, list_looks())


def remove_unused_fonts(site: Path) -> None:
    """Remove everything from the font packages except the licences and the fonts that titles use."""
    kept = {Path(site, font.package, font.file) for font in (*DISPLAY_FACES, *FALLBACKS, EMOJI)}
    for path in site.rglob("*"):
        if path.is_file() and path not in kept and not path.stem.startswith(_LICENCES):
            path.unlink()


def add_owner_fonts(source: Path, site: Path, looks: Iterable[str]) -> None:
    """Add the stack owner's own typefaces, which are beside the requirements, where `find_typeface` looks for them.

    Raises:
        UserError: a font cannot be used.
    """
    stems = [*sorted(looks), ALL_LOOKS]
    for font in sorted(source.iterdir()):
        if font.suffix.lower() in OWNER_SUFFIXES:
            if font.stem not in stems or font.suffix not in OWNER_SUFFIXES:
                raise UserError(f"{font} has a name that no look uses. Name it {' or '.join(stems)}, .ttf or .otf.")
            check_font(font)
            target = site / OWNER_PACKAGE / font.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(font.read_bytes())


def check_font(path: Path) -> None:
    """Check that titles can be drawn with a font.

    Raises:
        UserError: the file is damaged, or is not one OpenType font with outlines.
    """
    from fontTools.ttLib import TTFont  # noqa: PLC0415  as above

    try:
        with TTFont(io.BytesIO(path.read_bytes()), lazy=True) as font:
            is_usable = not font.flavor and font.getBestCmap() and any(tag in font for tag in ("glyf", "CFF ", "CFF2"))
            for tag in font.reader.keys():  # noqa: SIM118  the reader is no mapping
                font.reader[tag]
    except Exception as error:  # a damaged font can raise anything
        raise UserError(f"{path} is no font, or is damaged: {error or type(error).__name__}") from error
    if not is_usable:
        raise UserError(f"{path} is not an OpenType font with outlines. Convert it to .ttf or .otf.")


def list_looks() -> list[str]:
    """List the names of the looks: each is a module of `process.looks`."""
    return [path.stem for path in (ROOT / "lambdas" / "process" / "looks").glob("[a-z]*.py")]


def _list_platform_options(machine: str) -> list[str]:
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC_MINORS]
    return [
        f"--python-version={LAMBDA_PYTHON}",
        "--implementation=cp",
        "--only-binary=:all:",
        *(f"--platform={platform}" for platform in (*platforms, f"manylinux2014_{machine}")),
    ]


def iterate_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the relative name and the path of every file below a folder."""
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path


def add_bytecode(files: Iterable[tuple[str, Path]], folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield files, and after each module its bytecode, which is written below `folder`.

    Lambda's file system is read-only: without bytecode, every cold start would compile every module. With unchecked
    hashes, Python does not compare the bytecode with the source: https://peps.python.org/pep-0552/
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
    run_script(main)
