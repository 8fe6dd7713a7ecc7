"""Try files on `make_thumbnail` in a process apart, where a crash, a hang or hunger for memory harms nobody else."""

import os
import resource
import signal
import time
import warnings
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from helpers.rss import forget_peak, kibibytes
from process.errors import InvalidImage
from process.thumbnail import make_thumbnail

THUMBNAIL, REFUSED, BROKEN = "thumbnail", "refused", "broken"

# What Linux grants the process: more than the function has, so that whoever is hungry is measured and not only stopped.
_ADDRESS_SPACE = 6 << 30


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    `kind` is one of the three above, `reason` the message for the user or what broke, `seconds` the time on the clock,
    `megabytes` the most memory that the whole process held meanwhile (0 where the system does not tell).
    """

    kind: str
    reason: str
    seconds: float
    megabytes: int
    thumbnail: bytes = b""


class Sandbox:
    """A process that makes thumbnails, and is replaced when a file kills it."""

    def __init__(self, patience: float) -> None:
        """Start it; a file that takes more than `patience` seconds counts as broken."""
        self._patience = patience
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def of(self, data: bytes, text: str = "") -> Outcome:
        """Make a thumbnail of a file's bytes, and tell what became of it."""
        start = time.perf_counter()
        try:
            self._connection.send((data, text))
            if self._connection.poll(self._patience):
                outcome = self._connection.recv()
                assert isinstance(outcome, Outcome)
                return outcome
            reason = "still busy"
            self._process.kill()
        except (EOFError, ConnectionError):
            self._process.join()
            reason = f"the process ended: {_ending(self._process.exitcode)}"
        self.close()
        self._start()
        return Outcome(BROKEN, reason, time.perf_counter() - start, 0)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def __enter__(self) -> Self:
        """Be closed at the end of a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()


def _ending(exitcode: int | None) -> str:
    return signal.Signals(-exitcode).name if exitcode and exitcode < 0 else str(exitcode)


def _serve(connection: Connection) -> None:
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libtiff tells each fault
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    while True:
        connection.send(_tried(*connection.recv()))


def _tried(data: bytes, text: str) -> Outcome:
    forget_peak()
    start = time.perf_counter()
    kind, reason, thumbnail = BROKEN, "", b""
    try:
        thumbnail = make_thumbnail(data, text)
        kind = THUMBNAIL
    except InvalidImage as error:
        kind, reason = REFUSED, str(error)
    except BaseException as error:  # noqa: BLE001  whatever else is thrown is what is looked for
        reason = f"{type(error).__name__}: {error}"
    return Outcome(kind, reason, time.perf_counter() - start, kibibytes("VmHWM") // 1024, thumbnail)
