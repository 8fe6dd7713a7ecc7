"""`make_thumbnail` in a process of its own: a file that breaks, stalls or floods a decoder takes that process with it.

What costs too much is refused before (`process.limits`), as far as is known. This is for what nobody knows yet: the
decoders are megabytes of C, and whatever a stranger finds in them must end in an answer, not in three tries and an
alarm.
"""

import logging
import os
import resource
import traceback
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from process import thumbnail
from process.errors import InvalidImage

# Lambda ends the function after 60 s (main.tf).
_SECONDS = 45

# What the function has, less what the limit does not count: code on both sides, and what the waiting side holds alone.
_MEMORY_MB = int(os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1536")) - 128

_log = logging.getLogger(__name__)


def make_thumbnail(image: bytes, text: str, **options: Any) -> bytes:
    """Do what `process.thumbnail.make_thumbnail` does.

    Raises:
        InvalidImage: also if the file takes more than 45 seconds or the function's memory, or ends the process.
        Exception: what was raised in the process, its trace in a note.
    """
    context = get_context("fork")  # all is imported already, and the picture is there without being copied
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, image, text, options))
    process.start()
    theirs.close()
    answer = _received(ours)
    process.kill()
    process.join()
    if isinstance(answer, bytes):
        return answer
    if isinstance(answer, Exception) and not isinstance(answer, MemoryError):
        raise answer
    _log.error("given up: %r, exit code %s", answer, process.exitcode)
    raise InvalidImage(
        "Reading the picture takes too long, or too much memory. "
        "Please open it in an image editor, scale it down, save it as JPEG or PNG, and upload that."
    )


def _received(pipe: Connection) -> bytes | Exception | None:
    """Wait for the answer; None if there is none in time, or the process ended without one."""
    with pipe:
        try:
            return pipe.recv() if pipe.poll(_SECONDS) else None
        except EOFError:
            return None


def _answer(pipe: Connection, image: bytes, text: str, options: dict[str, Any]) -> None:
    # Of all limits, this is the one that comes closest to memory in use: it leaves out code and reserved addresses.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY_MB << 20, most))
    answer: bytes | Exception
    try:
        answer = thumbnail.make_thumbnail(image, text, **options)
    except Exception as error:  # noqa: BLE001  raised again on the other side
        error.add_note(traceback.format_exc())
        answer = error
    pipe.send(answer)
