"""GET /get-final-url: tell whether a thumbnail is ready, and lend links to it."""

import gc

gc.disable()  # until all is loaded: what is loaded stays, and to look for garbage in it delays a cold start

import os
from pathlib import PurePath
from urllib.parse import quote

from common import metadata
from common.api import BadRequest, Event, Response, endpoint, respond
from common.keys import is_upload_key, thumbnail_key
from common.s3 import Bucket

LINK_SECONDS = 3600

# The one call that it makes, of the function's 10 seconds.
_CALL_SECONDS = 8

_processed = Bucket(os.environ["PROCESSED_URL"], _CALL_SECONDS)

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
            "downloadUrl": _processed.link(key, attachment, LINK_SECONDS),
            "viewUrl": _processed.link(key, "inline", LINK_SECONDS),
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
    found = _processed.head(key)
    return None if found is None else metadata.decode(found)


def _attachment(filename: str) -> str:
    """Name the download after the user's own file, in any script (RFC 6266, RFC 5987)."""
    name = quote(f"{PurePath(filename).stem}-thumbnail.jpg", safe="")
    return f"attachment; filename=\"thumbnail.jpg\"; filename*=UTF-8''{name}"
