"""Choose colours that go with the picture and stand out from each other: grounds, letters and accents."""

from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageStat

from process.layout.apca import choose_ink
from process.layout.palette import PaletteColour, to_hsv, to_rgb
from process.layout.wcag import NEAR_BLACK, WHITE, Colour, contrast_ratio, relative_luminance, sort_luminances

# Saturated colours at full brightness, and darker ones for light grounds. Brown, navy, peach, olive and other tints
# that look dirty are not among them.
YELLOW, RED = (255, 214, 10), (222, 22, 40)
_BRIGHT_ACCENTS = (YELLOW, (34, 224, 255), (255, 149, 0), (70, 240, 100), (84, 170, 255))
_BAR_COLOURS = (*_BRIGHT_ACCENTS, RED)
_DARK_ACCENTS = ((190, 0, 30), (0, 72, 217), (0, 118, 52), (178, 0, 120))
# With near-black, which is around white letters, and with white, which is around dark ones.
_MIN_BRIGHT_CONTRAST, _MIN_DARK_CONTRAST = 5.0, 4.0
_MIN_OWN_CONTRAST = 3.0
# In turns of the colour wheel. An accent takes the picture's hue if one of the proven colours is this near, and it may
# not be this near to the hue of a coloured ground.
_NEAR_HUE, _MIN_HUE_DISTANCE = 0.06, 0.12
_MIN_GROUND_SATURATION, _MIN_GROUND_VALUE = 0.25, 0.2
_DOMINANT_FRACTION = 0.04  # of the picture, which a colour has to cover to colour a panel

# Hues whose dark shades look brown or olive: from orange to yellow-green.
_DIRTY_HUES, _DIRTY_SATURATION = (0.045, 0.22), 0.4
# Orange and yellow: a bright panel is one of these.
_BRIGHT_HUES, _BRIGHT_SATURATION = (0.105, 0.14), 0.95
_PANEL_SATURATION, _PANEL_VALUE = 0.9, 0.6
_MAX_PANEL_LUMINANCE = 0.075

_SAMPLE_SIZE = (32, 18)
# Relative luminances: the highest under white letters, and the lowest under dark ones.
_COLOURED_FADE_LUMINANCES, _NEUTRAL_FADE_LUMINANCES = (0.08, 0.5), (0.012, 0.88)
_FADE_SATURATION_GAIN = 1.25
_MIN_FADE_CONTRAST = 5.0
_MAX_FADE_DEVIATION = 14  # levels: more looks busy behind letters
_OPACITIES = (0.0, 0.3, 0.45, 0.6, 0.7, 0.78, 0.85, 0.9, 0.95)


class Ground(NamedTuple):
    """What letters are drawn on. `opacity` is that of `colour` over the picture, `ink` the colour of the letters."""

    colour: Colour
    opacity: float
    ink: Colour


def choose_fade(covered: Image.Image) -> Ground:
    """Choose the colour and opacity of a fade over a part of the picture.

    The colour is the part's own, darkened for white letters or lightened for dark ones no more than they need. The
    opacity is the lowest at which letters stand out and the picture behind them is calm; 0 on a calm wall or sky.

    Args:
        covered: the part of the picture that will be under letters, in RGB.
    """
    sample = covered.resize(_SAMPLE_SIZE, Image.Resampling.BOX, reducing_gap=1.0)
    mean = average(sample)
    deviation = max(ImageStat.Stat(sample).stddev)
    luminances = sort_luminances(sample)
    ink = choose_ink(mean)
    hue, saturation, value = to_hsv(mean)
    vivid = to_rgb(hue, min(0.9, saturation * _FADE_SATURATION_GAIN), value)
    # A grey of medium lightness looks murky: the less colour, the nearer to black or white.
    purity = min(1.0, max(0.0, (saturation - 0.2) / 0.35))
    if ink == WHITE and _DIRTY_HUES[0] < hue < _DIRTY_HUES[1]:
        purity, vivid = 0.0, to_rgb(hue, saturation * _DIRTY_SATURATION, value)
    if ink == WHITE:
        limit = _NEUTRAL_FADE_LUMINANCES[0] + purity * (_COLOURED_FADE_LUMINANCES[0] - _NEUTRAL_FADE_LUMINANCES[0])
        colour, extreme = darken(vivid, limit), luminances[len(luminances) * 9 // 10]
    else:
        limit = _NEUTRAL_FADE_LUMINANCES[1] + purity * (_COLOURED_FADE_LUMINANCES[1] - _NEUTRAL_FADE_LUMINANCES[1])
        colour, extreme = lighten(vivid, limit), luminances[len(luminances) // 10]
    for opacity in _OPACITIES:
        blended = _blend(extreme, relative_luminance(colour), opacity)
        contrast = contrast_ratio(blended, relative_luminance(ink))
        if contrast >= _MIN_FADE_CONTRAST and deviation * (1 - opacity) <= _MAX_FADE_DEVIATION:
            break
    return Ground(colour if opacity else mean, opacity, ink)


def choose_panel_colour(palette: Sequence[PaletteColour], accent: Colour | None, *, is_bright: bool) -> Ground:
    """Choose the colour of a panel: the user's accent, else the picture's own hue, deep and clean.

    Hues whose deep shades would look brown or olive make a bright panel, if the picture has no other; a picture without
    colour makes a near-black one, or a white one if it is bright.
    """
    if accent:
        return Ground(accent, 1.0, choose_ink(accent))
    hues = [to_hsv(entry.colour)[0] for entry in palette if entry.fraction >= _DOMINANT_FRACTION]
    for hue in hues:
        if not _DIRTY_HUES[0] < hue < _DIRTY_HUES[1]:
            deep = darken(to_rgb(hue, _PANEL_SATURATION, _PANEL_VALUE), _MAX_PANEL_LUMINANCE)
            return Ground(deep, 1.0, WHITE)
    if hues:
        hue = min(_BRIGHT_HUES[1], max(_BRIGHT_HUES[0], hues[0]))
        return Ground(to_rgb(hue, _BRIGHT_SATURATION, 1.0), 1.0, NEAR_BLACK)
    return Ground(WHITE, 1.0, NEAR_BLACK) if is_bright else Ground(NEAR_BLACK, 1.0, WHITE)


def choose_accent(
    palette: Sequence[PaletteColour], accent: Colour | None, ground: Ground, around: Colour | None = None
) -> Colour:
    """Choose the colour that emphasizes letters on a ground.

    Args:
        palette: the picture's vivid colours.
        accent: the user's; it is kept, but brightened or darkened if it does not stand out from the ground.
        ground: what the letters are drawn on.
        around: mean colour of the picture around the letters, if it shows; the accent differs from that in hue.
    """
    if accent:
        return _make_legible(accent, _mix(around or ground.colour, ground), ground.ink)
    proven, contrast = (
        (_BRIGHT_ACCENTS, _MIN_BRIGHT_CONTRAST) if ground.ink == WHITE else (_DARK_ACCENTS, _MIN_DARK_CONTRAST)
    )
    suitable = [
        colour
        for colour in proven
        if _measure_contrast(colour, ground.colour) >= contrast
        and _differs(colour, ground.colour)
        and _differs(colour, around)
    ]
    if suitable:
        return _find_own(palette, suitable) or suitable[0]
    # On orange or pink, none stands out enough as it is.
    legible = (_make_legible(colour, ground.colour, ground.ink) for colour in proven)
    return next(
        (colour for colour in legible if _differs(colour, ground.colour) and _differs(colour, around)), ground.ink
    )


def choose_bar(palette: Sequence[PaletteColour], accent: Colour | None) -> Colour:
    """Choose the colour of a bar: the user's accent, else a bright one of the picture's hue, else yellow."""
    return accent or _find_own(palette, _BAR_COLOURS) or YELLOW


def _find_own(palette: Sequence[PaletteColour], proven: Sequence[Colour]) -> Colour | None:
    """Return the proven colour that is nearest in hue to one of the picture's; None if none is near."""
    for entry in palette:
        hue = to_hsv(entry.colour)[0]
        near = [colour for colour in proven if _measure_hue_distance(hue, to_hsv(colour)[0]) <= _NEAR_HUE]
        if near:
            return near[0]
    return None


def darken(colour: Colour, max_luminance: float) -> Colour:
    """Return the colour, darkened until its relative luminance is at most `max_luminance`."""
    hue, saturation, value = to_hsv(colour)
    while relative_luminance(colour) > max_luminance and value > 0:
        value -= 0.02
        colour = to_rgb(hue, saturation, max(0.0, value))
    return colour


def lighten(colour: Colour, min_luminance: float) -> Colour:
    """Return the colour, lightened until its relative luminance is at least `min_luminance`."""
    hue, saturation, value = to_hsv(colour)
    while relative_luminance(colour) < min_luminance and (value < 1 or saturation > 0):
        value, saturation = min(1.0, value + 0.03), saturation if value < 1 else max(0.0, saturation - 0.03)
        colour = to_rgb(hue, saturation, value)
    return colour


def _differs(colour: Colour, ground: Colour | None) -> bool:
    """Tell whether a colour has another hue than a ground, unless that has no visible one."""
    if not ground:
        return True
    hue, saturation, value = to_hsv(ground)
    is_neutral = saturation < _MIN_GROUND_SATURATION or value < _MIN_GROUND_VALUE
    return is_neutral or _measure_hue_distance(hue, to_hsv(colour)[0]) >= _MIN_HUE_DISTANCE


def _make_legible(accent: Colour, behind: Colour, ink: Colour) -> Colour:
    hue, saturation, value = to_hsv(accent)
    background = relative_luminance(behind)
    while contrast_ratio(relative_luminance(accent), background) < _MIN_OWN_CONTRAST:
        if ink != WHITE and value > 0:
            value = max(0.0, value - 0.05)
        elif ink == WHITE and value < 1:
            value = min(1.0, value + 0.05)
        elif ink == WHITE and saturation > 0:
            saturation = max(0.0, saturation - 0.05)
        else:
            break
        accent = to_rgb(hue, saturation, value)
    return accent


def _mix(around: Colour, ground: Ground) -> Colour:
    """Return what shows of a ground over the picture's mean colour."""
    red, green, blue = (
        round((1 - ground.opacity) * below + ground.opacity * above)
        for below, above in zip(around, ground.colour, strict=True)
    )
    return red, green, blue


def _measure_contrast(one: Colour, other: Colour) -> float:
    return contrast_ratio(relative_luminance(one), relative_luminance(other))


def _measure_hue_distance(one: float, other: float) -> float:
    distance = abs(one - other)
    return min(distance, 1 - distance)


def _blend(picture: float, colour: float, opacity: float) -> float:
    """Return the luminance of a blend in sRGB, whose transfer function is approximated by a power of 2.2."""
    blended: float = ((1 - opacity) * picture ** (1 / 2.2) + opacity * colour ** (1 / 2.2)) ** 2.2
    return blended


def average(picture: Image.Image) -> Colour:
    """Return the mean colour of an RGB picture."""
    red, green, blue = picture.resize((1, 1), Image.Resampling.BOX).tobytes()
    return red, green, blue
