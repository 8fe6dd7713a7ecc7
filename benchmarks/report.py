"""Report the quality of titles: a table with a column for each look, a list of missed goals, how variants differ."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from statistics import mean, median

from benchmarks.quality import Difference

BASELINE = "baseline"

_MOST_OF_A_FACE, _MOST_BLACK = 0.05, 0.01
_LEAST_CONTRAST, _GOOD_CONTRAST = 4.5, 7


@dataclass(frozen=True)
class Quality:
    """The measurements of one thumbnail; shares are 0 to 1.

    Attributes:
        renderer: the look, or the baseline.
        rank: place among the variants, from 1; 0 for others.
        declined: why the look declines the picture with this title; empty if it does not.
        photo: name of the file.
        title: without marks.
        length: of the title: short, own or long.
        covered_face: None if the photo has no face.
        cap_height: in pixels.
    """

    renderer: str
    rank: int
    declined: str
    photo: str
    title: str
    length: str
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


def format_table(qualities: list[Quality]) -> str:
    """Format the measurements as a table in Markdown: of first variants, of all variants, of each look."""
    columns = {
        "first": [one for one in qualities if one.rank == 1],
        "variants": [one for one in qualities if one.rank],
    }
    for one in qualities:
        columns.setdefault(one.renderer, []).append(one)
    columns[BASELINE] = columns.pop(BASELINE)
    lines = [["", *columns], ["---", *("---:" for _ in columns)]]
    lines += [[name, *(measure(column) for column in columns.values())] for name, measure in _ROWS.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _share(is_met: Callable[[Quality], bool]) -> Callable[[list[Quality]], str]:
    return lambda column: _format_share(is_met(one) for one in column)


def _format_share(values: Iterable[bool]) -> str:
    counted = list(map(int, values))
    return f"{mean(counted):.1%}" if counted else "-"


def _format_words(column: list[Quality]) -> str:
    words = [len(one.title.split()) for one in column]
    return f"{sum(one.read_at_168 * count for one, count in zip(column, words, strict=True)) / sum(words):.1%}"


def _format_light(column: list[Quality]) -> str:
    light = [one.light_kept for one in column]
    return f"{median(light):.1%} ({min(light):.0%})"


def _format_caps(column: list[Quality]) -> str:
    by_length = groupby(sorted(column, key=_get_length), _get_length)
    caps = {length: median(one.cap_height for one in group) for length, group in by_length}
    return " / ".join(f"{caps[length]:.0f}" for length in dict.fromkeys(map(_get_length, column)))


def _get_length(one: Quality) -> str:
    return one.length


def _format_faces(column: list[Quality]) -> str:
    covered = [one.covered_face for one in column if one.covered_face is not None]
    return f"{_format_share(share <= _MOST_OF_A_FACE for share in covered)} ({max(covered, default=0):.0%})"


_ROWS: dict[str, Callable[[list[Quality]], str]] = {
    "thumbnails": lambda column: str(len(column)),
    "first variant": _share(lambda one: one.rank == 1),
    "among the variants": _share(lambda one: one.rank > 0),
    "declined": _share(lambda one: bool(one.declined)),
    "every word read at 320x180": _share(lambda one: one.read_at_320 == 1),
    "words read at 168x94": _format_words,
    "letters inside the 2.5 % margin": _share(lambda one: one.inside_margin),
    "clear of the duration badge": _share(lambda one: one.clear_of_badge),
    f"contrast at edges, p10, >= {_LEAST_CONTRAST}": _share(lambda one: one.contrast >= _LEAST_CONTRAST),
    f"contrast at edges, p10, >= {_GOOD_CONTRAST}": _share(lambda one: one.contrast >= _GOOD_CONTRAST),
    "light kept, median (worst)": _format_light,
    "black bars, mean": lambda column: f"{mean(one.black_bars for one in column):.1%}",
    "cap height, px, short / own / long title": _format_caps,
    "hides <= 5 % of any face (worst)": _format_faces,
    "same bytes on a second run": _share(lambda one: one.reproducible),
}


def list_shortfalls(qualities: list[Quality]) -> Iterator[str]:
    """Yield a line for each of our thumbnails that misses a goal: variants first, then those of looks that decline."""
    for one in sorted(qualities, key=lambda one: (bool(one.declined), not one.rank, one.renderer)):
        goals = [
            (one.read_at_320 < 1, f"{one.read_at_320:.0%} of words read at 320"),
            (one.read_at_168 < 1, f"{one.read_at_168:.0%} at 168"),
            (not one.inside_margin, "outside the margin"),
            (not one.clear_of_badge, "under the badge"),
            (one.contrast < _LEAST_CONTRAST, f"contrast {one.contrast:.1f}"),
            (one.black_bars > _MOST_BLACK, f"{one.black_bars:.0%} black bars"),
            ((one.covered_face or 0) > _MOST_OF_A_FACE, f"hides {one.covered_face or 0:.0%} of a face"),
            (not one.reproducible, "other bytes on a second run"),
        ]
        missed = "; ".join(reason for is_missed, reason in goals if is_missed)
        if missed and one.renderer != BASELINE:
            state = f"declined: {one.declined}" if one.declined else f"variant {one.rank}" if one.rank else "not taken"
            yield f"{one.renderer:8} {one.photo}  {one.title!r}  {missed}  ({state})"


def format_differences(differences: list[Difference]) -> str:
    """Format how much the variants of a title differ, in pairs."""
    levels, overlaps = zip(*((one.levels, one.overlap) for one in differences), strict=True)
    return (
        f"Two variants of a title differ by {mean(levels):.0f} of 255 levels (the most alike by {min(levels):.0f}); "
        f"the boxes of their titles overlap by {mean(overlaps):.0%} (at most {max(overlaps):.0%})."
    )
