"""Choose the part of a very tall or very wide picture that is worth showing: a thumbnail has room for a part only.

That part then counts as the picture.
"""

from itertools import accumulate

from PIL import Image, ImageChops

from process.canvas import Region
from process.layout.saliency import map_saliency
from process.layout.tone import is_photograph

# Ratio of the longer side to the shorter. A crop shows less than a fifth of a picture that is taller.
_MAX_RATIO = 3.0
# Longer side of the part, in lengths of the shorter: looks may move it, but show most of it.
_TALL, _WIDE = 1.0, 2.4

_SIDES = (96, 3000)  # pixels of the strip that is analysed, across and along: enough to see faces and paragraphs
_END, _COST_CUT = 0.08, 3.0  # of the part's length; and relative to the rest of the part
_MIN_TOP = 0.5  # of the most salient part: pages are about what is at their top, unless that is blank


def find_strip_size(size: tuple[float, float]) -> tuple[int, int] | None:
    """Return the size at which `choose_part` needs a picture of this size; None if it is not elongated."""
    if max(size) <= _MAX_RATIO * min(size):
        return None
    scale = min(_SIDES[0] / min(size), _SIDES[1] / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def choose_part(strip: Image.Image, size: tuple[float, float]) -> Region:
    """Choose the most salient part of an elongated picture; of a screenshot or a drawing, rather the top.

    Args:
        strip: an RGB copy of the picture.
        size: width and height of the picture.
    """
    width, height = size
    is_tall = height > width
    length = _TALL * width / height if is_tall else _WIDE * height / width
    profile = _measure_saliency(strip, is_tall=is_tall)
    window = max(1, round(length * len(profile)))
    shown, before, after = _slide(profile, window)
    worth = [whole - _COST_CUT * (one + other) for whole, one, other in zip(shown, before, after, strict=True)]
    last = len(worth) - 1
    best = max(range(last + 1), key=lambda start: (worth[start], -abs(2 * start - last)))
    if is_tall and shown[0] >= _MIN_TOP * shown[best] and not is_photograph(strip):
        best = 0
    start = best / max(1, last) * (1 - length)
    return Region(0.0, start, 1.0, start + length) if is_tall else Region(start, 0.0, start + length, 1.0)


def _measure_saliency(strip: Image.Image, *, is_tall: bool) -> bytes:
    """Return how salient the strip is along its longer side."""
    saliency = map_saliency(strip)
    salient = ImageChops.add(saliency.detail, saliency.skin.point(lambda level: level * saliency.people))
    size = (1, salient.height) if is_tall else (salient.width, 1)
    return salient.resize(size, Image.Resampling.BOX).tobytes()


def _slide(profile: bytes, window: int) -> tuple[list[int], list[int], list[int]]:
    """Return the sums of a window at each of its places, and of what lies along its two ends, which is cut through."""
    end = max(1, round(_END * window))
    sums = list(accumulate(profile, initial=0))
    starts = range(len(profile) - window + 1)
    return (
        [sums[start + window] - sums[start] for start in starts],
        [sums[start + end] - sums[start] for start in starts],
        [sums[start + window] - sums[start + window - end] for start in starts],
    )
