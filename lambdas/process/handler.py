"""S3 event: fetch each uploaded picture, make its thumbnail, store it.

An upload has one outcome, stored under one key: the thumbnail, or an empty object whose metadata says
why there is none. Events may come twice, late or in another order: an event tells only where an upload is, and what
lies there has the same outcome whenever it is read.
"""

import gc

gc.disable()  # until all is loaded: what is loaded stays, and to look for garbage in it delays a cold start

import logging
import os
import resource
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote_plus

from common import metadata
from common.keys import thumbnail_key
from common.s3 import Bucket
from process.errors import InvalidImage, UndrawableTitle
from process.step_timer import StepTimer
from process.thumbnail import make_thumbnail

_DEFAULT_TITLE = os.environ["DEFAULT_TITLE"]

# One to fetch and one to store leave half of the function's 60 seconds for the body and the picture.
_CALL_SECONDS = 15

_log = logging.getLogger(__name__)
_uploads = Bucket(os.environ["UPLOADS_URL"], _CALL_SECONDS)
_processed = Bucket(os.environ["PROCESSED_URL"], _CALL_SECONDS)

gc.freeze()
gc.enable()


def lambda_handler(event: dict[str, Any], _context: object) -> None:
    """Process every record, then fail if any did, so that Lambda's retry and dead-letter queue see it.

    Raises:
        ExceptionGroup: what went wrong on our side. A picture that cannot be used is no such error:
            the reason is stored for the poll function.
    """
    failures = []
    for record in event["Records"]:
        try:
            _process(unquote_plus(record["s3"]["object"]["key"]))
        except Exception as error:  # noqa: BLE001  the next record still deserves its try
            _log.exception("could not process %s", record.get("s3"))  # the rest tells the sender's address
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"not processed: {', '.join(map(repr, failures))}", failures)


def _process(key: str) -> None:
    watch = StepTimer()
    picture, chosen = _uploads.get(key)
    watch.on_step("fetch")
    options = metadata.decode(chosen)
    outcome = {"filename": metadata.shorten_filename(options.get("filename", PurePath(key).name))}
    try:
        thumbnail = make_thumbnail(
            picture,
            options.get("text", _DEFAULT_TITLE),
            fit=options.get("fit", "auto"),
            position=options.get("position", "auto"),
            caps=options.get("caps", "off") == "on",
            on_step=watch.on_step,
        )
    except InvalidImage as reason:
        _log.info("refused %s: %s", key, "its title" if isinstance(reason, UndrawableTitle) else reason)
        thumbnail, outcome["error"] = b"", str(reason)
    content_type = "image/jpeg" if thumbnail else "application/octet-stream"
    _processed.put(thumbnail_key(key), thumbnail, content_type, metadata.encode(outcome))
    watch.on_step("store")
    _log.info("stored %s", key, extra={"milliseconds": watch.milliseconds, "peak_mb": _peak_megabytes()})


def _peak_megabytes() -> int:
    """Return the most memory that the function has held since it started."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # Linux counts in KiB: man 2 getrusage
