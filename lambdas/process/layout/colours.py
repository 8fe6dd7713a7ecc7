"""The title's colours: taken from the picture, and held against the very pixels that lie under the title."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

import process.canvas
from process.layout.palette import dark_shades, extract_palette, light_shades
from process.layout.wcag import Colour, contrast_ratio, relative_luminance, sort_luminances

_WHITE, _NEAR_BLACK = (255, 255, 255), (14, 14, 14)

# WCAG's strictest level asks 7:1. Letters that shrink to ten pixels, and JPEG's blurred colours, take their part of
# it, so more is asked of letters against their outline.
_LEAST_TO_OUTLINE = 10.0
# WCAG's least for large text.
_LEAST_TO_GROUND = 3.0

# Where a tenth of the ground or more comes nearer than this to the letters, a scrim moves it away.
_LEAST_WITHOUT_SCRIM = 2.5
_STRONGEST_SCRIM = 0.5
_SCRIM_STEPS = 10

# Dark letters are drawn where they stand out this much more than light ones would: viewers expect light letters.
_LIGHT_PREFERRED = 1.3

_SAMPLE = (48, 27)


@dataclass(frozen=True)
class TitleColours:
    """The colour of the letters, that of their outline, shadow and scrim, and how strong the scrim is, 0 to 1.

    `measured` is the contrast ratio of the letters to the tenth of the ground that is nearest to them, scrim included.
    """

    fill: Colour
    outline: Colour
    scrim: float
    contrast: float


def choose_colours(canvas: Image.Image, box: process.canvas.Box) -> TitleColours:
    """Choose the style of a title that will lie in `box` of an RGB canvas."""
    ground = sort_luminances(canvas.resize(_SAMPLE, Image.Resampling.BOX, box, reducing_gap=1.0))
    darkest, middle, brightest = (ground[int(share * len(ground))] for share in (0.1, 0.5, 0.9))
    outline, plain, shades, nearest = _NEAR_BLACK, _WHITE, light_shades, brightest
    if contrast_ratio(darkest, relative_luminance(_NEAR_BLACK)) > _LIGHT_PREFERRED * contrast_ratio(
        brightest, relative_luminance(_WHITE)
    ):
        outline, plain, shades, nearest = _WHITE, _NEAR_BLACK, dark_shades, darkest
    fill = _accent(extract_palette(canvas), shades, relative_luminance(outline), middle) or plain
    scrim = _scrim(relative_luminance(fill), relative_luminance(outline), nearest)
    return TitleColours(
        fill,
        outline,
        scrim,
        contrast_ratio(relative_luminance(fill), _mixed(nearest, relative_luminance(outline), scrim)),
    )


def _accent(
    colours: list[Colour], shades: Callable[[Colour], Iterator[Colour]], outline: float, ground: float
) -> Colour | None:
    """Return the first shade of a colour that stands out from outline and ground, if there is one."""
    for colour in colours:
        for shade in shades(colour):
            light = relative_luminance(shade)
            if (
                contrast_ratio(light, outline) >= _LEAST_TO_OUTLINE
                and contrast_ratio(light, ground) >= _LEAST_TO_GROUND
            ):
                return shade
    return None


def _scrim(fill: float, scrim: float, ground: float) -> float:
    """Return the least strength that moves the ground away from the letters, or the strongest there is."""
    for step in range(_SCRIM_STEPS):
        strength = _STRONGEST_SCRIM * step / _SCRIM_STEPS
        if contrast_ratio(fill, _mixed(ground, scrim, strength)) >= _LEAST_WITHOUT_SCRIM:
            return strength
    return _STRONGEST_SCRIM


def _mixed(ground: float, scrim: float, strength: float) -> float:
    """Return about the luminance of ground under a scrim; they are mixed in sRGB, which is about a power of 2.2."""
    mixed: float = ((1 - strength) * ground ** (1 / 2.2) + strength * scrim ** (1 / 2.2)) ** 2.2
    return mixed
