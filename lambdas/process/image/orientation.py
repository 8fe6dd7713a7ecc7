"""Read a picture's EXIF orientation, and convert between the stored and the upright picture."""

from PIL import ExifTags, Image

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


def read_orientation(picture: Image.Image) -> int:
    """Return the EXIF orientation of a picture; 1 (upright) if it has none or it cannot be read."""
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  broken metadata is no reason to refuse the picture
        return 1


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
