"""Make thumbnails with one renderer, and measure them: `python -m benchmarks.worker RENDERER FILE TITLE SIZE`.

Prints "ready", then makes a thumbnail, or all variants, for each line on standard input and prints one number: for
"time" and "write FILE" the CPU seconds of all threads, for "memory" the peak in megabytes above the process at rest
(Linux).
"""

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.rss import read_bytes, reset_peak

from process.canvas import SIZE, parse_size

_FUNCTIONS = {
    "product": ("process.thumbnail", "make_thumbnail"),
    "variants": ("process.thumbnail", "make_thumbnails"),
    "baseline": ("benchmarks.baseline", "make_thumbnail"),
}


def main(renderer: str, file: str, title: str, size: str) -> None:
    """Answer commands until the input ends."""
    make = _load(renderer)
    picture = Path(file).read_bytes()
    print("ready", flush=True)
    for line in sys.stdin:
        command, _, out = line.strip().partition(" ")
        if command == "memory":
            reset_peak()
            at_rest = read_bytes("VmRSS")
            make(picture, title, size=size)
            print((read_bytes("VmHWM") - at_rest) / 1e6, flush=True)
            continue
        start = time.process_time()
        thumbnail = make(picture, title, size=size)
        seconds = time.process_time() - start
        if command == "write":
            Path(out).write_bytes(thumbnail if isinstance(thumbnail, bytes) else thumbnail[0].jpeg)
        print(seconds, flush=True)


def _load(renderer: str) -> Callable[..., Any]:
    """Return the function that makes one thumbnail, or a list of variants."""
    if renderer == "pyvips":
        return _load_pyvips()
    module, name = _FUNCTIONS[renderer]
    make: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return make


def _load_pyvips() -> Callable[..., bytes]:
    import pyvips  # noqa: PLC0415  only .venv-bench has it

    pyvips.cache_set_max(0)  # or the same picture would cost nothing the second time

    def make_thumbnail(image: bytes, text: str, *, size: str) -> bytes:
        """Scale while decoding where libvips can, letterbox, and draw white text with Pango."""
        width, height = parse_size(size)
        scale = width / SIZE[0]
        picture = pyvips.Image.thumbnail_buffer(image, width, height=height)
        if picture.hasalpha():
            picture = picture.flatten()
        canvas = picture.gravity("centre", width, height)
        letters = pyvips.Image.text(text, font=f"Anton {64 * scale}", dpi=72)
        mask = letters.embed(50 * scale, 600 * scale, width, height)
        jpeg: bytes = mask.ifthenelse([255, 255, 255], canvas, blend=True).jpegsave_buffer(Q=90)
        return jpeg

    return make_thumbnail


if __name__ == "__main__":
    main(*sys.argv[1:])
