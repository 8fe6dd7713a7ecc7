"""GET /get-final-url: report whether the thumbnails are ready, and presign links to them."""

from common.imports import pause_garbage_collection

with pause_garbage_collection():
    import os
    from pathlib import PurePath
    from urllib.parse import quote

    from common import metadata
    from common.api import BadRequest, Event, Response, endpoint, respond
    from common.keys import get_thumbnail_key, is_upload_key
    from common.outcome import Outcome, Variant
    from common.s3 import Client, ClientError

LINK_SECONDS = 3600

_BUCKET = os.environ["PROCESSED_BUCKET"]

# A request makes one call, which must end within the function's 10 seconds.
_s3 = Client(timeout=8)


@endpoint
def lambda_handler(event: Event) -> Response:
    """Return links to the thumbnails, the reason why there are none, or "not ready yet"."""
    upload_key = _read_filename(event)
    outcome = _fetch_outcome(upload_key)
    if outcome is None:
        return respond(404, {"message": "Thumbnail not ready yet", "status": "processing"})
    if outcome.error is not None:
        code = {} if outcome.code is None else {"code": outcome.code}
        return respond(422, {"error": outcome.error, "status": "failed", **code})
    links = [_link(upload_key, number, variant, outcome) for number, variant in enumerate(outcome.variants, 1)]
    variants = [{**variant, **own} for variant, own in zip(outcome.variants, links, strict=True)]
    return respond(200, {**links[0], "expiresIn": LINK_SECONDS, "variants": variants})


def _read_filename(event: Event) -> str:
    filename = (event.get("queryStringParameters") or {}).get("filename", "")
    if not isinstance(filename, str) or not is_upload_key(filename):
        raise BadRequest('"filename" must be the filename that POST /generate-presigned-url returned.')
    return filename


def _fetch_outcome(upload_key: str) -> Outcome | None:
    """Return the outcome that the process function stored, None if there is none yet."""
    try:
        stored = _s3.head_object(Bucket=_BUCKET, Key=get_thumbnail_key(upload_key))
    except ClientError as error:
        if error.response["Error"]["Code"] == "404":
            return None
        raise
    return Outcome.parse(metadata.decode(stored["Metadata"]))


def _link(upload_key: str, number: int, variant: Variant, outcome: Outcome) -> dict[str, str]:
    """Presign the links to a variant, given its number among those of the outcome."""
    key = get_thumbnail_key(upload_key, number)
    name = "thumbnail.jpg" if number == 1 else f"thumbnail-{variant['look']}.jpg"
    disposition = _format_disposition(outcome.filename, name)
    return {"downloadUrl": _presign(key, disposition), "viewUrl": _presign(key, "inline")}


def _format_disposition(filename: str, name: str) -> str:
    """Return a Content-Disposition that names the download after the user's file (RFC 6266, RFC 5987)."""
    full_name = quote(f"{PurePath(filename).stem}-{name}", safe="")
    return f"attachment; filename=\"{name}\"; filename*=UTF-8''{full_name}"


def _presign(key: str, disposition: str) -> str:
    return _s3.generate_presigned_url(
        "get_object",
        Params={"Bucket": _BUCKET, "Key": key, "ResponseContentDisposition": disposition},
        ExpiresIn=LINK_SECONDS,
    )
