"""One way to make a thumbnail, measured in a process of its own: `python -m benchmarks.turns MODULE FILE TITLE`.

Loads the module and the picture, says "ready", then makes a thumbnail for each line on the standard input and answers
with one number. "write FILE" and "time" answer with the seconds of CPU that all threads took, "memory" with the most
megabytes that the process held meanwhile beyond what it held before, which needs Linux.
"""

import importlib
import sys
import time
from pathlib import Path

from helpers.rss import forget_peak, kibibytes


def main(module: str, file: str, title: str) -> None:
    """Serve until the input ends."""
    make = importlib.import_module(module).make_thumbnail
    picture = Path(file).read_bytes()
    print("ready", flush=True)
    for line in sys.stdin:
        command, _, out = line.strip().partition(" ")
        if command == "memory":
            forget_peak()
            rest = _megabytes("VmRSS")
            make(picture, title)
            print(_megabytes("VmHWM") - rest, flush=True)
            continue
        begin = time.process_time()
        thumbnail = make(picture, title)
        seconds = time.process_time() - begin
        if out:
            Path(out).write_bytes(thumbnail)
        print(seconds, flush=True)


def _megabytes(field: str) -> float:
    return kibibytes(field) * 1024 / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
