"""Choose the title's colours from the picture, and check them against the pixels that the title covers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from process.canvas import Box
from process.layout.palette import extract_palette, iterate_shades, iterate_tints
from process.layout.wcag import Colour, contrast_ratio, relative_luminance, sort_luminances

_WHITE, _NEAR_BLACK = (255, 255, 255), (14, 14, 14)

# Letters against their outline: WCAG's strictest level asks for 7:1. More is required here, since JPEG's chroma
# subsampling reduces the contrast, and letters shown only ten pixels tall lose some more.
_MIN_OUTLINE_CONTRAST = 10.0
# Letters against the picture: WCAG's minimum for large text.
_MIN_PICTURE_CONTRAST = 3.0

# Where at least a tenth of the covered pixels have less contrast with the letters than this, a scrim separates them.
_MIN_CONTRAST_WITHOUT_SCRIM = 2.5
_MAX_SCRIM = 0.5
_SCRIM_STEPS = 10

# Viewers expect light letters: dark ones are chosen only if they have more than this many times the contrast.
_LIGHT_LETTERS_BIAS = 1.3

_SAMPLE_SIZE = (48, 27)


@dataclass(frozen=True)
class TitleColours:
    """Colours of a title.

    Attributes:
        fill: colour of the letters.
        outline: colour of their outline, shadow and scrim.
        scrim: opacity of the scrim, 0 to 1; 0 draws none.
        contrast: contrast ratio between the letters and the covered pixels, scrim included; nine tenths of the pixels
            have at least this much.
    """

    fill: Colour
    outline: Colour
    scrim: float
    contrast: float


def choose_colours(canvas: Image.Image, box: Box) -> TitleColours:
    """Choose the colours of a title that will cover `box` of an RGB canvas."""
    covered = sort_luminances(canvas.resize(_SAMPLE_SIZE, Image.Resampling.BOX, box, reducing_gap=1.0))
    darkest, median, brightest = (covered[int(quantile * len(covered))] for quantile in (0.1, 0.5, 0.9))
    outline, neutral, variants, closest = _NEAR_BLACK, _WHITE, iterate_tints, brightest
    contrast_if_dark = contrast_ratio(darkest, relative_luminance(_NEAR_BLACK))
    contrast_if_light = contrast_ratio(brightest, relative_luminance(_WHITE))
    if contrast_if_dark > _LIGHT_LETTERS_BIAS * contrast_if_light:
        outline, neutral, variants, closest = _WHITE, _NEAR_BLACK, iterate_shades, darkest
    fill = _choose_accent(extract_palette(canvas), variants, relative_luminance(outline), median) or neutral
    fill_luminance, outline_luminance = relative_luminance(fill), relative_luminance(outline)
    scrim = _choose_scrim(fill_luminance, outline_luminance, closest)
    contrast = contrast_ratio(fill_luminance, _blend(closest, outline_luminance, scrim))
    return TitleColours(fill, outline, scrim, contrast)


def _choose_accent(
    palette: list[Colour], variants: Callable[[Colour], Iterator[Colour]], outline: float, picture: float
) -> Colour | None:
    """Return the first variant of a palette colour that stands out from both luminances; None if none does."""
    for colour in palette:
        for variant in variants(colour):
            luminance = relative_luminance(variant)
            if (
                contrast_ratio(luminance, outline) >= _MIN_OUTLINE_CONTRAST
                and contrast_ratio(luminance, picture) >= _MIN_PICTURE_CONTRAST
            ):
                return variant
    return None


def _choose_scrim(fill: float, scrim: float, picture: float) -> float:
    """Return the lowest opacity at which the scrim separates letters and picture, or the highest allowed."""
    for step in range(_SCRIM_STEPS):
        opacity = _MAX_SCRIM * step / _SCRIM_STEPS
        if contrast_ratio(fill, _blend(picture, scrim, opacity)) >= _MIN_CONTRAST_WITHOUT_SCRIM:
            return opacity
    return _MAX_SCRIM


def _blend(picture: float, scrim: float, opacity: float) -> float:
    """Return the luminance of a blend in sRGB, whose transfer function is approximated by a power of 2.2."""
    blended: float = ((1 - opacity) * picture ** (1 / 2.2) + opacity * scrim ** (1 / 2.2)) ** 2.2
    return blended
