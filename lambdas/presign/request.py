"""What a request for an upload must look like."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from common import metadata
from common.api import BadRequest
from common.characters import explain_missing, normalize
from common.options import CAPS, FITS, POSITIONS
from presign.coverage import is_covered


@dataclass(frozen=True)
class Limits:
    """What is accepted, as Terraform says.

    `accepted_types` maps a content type to its extension; `upload_bytes` is the size of the largest file;
    `text_length` counts the characters of the longest title.
    """

    accepted_types: Mapping[str, str]
    upload_bytes: int
    text_length: int


@dataclass(frozen=True)
class UploadRequest:
    """A valid request. `text` is None where the request named none."""

    filename: str
    filetype: str
    text: str | None
    fit: str
    position: str
    caps: str

    def metadata(self) -> dict[str, str]:
        """Return what travels with the object to the process function."""
        values = {"filename": self.filename, "fit": self.fit, "position": self.position, "caps": self.caps}
        return values if self.text is None else values | {"text": self.text}


def parse_request(body: str, limits: Limits) -> UploadRequest:
    """Read a request's JSON body.

    Raises:
        BadRequest: with a message that says what is accepted.
    """
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise BadRequest('The body must be a JSON object, such as {"filename": "cat.png", "filetype": "image/png"}.')
    return UploadRequest(
        filename=_filename(fields.get("filename")),
        filetype=_filetype(fields.get("filetype"), limits),
        text=_text(fields["text"], limits) if "text" in fields else None,
        fit=_choice("fit", fields.get("fit", "auto"), FITS),
        position=_choice("position", fields.get("position", "auto"), POSITIONS),
        caps=_choice("caps", _switch(fields.get("caps", "off")), CAPS),
    )


def _filename(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRequest('"filename" is missing: give the name of the file, such as "cat.png".')
    return metadata.shorten_filename(_well_formed(value.strip(), "filename"))


def _filetype(value: object, limits: Limits) -> str:
    if not isinstance(value, str) or value not in limits.accepted_types:
        raise BadRequest(f'"filetype" must be one of {", ".join(sorted(limits.accepted_types))}.')
    return value


def _text(value: object, limits: Limits) -> str:
    if not isinstance(value, str):
        raise BadRequest('"text" must be a string; leave it out for the default title, send "" for none.')
    if len(value) > limits.text_length:
        raise BadRequest(f'"text" is too long: {len(value)} characters, and at most {limits.text_length} are accepted.')
    value = _well_formed(value, "text")
    reason = explain_missing(normalize(value, is_covered), is_covered)
    if reason:
        raise BadRequest(reason)
    return value


def _choice(field: str, value: object, accepted: tuple[str, ...]) -> str:
    if value not in accepted:
        raise BadRequest(f'"{field}" must be one of {", ".join(accepted)}.')
    return str(value)


def _switch(value: object) -> object:
    """Spell JSON's true and false as "on" and "off", and leave all else as it is."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value


def _well_formed(value: str, field: str) -> str:
    """Refuse half of a surrogate pair: JSON can spell it, but UTF-8 cannot carry it."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadRequest(f'"{field}" holds half a character (a lone surrogate); send it as UTF-8.') from None
    return value
