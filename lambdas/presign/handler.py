"""POST /generate-presigned-url: presign the upload of one picture, or of none if an earlier one is used again."""

from common.imports import pause_garbage_collection

with pause_garbage_collection():
    import base64
    import json
    import os

    from common import metadata
    from common.api import BadRequest, Event, Response, endpoint, respond
    from common.keys import create_upload_key
    from common.s3 import Client, PresignedPost
    from presign.passphrase import check_passphrase
    from presign.request import Limits, UploadRequest, parse_request

UPLOAD_SECONDS = 300

_BUCKET = os.environ["UPLOADS_BUCKET"]
_LIMITS = Limits(
    accepted_types=json.loads(os.environ["ACCEPTED_TYPES"]),
    upload_bytes=int(os.environ["MAX_UPLOAD_BYTES"]),
    text_length=int(os.environ["MAX_TEXT_LENGTH"]),
    looks=json.loads(os.environ["LOOKS"]),
    sizes=json.loads(os.environ["SIZES"]),
)

_PASSPHRASE_SHA256 = os.environ.get("PASSPHRASE_SHA256")  # absent: the API is open

_s3 = Client()  # signs only


@endpoint
def lambda_handler(event: Event) -> Response:
    """Return a presigned POST for the upload that the request describes."""
    if _PASSPHRASE_SHA256 is not None:
        check_passphrase(event["headers"].get("authorization", ""), _PASSPHRASE_SHA256)
    request = parse_request(_read_body(event), _LIMITS)
    key = create_upload_key(request.body.extension)
    post = _presign(key, request)
    return respond(200, {**post, "filename": key, "expiresIn": UPLOAD_SECONDS})


def _read_body(event: Event) -> str:
    body = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError:  # invalid base64, or invalid UTF-8
        raise BadRequest("The body must be a JSON object in UTF-8.") from None


def _presign(key: str, request: UploadRequest) -> PresignedPost:
    fields = {"Content-Type": request.body.content_type} | {
        f"x-amz-meta-{name}": value for name, value in metadata.encode(request.to_metadata()).items()
    }
    conditions = [
        *({name: value} for name, value in fields.items()),
        ["content-length-range", *request.body.size_range],
    ]
    return _s3.generate_presigned_post(_BUCKET, key, Fields=fields, Conditions=conditions, ExpiresIn=UPLOAD_SECONDS)
