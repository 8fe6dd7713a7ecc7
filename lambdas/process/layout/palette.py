"""The colours that a picture offers for a title."""

import colorsys
from collections.abc import Iterator

from PIL import Image

from process.layout.wcag import Colour

_SAMPLE = (64, 36)
_COLOURS = 16
# Less of the picture than this is not part of its palette; more than a little counts ever less.
_LEAST_SHARE = 0.004
_SHARE_POWER = 0.3
_LEAST_SATURATION, _LEAST_BRIGHTNESS = 0.35, 0.25

# Paler than this, a colour reads as a dirty white; reds, which turn pink and skin, do so sooner.
_PALEST, _PALEST_RED = 0.4, 0.6
_RED = (0.1, 0.85)  # hues below and above, of 1

# Letters may be a little more vivid than the picture is.
_MORE_VIVID = 1.25
_STEPS = 20


def extract_palette(picture: Image.Image) -> list[Colour]:
    """Return the vivid colours of an RGB picture, the most telling first."""
    pixels = _SAMPLE[0] * _SAMPLE[1]
    small = picture.resize(_SAMPLE, Image.Resampling.BOX, reducing_gap=1.0)
    reduced = small.quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    found = []
    for count, colour in reduced.convert("RGB").getcolors(pixels) or []:
        vividness = _vividness(colour)  # type: ignore[arg-type]
        if vividness and count >= _LEAST_SHARE * pixels:
            found.append((vividness * (count / pixels) ** _SHARE_POWER, colour))
    return [colour for _, colour in sorted(found, reverse=True)]  # type: ignore[misc]


def _vividness(colour: Colour) -> float:
    _, saturation, value = _hsv(colour)
    return saturation * value if saturation >= _LEAST_SATURATION and value >= _LEAST_BRIGHTNESS else 0.0


def light_shades(colour: Colour) -> Iterator[Colour]:
    """Yield the colour's hue at full brightness, from vivid to as pale as it can be without looking washed out."""
    hue, saturation, _ = _hsv(colour)
    palest = _PALEST_RED if hue < _RED[0] or hue > _RED[1] else _PALEST
    for step in range(_STEPS, 0, -1):
        shade = min(1.0, saturation * _MORE_VIVID) * step / _STEPS
        if shade >= palest:
            yield _rgb(hue, shade, 1.0)


def dark_shades(colour: Colour) -> Iterator[Colour]:
    """Yield the colour's hue, from as bright as it is to dark."""
    hue, saturation, value = _hsv(colour)
    for step in range(_STEPS, _STEPS // 5, -1):
        yield _rgb(hue, min(1.0, saturation * _MORE_VIVID), value * step / _STEPS)


def _hsv(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (channel / 255 for channel in colour)
    return colorsys.rgb_to_hsv(red, green, blue)


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(255 * channel) for channel in colorsys.hsv_to_rgb(hue, saturation, value))
    return red, green, blue
