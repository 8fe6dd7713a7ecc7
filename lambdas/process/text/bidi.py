"""In which order a line is read, and in which it is drawn: https://www.unicode.org/reports/tr9/."""

import unicodedata
from typing import NamedTuple

from common.characters import is_visible

_FROM_THE_RIGHT = ("R", "AL")
_DIRECTED = (*_FROM_THE_RIGHT, "AN", "RLE", "RLO", "RLI")
# For each class, a range of characters of it that hardly a title holds, and more than one can hold clusters (its
# metadata are 2 KB): in the library, which knows characters only, they stand in for clusters.
_STAND_INS = {
    "L": range(0x20000, 0x20200),  # CJK extension B
    "R": range(0x1E800, 0x1E8C5),  # Mende Kikakui
    "AL": range(0xFC00, 0xFD3E),  # Arabic ligatures
    "ON": range(0x2500, 0x2600),  # box drawing, blocks, geometric shapes
}
# Set after a bracket, it takes the bracket's direction, and comes before it where that is from the right.
_MARK = "\N{COMBINING GRAPHEME JOINER}"


class Run(NamedTuple):
    """Clusters next to each other on a line, drawn in one direction; in the order in which they are read."""

    clusters: list[str]
    rtl: bool


def is_rtl(text: str) -> bool:
    """Tell whether a title is read from the right: its first letter with a direction decides."""
    if not _is_directed(text):
        return False
    from bidi import get_base_level  # noqa: PLC0415  few titles need it

    return bool(get_base_level(text))


def split_runs(clusters: list[str], *, rtl: bool) -> list[Run]:
    """Return the runs of a line of a title, from left to right, without what cannot be seen.

    Each line is ordered by itself: what stands before it counts only by the title's direction, `rtl`.
    """
    if not rtl and not _is_directed("".join(clusters)):
        return [Run(clusters, rtl=False)]
    drawn: list[Run] = []
    for cluster, from_the_right in _in_order(clusters, rtl=rtl):
        if drawn and drawn[-1].rtl == from_the_right:
            drawn[-1].clusters.append(cluster)
        else:
            drawn.append(Run([cluster], from_the_right))
    return [Run(run.clusters[::-1], rtl=True) if run.rtl else run for run in drawn]


def _in_order(clusters: list[str], *, rtl: bool) -> list[tuple[str, bool]]:
    """Return the clusters from left to right, each with whether it is drawn from the right."""
    from bidi import get_display  # noqa: PLC0415  few titles need it

    stand_ins = _stand_ins(clusters)
    originals = {stand_in: cluster for cluster, stand_in in stand_ins.items()}
    text = (stand_ins.get(cluster, cluster) for cluster in clusters)
    marked = "".join(character + _MARK if unicodedata.mirrored(character) else character for character in text)
    drawn: list[tuple[str, bool]] = []
    is_turned = is_marked = False  # whether the bracket's mark came before it; whether it is still to come
    for character in get_display(marked, base_dir="R" if rtl else "L"):
        if character == _MARK:
            is_turned, is_marked = not is_marked, False
        elif character in originals or (is_visible(character) or character.isspace()):
            from_the_right = is_turned or unicodedata.bidirectional(character) in _FROM_THE_RIGHT
            drawn.append((originals.get(character, character), from_the_right))
            is_turned, is_marked = False, bool(unicodedata.mirrored(character)) and not is_turned
    return drawn


def _stand_ins(clusters: list[str]) -> dict[str, str]:
    """Give each cluster of several characters a character of its class: an emoji is neutral, whatever it is made of."""
    free = {kind: iter(characters) for kind, characters in _STAND_INS.items()}
    found = {}
    for cluster in clusters:
        if cluster not in found and (len(cluster) > 1 or _is_stand_in(cluster)):
            kind = unicodedata.bidirectional(cluster[0])
            found[cluster] = chr(next(free[kind if kind in free else "ON"]))
    return found


def _is_stand_in(cluster: str) -> bool:
    return any(ord(cluster) in characters for characters in _STAND_INS.values())


def _is_directed(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _DIRECTED for character in text)
