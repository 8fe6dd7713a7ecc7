"""Extract the vivid colours of a picture, and vary them in lightness."""

import colorsys
from collections.abc import Iterator

from PIL import Image

from process.layout.wcag import Colour

_SAMPLE_SIZE = (64, 36)
_COLOURS = 16
# A colour must cover this fraction of the picture. Its weight grows with a low power of the fraction, so that small but
# vivid areas count.
_MIN_FRACTION = 0.004
_FRACTION_EXPONENT = 0.3
_MIN_SATURATION, _MIN_VALUE = 0.35, 0.25

# Below the first saturation a light tint looks like dirty white; below the second, a red one looks pink or like skin.
_MIN_TINT_SATURATION, _MIN_RED_TINT_SATURATION = 0.4, 0.6
_RED_HUES = (0.1, 0.85)  # below the first and above the second, in turns of the colour wheel

# Letters may be slightly more saturated than the picture.
_SATURATION_GAIN = 1.25
_STEPS = 20


def extract_palette(picture: Image.Image) -> list[Colour]:
    """Return the vivid colours of an RGB picture, the most characteristic first."""
    pixels = _SAMPLE_SIZE[0] * _SAMPLE_SIZE[1]
    sample = picture.resize(_SAMPLE_SIZE, Image.Resampling.BOX, reducing_gap=1.0)
    quantized = sample.quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    weighted = []
    for count, colour in quantized.convert("RGB").getcolors(pixels) or []:
        vividness = _measure_vividness(colour)  # type: ignore[arg-type]
        if vividness and count >= _MIN_FRACTION * pixels:
            weighted.append((vividness * (count / pixels) ** _FRACTION_EXPONENT, colour))
    return [colour for _, colour in sorted(weighted, reverse=True)]  # type: ignore[misc]


def _measure_vividness(colour: Colour) -> float:
    _, saturation, value = _to_hsv(colour)
    return saturation * value if saturation >= _MIN_SATURATION and value >= _MIN_VALUE else 0.0


def iterate_tints(colour: Colour) -> Iterator[Colour]:
    """Yield the colour's hue at full brightness, from vivid to as pale as it can be without looking washed out."""
    hue, saturation, _ = _to_hsv(colour)
    is_red = hue < _RED_HUES[0] or hue > _RED_HUES[1]
    min_saturation = _MIN_RED_TINT_SATURATION if is_red else _MIN_TINT_SATURATION
    for step in range(_STEPS, 0, -1):
        tint_saturation = min(1.0, saturation * _SATURATION_GAIN) * step / _STEPS
        if tint_saturation >= min_saturation:
            yield _to_rgb(hue, tint_saturation, 1.0)


def iterate_shades(colour: Colour) -> Iterator[Colour]:
    """Yield the colour's hue, from its own brightness to dark."""
    hue, saturation, value = _to_hsv(colour)
    for step in range(_STEPS, _STEPS // 5, -1):
        yield _to_rgb(hue, min(1.0, saturation * _SATURATION_GAIN), value * step / _STEPS)


def _to_hsv(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (channel / 255 for channel in colour)
    return colorsys.rgb_to_hsv(red, green, blue)


def _to_rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(255 * channel) for channel in colorsys.hsv_to_rgb(hue, saturation, value))
    return red, green, blue
