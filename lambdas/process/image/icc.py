"""Build and inspect ICC profiles: ICC.1:2022 (profile version 4.4)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from process.image.primaries import D50_XYZ, Primaries, compute_matrix_to_d50

_HEADER_BYTES, _SIGNATURE_AT = 128, 36
_SIGNATURE = b"acsp"
_VERSION = 0x04400000
# The range of s15Fixed16Number.
_FIXED_ONE, _FIXED_MAX = 65536, 2**31 - 1


class Curve(NamedTuple):
    """A parametric curve of type 3 from encoded values to light, both from 0 to 1: section 10.18.

    `(a * x + b) ** gamma` from `d` on, and `c * x` below.
    """

    gamma: float
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0


def build_profile(primaries: Primaries, curve: Curve) -> bytes:
    """Build an RGB profile of three primaries and one curve.

    Raises:
        ZeroDivisionError: the primaries lie on a line, or white has no luminance.
    """
    columns = zip(*compute_matrix_to_d50(primaries), strict=True)
    colorants = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_pack_xyz, columns), strict=True))
    packed_curve = struct.pack(">4s4xH2x5i", b"para", 3, *map(_to_fixed, curve))
    tags = {b"wtpt": _pack_xyz(D50_XYZ), **colorants, **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), packed_curve)}
    start = _HEADER_BYTES + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += struct.pack(">4sII", name, start + len(data), len(value))
        data += value
    return _build_header(start + len(data)) + table + data


def _build_header(size: int) -> bytes:
    return struct.pack(
        ">I4xI4s4s4s12x4s28x3i48x", size, _VERSION, b"mntr", b"RGB ", b"XYZ ", _SIGNATURE, *map(_to_fixed, D50_XYZ)
    )


def _pack_xyz(values: tuple[float, ...]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *map(_to_fixed, values))


def _to_fixed(value: float) -> int:
    return max(-_FIXED_MAX, min(round(value * _FIXED_ONE), _FIXED_MAX))


def is_profile(data: bytes) -> bool:
    """Tell whether data begins like a profile."""
    return len(data) > _HEADER_BYTES and data[_SIGNATURE_AT : _SIGNATURE_AT + 4] == _SIGNATURE


def find_cicp(profile: bytes) -> bytes | None:
    """Return the four bytes of a profile's cicp tag, which replaces all other tags: section 9.2.17."""
    for name, offset, size in _iterate_tags(profile):
        if name == b"cicp" and size == 12:  # noqa: PLR2004  signature, four reserved bytes, four values
            return profile[offset + 8 : offset + 12]
    return None


def _iterate_tags(profile: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name, offset and size of each tag."""
    count = int.from_bytes(profile[_HEADER_BYTES : _HEADER_BYTES + 4])
    end = min(_HEADER_BYTES + 4 + 12 * count, len(profile) - 11)
    for position in range(_HEADER_BYTES + 4, end, 12):
        yield struct.unpack_from(">4sII", profile, position)
