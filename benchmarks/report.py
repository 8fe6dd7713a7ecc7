"""What the benchmark of titles prints: a table of two columns, and what falls short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import mean, median

_MOST_OF_A_FACE = 0.05
_LEAST_CONTRAST, _GOOD_CONTRAST = 4.5, 7


@dataclass(frozen=True)
class Measured:
    """One render's measures; shares are 0 to 1, and `face` is None where the photo has no face."""

    way: str
    picture: str
    title: str
    letters: int
    read_at_320: float
    read_at_168: float
    inside: bool
    clear: bool
    contrast: float
    light: float
    black: float
    cap: float
    face: float | None
    same: bool
    framing: str
    position: str


def table(ours: list[Measured], seed: list[Measured]) -> str:
    """Lay out the measures of two ways, side by side."""
    lines = [("", "ours", "seed's way")]
    lines += [(name, value, other) for (name, value), (_, other) in zip(_rows(ours), _rows(seed), strict=True)]
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    return "\n".join(f"{name:{widths[0]}}  {value:{widths[1]}}  {other}" for name, value, other in lines)


def _rows(renders: list[Measured]) -> Iterator[tuple[str, str]]:
    lengths = sorted({render.letters for render in renders})
    caps = [median(render.cap for render in renders if render.letters == letters) for letters in lengths]
    light = [render.light for render in renders]
    faces = [render.face for render in renders if render.face is not None]
    contrasts = [_share(r.contrast >= least for r in renders) for least in (_LEAST_CONTRAST, _GOOD_CONTRAST)]
    yield "every word read at 320x180", _share(render.read_at_320 == 1 for render in renders)
    yield "words read at 168x94", f"{_words_read(renders):.1%}"
    yield "text inside the 2.5 % margin", _share(render.inside for render in renders)
    yield "clear of the duration badge", _share(render.clear for render in renders)
    yield f"contrast at edges, p10, >= {_LEAST_CONTRAST} / {_GOOD_CONTRAST}", " / ".join(contrasts)
    yield "light kept, median (worst)", f"{median(light):.1%} ({min(light):.1%})"
    yield "black bars, mean", f"{mean(render.black for render in renders):.1%}"
    yield f"capital letter, px, {'/'.join(map(str, lengths))} chars", " / ".join(f"{cap:.0f}" for cap in caps)
    yield "covers <= 5 % of any face (worst)", _faces(faces)
    yield "same bytes on a second run", _share(render.same for render in renders)


def _words_read(renders: list[Measured]) -> float:
    words = [len(render.title.split()) for render in renders]
    return sum(render.read_at_168 * count for render, count in zip(renders, words, strict=True)) / sum(words)


def _faces(covered: list[float]) -> str:
    if not covered:
        return "no faces"
    return f"{_share(share <= _MOST_OF_A_FACE for share in covered)} of {len(covered)} ({max(covered):.0%})"


def _share(values: Iterable[bool]) -> str:
    return f"{mean(map(int, values)):.1%}"


def faults(renders: list[Measured]) -> Iterator[str]:
    """Say of each render that misses a goal what it misses."""
    for render in renders:
        missed = [
            (render.read_at_320 < 1, f"{render.read_at_320:.0%} of words read at 320"),
            (not render.inside, "outside the margin"),
            (not render.clear, "under the badge"),
            (render.contrast < _GOOD_CONTRAST, f"contrast {render.contrast:.1f}"),
            ((render.face or 0) > _MOST_OF_A_FACE, f"covers {render.face or 0:.0%} of a face"),
            (not render.same, "other bytes on a second run"),
        ]
        named = [what for is_missed, what in missed if is_missed]
        if named:
            at = f"{render.framing}, {render.position}"
            yield f"{render.picture}  {render.title!r}  {'; '.join(named)}  ({at})"
