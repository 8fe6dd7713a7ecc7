"""Extract the vivid colours of a picture."""

import colorsys
from typing import NamedTuple

from PIL import Image

from process.layout.wcag import Colour

_SAMPLE_SIZE = (64, 36)
_COLOURS = 16
_MIN_FRACTION = 0.004  # of the picture
# The weight of a colour grows with a low power of the fraction of the picture that it covers, so that small but vivid
# areas count.
_FRACTION_EXPONENT = 0.3
_MIN_SATURATION, _MIN_VALUE = 0.55, 0.5


class PaletteColour(NamedTuple):
    """A vivid colour of a picture, and the fraction of the picture that it covers."""

    colour: Colour
    fraction: float


def extract_palette(picture: Image.Image) -> list[PaletteColour]:
    """Return the vivid colours of an RGB picture, the most characteristic first."""
    pixels = _SAMPLE_SIZE[0] * _SAMPLE_SIZE[1]
    sample = picture.resize(_SAMPLE_SIZE, Image.Resampling.BOX, reducing_gap=1.0)
    quantized = sample.quantize(_COLOURS, Image.Quantize.MEDIANCUT).convert("RGB")
    counted = [PaletteColour(colour, count / pixels) for count, colour in quantized.getcolors(pixels) or []]  # type: ignore[arg-type]
    vivid = [entry for entry in counted if entry.fraction >= _MIN_FRACTION and _is_vivid(entry.colour)]
    return sorted(vivid, key=_weigh, reverse=True)


def _weigh(entry: PaletteColour) -> float:
    _, saturation, value = to_hsv(entry.colour)
    return saturation * value * float(entry.fraction**_FRACTION_EXPONENT)


def _is_vivid(colour: Colour) -> bool:
    _, saturation, value = to_hsv(colour)
    return saturation >= _MIN_SATURATION and value >= _MIN_VALUE


def to_hsv(colour: Colour) -> tuple[float, float, float]:
    """Return hue, saturation and value, each from 0 to 1."""
    red, green, blue = (channel / 255 for channel in colour)
    return colorsys.rgb_to_hsv(red, green, blue)


def to_rgb(hue: float, saturation: float, value: float) -> Colour:
    """Return the colour of a hue, saturation and value, each from 0 to 1."""
    red, green, blue = (round(255 * channel) for channel in colorsys.hsv_to_rgb(hue, saturation, value))
    return red, green, blue
