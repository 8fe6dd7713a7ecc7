"""GET /get-final-url: report whether a thumbnail is ready, and presign links to it."""

import os
from pathlib import PurePath
from urllib.parse import quote

from common import metadata
from common.api import BadRequest, Event, Response, endpoint, respond
from common.keys import get_thumbnail_key, is_upload_key
from common.s3 import Client, ClientError

LINK_SECONDS = 3600

_BUCKET = os.environ["PROCESSED_BUCKET"]

# A request makes one call, which must end within the function's 10 seconds.
_s3 = Client(timeout=8)


@endpoint
def lambda_handler(event: Event) -> Response:
    """Return links to the thumbnail, the reason why there is none, or "not ready yet"."""
    key = get_thumbnail_key(_read_filename(event))
    outcome = _fetch_outcome(key)
    if outcome is None:
        return respond(404, {"message": "Thumbnail not ready yet", "status": "processing"})
    if "error" in outcome:
        return respond(422, {"error": outcome["error"], "status": "failed"})
    return respond(
        200,
        {
            "downloadUrl": _presign(key, _format_disposition(outcome.get("filename", "thumbnail"))),
            "viewUrl": _presign(key, "inline"),
            "expiresIn": LINK_SECONDS,
        },
    )


def _read_filename(event: Event) -> str:
    filename = (event.get("queryStringParameters") or {}).get("filename", "")
    if not isinstance(filename, str) or not is_upload_key(filename):
        raise BadRequest('"filename" must be the filename that POST /generate-presigned-url returned.')
    return filename


def _fetch_outcome(key: str) -> dict[str, str] | None:
    """Return the metadata that the process function stored with the outcome; None if there is no outcome yet."""
    try:
        return metadata.decode(_s3.head_object(Bucket=_BUCKET, Key=key)["Metadata"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "404":
            return None
        raise


def _format_disposition(filename: str) -> str:
    """Return a Content-Disposition that names the download after the user's file (RFC 6266, RFC 5987)."""
    name = quote(f"{PurePath(filename).stem}-thumbnail.jpg", safe="")
    return f"attachment; filename=\"thumbnail.jpg\"; filename*=UTF-8''{name}"


def _presign(key: str, disposition: str) -> str:
    return _s3.generate_presigned_url(
        "get_object",
        Params={"Bucket": _BUCKET, "Key": key, "ResponseContentDisposition": disposition},
        ExpiresIn=LINK_SECONDS,
    )
