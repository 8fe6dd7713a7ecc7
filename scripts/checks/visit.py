"""What the checks share: the stack's addresses, the last upload, and how to expect an answer."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from thumbnail import read_reason

TIMEOUT = 30


class Failed(Exception):
    """A check failed. The message says what was seen, and what was expected."""


@dataclass
class Visit:
    """A visit to a stack.

    Attributes:
        outputs: Terraform's.
        owner: S3 client of the account's owner.
        form: presign's last answer.
        thumbnails: poll's last answer.
    """

    outputs: Mapping[str, Any]
    owner: Any  # boto3 creates its classes at run time
    form: dict[str, Any] | None = None
    thumbnails: dict[str, Any] | None = None

    @property
    def api_url(self) -> str:
        """Base URL of the API."""
        return str(self.outputs["api_url"])

    @property
    def page_url(self) -> str:
        """URL of the page."""
        return str(self.outputs["page_url"])

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The page's settings."""
        text = requests.get(urljoin(self.page_url, "config.js"), timeout=TIMEOUT).text
        match = re.search(r"export default (.*);", text)
        if not match:
            raise Failed("config.js has no settings")
        settings: dict[str, Any] = json.loads(match[1])
        return settings

    @property
    def last_form(self) -> dict[str, Any]:
        """Presign's last answer."""
        if self.form is None:
            raise Failed("not checked: there was no form")
        return self.form

    @property
    def upload_url(self) -> str:
        """URL of the uploads bucket."""
        return str(self.last_form["url"]).rstrip("/")

    @property
    def link(self) -> str:
        """Link to the last upload's first thumbnail."""
        if self.thumbnails is None:
            raise Failed("not checked: there was no thumbnail")
        return str(self.thumbnails["downloadUrl"])


Check = Callable[[Visit], str | None]
"""A check: it returns what it saw, or None where it does not apply; it raises `Failed` or what a client raises."""


def get_origin(url: str) -> str:
    """Return the origin of a URL, as browsers send it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def get_key(link: str) -> str:
    """Return the key of the object that a presigned link opens."""
    return urlsplit(link).path.rpartition("/")[2]


def expect(answer: requests.Response, status: int, content: str = "") -> str:
    """Return what is to be seen of an answer with the expected status and content.

    Raises:
        Failed: the answer is another.
    """
    seen = str(answer.status_code) if answer.ok else f"{answer.status_code}: {read_reason(answer)}"
    if answer.status_code != status:
        raise Failed(f"{seen}; expected {status}")
    if content not in answer.text:
        raise Failed(f"{seen}; expected {content}")
    return seen
