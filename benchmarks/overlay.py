"""Print how good titles are on a set of photos, ours beside the seed's way: `make bench-overlay [PHOTOS=folder]`.

`PYTHONPATH=lambdas:scripts:tests .venv/bin/python -m benchmarks.overlay --help` tells what else it can do. Needs
tesseract (Debian: tesseract-ocr), and without PHOTOS fetches a default set of about 50 MB once: `benchmarks.photos`.
"""

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measures import (
    black_bars,
    bounds,
    clear_of_badge,
    edge_contrast,
    faces_on_canvas,
    light_kept,
    most_covered,
)
from benchmarks.ocr import require_tesseract, share_read
from benchmarks.photos import Photo, photos
from benchmarks.renderers import drawn_our_way, drawn_seed_way, seed
from benchmarks.report import Measured, faults, table
from benchmarks.sheet import write_sheet

from process.thumbnail import make_thumbnail
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
    """A title to draw on a photo; `letters` is about how long it is."""

    photo: Photo
    letters: int
    title: str
    ours: bool


def main() -> None:
    """Read the command line; print the table, or write the contact sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, nargs="?", help="of photos of your own, with manifest.json if there is one"
    )
    parser.add_argument("--split", help="only the photos that the manifest gives this split")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th photo")
    parser.add_argument("--out", type=Path, help="write each render's measures to this JSON file")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of the default set to this file, and no more")
    arguments = parser.parse_args()
    if arguments.sheet:
        write_sheet(arguments.sheet)
        return
    require_tesseract()
    chosen = photos(arguments.folder, arguments.split)[:: arguments.every]
    ours, theirs = (_measured(list(_jobs(chosen, ours=way))) for way in (True, False))
    print(f"{len(chosen)} photos, {len(ours)} titles\n")
    print(table(ours, theirs))
    print("\nOurs that fall short:")
    print("\n".join(faults(ours)) or "none")
    if arguments.out:
        arguments.out.write_text(json.dumps([asdict(measured) for measured in ours + theirs], indent=1))


def _jobs(chosen: list[Photo], *, ours: bool) -> Iterator[Job]:
    for number, photo in enumerate(chosen):
        for letters, titles in _TITLES.items():
            yield Job(photo, letters, titles[number % len(titles)], ours)


def _measured(jobs: list[Job]) -> list[Measured]:
    """Measure each job's render, and draw it once more in a process that knows nothing of the first time."""
    with _pool() as pool:
        digests = list(pool.map(_digest, jobs, chunksize=8))
    with _pool() as pool:
        return list(pool.map(_measure, jobs, digests, chunksize=4))


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(_PROCESSES, get_context("spawn"))


def _digest(job: Job) -> str:
    make = make_thumbnail if job.ours else seed
    return sha256(make(job.photo.file.read_bytes(), job.title)).hexdigest()


def _measure(job: Job, digest: str) -> Measured:
    drawn = (drawn_our_way if job.ours else drawn_seed_way)(job.photo, job.title)
    box = bounds(drawn.mask)
    faces = faces_on_canvas(job.photo.faces, job.photo.size, drawn.part, drawn.area)
    return Measured(
        way="ours" if job.ours else "seed",
        picture=job.photo.file.name,
        title=job.title,
        letters=job.letters,
        read_at_320=share_read(drawn.picture, 320, job.title, box),
        read_at_168=share_read(drawn.picture, 168, job.title, box),
        inside=drawn.inside,
        clear=clear_of_badge(drawn.mask),
        contrast=edge_contrast(drawn.picture, drawn.mask, drawn.fill),
        light=light_kept(drawn.picture, drawn.bare, box),
        black=black_bars(drawn.bare),
        cap=drawn.cap,
        face=most_covered(drawn.mask, faces) if job.photo.faces else None,
        same=_digest(job) == digest,
        framing=drawn.framing,
        position=drawn.position,
    )


if __name__ == "__main__":
    run_script(main)
