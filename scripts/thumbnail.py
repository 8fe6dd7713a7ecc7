"""Make thumbnails with a running stack, as any HTTP client would: presign, upload, poll, download.

The passphrase of a stack that has one is taken from $PASSPHRASE.
"""

import argparse
import mimetypes
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import requests
from requests.auth import HTTPBasicAuth

from stack import find_local_stack
from user_error import UserError, run_script

# Types that older versions of Python do not know.
_NEW_TYPES = {".webp": "image/webp", ".avif": "image/avif", ".heic": "image/heic", ".heif": "image/heif"}

_OPTIONS = ("fit", "position", "caps", "look", "accent", "size", "limit")

_REQUEST_TIMEOUT = 30
_WAIT_TIMEOUT = 60
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 2.0  # between polls
_BACKOFF = (0.5, 1.0, 2.0, 4.0, 8.0)  # before retries, with 50 % jitter
_SERVER_ERROR = 500


class NotReady(UserError):
    """There is no thumbnail yet, and no error."""


def main() -> None:
    """Read the command line, make thumbnails, and write the first or all of them to files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("image", type=Path)
    parser.add_argument("--text", help='the title; if omitted, the default one; if "", none')
    parser.add_argument("--fit", help="auto, pad, crop or letterbox")
    parser.add_argument("--position", help="of the title: auto, or a place such as top-left or middle-center")
    parser.add_argument("--caps", nargs="?", const="on", metavar="on|off", help="capitals in every look")
    parser.add_argument("--look", help="auto for three looks, the best first, or the name of one")
    parser.add_argument("--accent", help="the accent colour: auto, or one such as #ff0033")
    parser.add_argument("--size", help="width and height in pixels, such as 3840x2160")
    parser.add_argument("--limit", help="the largest file: 2MB, which phones upload, or 50MB")
    parser.add_argument("--all", action="store_true", help="write the further looks too, as thumbnail-LOOK.jpg")
    parser.add_argument("--api-url", help="of a deployed stack; if omitted, $API_URL or the local stack")
    parser.add_argument("--out", type=Path, default=Path("thumbnail.jpg"))
    arguments = parser.parse_args()

    if not arguments.image.name:
        raise UserError("name a picture: make thumbnail IMAGE=photo.jpg TEXT='My title'")
    if _guess_type(arguments.out) not in (None, "image/jpeg"):
        raise UserError(
            f"thumbnails are JPEG files: instead of {arguments.out}, name OUT={arguments.out.with_suffix('.jpg')}"
        )

    begin = time.monotonic()
    api_url = arguments.api_url or os.environ.get("API_URL") or find_local_stack().outputs()["api_url"]
    options = {name: getattr(arguments, name) for name in _OPTIONS}
    thumbnails = make_thumbnails(api_url, arguments.image, arguments.text, **options)
    first: Path = arguments.out
    for number, (look, thumbnail) in enumerate(islice(thumbnails, None if arguments.all else 1)):
        path = first.with_stem(f"{first.stem}-{look}") if number else first
        _write(path, thumbnail)
        print(f"{path}, made in {time.monotonic() - begin:.1f} s")


def _write(path: Path, thumbnail: bytes) -> None:
    try:
        path.write_bytes(thumbnail)
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror}; name another file: OUT=thumbnail.jpg") from error


def make_thumbnail(api_url: str, image: Path, text: str | None = None, **options: str | None) -> bytes:
    """Return the first of the thumbnails that `make_thumbnails` yields, which also describes arguments and errors."""
    return next(make_thumbnails(api_url, image, text, **options))[1]


def make_thumbnails(
    api_url: str, image: Path, text: str | None = None, **options: str | None
) -> Iterator[tuple[str, bytes]]:
    """Send a picture to a stack, and download its thumbnails; an option that is None is left to the stack's default.

    Yields:
        The look of a thumbnail, and its file; the best first.

    Raises:
        UserError: the file is missing or no picture, or the stack refused it, cannot be reached or took too long.
    """
    try:
        filename = upload(api_url, image, text, **options)
        for variant in wait_for(api_url, filename)["variants"]:
            yield variant["look"], download(variant["downloadUrl"])
    except requests.RequestException as error:
        raise UserError(
            f"the stack at {api_url} does not answer ({type(error).__name__}); is it running, and is the network up?"
        ) from error


def upload(api_url: str, image: Path, text: str | None = None, **options: str | None) -> str:
    """Upload a file by presigned POST, and return the filename to poll for.

    Raises:
        UserError: for the reasons that `presign` and `send` list.
        requests.RequestException: the stack cannot be reached.
    """
    presigned = presign(api_url, image, text, **options)
    send(presigned, image)
    return str(presigned["filename"])


def presign(api_url: str, image: Path, text: str | None = None, **options: str | None) -> dict[str, Any]:
    """Request a presigned POST for a file, with the passphrase in $PASSPHRASE if it is set; return the API's answer.

    Raises:
        UserError: the file is missing, its type is unknown, or the API refused the request.
        requests.RequestException: the API cannot be reached.
    """
    if not image.is_file():
        raise UserError(f"{image} is not a file; name one: make thumbnail IMAGE=photo.jpg")
    filetype = _guess_type(image)
    if filetype is None:
        raise UserError(f"{image.name} has no known image extension, such as .jpg or .png")
    body = {"filename": image.name, "filetype": filetype}
    body |= {name: value for name, value in {"text": text, **options}.items() if value is not None}
    url = f"{api_url}/generate-presigned-url"
    credentials = read_credentials()
    answer = _retry(lambda: requests.post(url, json=body, auth=credentials, timeout=_REQUEST_TIMEOUT))
    presigned: dict[str, Any] = answer.json()
    return presigned


def read_credentials() -> HTTPBasicAuth | None:
    """Return the credentials of a request with the passphrase in $PASSPHRASE, None if that is not set."""
    passphrase = os.environ.get("PASSPHRASE")
    return build_credentials(passphrase) if passphrase else None


def build_credentials(passphrase: str) -> HTTPBasicAuth:
    """Return the credentials of a request with a passphrase.

    As bytes: the API reads UTF-8, and requests would encode strings as Latin-1.
    """
    return HTTPBasicAuth(b"", passphrase.encode())


def _guess_type(path: Path) -> str | None:
    """Return the content type that a file's extension stands for; None if it is unknown."""
    return _NEW_TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]


def send(presigned: dict[str, Any], image: Path) -> None:
    """Send a file by the presigned POST that `presign` returned.

    Raises:
        UserError: S3 refused the file.
        requests.RequestException: S3 cannot be reached.
    """
    data, url, fields = image.read_bytes(), presigned["url"], presigned["fields"]
    _retry(lambda: requests.post(url, data=fields, files={"file": data}, timeout=_REQUEST_TIMEOUT))


def wait_for(api_url: str, filename: str, timeout: float = _WAIT_TIMEOUT) -> dict[str, Any]:
    """Poll until the thumbnails are ready, and return poll's answer. After a network error, 429 or 5xx it polls again.

    Raises:
        NotReady: there is no outcome after `timeout` seconds.
        UserError: there will be no thumbnail; the message has the API's reason.
    """
    url = f"{api_url}/get-final-url?filename={filename}"
    pause, deadline = _FIRST_PAUSE, time.monotonic() + timeout
    while True:
        try:
            answer = requests.get(url, timeout=_REQUEST_TIMEOUT)
        except requests.RequestException as error:
            last = f"the stack does not answer: {type(error).__name__}"
        else:
            if answer.status_code != requests.codes.not_found and not _is_busy(answer):
                ready: dict[str, Any] = _check(answer).json()
                return ready
            last = read_reason(answer)
        if time.monotonic() > deadline:
            raise NotReady(f"no thumbnail after {timeout:.0f} s ({last}). It may still come; poll again: curl '{url}'")
        time.sleep(pause)
        pause = min(_LONGEST_PAUSE, pause * 1.5)


def download(link: str) -> bytes:
    """Download a thumbnail from one of the links that `wait_for` returned.

    Raises:
        UserError: S3 refused the request, for example because the link expired.
        requests.RequestException: S3 cannot be reached.
    """
    return _retry(lambda: requests.get(link, timeout=_REQUEST_TIMEOUT)).content


def _retry(request: Callable[[], requests.Response]) -> requests.Response:
    """Send a request, and retry with backoff while the answer is 429 or 5xx."""
    for pause in _BACKOFF:
        answer = request()
        if not _is_busy(answer):
            return _check(answer)
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  jitter, so that clients do not retry in step
    return _check(request())


def _is_busy(answer: requests.Response) -> bool:
    return answer.status_code == requests.codes.too_many_requests or answer.status_code >= _SERVER_ERROR


def _check(answer: requests.Response) -> requests.Response:
    if answer.ok:
        return answer
    hint = " Set $PASSPHRASE: export PASSPHRASE='…'" if answer.status_code == requests.codes.unauthorized else ""
    raise UserError(f"refused with {answer.status_code}: {read_reason(answer)}{hint}")


def read_reason(answer: requests.Response) -> str:
    """Return the reason that the API or S3 gives in its answer to a refused request."""
    xml = re.search("<Message>(.*?)</Message>", answer.text)  # from S3
    if xml:
        return xml[1]
    try:
        body = answer.json()
        return str(body.get("error") or body.get("message") or answer.reason)
    except (ValueError, AttributeError):
        return answer.reason


if __name__ == "__main__":
    run_script(main)
