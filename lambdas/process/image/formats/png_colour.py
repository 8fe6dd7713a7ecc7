"""Choose among a PNG's descriptions of its colours: https://www.w3.org/TR/png-3/#color-chunk-precendence."""

import struct
import zlib

from process.image.code_points import CodePoints, from_cicp
from process.image.formats.png_chunks import Chunks
from process.image.icc import Curve, build_profile, is_profile
from process.image.primaries import BT709, Primaries

# Pillow's own limit, PngImagePlugin.MAX_TEXT_CHUNK: it would refuse the file for a larger profile.
_MAX_PROFILE_BYTES = 1 << 20
_MAX_PROFILE_NAME = 79

# gAMA and cHRM are in units of 1/100000. Without cHRM, libpng takes what is within 5 % of sRGB's gamma for sRGB.
_UNIT = 100_000
_SRGB_GAMMA, _SAME_GAMMA = 45_455, 0.05
_CHRM_BYTES = 32

# cLLI and mDCV are in units of 1/10000 cd/m². mDCV ends with the greatest and the least luminance.
_LUMINANCE_UNIT = 10_000
_CLLI_BYTES, _MDCV_BYTES, _MDCV_LUMINANCE_AT = 8, 24, 16


def read_code_points(chunks: Chunks) -> CodePoints | None:
    """Read the cICP chunk; None if there is none or it is not usable."""
    return from_cicp(chunks.find(b"cICP"), _read_max_luminance(chunks))


def _read_max_luminance(chunks: Chunks) -> float | None:
    """Return the luminance of the brightest pixel or else of the screen for which the picture was made, in cd/m²."""
    levels, volume = chunks.find(b"cLLI"), chunks.find(b"mDCV")
    found = 0
    if len(levels) == _CLLI_BYTES:
        found = int.from_bytes(levels[:4])
    if not found and len(volume) == _MDCV_BYTES:
        found = int.from_bytes(volume[_MDCV_LUMINANCE_AT:][:4])
    return found / _LUMINANCE_UNIT or None


def has_usable_profile(chunks: Chunks) -> bool:
    """Tell whether there is an ICC profile that can be decompressed."""
    name, _, method_and_profile = chunks.find(b"iCCP").partition(b"\0")
    if not 0 < len(name) <= _MAX_PROFILE_NAME or method_and_profile[:1] != b"\0":
        return False
    decompressor = zlib.decompressobj()
    try:
        profile = decompressor.decompress(method_and_profile[1:], _MAX_PROFILE_BYTES)
    except zlib.error:
        return False
    return decompressor.eof and is_profile(profile)


def build_gamma_profile(chunks: Chunks) -> bytes | None:
    """Build an ICC profile of what gAMA and cHRM say; None if they say sRGB, nothing, or nonsense."""
    gamma = int.from_bytes(chunks.find(b"gAMA")) if len(chunks.find(b"gAMA")) == 4 else 0  # noqa: PLR2004
    if not gamma or b"sRGB" in chunks.ancillary:
        return None
    primaries = _read_primaries(chunks.find(b"cHRM"))
    if not primaries and abs(gamma / _SRGB_GAMMA - 1) <= _SAME_GAMMA:
        return None
    try:
        return build_profile(primaries or BT709, Curve(_UNIT / gamma))
    except ZeroDivisionError:
        return None


def _read_primaries(content: bytes) -> Primaries | None:
    if len(content) != _CHRM_BYTES:
        return None
    values = [value / _UNIT for value in struct.unpack(">8I", content)]
    white, red, green, blue = zip(values[::2], values[1::2], strict=True)
    return Primaries(red, green, blue, white)
