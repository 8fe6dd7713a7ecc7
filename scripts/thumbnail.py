"""Make a thumbnail with a running stack, the way any client would: presign, upload, poll, download."""

import argparse
import mimetypes
import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from local_stack import current
from user_error import UserError, run_script

# Not every Python knows the newer ones.
_NEW_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".heic": "image/heic", ".heif": "image/heif"}

_REQUEST_SECONDS = 30
_WAIT_SECONDS = 60
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 2.0
_BUSY_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds, each up to half shorter or longer
_OUR_FAULT = 500  # and above: HTTP's answers for faults of the server


class NotReady(UserError):
    """Neither a thumbnail nor a reason has come yet."""


def main() -> None:
    """Read the command line, make one thumbnail and write it to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=Path)
    parser.add_argument("--text", help='the title; the default title if left out, none if ""')
    parser.add_argument("--fit", help="auto, pad, crop or letterbox")
    parser.add_argument("--position", help="where the title stands: auto, or a place such as top-left or middle-center")
    parser.add_argument("--caps", nargs="?", const="on", metavar="on|off", help="draw the title in capitals")
    parser.add_argument("--api-url", help="of a deployed stack; the local one if left out")
    parser.add_argument("--out", type=Path, default=Path("thumbnail.jpg"))
    arguments = parser.parse_args()

    api_url = arguments.api_url or os.environ.get("API_URL") or current().outputs()["api_url"]
    options = {name: getattr(arguments, name) for name in ("fit", "position", "caps")}
    thumbnail = make_thumbnail(api_url, arguments.image, arguments.text, **options)
    try:
        arguments.out.write_bytes(thumbnail)
    except OSError as error:
        raise UserError(
            f"cannot write {arguments.out}: {error.strerror}; name another file: OUT=thumbnail.jpg"
        ) from error
    print(arguments.out)


def make_thumbnail(api_url: str, image: Path, text: str | None = None, **options: str | None) -> bytes:
    """Send a picture to a stack and return its thumbnail; an option that is None is left to the stack.

    Raises:
        Trouble: the file is missing, or the stack refused it, cannot be reached or took too long.
    """
    try:
        filename = upload(api_url, image, text, **options)
        return download(wait_for(api_url, filename)["downloadUrl"])
    except requests.RequestException as error:
        raise UserError(
            f"the stack at {api_url} does not answer ({type(error).__name__}); is it running, and the network up?"
        ) from error


def upload(api_url: str, image: Path, text: str | None = None, **options: str | None) -> str:
    """Ask for a presigned POST, send the file to it, and return the name to poll for."""
    promise = ask(api_url, image, text, **options)
    send(promise, image)
    return str(promise["filename"])


def ask(api_url: str, image: Path, text: str | None = None, **options: str | None) -> dict[str, Any]:
    """Ask for a presigned POST for a file, and return the API's answer."""
    if not image.is_file():
        raise UserError(f"there is no file {image}; name one: make thumbnail IMAGE=photo.jpg")
    filetype = _NEW_TYPES.get(image.suffix.lower()) or mimetypes.guess_type(image.name)[0]
    if filetype is None:
        raise UserError(f"{image.name} has no extension that tells its type, such as .jpg or .png")
    body = {"filename": image.name, "filetype": filetype}
    body |= {name: value for name, value in {"text": text, **options}.items() if value is not None}
    url = f"{api_url}/generate-presigned-url"
    answer = _patiently(lambda: requests.post(url, json=body, timeout=_REQUEST_SECONDS))
    promise: dict[str, Any] = answer.json()
    return promise


def send(promise: dict[str, Any], image: Path) -> None:
    """Send a file to the presigned POST that `ask` returned."""
    data, url, fields = image.read_bytes(), promise["url"], promise["fields"]
    _patiently(lambda: requests.post(url, data=fields, files={"file": data}, timeout=_REQUEST_SECONDS))


def wait_for(api_url: str, filename: str, patience: float = _WAIT_SECONDS) -> dict[str, str]:
    """Poll until the thumbnail is ready, and return its links; a lost network or a busy stack may come back.

    Raises:
        NotReady: there is no outcome after `patience`, in seconds.
        Trouble: there will be none, and why.
    """
    url = f"{api_url}/get-final-url?filename={filename}"
    pause, deadline = _FIRST_PAUSE, time.monotonic() + patience
    while True:
        try:
            answer = requests.get(url, timeout=_REQUEST_SECONDS)
        except requests.RequestException as error:
            seen = f"the stack does not answer: {type(error).__name__}"
        else:
            if answer.status_code != requests.codes.not_found and not _busy(answer):
                links: dict[str, str] = _checked(answer).json()
                return links
            seen = _reason(answer)
        if time.monotonic() > deadline:
            raise NotReady(f"no thumbnail after {patience:.0f} s ({seen}). It may still come, ask again: curl '{url}'")
        time.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * 1.5)


def download(link: str) -> bytes:
    """Fetch the thumbnail from one of the links that `wait_for` returned."""
    return _patiently(lambda: requests.get(link, timeout=_REQUEST_SECONDS)).content


def _patiently(request: Callable[[], requests.Response]) -> requests.Response:
    """Send a request, and again, later and later, while the answer is "too many" or "our fault"."""
    for pause in _BUSY_PAUSES:
        answer = request()
        if not _busy(answer):
            return _checked(answer)
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  so that many clients do not come back at once
    return _checked(request())


def _busy(answer: requests.Response) -> bool:
    return answer.status_code == requests.codes.too_many_requests or answer.status_code >= _OUR_FAULT


def _checked(answer: requests.Response) -> requests.Response:
    if answer.ok:
        return answer
    raise UserError(f"refused with {answer.status_code}: {_reason(answer)}")


def _reason(answer: requests.Response) -> str:
    in_xml = re.search("<Message>(.*?)</Message>", answer.text)  # S3's way
    if in_xml:
        return in_xml[1]
    try:
        body = answer.json()
        return str(body.get("error") or body.get("message"))
    except (ValueError, AttributeError):
        return answer.reason


if __name__ == "__main__":
    run_script(main)
