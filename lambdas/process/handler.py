"""S3 event: fetch each uploaded picture, make its thumbnails, store them.

An upload has one outcome, stored under one key and last: the first thumbnail, whose metadata lists all of them, or an
empty object whose metadata says why there is none. Events may arrive twice, late or out of order, so processing is
idempotent: an event only names an upload, and the outcome depends on nothing but the uploaded object.
"""

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
from common.outcome import Outcome, Variant
from common.s3 import Client
from process.errors import InvalidImage, UndrawableTitle
from process.step_timer import StepTimer
from process.thumbnail import Thumbnail, make_thumbnails

_UPLOADS = os.environ["UPLOADS_BUCKET"]
_PROCESSED = os.environ["PROCESSED_BUCKET"]
_DEFAULT_TITLE = os.environ["DEFAULT_TITLE"]
_DEFAULT_OPTIONS = {"look": os.environ["DEFAULT_LOOK"], "accent": os.environ["DEFAULT_ACCENT"]}

# Four calls per upload leave a third of the function's 60 seconds to read the body and make the thumbnails.
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
    upload = _s3.get_object(Bucket=_UPLOADS, Key=key)
    picture, values = upload["Body"].read(), metadata.decode(upload["Metadata"])
    timer.on_step("fetch")

    filename = metadata.shorten_filename(values.get("filename", PurePath(key).name))
    try:
        options = Options.parse(_DEFAULT_OPTIONS | values)
        title = values.get("text", _DEFAULT_TITLE)
        thumbnails = make_thumbnails(picture, title, on_step=timer.on_step, **asdict(options))
    except (InvalidImage, InvalidOption) as error:
        _log.info("refused %s: %s", key, "its title" if isinstance(error, UndrawableTitle) else error)
        _store(key, [b""], Outcome(filename, error=str(error)))
    else:
        variants = [_describe(thumbnail) for thumbnail in thumbnails]
        _store(key, [thumbnail.jpeg for thumbnail in thumbnails], Outcome(filename, variants))
    timer.on_step("store")
    _log.info("stored %s", key, extra={"milliseconds": timer.milliseconds, "peak_mb": _read_peak_megabytes()})


def _describe(thumbnail: Thumbnail) -> Variant:
    return {
        "look": thumbnail.look,
        "contrast": round(thumbnail.contrast, 1),
        "capHeight": round(thumbnail.cap_height, 1),
        "words": thumbnail.words,
    }


def _store(key: str, bodies: Sequence[bytes], outcome: Outcome) -> None:
    """Store the thumbnails of an upload, or an empty body; the first one last, since its key is the outcome's."""
    for number, body in reversed(list(enumerate(bodies, 1))):
        _s3.put_object(
            Bucket=_PROCESSED,
            Key=get_thumbnail_key(key, number),
            Body=body,
            ContentType="image/jpeg" if body else "application/octet-stream",
            Metadata=metadata.encode(outcome.to_metadata()) if number == 1 else {},
        )


def _read_peak_megabytes() -> int:
    """Return the peak memory of this process so far, over all invocations."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # KiB on Linux: man 2 getrusage
