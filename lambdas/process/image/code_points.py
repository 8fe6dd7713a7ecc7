"""Colour spaces told by code points, as by the nclx boxes of AVIF and HEIC or a PNG's cICP chunk: ITU-T H.273."""

from typing import NamedTuple

from process.image.icc import Curve, build_profile
from process.image.primaries import BT709, BT2020, D65, DISPLAY_P3, Primaries

PQ, HLG = 16, 18

_SRGB_PRIMARIES, _SRGB_TRANSFER = 1, 13

# H.273, table 2.
_PRIMARIES = {
    1: BT709,
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316)),
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65),
    6: Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
    7: Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
    8: Primaries((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), (0.310, 0.316)),
    9: BT2020,
    10: Primaries((1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (1 / 3, 1 / 3)),
    11: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    12: DISPLAY_P3,
    22: Primaries((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), D65),
}

# H.273, table 3: the inverses of the functions given there. Logarithmic ones are left out, as in Chromium. What is made
# by the curve of BT.709's cameras is meant for the curve of its screens, that of BT.1886.
_CURVES = {
    **dict.fromkeys((1, 6, 11, 14, 15), Curve(2.4)),
    4: Curve(2.2),
    5: Curve(2.8),
    7: Curve(1 / 0.45, 1 / 1.1115, 0.1115 / 1.1115, 1 / 4, 0.0912),
    8: Curve(1.0),
    13: Curve(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    17: Curve(2.6, (52.37 / 48) ** (1 / 2.6)),
}

# Chromium shows these as sRGB in the formats that come from video, other than in PNG.
_SHOWN_AS_SRGB = (1, 6, 14, 15)


class CodePoints(NamedTuple):
    """A colour space by its code points.

    Attributes:
        primaries: code point of H.273, table 2.
        transfer: code point of H.273, table 3.
        max_luminance: of the brightest pixel, in cd/m²; None if unknown. Matters only if `is_hdr`.
    """

    primaries: int
    transfer: int
    max_luminance: float | None = None

    @property
    def is_hdr(self) -> bool:
        """Whether highlights are brighter than white, so that the picture needs tone mapping."""
        return self.transfer in (PQ, HLG)

    @property
    def chromaticities(self) -> Primaries:
        """The primaries' coordinates."""
        return _PRIMARIES[self.primaries]

    def build_profile(self) -> bytes:
        """Build the ICC profile of a colour space that is not HDR."""
        return build_profile(self.chromaticities, _CURVES[self.transfer])


def from_cicp(data: bytes | None, max_luminance: float | None = None) -> CodePoints | None:
    """Read the four bytes of a PNG's cICP chunk or of an ICC profile's cicp tag.

    Returns:
        None if they do not describe full-range RGB, or a code point is reserved, unspecified or not supported; the
        picture's other descriptions of colour count then.
    """
    if not data or len(data) != 4 or data[2:] != b"\0\1":  # noqa: PLR2004  primaries, transfer, matrix, range
        return None
    primaries, transfer = data[:2]
    if primaries not in _PRIMARIES or (transfer not in _CURVES and transfer not in (PQ, HLG)):
        return None
    return CodePoints(primaries, transfer, max_luminance)


def from_nclx(primaries: int, transfer: int, max_luminance: float | None = None) -> CodePoints:
    """Interpret the code points of an AVIF or HEIC; those that mean nothing count as sRGB's."""
    if primaries not in _PRIMARIES:
        primaries = _SRGB_PRIMARIES
    if transfer in _SHOWN_AS_SRGB or (transfer not in _CURVES and transfer not in (PQ, HLG)):
        transfer = _SRGB_TRANSFER
    return CodePoints(primaries, transfer, max_luminance)
