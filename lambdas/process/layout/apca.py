"""Choose between white and near-black letters by perceived contrast.

WCAG's ratio prefers black letters on red and on blue, where readers prefer white. The Accessible Perceptual Contrast
Algorithm models that: https://github.com/Myndex/SAPC-APCA, version 0.0.98G-4g.
"""

from process.layout.wcag import NEAR_BLACK, WHITE, Colour, contrast_ratio, relative_luminance

_EXPONENT = 2.4
_WEIGHTS = (0.2126729, 0.7151522, 0.0721750)
_BLACK_THRESHOLD, _BLACK_EXPONENT = 0.022, 1.414
_DARK_TEXT, _DARK_TEXT_GROUND = 0.57, 0.56
_LIGHT_TEXT, _LIGHT_TEXT_GROUND = 0.62, 0.65
_SCALE = 1.14

_MIN_RATIO = 3  # WCAG's minimum for large letters, level AA: https://www.w3.org/TR/WCAG22/#contrast-minimum


def choose_ink(ground: Colour) -> Colour:
    """Return white or near-black, whichever is read better on a colour; the other if WCAG finds that one too faint."""
    read_best, other = sorted((WHITE, NEAR_BLACK), key=lambda ink: -measure_lightness_contrast(ink, ground))
    ratio = contrast_ratio(relative_luminance(read_best), relative_luminance(ground))
    return read_best if ratio >= _MIN_RATIO else other


def measure_lightness_contrast(text: Colour, ground: Colour) -> float:
    """Return the perceived contrast of text on a ground, 0 to about 1.1."""
    text_luminance, ground_luminance = _estimate_luminance(text), _estimate_luminance(ground)
    if ground_luminance > text_luminance:
        return _SCALE * float(ground_luminance**_DARK_TEXT_GROUND - text_luminance**_DARK_TEXT)
    return _SCALE * float(text_luminance**_LIGHT_TEXT - ground_luminance**_LIGHT_TEXT_GROUND)


def _estimate_luminance(colour: Colour) -> float:
    luminance = sum(
        weight * float((channel / 255) ** _EXPONENT) for weight, channel in zip(_WEIGHTS, colour, strict=True)
    )
    shortfall = max(0.0, _BLACK_THRESHOLD - luminance)
    return luminance + float(shortfall**_BLACK_EXPONENT)
