"""Map HDR pictures, encoded by PQ or HLG (ITU-R BT.2100), to sRGB, as Chromium does for a screen that is not HDR.

Light is relative to HDR reference white, 203 cd/m² (ITU-R BT.2408). Up to it the picture is dimmed evenly, by half if
highlights reach 1000 cd/m² or more; highlights are compressed into what remains. The brightest channel decides, and all
three are scaled alike, so that hues stay. This is the Reference White Tone Mapping Operator of SMPTE ST 2094-50,
annex C, for a target without headroom; `AgtmHelpers::PopulateUsingRwtmo` of Skia implements it.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from PIL import Image, ImageMath

from process.image.code_points import HLG, PQ, CodePoints
from process.image.primaries import BT709, BT2020, compute_matrix

_REFERENCE_WHITE = 203.0  # cd/m²
_DEFAULT_MAX_LUMINANCE = 1000.0  # also that of the reference display for HLG
_PQ_MAX_LUMINANCE = 10_000.0
_HLG_SYSTEM_GAMMA = 1.2
_BT2020_LUMINANCE = (0.2627, 0.6780, 0.0593)

# "kappa" of ST 2094-50: how round the knee of the curve is.
_ROUNDNESS = 0.65

# Linear light is looked up in 16 bits, the most that Pillow can.
_STEPS = 65535


def tone_map(picture: Image.Image, space: CodePoints) -> Image.Image:
    """Convert an RGB picture in an HDR colour space to sRGB."""
    light = [band.point(_tabulate_light(space.transfer), "F") for band in picture.split()]
    if space.chromaticities != BT2020:
        light = [_mix(light, row) for row in compute_matrix(space.chromaticities, BT2020)]
    brightest = _evaluate(lambda v: v["max"](v["max"](v["a"], v["b"]), v["c"]), *light)
    max_luminance = space.max_luminance or _DEFAULT_MAX_LUMINANCE
    if space.transfer == HLG:
        system_gain = _evaluate(
            lambda v: v["max"](v["a"], 0.0) ** (_HLG_SYSTEM_GAMMA - 1), _mix(light, _BT2020_LUMINANCE)
        )
        gain = _multiply(system_gain, _compute_gain(_multiply(brightest, system_gain), max_luminance))
    else:
        gain = _compute_gain(brightest, max_luminance)
    shown = [_multiply(_mix(light, row), gain) for row in compute_matrix(BT2020, BT709)]
    return Image.merge("RGB", [_encode_srgb(band) for band in shown])


def _evaluate(expression: Callable[[dict[str, Any]], Any], *bands: Image.Image) -> Image.Image:
    """Compute a band from up to three, which the expression knows as a, b and c."""
    band: Image.Image = ImageMath.lambda_eval(expression, **dict(zip("abc", bands, strict=False)))
    return band


def _multiply(one: Image.Image, other: Image.Image) -> Image.Image:
    return _evaluate(lambda v: v["a"] * v["b"], one, other)


def _mix(bands: Sequence[Image.Image], weights: Sequence[float]) -> Image.Image:
    x, y, z = weights
    return _evaluate(lambda v: v["a"] * x + v["b"] * y + v["c"] * z, *bands)


def _compute_gain(brightest: Image.Image, max_luminance: float) -> Image.Image:
    """Compute by how much to scale each pixel, given its brightest channel: ST 2094-50, formulas C.2 to C.6.

    From reference white to the maximum, the curve is a quadratic Bézier curve.
    """
    maximum = max(1.0, max_luminance / _REFERENCE_WHITE)
    share = min(1.0, math.log(maximum) / math.log(_DEFAULT_MAX_LUMINANCE / _REFERENCE_WHITE))
    white = 1 - share / 2
    if maximum == 1:
        return _evaluate(lambda v: 1.0 / v["max"](v["a"], 1.0), brightest)
    middle = 1 - _ROUNDNESS + _ROUNDNESS / white, white + _ROUNDNESS * (1 - white)
    x1, x2 = 2 * middle[0] - 2, 1 - 2 * middle[0] + maximum
    y1, y2 = 2 * middle[1] - 2 * white, white - 2 * middle[1] + 1

    def compute(v: dict[str, Any]) -> Any:
        level = v["max"](v["a"], 1.0)
        t = ((x1 * x1 - 4 * x2 + 4 * x2 * v["min"](level, maximum)) ** 0.5 - x1) * (0.5 / x2)
        return ((y2 * t + y1) * t + white) / level

    return _evaluate(compute, brightest)


@cache
def _tabulate_light(transfer: int) -> list[float]:
    """List the light of each 8-bit code; that of HLG is before the system gamma."""
    decode = _decode_pq if transfer == PQ else _decode_hlg
    return [decode(code / 255) for code in range(256)]


def _decode_pq(code: float) -> float:
    """Decode by the EOTF of BT.2100, table 4."""
    power = math.pow(code, 32 / 2523)
    light = math.pow(max(power - 3424 / 4096, 0.0) / (2413 / 128 - 2392 / 128 * power), 16384 / 2610)
    return light * _PQ_MAX_LUMINANCE / _REFERENCE_WHITE


def _decode_hlg(code: float) -> float:
    """Decode by the inverse OETF of BT.2100, table 5."""
    light = code * code / 3
    if code > 0.5:  # noqa: PLR2004  where the square root ends
        light = (math.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12
    # The system gamma, applied later, brings white to the maximum.
    return light * math.pow(_DEFAULT_MAX_LUMINANCE / _REFERENCE_WHITE, 1 / _HLG_SYSTEM_GAMMA)


def _encode_srgb(light: Image.Image) -> Image.Image:
    """Encode linear light, clipped to 0 to 1, in the 8 bits of sRGB."""
    steps = _evaluate(lambda v: v["int"](v["min"](v["max"](v["a"] * _STEPS, 0.0), _STEPS)), light)
    return steps.point(_tabulate_srgb(), "L")


@cache
def _tabulate_srgb() -> list[int]:
    """List the sRGB code of each step of light: each code begins half a code below its own light."""
    starts = [0, *(round(_decode_srgb((code - 0.5) / 255) * _STEPS) for code in range(1, 256)), _STEPS + 1]
    return [code for code in range(256) for _ in range(starts[code + 1] - starts[code])]


def _decode_srgb(code: float) -> float:
    """Decode by IEC 61966-2-1."""
    return code / 12.92 if code <= 0.04045 else math.pow((code + 0.055) / 1.055, 2.4)  # noqa: PLR2004
