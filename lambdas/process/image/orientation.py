"""Read a picture's EXIF orientation, and convert between the stored and the upright picture."""

import struct

from PIL import Image, ImageFile

from process.canvas import Region

# Exif 2.32, section 4.6.4 A, tag Orientation: the transposition that turns the stored picture upright.
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the transpositions do to the axes: swap them, or mirror the upright picture's x or y axis.
_SIDEWAYS = (5, 6, 7, 8)
_MIRRORED_X, _MIRRORED_Y = (2, 3, 7, 8), (3, 4, 6, 7)

# Formats whose EXIF orientation browsers heed. Pillow turns that of an AVIF's own properties into EXIF, the only one
# that counts there; it turns TIFFs as it loads them, and libheif HEICs. Chromium does not turn WebPs.
_FORMATS = ("JPEG", "MPO", "PNG", "AVIF")
_EXIF_PREFIX = b"Exif\0\0"
_ORIENTATION, _EXIF_DIRECTORY, _SHORT = 0x0112, 0x8769, 3


def find_orientation(picture: ImageFile.ImageFile) -> int:
    """Find the EXIF orientation of a file, as Chromium does; 1 (upright) if it has none or it cannot be read."""
    exif = (picture.info.get("exif") or b"").removeprefix(_EXIF_PREFIX)
    if picture.format not in _FORMATS or exif[:4] not in (b"II*\0", b"MM\0*"):
        return 1
    order = "<" if exif[:1] == b"I" else ">"
    try:
        (start,) = struct.unpack_from(f"{order}4xI", exif)
        return _search_directory(exif, order, start) or 1
    except struct.error:  # truncated
        return 1


def _search_directory(exif: bytes, order: str, start: int, *, is_nested: bool = False) -> int | None:
    """Search a directory of EXIF tags, and the one nested in it, for a valid orientation: one value, of type SHORT."""
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for position in range(start + 2, min(start + 2 + 12 * count, len(exif) - 11), 12):
        tag, kind, values, short = struct.unpack_from(f"{order}HHIH", exif, position)
        if tag == _ORIENTATION and kind == _SHORT and values == 1 and short in range(1, 9):
            return int(short)
        if tag == _EXIF_DIRECTORY and not is_nested:
            (nested,) = struct.unpack_from(f"{order}I", exif, position + 8)
            if nested + 2 <= len(exif) and (found := _search_directory(exif, order, nested, is_nested=True)):
                return found
    return None


def read_orientation(picture: Image.Image) -> int:
    """Return the orientation of a decoded picture, which keeps that of its file in `info`; 1 (upright) by default."""
    return int(picture.info.get("orientation", 1))


def swap_if_sideways(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Convert a size between the stored and the upright picture: width and height swap if it is stored sideways."""
    return size[::-1] if orientation in _SIDEWAYS else size


def turn_upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Return the upright copy of a picture stored in this orientation."""
    return picture.transpose(_TRANSPOSITIONS[orientation]) if orientation in _TRANSPOSITIONS else picture


def find_stored_region(region: Region, orientation: int) -> Region:
    """Return where a region of the upright picture lies in the picture as stored."""
    left, top, right, bottom = region
    if orientation in _SIDEWAYS:
        left, top, right, bottom = top, left, bottom, right
    if orientation in _MIRRORED_X:
        left, right = 1 - right, 1 - left
    if orientation in _MIRRORED_Y:
        top, bottom = 1 - bottom, 1 - top
    return Region(left, top, right, bottom)
