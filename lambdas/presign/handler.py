"""POST /generate-presigned-url: promise one upload, and sign the form that makes it."""

import base64
import json
import os

import boto3
from botocore.config import Config

from common import metadata
from common.api import BadRequest, Event, Response, endpoint, respond
from common.keys import new_upload_key
from common.signing import PRESIGNING
from presign.request import Limits, UploadRequest, parse

UPLOAD_SECONDS = 300

_BUCKET = os.environ["UPLOADS_BUCKET"]
_LIMITS = Limits(
    accepted_types=json.loads(os.environ["ACCEPTED_TYPES"]),
    upload_bytes=int(os.environ["MAX_UPLOAD_BYTES"]),
    text_length=int(os.environ["MAX_TEXT_LENGTH"]),
)
_s3 = boto3.client("s3", config=Config(**PRESIGNING))


@endpoint
def lambda_handler(event: Event) -> Response:
    """Answer with a presigned POST for the upload that the request describes."""
    request = parse(_body(event), _LIMITS)
    key = new_upload_key(_LIMITS.accepted_types[request.filetype])
    post = _presign(key, request)
    return respond(
        200,
        {"url": post["url"], "fields": post["fields"], "filename": key, "expiresIn": UPLOAD_SECONDS},
    )


def _body(event: Event) -> str:
    body = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError:  # of base64 and of UTF-8 alike
        raise BadRequest("The body must be a JSON object in UTF-8.") from None


def _presign(key: str, request: UploadRequest) -> dict[str, object]:
    fields = {"Content-Type": request.filetype} | {
        f"x-amz-meta-{name}": value for name, value in metadata.encode(request.metadata()).items()
    }
    return _s3.generate_presigned_post(
        _BUCKET,
        key,
        Fields=fields,
        Conditions=[
            *({name: value} for name, value in fields.items()),
            ["content-length-range", 1, _LIMITS.upload_bytes],
        ],
        ExpiresIn=UPLOAD_SECONDS,
    )
