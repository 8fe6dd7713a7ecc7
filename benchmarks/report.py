"""Report the quality of titles: a table of two columns, a list of missed goals, and a contact sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import mean, median

from benchmarks import baseline
from PIL import Image

from process.thumbnail import make_thumbnail

_MOST_OF_A_FACE = 0.05
_LEAST_CONTRAST, _GOOD_CONTRAST = 4.5, 7

# Pictures that anyone may redistribute: generated ones, and those that scikit-image lists as CC0, in the public domain,
# or without known restrictions.
_SHEET = {
    "scikit_image__astronaut.png": "How I became an astronaut",
    "scikit_image__rocket.jpg": "LIFTOFF",
    "scikit_image__coffee.png": "What happens when you stop drinking coffee for thirty days",
    "scikit_image__chelsea.png": "Sad Cats",
    "scikit_image__hubble_deep_field.jpg": "THE COMPLETE GUIDE TO EVERYTHING THAT WE CAN SEE IN THE SKY",
    "generated__gradient.png": "I BUILT THIS IN ONE WEEK",
    "scikit_image__cell.png": "Who lives here?",
    "scikit_image__camera.png": "The best camera for you",
    "scikit_image__coins.png": "Old Money",
    "scikit_image__retina.jpg": "What your eyes say about you",
    "scikit_image__grass.png": "How to grow a lawn that your neighbours will talk about",
    "scikit_image__brick.png": "BRICK BY BRICK",
    "generated__page.png": "Read this first",
    "generated__white.png": "Nothing to see",
    "generated__black.png": "Why it went dark everywhere at once",
    "generated__checkerboard.png": "Checkmate",
    "generated__wide.png": "Ten days on the road with only one bag",
    "generated__tall.png": "Sunrise at the end of the world",
}
_PAIRS_A_ROW = 3
_TILE = (320, 180)
_GAP, _GAP_IN_PAIR = 16, 2
_GREY = (205, 205, 205)  # sets off white thumbnails, too


@dataclass(frozen=True)
class Quality:
    """The measurements of one thumbnail; shares are 0 to 1, `covered_face` is None if the photo has no face.

    `length` is the approximate number of characters in the title, `cap_height` is in pixels.
    """

    renderer: str
    photo: str
    title: str
    length: int
    read_at_320: float
    read_at_168: float
    inside_margin: bool
    clear_of_badge: bool
    contrast: float
    light_kept: float
    black_bars: float
    cap_height: float
    covered_face: float | None
    reproducible: bool
    framing: str
    position: str


def format_table(ours: list[Quality], others: list[Quality]) -> str:
    """Format the measurements of both renderers, side by side."""
    lines = [("", "ours", "baseline")]
    lines += [(name, one, other) for (name, one), (_, other) in zip(_rows(ours), _rows(others), strict=True)]
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    return "\n".join(f"{name:{widths[0]}}  {one:{widths[1]}}  {other}" for name, one, other in lines)


def _rows(all_of_one: list[Quality]) -> Iterator[tuple[str, str]]:
    lengths = sorted({one.length for one in all_of_one})
    caps = [median(one.cap_height for one in all_of_one if one.length == length) for length in lengths]
    light = [one.light_kept for one in all_of_one]
    faces = [one.covered_face for one in all_of_one if one.covered_face is not None]
    contrasts = [_share(one.contrast >= least for one in all_of_one) for least in (_LEAST_CONTRAST, _GOOD_CONTRAST)]
    yield "every word read at 320x180", _share(one.read_at_320 == 1 for one in all_of_one)
    yield "words read at 168x94", f"{_words_read(all_of_one):.1%}"
    yield "text inside the 2.5 % margin", _share(one.inside_margin for one in all_of_one)
    yield "clear of the duration badge", _share(one.clear_of_badge for one in all_of_one)
    yield f"contrast at edges, p10, >= {_LEAST_CONTRAST} / {_GOOD_CONTRAST}", " / ".join(contrasts)
    yield "light kept, median (worst)", f"{median(light):.1%} ({min(light):.1%})"
    yield "black bars, mean", f"{mean(one.black_bars for one in all_of_one):.1%}"
    yield f"cap height, px, {'/'.join(map(str, lengths))} characters", " / ".join(f"{cap:.0f}" for cap in caps)
    yield "covers <= 5 % of any face (worst)", _faces(faces)
    yield "same bytes on a second run", _share(one.reproducible for one in all_of_one)


def _words_read(all_of_one: list[Quality]) -> float:
    words = [len(one.title.split()) for one in all_of_one]
    return sum(one.read_at_168 * count for one, count in zip(all_of_one, words, strict=True)) / sum(words)


def _faces(covered: list[float]) -> str:
    if not covered:
        return "no faces"
    return f"{_share(share <= _MOST_OF_A_FACE for share in covered)} of {len(covered)} ({max(covered):.0%})"


def _share(values: Iterable[bool]) -> str:
    return f"{mean(map(int, values)):.1%}"


def list_shortfalls(qualities: list[Quality]) -> Iterator[str]:
    """Yield a line for each thumbnail that misses a goal."""
    for one in qualities:
        goals = [
            (one.read_at_320 < 1, f"{one.read_at_320:.0%} of words read at 320"),
            (not one.inside_margin, "outside the margin"),
            (not one.clear_of_badge, "under the badge"),
            (one.contrast < _GOOD_CONTRAST, f"contrast {one.contrast:.1f}"),
            ((one.covered_face or 0) > _MOST_OF_A_FACE, f"covers {one.covered_face or 0:.0%} of a face"),
            (not one.reproducible, "other bytes on a second run"),
        ]
        missed = "; ".join(reason for is_missed, reason in goals if is_missed)
        if missed:
            yield f"{one.photo}  {one.title!r}  {missed}  ({one.framing}, {one.position})"


def write_contact_sheet(file: Path, photos: Path) -> None:
    """Write thumbnails of some photos of the default set, in pairs: the baseline's on the left, ours on the right."""
    width, height = 2 * _TILE[0] + _GAP_IN_PAIR + _GAP, _TILE[1] + _GAP
    rows = -(-len(_SHEET) // _PAIRS_A_ROW)
    sheet = Image.new("RGB", (_PAIRS_A_ROW * width - _GAP, rows * height - _GAP), _GREY)
    for number, (name, title) in enumerate(_SHEET.items()):
        data = (photos / name).read_bytes()
        left, top = number % _PAIRS_A_ROW * width, number // _PAIRS_A_ROW * height
        for jpeg in (baseline.make_thumbnail(data, title, enlarge=True), make_thumbnail(data, title)):
            thumbnail = Image.open(BytesIO(jpeg))
            sheet.paste(thumbnail.resize(_TILE, Image.Resampling.LANCZOS), (left, top))
            left += _TILE[0] + _GAP_IN_PAIR
    sheet.save(file, quality=80, optimize=True)
