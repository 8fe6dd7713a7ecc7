"""Print what the overlay costs beside decoding: `python tests/benchmarks/overlay_time.py`.

Analysis and drawing of the title, as a share of the CPU time that decoding a 12-megapixel JPEG takes, at the scale
that its thumbnail needs. Medians of interleaved runs in one process; needs the environment that `make test-unit` makes.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from process.image.colour import flatten, to_srgb
from process.image.decode import decode
from process.image.resize import make_preview, upright_size
from process.layout.colours import choose_colours
from process.layout.framing import list_framings
from process.layout.placement import choose_placement
from process.layout.saliency import PREVIEW_SIDE, map_saliency
from process.render.title import draw_title
from process.text.block import list_text_blocks
from process.thumbnail import plan

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

SHAPES = {"4:3": (4000, 3000), "16:9": (4618, 2598), "3:4": (3000, 4000)}
TITLES = ["BIG NEWS", "I built this in one week", "How we travelled around the whole world with only one bag"]
RUNS = 15


def photo(size: tuple[int, int]) -> bytes:
    """Return a JPEG with detail of all sizes, as a photo has."""
    layers = [Image.effect_noise((size[0] // scale, size[1] // scale), 90).resize(size) for scale in (64, 16, 5)]
    file = io.BytesIO()
    Image.merge("RGB", layers).save(file, "JPEG", quality=88)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def overlay(picture: Image.Image, canvas: Image.Image, title: str) -> None:
    """Do what the title adds to a thumbnail."""
    matters = map_saliency(flatten(to_srgb(make_preview(picture, PREVIEW_SIDE))))
    ways = list_framings(upright_size(picture), "auto", matters, has_title=True)
    _, placement = choose_placement(list_text_blocks(title), ways, matters, "auto")
    if placement:
        draw_title(canvas, placement, choose_colours(canvas, placement.box))


def main() -> None:
    """Print one line for each shape and title."""
    print(f"{'shape':6} {'characters':>10} {'decode':>8} {'overlay':>8} {'ratio':>6}")
    for shape, size in SHAPES.items():
        data = photo(size)
        picture, canvas = decode(data, "auto"), plan(data, "").canvas
        for title in TITLES:
            times = [
                (seconds(partial(decode, data, "auto")), seconds(partial(overlay, picture, canvas.copy(), title)))
                for _ in range(RUNS)
            ]
            decoding, drawing = (statistics.median(column) for column in zip(*times, strict=True))
            print(
                f"{shape:6} {len(title):10} {1000 * decoding:5.0f} ms {1000 * drawing:5.0f} ms"
                f" {drawing / decoding:6.2f}"
            )


if __name__ == "__main__":
    main()
