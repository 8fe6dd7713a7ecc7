"""Parse and validate an upload request."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from common import metadata
from common.api import BadRequest
from common.characters import explain_missing, normalize
from common.keys import is_upload_key
from common.options import InvalidOption, Options
from presign.coverage import is_covered


class Limits(NamedTuple):
    """What is accepted, as set in Terraform.

    `accepted_types` maps content types to file extensions. `upload_bytes` is the largest file size, `text_length` the
    longest title in characters. `looks` are the names of the looks, `sizes` those of the thumbnails' sizes.
    """

    accepted_types: Mapping[str, str]
    upload_bytes: int
    text_length: int
    looks: Sequence[str]
    sizes: Sequence[str]


class Body(NamedTuple):
    """What the form accepts as its file.

    `extension` is that of the upload's key. `size_range` is the smallest and the largest size, in bytes.
    """

    extension: str
    content_type: str
    size_range: tuple[int, int]


class UploadRequest(NamedTuple):
    """A valid request.

    `source` is the key of an earlier upload whose picture is used, None if the request announces a picture. `filename`
    is None if the request omits it, which asks for that of the source. `text` is None if the request omits it, which
    asks for the default title. `options` are those that the request gives, as metadata: the stack's defaults apply to
    the others. An explicit "auto" is passed on, and overrides a default.
    """

    body: Body
    source: str | None
    filename: str | None
    text: str | None
    options: Mapping[str, str]

    def to_metadata(self) -> dict[str, str]:
        """Return the metadata that the upload carries to the process function."""
        # An explicit flag instead of an empty value: S3 need not treat an empty form field like any other.
        title = {"untitled": "on"} if self.text == "" else {"text": self.text}
        given = {"source": self.source, "filename": self.filename, **title}
        return {name: value for name, value in given.items() if value is not None} | dict(self.options)


def parse_request(body: str, limits: Limits) -> UploadRequest:
    """Parse the JSON body of a request.

    Raises:
        BadRequest: the request is invalid; the message says what is accepted.
    """
    fields = _parse_json(body)
    source = _parse_source(fields["source"], limits) if "source" in fields else None
    has_own_name = source is None or "filename" in fields
    return UploadRequest(
        filename=_parse_filename(fields.get("filename")) if has_own_name else None,
        body=_describe_picture(fields.get("filetype"), limits) if source is None else _describe_empty_body(source),
        source=source,
        text=_parse_text(fields["text"], limits) if "text" in fields else None,
        options=_parse_options(fields, limits),
    )


def _parse_json(body: str) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise BadRequest('The body must be a JSON object, such as {"filename": "cat.png", "filetype": "image/png"}.')
    return fields


def _parse_filename(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRequest('"filename" is missing: give the name of the file, such as "cat.png".')
    return metadata.shorten_filename(_check_well_formed(value.strip(), "filename"))


def _parse_source(value: object, limits: Limits) -> str:
    if isinstance(value, str) and is_upload_key(value) and _get_extension(value) in limits.accepted_types.values():
        return value
    raise BadRequest('"source" must be the filename that an earlier POST /generate-presigned-url returned.')


def _get_extension(key: str) -> str:
    return key.rpartition(".")[2]


def _describe_picture(filetype: object, limits: Limits) -> Body:
    if not isinstance(filetype, str) or filetype not in limits.accepted_types:
        raise BadRequest(f'"filetype" must be one of {", ".join(sorted(limits.accepted_types))}.')
    return Body(limits.accepted_types[filetype], filetype, (1, limits.upload_bytes))


def _describe_empty_body(source: str) -> Body:
    return Body(_get_extension(source), "application/octet-stream", (0, 0))


def _parse_text(value: object, limits: Limits) -> str:
    if not isinstance(value, str):
        raise BadRequest('"text" must be a string; leave it out for the default title, send "" for none.')
    if len(value) > limits.text_length:
        raise BadRequest(
            f'"text" is too long: {len(value)} characters, and at most {limits.text_length} are accepted.', field="text"
        )
    text = _check_well_formed(value, "text")
    reason = explain_missing(normalize(text, is_covered), is_covered)
    if reason:
        raise BadRequest(reason, field="text")
    return text


def _parse_options(fields: Mapping[str, Any], limits: Limits) -> dict[str, str]:
    for name, accepted in (("look", ("auto", *limits.looks)), ("size", limits.sizes)):
        if name in fields and fields[name] not in accepted:
            raise BadRequest(f'"{name}" must be one of {", ".join(accepted)}.')
    try:
        options = Options.parse(fields)
    except InvalidOption as error:
        raise BadRequest(str(error)) from None
    return {name: value for name, value in options.to_metadata().items() if name in fields}


def _check_well_formed(value: str, field: str) -> str:
    """Reject lone surrogates: JSON can escape them, UTF-8 cannot encode them."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadRequest(
            f'"{field}" holds half a character (a lone surrogate); send it as UTF-8.', field=field
        ) from None
    return value
