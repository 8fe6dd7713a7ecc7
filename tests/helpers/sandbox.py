"""Run `make_thumbnails` in another process, which may crash, hang, or exhaust its memory."""

import os
import resource
import signal
import time
import warnings
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self, Unpack

from common.options import OptionFields
from helpers.rss import read_bytes, reset_peak
from process.errors import InvalidImage
from process.thumbnail import make_thumbnails

THUMBNAIL, REFUSED, BROKEN = "thumbnail", "refused", "broken"

# More than the function has, so that excessive use is measured before it is stopped.
_ADDRESS_SPACE = 6 << 30


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    `kind` is one of the three above. `reason` is the message for the user, or what broke. `megabytes` is the peak
    memory of the whole process in Lambda's megabytes (MiB); 0 on systems other than Linux.
    """

    kind: str
    reason: str
    seconds: float
    megabytes: int
    thumbnail: bytes = b""


class Sandbox:
    """A process that makes thumbnails, and is replaced if a file makes it crash or hang."""

    def __init__(self, timeout: float) -> None:
        """Start the process; a file that takes more than `timeout` seconds counts as broken."""
        self._timeout = timeout
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def run(self, data: bytes, text: str = "", **options: Unpack[OptionFields]) -> Outcome:
        """Make the thumbnails of a file's bytes, and return the first."""
        start = time.perf_counter()
        try:
            self._connection.send((data, text, options))
            if self._connection.poll(self._timeout):
                outcome = self._connection.recv()
                assert isinstance(outcome, Outcome)
                return outcome
            reason = "timed out"
        except (EOFError, ConnectionError):
            self._process.join()
            reason = f"the process ended: {_name_exit(self._process.exitcode)}"
        self.close()
        self._start()
        return Outcome(BROKEN, reason, time.perf_counter() - start, 0)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the sandbox; it is closed at the end of the `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()


def _name_exit(exitcode: int | None) -> str:
    return signal.Signals(-exitcode).name if exitcode and exitcode < 0 else str(exitcode)


def _serve(connection: Connection) -> None:
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libtiff prints every error
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    while True:
        connection.send(_try(*connection.recv()))


def _try(data: bytes, text: str, options: OptionFields) -> Outcome:
    reset_peak()
    start = time.perf_counter()
    kind, reason, thumbnail = BROKEN, "", b""
    try:
        thumbnail = make_thumbnails(data, text, **options)[0].jpeg
        kind = THUMBNAIL
    except InvalidImage as error:
        kind, reason = REFUSED, str(error)
    except BaseException as error:  # noqa: BLE001  any other exception is a finding
        reason = f"{type(error).__name__}: {error}"
    return Outcome(kind, reason, time.perf_counter() - start, read_bytes("VmHWM") >> 20, thumbnail)
