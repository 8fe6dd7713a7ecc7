"""Choose how to lift a flat, dull or dark photo gently: a tone curve, and a gain in saturation.

The curve passes through three percentiles of the luma, which move towards those of well exposed pictures by a limited
amount. Nothing is clipped: only black becomes black, and only white becomes white. The constants were set by eye, on
about a hundred photos.
"""

from bisect import bisect_left
from collections import Counter
from itertools import accumulate, pairwise
from typing import NamedTuple

from PIL import Image, ImageStat

# Photos have thousands of colours, none of them frequent. Screenshots, drawings and diagrams have a few flat ones.
# Fractions of a sample's pixels: of its most frequent colours together, and of distinct ones.
_SAMPLE_SIDE = 96
_FREQUENT_COLOURS = 8
_MAX_FREQUENT, _MIN_DISTINCT = 0.3, 0.3
# In a greyscale picture, which has 256 colours at most: of the most frequent level, and the number of levels.
_MAX_FREQUENT_GREY, _MIN_GREYS = 0.12, 64
_MAX_GREY_DEVIATION = 3  # standard deviation of chroma, in levels: a toned picture counts as greyscale

_LOW, _HIGH = 0.02, 0.98  # percentiles taken for the darkest and the lightest tones
# The lightest tones rise, and the darkest fall, towards these levels, by a limited factor or number of levels.
_WHITE, _MAX_WHITE_GAIN = 242, 1.25
_BLACK, _MAX_BLACK_DROP, _BLACK_SHARE = 8, 28, 0.6
# Contrast rises by this factor at most.
_MAX_STRETCH = 1.4
# The median rises part of the way towards this level, by a limited factor.
_MIDDLE, _MIDDLE_SHARE, _MAX_MIDDLE_GAIN = 118, 0.45, 1.4
# Medians between which a picture passes from night to day: night is lifted by less, to remain night.
_NIGHT, _DAY = 12, 52
_NIGHT_SHARE = 0.25
# Deliberate: a light subject on black, and pictures that are light nearly everywhere.
_LOW_KEY_MEDIAN, _LOW_KEY_HIGH = 26, 150
_HIGH_KEY_MEDIAN, _HIGH_KEY_HIGH = 165, 225

_MIN_CHANGE = 6  # levels by which a curve changes the picture's luma on average, at least, to be worth it

# Gains in saturation that are tried, and the mean saturation of a picture that needs none, 0 to 255.
_SATURATION_GAINS = (1.15, 1.08)
_MIN_SATURATION, _MAX_SATURATION = 12, 120
_MAX_CLIPPED = 0.005  # of a channel's pixels
_LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601-7, section 2.5.1, as in JPEG

Matrix = tuple[float, float, float, float, float, float, float, float, float, float, float, float]
"""Three rows of weights of red, green and blue, each with an offset, for `Image.convert`."""


class Tone(NamedTuple):
    """A gentle improvement of a photo.

    Attributes:
        curve: a lookup table for `Image.point` on RGB: 256 levels, three times.
        matrix: raises the saturation, after the curve; None to leave it.
    """

    curve: list[int]
    matrix: Matrix | None

    def apply(self, picture: Image.Image) -> Image.Image:
        """Return the improved copy of an RGB picture."""
        picture = picture.point(self.curve)
        return picture.convert("RGB", self.matrix) if self.matrix else picture


def is_photograph(preview: Image.Image) -> bool:
    """Return whether an RGB preview is a photo, or painted like one: no screenshot, drawing, diagram or flat colour."""
    width, height = (max(1, side * _SAMPLE_SIDE // max(preview.size)) for side in preview.size)
    # Averaged pixels would make new colours at every edge of a drawing.
    sample = preview.resize((width, height), Image.Resampling.NEAREST)
    counts = _count_colours(sample)
    pixels = sum(counts)
    if sum(counts[:_FREQUENT_COLOURS]) <= _MAX_FREQUENT * pixels and len(counts) >= _MIN_DISTINCT * pixels:
        return True
    luma, *chroma = sample.convert("YCbCr").split()
    greys = _count_colours(luma)
    is_greyscale = all(ImageStat.Stat(channel).stddev[0] <= _MAX_GREY_DEVIATION for channel in chroma)
    return is_greyscale and greys[0] <= _MAX_FREQUENT_GREY * pixels and len(greys) >= _MIN_GREYS


def _count_colours(picture: Image.Image) -> list[int]:
    """Return the number of pixels of each colour, the most frequent first."""
    pixels = memoryview(picture.convert("RGBX").tobytes()).cast("I")  # counted faster than tuples
    return sorted(Counter(pixels).values(), reverse=True)


def choose_tone(preview: Image.Image) -> Tone | None:
    """Choose how to lift a picture; None if it is well exposed, deliberately dark or light, or no photo."""
    if not is_photograph(preview):
        return None
    histogram = preview.convert("L").histogram()
    low, median, high = (_find_percentile(histogram, fraction) for fraction in (_LOW, 0.5, _HIGH))
    if (median < _LOW_KEY_MEDIAN and high > _LOW_KEY_HIGH) or (median > _HIGH_KEY_MEDIAN and high > _HIGH_KEY_HIGH):
        return None
    curve = _draw_curve(_choose_points(low, median, high))
    change = sum(count * abs(curve[level] - level) for level, count in enumerate(histogram))
    if change < _MIN_CHANGE * preview.width * preview.height:
        return None
    curve *= 3
    return Tone(curve, _choose_saturation(preview.point(curve)))


def _find_percentile(histogram: list[int], fraction: float) -> int:
    counts = list(accumulate(histogram))
    return bisect_left(counts, fraction * counts[-1])


def _choose_points(low: int, median: int, high: int) -> list[tuple[float, float]]:
    """Return the points that the curve passes through, from black to white."""
    strength = _NIGHT_SHARE + (1 - _NIGHT_SHARE) * min(1.0, max(0.0, (median - _NIGHT) / (_DAY - _NIGHT)))
    rise = max(0.0, min(_WHITE, high * (1 + (_MAX_WHITE_GAIN - 1) * strength)) - high)
    drop = min(_MAX_BLACK_DROP, _BLACK_SHARE * max(0, low - _BLACK))
    excess = max(1.0, (rise + drop) / max(1.0, (_MAX_STRETCH - 1) * (high - low)))
    white, black = high + rise / excess, low - drop / excess
    # Where the stretch alone takes the median; but the picture must not become darker.
    stretched = max(float(median), black + (median - low) * (white - black) / max(1, high - low))
    lifted = min(stretched + _MIDDLE_SHARE * strength * max(0.0, _MIDDLE - stretched), median * _MAX_MIDDLE_GAIN, white)
    points = [(0.0, 0.0), (float(low), black), (float(median), lifted), (float(high), white), (255.0, 255.0)]
    return [points[0], *(end for start, end in pairwise(points) if end[0] > start[0])]


def _draw_curve(points: list[tuple[float, float]]) -> list[int]:
    """Return the 256 levels of a smooth, monotonic curve through points; only black is 0, and only white is 255.

    F. N. Fritsch, J. Butland, A Method for Constructing Local Monotone Piecewise Cubic Interpolants, SIAM Journal on
    Scientific and Statistical Computing 5(2), 1984; with the harmonic mean of the slopes on either side.
    """
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    tangents = [slopes[0], *(2 * a * b / (a + b) if a and b else 0.0 for a, b in pairwise(slopes)), slopes[-1]]
    curve = [0.0]
    for ((x0, y0), (x1, y1)), (start, end) in zip(pairwise(points), pairwise(tangents), strict=True):
        length = x1 - x0
        for step in range(1, round(length) + 1):
            t = step / length
            # The cubic Hermite basis.
            curve.append(
                (1 + 2 * t) * (1 - t) ** 2 * y0
                + t * (1 - t) ** 2 * length * start
                + t**2 * (3 - 2 * t) * y1
                - t**2 * (1 - t) * length * end
            )
    return [0, *(min(254, max(1, round(level))) for level in curve[1:-1]), 255]


def _choose_saturation(picture: Image.Image) -> Matrix | None:
    """Return the largest gain that clips next to nothing; None for vivid pictures and for greyscale ones."""
    (mean,) = ImageStat.Stat(picture.convert("HSV").getchannel("S")).mean
    if not _MIN_SATURATION <= mean <= _MAX_SATURATION:
        return None
    already_clipped = _count_clipped(picture)
    for gain in _SATURATION_GAINS:
        matrix = _make_saturation_matrix(gain)
        clipped = _count_clipped(picture.convert("RGB", matrix))
        if all(
            after - before <= _MAX_CLIPPED * picture.width * picture.height
            for before, after in zip(already_clipped, clipped, strict=True)
        ):
            return matrix
    return None


def _count_clipped(picture: Image.Image) -> list[int]:
    """Return the number of pixels at 0 and at 255 in each channel."""
    histogram = picture.histogram()
    return [histogram[level] for channel in range(0, 768, 256) for level in (channel, channel + 255)]


def _make_saturation_matrix(gain: float) -> Matrix:
    """Return the matrix that moves colours away from the grey of the same luma."""
    red, green, blue = ((1 - gain) * weight for weight in _LUMA)
    return (red + gain, green, blue, 0, red, green + gain, blue, 0, red, green, blue + gain, 0)
