"""The three requests that the functions make to S3, as botocore sends them, without a client: see `common.signing`."""

import random
import re
import time
from collections.abc import Mapping
from urllib.parse import quote

from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session

from common.patience import CONNECT_SECONDS, PAUSES, read_seconds
from common.signing import signed_link, signed_request

_OK, _NOT_FOUND = 200, 404
_BUSY = (429, 500, 502, 503, 504)
_METADATA = "x-amz-meta-"


class S3Error(Exception):
    """S3 answered that it cannot or will not."""


class Bucket:
    """The bucket at `url`. A call is answered, or raises, in about `seconds`; it is tried three times.

    Each call raises `S3Error` where S3 refuses, and botocore's BotoCoreError where it does not answer.
    """

    def __init__(self, url: str, seconds: float) -> None:
        """Make ready; nothing is asked yet."""
        self._url = url
        self.timeout = (CONNECT_SECONDS, read_seconds(seconds))
        self._session = URLLib3Session(timeout=self.timeout)  # type: ignore[arg-type]  # the stubs know one for both

    def head(self, key: str) -> dict[str, str] | None:
        """Return an object's metadata, None where there is no such object."""
        answer = self._ask("HEAD", key)
        return None if answer.status_code == _NOT_FOUND else _metadata(_checked("HeadObject", answer))

    def get(self, key: str) -> tuple[bytes, dict[str, str]]:
        """Return an object and its metadata."""
        answer = _checked("GetObject", self._ask("GET", key))
        return answer.content, _metadata(answer)

    def put(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> None:
        """Store an object with its metadata, in place of what was there."""
        headers = {"Content-Type": content_type} | {f"{_METADATA}{name}": value for name, value in metadata.items()}
        _checked("PutObject", self._ask("PUT", key, headers, body))

    def link(self, key: str, disposition: str, seconds: int) -> str:
        """Return a link to an object, for so many seconds, with this Content-Disposition."""
        return signed_link(self._address(key), {"response-content-disposition": disposition}, seconds)

    def _ask(self, method: str, key: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> AWSResponse:
        for pause in PAUSES:
            try:
                answer = self._send(method, key, headers or {}, body)
            except BotoCoreError:
                pass  # the last try raises
            else:
                if answer.status_code not in _BUSY:
                    return answer
            time.sleep(pause * random.random())  # noqa: S311  so that many functions do not come back at once
        return self._send(method, key, headers or {}, body)

    def _send(self, method: str, key: str, headers: Mapping[str, str], body: bytes) -> AWSResponse:
        answer = self._session.send(signed_request(method, self._address(key), headers, body))
        if method == "GET" and len(answer.content) != int(answer.headers.get("Content-Length", len(answer.content))):
            raise BrokenOff
        return answer

    def _address(self, key: str) -> str:
        return f"{self._url}/{quote(key, safe='/~')}"


class BrokenOff(BotoCoreError):
    """The connection ended before the object."""

    fmt = "S3 sent less than it announced"


def _checked(call: str, answer: AWSResponse) -> AWSResponse:
    if answer.status_code != _OK:
        code = re.search(rb"<Code>(\w+)</Code>", answer.content)
        raise S3Error(f"{call}: {answer.status_code} {code[1].decode() if code else ''}".rstrip())
    return answer


def _metadata(answer: AWSResponse) -> dict[str, str]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return {name.removeprefix(_METADATA): value for name, value in headers.items() if name.startswith(_METADATA)}
