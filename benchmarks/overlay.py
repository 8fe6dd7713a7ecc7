"""Compare the quality of titles on many photos with the baseline's; needs tesseract (Debian: tesseract-ocr).

Without a folder, it fetches a default set of photos, about 50 MB, once.
"""

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

from benchmarks import baseline
from benchmarks.ocr import measure_share_read, require_tesseract
from benchmarks.photos import Photo, fetch, list_photos
from benchmarks.quality import (
    Render,
    find_bounds,
    is_clear_of_badge,
    is_inside_margin,
    mask_changes,
    measure_black_bars,
    measure_covered_face,
    measure_edge_contrast,
    measure_light_kept,
)
from benchmarks.report import Quality, format_table, list_shortfalls, write_contact_sheet
from PIL import Image, ImageDraw

from process.canvas import MARGIN, SIZE, Box, Region
from process.text.font import open_typeface
from process.text.font_files import ANTON
from process.thumbnail import make_thumbnail, plan
from user_error import run_script

_TITLES = {
    8: ["BIG NEWS", "Sad Cats", "It Works"],
    25: ["I BUILT THIS IN ONE WEEK", "Why nobody watches movies", "The best camera for you"],
    60: [
        "THE COMPLETE GUIDE TO MAKING GREAT PICTURES FOR EVERY VIDEO",
        "How we travelled around the whole world with only one bag",
        "What happens when you stop eating sugar for thirty days",
    ],
}
_PROCESSES = 2


@dataclass(frozen=True)
class Job:
    """A title of about `length` characters to draw on a photo, by the product or the baseline."""

    photo: Photo
    length: int
    title: str
    is_baseline: bool


def main() -> None:
    """Print the table, or write the contact sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="with photos and, optionally, a manifest.json")
    parser.add_argument("--split", help="only photos of this split in the manifest")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th photo")
    parser.add_argument("--out", type=Path, help="write every measurement to this JSON file")
    parser.add_argument("--sheet", type=Path, help="only write a contact sheet of the default set to this file")
    arguments = parser.parse_args()
    if arguments.sheet:
        write_contact_sheet(arguments.sheet, fetch())
        return
    require_tesseract()
    photos = list_photos(arguments.folder, arguments.split)[:: arguments.every]
    ours, others = (_measure_all(list(_list_jobs(photos, is_baseline=other))) for other in (False, True))
    print(f"{len(photos)} photos, {len(ours)} titles\n")
    print(format_table(ours, others))
    print("\nOurs that fall short:")
    print("\n".join(list_shortfalls(ours)) or "none")
    if arguments.out:
        arguments.out.write_text(json.dumps([asdict(quality) for quality in ours + others], indent=1))


def _list_jobs(photos: list[Photo], *, is_baseline: bool) -> Iterator[Job]:
    for number, photo in enumerate(photos):
        for length, titles in _TITLES.items():
            yield Job(photo, length, titles[number % len(titles)], is_baseline)


def _measure_all(jobs: list[Job]) -> list[Quality]:
    """Measure each job's thumbnail. Other processes compute its digest, to tell whether it is reproducible."""
    with _start_pool() as pool:
        digests = list(pool.map(_digest, jobs, chunksize=8))
    with _start_pool() as pool:
        return list(pool.map(_measure, jobs, digests, chunksize=4))


def _start_pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(_PROCESSES, get_context("spawn"))


def _digest(job: Job) -> str:
    make = partial(baseline.make_thumbnail, enlarge=True) if job.is_baseline else make_thumbnail
    return sha256(make(job.photo.file.read_bytes(), job.title)).hexdigest()


def _measure(job: Job, digest: str) -> Quality:
    photo, title = job.photo, job.title
    render = (_render_baseline if job.is_baseline else _render_product)(photo.file.read_bytes(), title)
    return Quality(
        renderer="baseline" if job.is_baseline else "ours",
        photo=photo.file.name,
        title=title,
        length=job.length,
        read_at_320=measure_share_read(render.thumbnail, 320, title, render.title_box),
        read_at_168=measure_share_read(render.thumbnail, 168, title, render.title_box),
        inside_margin=render.is_inside_margin,
        clear_of_badge=is_clear_of_badge(render.mask),
        contrast=measure_edge_contrast(render),
        light_kept=measure_light_kept(render),
        black_bars=measure_black_bars(render.bare),
        cap_height=render.cap_height,
        covered_face=measure_covered_face(render, photo.faces, photo.size) if photo.faces else None,
        reproducible=_digest(job) == digest,
        framing=render.framing,
        position=render.position,
    )


def _render_product(data: bytes, title: str) -> Render:
    thumbnail, bare = _decode(make_thumbnail(data, title)), _decode(make_thumbnail(data, title, overlay=False))
    planned = plan(data, title)
    if planned.placement is None or planned.colours is None:
        raise ValueError(f"no title was drawn: {title!r}")
    mask = mask_changes(thumbnail, bare)
    return Render(
        thumbnail=thumbnail,
        bare=bare,
        mask=mask,
        is_inside_margin=is_inside_margin(find_bounds(mask)),
        fill=planned.colours.fill,
        cap_height=planned.placement.size * planned.placement.block.cap_height,
        region=planned.framing.region,
        area=planned.framing.area,
        framing=planned.framing.name,
        position=planned.placement.position,
    )


def _render_baseline(data: bytes, title: str) -> Render:
    font, (left, _) = baseline.load_font(), baseline.TEXT_AT
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).text(baseline.TEXT_AT, title, 255, font)
    width, height = baseline.scale(data, enlarge=True).size
    x, y = (SIZE[0] - width) // 2, (SIZE[1] - height) // 2
    return Render(
        thumbnail=_decode(baseline.make_thumbnail(data, title, enlarge=True)),
        bare=_decode(baseline.make_thumbnail(data, title, overlay=False, enlarge=True)),
        mask=mask,
        # Measured on the font, because the mask is cut off at the canvas's edge.
        is_inside_margin=left + font.getlength(title) <= SIZE[0] - MARGIN[0],
        fill=(255, 255, 255),
        cap_height=baseline.TEXT_SIZE * open_typeface(ANTON).cap_height,
        region=Region(0, 0, 1, 1),
        area=Box(x, y, x + width, y + height),
        framing="letterbox",
        position="fixed",
    )


def _decode(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg)).convert("RGB")


if __name__ == "__main__":
    run_script(main)
