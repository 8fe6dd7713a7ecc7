"""Make a thumbnail with a running stack, the way any client would: presign, upload, poll, download."""

import argparse
import mimetypes
import os
import re
import time
from pathlib import Path

import requests

from local_stack import current
from trouble import Trouble, run

# Not every Python knows the newer ones.
_NEW_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".heic": "image/heic", ".heif": "image/heif"}

_REQUEST_SECONDS = 30
_WAIT_SECONDS = 60
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 2.0


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
        raise Trouble(
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
        link = wait_for(api_url, filename)["downloadUrl"]
        return _checked(requests.get(link, timeout=_REQUEST_SECONDS)).content
    except requests.RequestException as error:
        raise Trouble(f"the stack at {api_url} does not answer ({type(error).__name__}); is it running?") from error


def upload(api_url: str, image: Path, text: str | None = None, **options: str | None) -> str:
    """Ask for a presigned POST, send the file to it, and return the name to poll for."""
    if not image.is_file():
        raise Trouble(f"there is no file {image}; name one: make thumbnail IMAGE=photo.jpg")
    filetype = _NEW_TYPES.get(image.suffix.lower()) or mimetypes.guess_type(image.name)[0]
    if filetype is None:
        raise Trouble(f"{image.name} has no extension that tells its type, such as .jpg or .png")
    body = {"filename": image.name, "filetype": filetype}
    body |= {name: value for name, value in {"text": text, **options}.items() if value is not None}
    promise = _checked(requests.post(f"{api_url}/generate-presigned-url", json=body, timeout=_REQUEST_SECONDS)).json()
    with image.open("rb") as file:
        _checked(requests.post(promise["url"], data=promise["fields"], files={"file": file}, timeout=_REQUEST_SECONDS))
    return str(promise["filename"])


def wait_for(api_url: str, filename: str) -> dict[str, str]:
    """Poll until the thumbnail is ready, and return its links."""
    pause, deadline = _FIRST_PAUSE, time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        answer = requests.get(f"{api_url}/get-final-url", params={"filename": filename}, timeout=_REQUEST_SECONDS)
        if answer.status_code != requests.codes.not_found:
            links: dict[str, str] = _checked(answer).json()
            return links
        time.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * 1.5)
    raise Trouble(f"no thumbnail after {_WAIT_SECONDS} s; the log of the process function says why")


def _checked(answer: requests.Response) -> requests.Response:
    if answer.ok:
        return answer
    raise Trouble(f"refused with {answer.status_code}: {_reason(answer)}")


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
    run(main)
