"""S3 event: fetch each uploaded picture, make its thumbnails, store them.

An upload has one outcome, stored under one key and last: the first thumbnail, whose metadata lists all of them, or an
empty object whose metadata says why there is none. Events may arrive twice, late or out of order, so processing is
idempotent: an event only names an upload, and the thumbnails depend on nothing but the uploaded object and its source.
"""

from common.imports import pause_garbage_collection

with pause_garbage_collection():
    import logging
    import os
    import resource
    from collections.abc import Sequence
    from dataclasses import asdict
    from pathlib import PurePath
    from typing import Any
    from urllib.parse import unquote_plus

    from common import metadata
    from common.keys import get_thumbnail_key
    from common.options import InvalidOption, Options
    from common.outcome import SOURCE_GONE, Outcome, Variant
    from common.s3 import Client, ClientError
    from process.errors import InvalidImage, SourceGone, UndrawableTitle
    from process.step_timer import StepTimer
    from process.thumbnail import Thumbnail, make_thumbnails
    from process.upload import Upload, follow_source

_UPLOADS = os.environ["UPLOADS_BUCKET"]
_PROCESSED = os.environ["PROCESSED_BUCKET"]
_DEFAULT_TITLE = os.environ["DEFAULT_TITLE"]
_DEFAULT_OPTIONS = {name: os.environ[f"DEFAULT_{name.upper()}"] for name in ("look", "accent", "size")}

# This role may get the objects of the uploads bucket but not list them, so S3 answers 403 for a missing one, as if it
# were forbidden: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
# A source is not forbidden, since the upload that names it was just read with the same permission. The emulator answers
# 404.
_MISSING = ("AccessDenied", "NoSuchKey")

# Five calls for an upload with a source leave ten of the function's 60 seconds to read it and make the thumbnails.
_s3 = Client(timeout=10)

_log = logging.getLogger(__name__)


def lambda_handler(event: dict[str, Any], _context: object) -> None:
    """Process every record, then raise if any failed: Lambda retries the event, then sends it to the dead-letter queue.

    Raises:
        ExceptionGroup: the failures on our side. An unusable picture is not one of them: its outcome contains the
            reason, which the poll function reports.
    """
    failures = []
    for record in event["Records"]:
        try:
            _process(unquote_plus(record["s3"]["object"]["key"]))
        except Exception as error:  # noqa: BLE001  one bad record must not stop the others
            # Only the "s3" part: the rest of a record contains the sender's IP address.
            _log.exception("could not process %s", record.get("s3"))
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"not processed: {', '.join(map(repr, failures))}", failures)


def _process(key: str) -> None:
    timer = StepTimer()
    upload = _fetch(key)
    timer.on_step("fetch")
    try:
        upload = follow_source(upload, _fetch_source)
        timer.on_step("fetch")
        thumbnails = _make_thumbnails(upload, timer)
    except (InvalidImage, InvalidOption) as error:
        _log.info("refused %s: %s", key, "its title" if isinstance(error, UndrawableTitle) else error)
        code = SOURCE_GONE if isinstance(error, SourceGone) else None
        _store_error(key, Outcome(_get_filename(key, upload), error=str(error), code=code))
    else:
        variants = [_describe(thumbnail) for thumbnail in thumbnails]
        _store(key, [thumbnail.jpeg for thumbnail in thumbnails], Outcome(_get_filename(key, upload), variants))
    timer.on_step("store")
    _log.info("stored %s", key, extra={"milliseconds": timer.milliseconds, "peak_mb": _read_peak_megabytes()})


def _fetch(key: str) -> Upload:
    stored = _s3.get_object(Bucket=_UPLOADS, Key=key)
    return Upload(stored["Body"].read(), metadata.decode(stored["Metadata"]))


def _fetch_source(key: str) -> Upload:
    try:
        return _fetch(key)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _MISSING:
            raise
        raise SourceGone("The picture is no longer stored. Please upload it again.") from None


def _make_thumbnails(upload: Upload, timer: StepTimer) -> list[Thumbnail]:
    options = Options.parse({**_DEFAULT_OPTIONS, **upload.values})
    title = "" if upload.values.get("untitled") == "on" else upload.values.get("text", _DEFAULT_TITLE)
    return make_thumbnails(upload.picture, title, on_step=timer.on_step, **asdict(options))


def _get_filename(key: str, upload: Upload) -> str:
    return metadata.shorten_filename(upload.values.get("filename", PurePath(key).name))


def _describe(thumbnail: Thumbnail) -> Variant:
    return {
        "look": thumbnail.look,
        "contrast": round(thumbnail.contrast, 1),
        "capHeight": round(thumbnail.cap_height, 1),
        "words": thumbnail.words,
        "bytes": len(thumbnail.jpeg),
        "scale": round(thumbnail.scale, 2),
    }


def _store(key: str, jpegs: Sequence[bytes], outcome: Outcome) -> None:
    """Store the thumbnails of an upload; the first one last, since its key is the outcome's."""
    for number, jpeg in reversed(list(enumerate(jpegs, 1))):
        _s3.put_object(
            Bucket=_PROCESSED,
            Key=get_thumbnail_key(key, number),
            Body=jpeg,
            ContentType="image/jpeg",
            Metadata=metadata.encode(outcome.to_metadata()) if number == 1 else {},
        )


def _store_error(key: str, outcome: Outcome) -> None:
    """Store an empty object with the reason why there are no thumbnails.

    An event may arrive again after the source has expired: thumbnails that were made before then stay.
    """
    try:
        _s3.put_object(
            Bucket=_PROCESSED,
            Key=get_thumbnail_key(key),
            Body=b"",
            ContentType="application/octet-stream",
            Metadata=metadata.encode(outcome.to_metadata()),
            IfNoneMatch="*" if outcome.code == SOURCE_GONE else "",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise


def _read_peak_megabytes() -> int:
    """Return the peak memory of this process so far, over all invocations."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # KiB on Linux: man 2 getrusage
