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
    return _build_header(offset + len(data), space, b"Lab " if b"A2B0" in tags else b"XYZ ") + table + data


def _build_header(size: int, space: bytes, connection: bytes) -> bytes:
    return struct.pack(
        ">I4sI4s4s4s12s4s4sIIIQI3I4s44x",
        size, b"\0" * 4, 0x02400000, b"mntr", space, connection, b"\0" * 12, b"acsp", b"\0" * 4,
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


def build_rgb_profile(gamma: float, *, description: bytes = b"", tags: dict[bytes, bytes] | None = None) -> bytes:
    """Build a profile with the primaries of sRGB, and perhaps a name or further tags."""
    return _build_profile(
        b"RGB ",
        {
            b"wtpt": _pack_xyz(_WHITE),
            b"rXYZ": _pack_xyz(_RED),
            b"gXYZ": _pack_xyz(_GREEN),
            b"bXYZ": _pack_xyz(_BLUE),
            **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _pack_gamma(gamma)),
            b"desc": struct.pack(">4s4xI", b"desc", len(description) + 1) + description + bytes(80),
            **(tags or {}),
        },
    )


def build_cicp_profile(primaries: int, transfer: int) -> bytes:
    """Build a profile with a cicp tag; the other tags are those of sRGB's primaries and gamma 2.2."""
    return build_rgb_profile(2.2, tags={b"cicp": b"cicp" + bytes((0, 0, 0, 0, primaries, transfer, 0, 1))})


def build_lut_profile() -> bytes:
    """Build a profile whose table from RGB to Lab takes red for lightness, and green and blue for a little colour."""
    grid = [(light, a, b) for light in _LIGHTNESS for a in _TINT for b in _TINT]
    return _build_profile(b"RGB ", {b"A2B0": _pack_table(3, grid)})


def build_cmyk_profile() -> bytes:
    """Build a profile whose table from CMYK to Lab takes black for darkness, cyan and magenta for a little colour."""
    grid = [(light, a, b) for a in _TINT for b in _TINT for _ in range(2) for light in reversed(_LIGHTNESS)]
    return _build_profile(b"CMYK", {b"A2B0": _pack_table(4, grid)})


# Lab of lut16Type: 65280 is a lightness of 100, and 32768 is an a or b of 0; 256 is one of either.
_LIGHTNESS, _TINT = (20 * 653, 80 * 653), ((128 - 15) * 256, (128 + 15) * 256)


def _pack_table(channels: int, grid: list[tuple[int, int, int]]) -> bytes:
    """Pack a lut16Type with two points for each channel: section 10.12."""
    header = struct.pack(">4s4x4B9iHH", b"mft2", channels, 3, 2, 0, *_IDENTITY, 2, 2)
    straight = struct.pack(">HH", 0, 65535)
    values = struct.pack(f">{3 * len(grid)}H", *(value for point in grid for value in point))
    return header + straight * channels + values + straight * 3


_IDENTITY = (65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
