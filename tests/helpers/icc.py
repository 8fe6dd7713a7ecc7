"""Minimal ICC profiles, laid out as in ICC.1:2010 (profile version 4.3), sections 7.2 and 9.2."""

import struct

# The primaries of sRGB, adapted to D50, the white of the profile connection space (IEC 61966-2-1).
_RED, _GREEN, _BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
_WHITE = (0.9642, 1.0, 0.8249)


def _build_profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    offset = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        table += struct.pack(">4sII", name, offset + len(data), len(value))
        data += value
    return _build_header(offset + len(data), space) + table + data


def _build_header(size: int, space: bytes) -> bytes:
    return struct.pack(
        ">I4sI4s4s4s12s4s4sIIIQI3I4s44x",
        size, b"\0" * 4, 0x02400000, b"mntr", space, b"XYZ ", b"\0" * 12, b"acsp", b"\0" * 4,
        0, 0, 0, 0, 0, *(round(part * 65536) for part in _WHITE), b"\0" * 4,
    )  # fmt: skip


def _pack_xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


def _pack_gamma(value: float) -> bytes:
    return struct.pack(">4s4xIHxx", b"curv", 1, round(value * 256))


# Swaps red and green.
RED_GREEN_SWAP_PROFILE = _build_profile(
    b"RGB ",
    {
        b"wtpt": _pack_xyz(_WHITE),
        b"rXYZ": _pack_xyz(_GREEN),
        b"gXYZ": _pack_xyz(_RED),
        b"bXYZ": _pack_xyz(_BLUE),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _pack_gamma(2.2)),
    },
)

# Grey values are proportional to light.
LINEAR_GREY_PROFILE = _build_profile(b"GRAY", {b"wtpt": _pack_xyz(_WHITE), b"kTRC": _pack_gamma(1.0)})
