"""S3 event: fetch each uploaded picture, make its thumbnail, store it.

An upload has one outcome, stored under one key: the thumbnail, or an empty object whose metadata says why there is
none. Events may arrive twice, late or out of order, so processing is idempotent: an event only names an upload, and the
outcome depends on nothing but the uploaded object.
"""

import logging
import os
import resource
from dataclasses import asdict
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote_plus

from common import metadata
from common.keys import get_thumbnail_key
from common.options import InvalidOption, Options
from common.s3 import Client
from process.errors import InvalidImage, UndrawableTitle
from process.step_timer import StepTimer
from process.thumbnail import make_thumbnail

_UPLOADS = os.environ["UPLOADS_BUCKET"]
_PROCESSED = os.environ["PROCESSED_BUCKET"]
_DEFAULT_TITLE = os.environ["DEFAULT_TITLE"]

# Two calls per upload leave half of the function's 60 seconds to read the body and make the thumbnail.
_s3 = Client(timeout=15)

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

    outcome = {"filename": metadata.shorten_filename(values.get("filename", PurePath(key).name))}
    try:
        options = Options.parse(values)
        title = values.get("text", _DEFAULT_TITLE)
        thumbnail = make_thumbnail(picture, title, on_step=timer.on_step, **asdict(options))
    except (InvalidImage, InvalidOption) as error:
        _log.info("refused %s: %s", key, "its title" if isinstance(error, UndrawableTitle) else error)
        thumbnail, outcome["error"] = b"", str(error)

    _s3.put_object(
        Bucket=_PROCESSED,
        Key=get_thumbnail_key(key),
        Body=thumbnail,
        ContentType="image/jpeg" if thumbnail else "application/octet-stream",
        Metadata=metadata.encode(outcome),
    )
    timer.on_step("store")
    _log.info("stored %s", key, extra={"milliseconds": timer.milliseconds, "peak_mb": _read_peak_megabytes()})


def _read_peak_megabytes() -> int:
    """Return the peak memory of this process so far, over all invocations."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # KiB on Linux: man 2 getrusage
