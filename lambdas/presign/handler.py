"""POST /generate-presigned-url: promise one upload, and sign the form that makes it."""

import gc

gc.disable()  # until all is loaded: what is loaded stays, and to look for garbage in it delays a cold start

import base64
import json
import os

from common import metadata
from common.api import BadRequest, Event, Response, endpoint, respond
from common.keys import new_upload_key
from common.signing import signed_form
from presign.request import Limits, UploadRequest, parse_request

UPLOAD_SECONDS = 300

_BUCKET = os.environ["UPLOADS_BUCKET"]
_URL = os.environ["UPLOADS_URL"]
_LIMITS = Limits(
    accepted_types=json.loads(os.environ["ACCEPTED_TYPES"]),
    upload_bytes=int(os.environ["MAX_UPLOAD_BYTES"]),
    text_length=int(os.environ["MAX_TEXT_LENGTH"]),
)

gc.freeze()
gc.enable()


@endpoint
def lambda_handler(event: Event) -> Response:
    """Answer with a presigned POST for the upload that the request describes."""
    request = parse_request(_body(event), _LIMITS)
    key = new_upload_key(_LIMITS.accepted_types[request.filetype])
    return respond(
        200,
        {"url": _URL, "fields": _presign(key, request), "filename": key, "expiresIn": UPLOAD_SECONDS},
    )


def _body(event: Event) -> str:
    body = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError:  # of base64 and of UTF-8 alike
        raise BadRequest("The body must be a JSON object in UTF-8.") from None


def _presign(key: str, request: UploadRequest) -> dict[str, str]:
    fields = {"Content-Type": request.filetype} | {
        f"x-amz-meta-{name}": value for name, value in metadata.encode(request.metadata()).items()
    }
    conditions = [
        *({name: value} for name, value in fields.items()),
        ["content-length-range", 1, _LIMITS.upload_bytes],
        {"bucket": _BUCKET},
        {"key": key},
    ]
    return signed_form(fields | {"key": key}, conditions, UPLOAD_SECONDS)
