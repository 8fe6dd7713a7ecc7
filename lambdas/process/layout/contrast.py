"""Measure the contrast between letters and what is behind them."""

from collections.abc import Iterable

from PIL import Image

from process.canvas import SIZE, Box
from process.layout.wcag import Colour, contrast_ratio, relative_luminance, sort_luminances

_SAMPLE_SIZE = (32, 6)
_WORST = 0.1  # of the pixels may have less contrast


def measure_contrast(canvas: Image.Image, box: Box, colours: Iterable[Colour]) -> float:
    """Return the contrast ratio that nine tenths of a box's pixels have with each of the letters' colours, at least.

    Args:
        canvas: what is behind the letters, in RGB, of any size.
        box: around the letters, in pixels of `process.canvas.SIZE`.
        colours: of the letters.
    """
    scale = canvas.width / SIZE[0]
    shown = Box(*(side * scale for side in box)).intersect(Box(0, 0, *canvas.size))
    behind = sort_luminances(canvas.resize(_SAMPLE_SIZE, Image.Resampling.BOX, shown, reducing_gap=1.0))
    return min(_compare(behind, relative_luminance(colour)) for colour in colours)


def _compare(behind: list[float], letters: float) -> float:
    ratios = sorted(contrast_ratio(luminance, letters) for luminance in behind)
    return ratios[int(_WORST * len(ratios))]
