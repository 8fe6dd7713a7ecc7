"""GET /get-final-url: tell whether a thumbnail is ready, and lend links to it."""

import gc

gc.disable()  # until all is loaded: what is loaded stays, and to look for garbage in it delays a cold start

import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session

from common import metadata
from common.api import BadRequest, Event, Response, endpoint, respond
from common.keys import is_upload_key, thumbnail_key
from common.patience import within

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINK_SECONDS = 3600

# The one call that it makes, of the function's 10 seconds.
_CALL_SECONDS = 8

# SigV4 on the bucket's regional host. botocore's default is a global host that redirects to the regional one, and a
# browser does not follow a redirected preflight.
_PRESIGNING: dict[str, Any] = {
    "signature_version": "s3v4",
    "s3": {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
}

_BUCKET = os.environ["PROCESSED_BUCKET"]
# Of boto3 it would use no more than this.
_s3: "S3Client" = get_session().create_client(  # type: ignore[assignment]  # made at run time
    "s3", config=Config(**_PRESIGNING, **within(_CALL_SECONDS))
)

gc.freeze()
gc.enable()


@endpoint
def lambda_handler(event: Event) -> Response:
    """Answer with links to the thumbnail, with why there is none, or with "not yet"."""
    key = thumbnail_key(_filename(event))
    outcome = _outcome(key)
    if outcome is None:
        return respond(404, {"message": "Thumbnail not ready yet", "status": "processing"})
    if "error" in outcome:
        return respond(422, {"error": outcome["error"], "status": "failed"})
    attachment = _attachment(outcome.get("filename", "thumbnail"))
    return respond(
        200,
        {
            "downloadUrl": _link(key, attachment),
            "viewUrl": _link(key, "inline"),
            "expiresIn": LINK_SECONDS,
        },
    )


def _filename(event: Event) -> str:
    filename = (event.get("queryStringParameters") or {}).get("filename", "")
    if not isinstance(filename, str) or not is_upload_key(filename):
        raise BadRequest('"filename" must be the filename that POST /generate-presigned-url returned.')
    return filename


def _outcome(key: str) -> dict[str, str] | None:
    """Return the metadata that the process function left with its outcome, None where there is none yet."""
    try:
        head = _s3.head_object(Bucket=_BUCKET, Key=key)
    except ClientError as error:
        if error.response["Error"]["Code"] == "404":
            return None
        raise
    return metadata.decode(head["Metadata"])


def _attachment(filename: str) -> str:
    """Name the download after the user's own file, in any script (RFC 6266, RFC 5987)."""
    name = quote(f"{PurePath(filename).stem}-thumbnail.jpg", safe="")
    return f"attachment; filename=\"thumbnail.jpg\"; filename*=UTF-8''{name}"


def _link(key: str, disposition: str) -> str:
    return _s3.generate_presigned_url(
        "get_object",
        Params={"Bucket": _BUCKET, "Key": key, "ResponseContentDisposition": disposition},
        ExpiresIn=LINK_SECONDS,
    )
