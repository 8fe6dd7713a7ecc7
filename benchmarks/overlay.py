"""Measure the titles of every look on many photos, beside the baseline's; needs tesseract (Debian: tesseract-ocr).

Without a folder, it fetches a default set of photos, about 116 MB, once.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from itertools import chain, combinations
from multiprocessing import get_context
from pathlib import Path

from benchmarks import baseline
from benchmarks.ocr import Line, require_tesseract
from benchmarks.photos import Photo, list_photos
from benchmarks.quality import (
    Difference,
    Render,
    compare,
    find_bounds,
    is_clear_of_badge,
    is_inside_margin,
    measure_black_bars,
    measure_covered_face,
    measure_edge_contrast,
    measure_light_kept,
    measure_read,
)
from benchmarks.report import BASELINE, Quality, format_differences, format_table, list_shortfalls
from PIL import Image, ImageChops, ImageDraw

from process.canvas import MARGIN, SIZE, Box, Region
from process.looks import list_looks
from process.render.composition import Composition
from process.render.drawing import draw_layers, draw_title
from process.text.font import open_typeface
from process.text.font_files import ANTON
from process.thumbnail import make_thumbnails, plan
from user_error import run_script

# A photo gets one title of each length. Its own title, if it has one, takes the place of the second.
_TITLES = {
    "short": ["BIG NEWS", "Sad Cats", "It Works"],
    "own": ["I BUILT THIS IN ONE WEEK", "Why nobody watches movies", "The best camera for you"],
    "long": [
        "THE COMPLETE GUIDE TO MAKING GREAT PICTURES FOR EVERY VIDEO",
        "How we travelled around the whole world with only one bag",
        "What happens when you stop eating sugar for thirty days",
    ],
}
# Opacity from which a layer hides the picture, and from which something belongs to the letters and not to their shadow.
_OPAQUE_LAYERS, _OPAQUE_LETTERS = 0.5, 0.8
_PROCESSES = 2


@dataclass(frozen=True)
class Job:
    """A title to draw on a photo, in every look and by the baseline."""

    photo: Photo
    length: str
    title: str

    def read(self) -> bytes:
        """Return the photo's file."""
        return self.photo.file.read_bytes()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="with photos and, optionally, a manifest.json")
    parser.add_argument("--split", help="only photos of this split in the manifest")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th photo")
    parser.add_argument("--out", type=Path, help="write every measurement to this JSON file")
    arguments = parser.parse_args()
    require_tesseract()
    photos = list_photos(arguments.folder, arguments.split)[:: arguments.every]
    qualities, differences = _measure_all(list(_list_jobs(photos)))
    print(f"{len(photos)} photos, {len(photos) * len(_TITLES)} titles\n")
    print(format_table(qualities))
    print(f"\n{format_differences(differences)}")
    print("\nOurs that fall short:")
    print("\n".join(list_shortfalls(qualities)) or "none")
    if arguments.out:
        arguments.out.write_text(json.dumps([asdict(quality) for quality in qualities], indent=1))


def _list_jobs(photos: list[Photo]) -> Iterator[Job]:
    for number, photo in enumerate(photos):
        for length, titles in _TITLES.items():
            own = photo.title if length == "own" else None
            yield Job(photo, length, own or titles[number % len(titles)])


def _measure_all(jobs: list[Job]) -> tuple[list[Quality], list[Difference]]:
    """Measure each job's thumbnails. Other processes compute their digests, to tell whether they are reproducible."""
    with _start_pool() as pool:
        digests = list(pool.map(_digest, jobs, chunksize=8))
    with _start_pool() as pool:
        qualities, differences = zip(*pool.map(_measure, jobs, digests, chunksize=4), strict=True)
    return list(chain.from_iterable(qualities)), list(chain.from_iterable(differences))


def _start_pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(_PROCESSES, get_context("spawn"))


def _digest(job: Job) -> dict[str, str]:
    """Return a digest of each thumbnail, by renderer."""
    data = job.read()
    return {name: sha256(_make(data, job.title, name)).hexdigest() for name in (*list_looks(), BASELINE)}


def _make(data: bytes, title: str, renderer: str) -> bytes:
    if renderer == BASELINE:
        return baseline.make_thumbnail(data, title, enlarge=True)
    return make_thumbnails(data, title, look=renderer)[0].jpeg


def _measure(job: Job, digests: dict[str, str]) -> tuple[list[Quality], list[Difference]]:
    """Measure the thumbnails of a job, and how much its variants differ."""
    data = job.read()
    planned = plan(data, job.title)
    title, compositions = planned.scene.title.text, planned.compositions
    jpegs = {name: _make(data, job.title, name) for name in (*compositions, BASELINE)}
    bare = {name: make_thumbnails(data, job.title, look=name, letters=False)[0].jpeg for name in compositions}
    renders = {
        name: _render(jpegs[name], bare[name], composition, planned.content)
        for name, composition in compositions.items()
    }
    renders[BASELINE] = _render_baseline(jpegs[BASELINE], data, title)
    ranks = {name: rank for rank, name in enumerate(planned.variants, 1)}
    qualities = [
        Quality(
            renderer=name,
            rank=ranks.get(name, 0),
            declined=compositions[name].declined if name in compositions else "",
            photo=job.photo.file.name,
            title=title,
            length=job.length,
            read_at_320=measure_read(render, 320, title),
            read_at_168=measure_read(render, 168, title),
            inside_margin=render.is_inside_margin,
            clear_of_badge=is_clear_of_badge(render.mask),
            contrast=measure_edge_contrast(render),
            light_kept=measure_light_kept(render),
            black_bars=measure_black_bars(render),
            cap_height=render.cap_height,
            covered_face=measure_covered_face(render, job.photo.faces, job.photo.size) if job.photo.faces else None,
            reproducible=sha256(jpegs[name]).hexdigest() == digests[name],
        )
        for name, render in renders.items()
    ]
    return qualities, [compare(renders[one], renders[other]) for one, other in combinations(ranks, 2)]


def _render(jpeg: bytes, bare: bytes, composition: Composition, content: Region) -> Render:
    """Gather what is measured of a look's thumbnail; `content` is the region of the picture without its borders."""
    mask = _mask_opaque(draw_title, composition, _OPAQUE_LETTERS)
    return Render(
        thumbnail=_decode(jpeg),
        bare=_decode(bare),
        mask=mask,
        lines=[
            Line(line.box, letters.angle, _find_centre(letters.box))
            for letters in composition.letters
            for line in letters.lines
        ],
        hidden=_mask_opaque(draw_layers, composition, _OPAQUE_LAYERS),
        is_inside_margin=is_inside_margin(find_bounds(mask)),
        colours=frozenset(
            colour
            for letters in composition.letters
            for line in letters.lines
            for colour in ((letters.fill, letters.accent) if line.emphasis else (letters.fill,))
        ),
        cap_height=composition.cap_height,
        region=composition.framing.region.within(content),
        area=composition.framing.area,
    )


def _find_centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _mask_opaque(
    draw: Callable[[Image.Image, Composition], None], composition: Composition, least: float
) -> Image.Image:
    """Return a mask of where at least this opacity is drawn: where black and white beneath it look alike."""
    black, white = Image.new("RGB", SIZE), Image.new("RGB", SIZE, "white")
    for canvas in (black, white):
        draw(canvas, composition)
    kept = ImageChops.difference(black, white).getchannel("R")
    return kept.point(lambda level: 255 * (level <= 255 * (1 - least)))


def _render_baseline(jpeg: bytes, data: bytes, title: str) -> Render:
    font, (left, _) = baseline.load_font(), baseline.TEXT_AT
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).text(baseline.TEXT_AT, title, 255, font)
    width, height = baseline.scale(data, enlarge=True).size
    x, y = (SIZE[0] - width) // 2, (SIZE[1] - height) // 2
    return Render(
        thumbnail=_decode(jpeg),
        bare=_decode(baseline.make_thumbnail(data, title, overlay=False, enlarge=True)),
        mask=mask,
        lines=[],  # one, which is the title
        hidden=Image.new("L", SIZE),
        # Measured on the font, because the mask is cut off at the canvas's edge.
        is_inside_margin=left + font.getlength(title) <= SIZE[0] - MARGIN[0],
        colours=frozenset({(255, 255, 255)}),
        cap_height=baseline.TEXT_SIZE * open_typeface(ANTON).cap_height,
        region=Region(0, 0, 1, 1),
        area=Box(x, y, x + width, y + height),
    )


def _decode(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg)).convert("RGB")


if __name__ == "__main__":
    run_script(main)
