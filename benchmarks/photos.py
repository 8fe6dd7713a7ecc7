"""The photos that titles are measured on: `python -m benchmarks.photos` fetches the default set into build/photos.

`photos.json` lists pictures inside packages: the title to draw on each, in which `*word*` marks emphasis; its split;
and its faces, in pixels of the upright picture. `tune` is for choosing rules and constants, `judge` for measuring what
they achieve. `licence` is that of a package; a picture has its own where it is known. The packages come from the index
that pip is configured to use and the registry that npm is configured to use; they are unpacked, not installed.
"""

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests
from benchmarks.inputs import GENERATED
from pi_heif import register_heif_opener
from PIL import Image, ImageOps
from pip._internal.models.index import PyPI

from emulator import ROOT
from user_error import UserError, run_script

register_heif_opener()

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")  # those that the product accepts
_LIST = Path(__file__).with_name("photos.json")
_FOLDER = ROOT / "build" / "photos"
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
# Any wheel will do: only its pictures are used.
_ONE_WHEEL = ["--no-deps", "--only-binary=:all:", "--python-version=3.11", "--platform=manylinux2014_x86_64"]
_NPM = ["npm", "pack", "--silent", "--pack-destination"]
_TIMEOUT = 180
_INSTEAD = "name a folder of your own"


@dataclass(frozen=True)
class Photo:
    """A picture to draw titles on; its size and faces are in pixels of the upright picture.

    `title` is a title that fits the picture, `licence` its own licence; each is None if the manifest has none.
    """

    file: Path
    size: tuple[int, int]
    faces: tuple[tuple[float, float, float, float], ...]
    title: str | None = None
    licence: str | None = None


def list_photos(folder: Path | None = None, split: str | None = None) -> list[Photo]:
    """List the photos in an accepted format, in a folder or in the default set.

    The folder may hold `manifest.json`, a list of {"file", "faces": [[left, top, right, bottom]], "split", "title",
    "licence"}, with the pictures beside it or in `all/`.

    Raises:
        UserError: there is no such folder or no such photo, or the default set cannot be fetched.
    """
    folder = folder or fetch()
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}; name one with pictures")
    pictures = folder / "all" if (folder / "all").is_dir() else folder
    manifest = folder / "manifest.json"
    if manifest.exists():
        entries = json.loads(manifest.read_text())
    else:
        entries = [{"file": file.name} for file in sorted(pictures.iterdir()) if file.is_file()]
    chosen = [entry for entry in entries if split is None or entry.get("split") == split]
    photos = [photo for photo in (_open(pictures, entry) for entry in chosen) if photo]
    if not photos:
        raise UserError(f"{folder} holds no picture that can be used; name another folder")
    return photos


def _open(pictures: Path, entry: dict[str, Any]) -> Photo | None:
    file = pictures / entry["file"]
    try:
        with Image.open(file, formats=_FORMATS) as picture:
            size = ImageOps.exif_transpose(picture).size
    except OSError:
        return None
    faces = tuple((left, top, right, bottom) for left, top, right, bottom in entry.get("faces", []))
    return Photo(file, size, faces, entry.get("title"), entry.get("licence"))


def fetch() -> Path:
    """Fetch the default set unless it is complete, and return its folder.

    Raises:
        UserError: a package cannot be downloaded, or its checksum is wrong.
    """
    listing = json.loads(_LIST.read_text())
    entries = [
        {key: photo[key] for key in ("file", "split", "title", "licence", "faces") if key in photo}
        for photo in listing["photos"] + listing["generated"]
    ]
    manifest, text = _FOLDER / "manifest.json", json.dumps(entries, indent=1)
    if manifest.exists() and manifest.read_text() == text:
        return _FOLDER
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in GENERATED.items():
        draw().save(_FOLDER / name)
    for package in listing["packages"]:
        print(f"fetching {package['name']} {package['version']}", file=sys.stderr)
        names = {photo["member"]: photo["file"] for photo in listing["photos"] if photo["package"] == package["name"]}
        for member, content in _extract(_fetch_package(package), set(names)):
            (_FOLDER / names[member]).write_bytes(content)
    manifest.write_text(text)  # last: it marks the set as complete
    return _FOLDER


def _fetch_package(package: dict[str, Any]) -> Path:
    file: Path = _FOLDER / "packages" / package["file"]
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            fresh = Path(folder) / file.name
            _download(package, fresh)
            if hashlib.sha256(fresh.read_bytes()).hexdigest() != package["sha256"]:
                raise UserError(f"the SHA-256 of {file.name} is not the one in {_LIST.name}")
            fresh.replace(file)
    return file


def _download(package: dict[str, Any], file: Path) -> None:
    if file.suffix == ".whl":
        requirement = f"{package['name']}=={package['version']}"
        download = ["download", "--quiet", *_ONE_WHEEL, "--dest", str(file.parent), requirement]
        _download_with("pip", [*_PIP, *download], file)
        return
    if file.suffix == ".tgz":
        _download_with("npm", [*_NPM, str(file.parent), f"{package['name']}@{package['version']}"], file)
        return
    try:
        file.write_bytes(_get(_find_link(package["name"], file.name)).content)
    except requests.RequestException as error:
        raise UserError(f"cannot download {file.name}: {type(error).__name__}; {_INSTEAD}") from error


def _download_with(program: str, command: list[str], file: Path) -> None:
    is_found = shutil.which(command[0])
    if not is_found or subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode or not file.exists():
        raise UserError(f"{program} cannot download {file.name}; {_INSTEAD}")


def _find_link(name: str, file: str) -> str:
    """Return the URL of a source package. `pip download` is no alternative, because it would run setup.py."""
    page = f"{_read_index_url().rstrip('/')}/{re.sub('[-_.]+', '-', name).lower()}/"
    for link in re.findall(r'href="([^"]+)"', _get(page).text):
        url = urljoin(page, html.unescape(link))
        if PurePosixPath(unquote(urlsplit(url).path)).name == file:
            return url
    raise UserError(f"the index that pip is configured to use has no {file}; {_INSTEAD}")


def _read_index_url() -> str:
    config = subprocess.run([*_PIP, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    return os.environ.get("PIP_INDEX_URL") or config.stdout.strip() or PyPI.simple_url


def _get(url: str) -> requests.Response:
    response = requests.get(url, timeout=_TIMEOUT)
    response.raise_for_status()
    return response


def _extract(package: Path, names: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the named members of a wheel, a source package or an npm package."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            yield from ((name, wheel.read(name)) for name in sorted(names))
        return
    with tarfile.open(package) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name in names else None
            if content:
                yield member.name, content.read()


if __name__ == "__main__":
    run_script(lambda: print(fetch()))
