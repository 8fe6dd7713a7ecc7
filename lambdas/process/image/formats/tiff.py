"""Load the layouts of TIFF that Pillow alone reads wrong, and refuse those that it would still read wrong: TIFF 6.0.

Every layout that passes was compared with known pixels, in both byte orders, compressed or not, in strips and tiles.
"""

from io import BytesIO
from typing import Any

from PIL import Image, ImageFile, ImagePalette, TiffImagePlugin

from process.image.formats.tiff_pages import select_page
from process.image.plugins import open_file

_JPEG = 7
_PLANAR = 2
_SIGNED = 2
_NO_SUBSAMPLING = (1, 1)
# Modes whose planes Pillow puts together, from files in which they lie one after the other.
_PLANAR_MODES = ("RGB", "RGBA", "CMYK")

# A tile may be larger than its picture, and is decoded in full. Encoders write tiles of up to 4096x4096.
_MAX_TILE_PIXELS = 4096 * 4096


def open_tiff(data: bytes) -> ImageFile.ImageFile:
    """Read the header of what may be a TIFF. Of several pages, the picture is the first that is not a reduced copy.

    Raises:
        InvalidImage: it is not a TIFF, or there is no such page.
        ValueError: the page has more fields, strips or tiles than an accepted picture can have.
        Exception: whatever Pillow raises on a broken file.
    """
    return open_file(BytesIO(select_page(data) if data.startswith(tuple(TiffImagePlugin.PREFIXES)) else data))


def load_tiff(picture: TiffImagePlugin.TiffImageFile) -> Image.Image:
    """Decode a TIFF.

    Raises:
        ValueError: its pixels are laid out in a way that Pillow reads wrong, or in tiles that are too large.
        Exception: whatever Pillow raises on a broken file.
    """
    _check_layout(picture)
    if picture.tile[0].codec_name != "libtiff":
        if _is_planar(picture) and picture.mode in _PLANAR_MODES:
            _read_with_libtiff(picture)
    elif picture.mode in ("I", "F"):  # libtiff returns the machine's byte order
        raw_mode, *args = _get_arguments(picture)
        picture.tile = [picture.tile[0]._replace(args=(raw_mode.replace("B", "N"), *args))]
    is_unsigned = _get_arguments(picture)[0] == "I;32N"
    colours = picture.tag_v2.get(TiffImagePlugin.COLORMAP)
    if picture.palette and colours and max(colours) <= 255:  # noqa: PLR2004  not scaled to 16 bits by its writer
        picture.palette = ImagePalette.raw("RGB;L", bytes(colours))
    picture.load()
    if not is_unsigned:
        return picture
    unsigned = Image.frombytes("F", picture.size, picture.tobytes(), "raw", "F;32N")  # mode I has a sign
    unsigned.info = picture.info
    return unsigned


def _get_arguments(picture: TiffImagePlugin.TiffImageFile) -> tuple[Any, ...]:
    """Return the raw mode and the other arguments of the decoder."""
    args = picture.tile[0].args
    return args if isinstance(args, tuple) else (args,)


def _check_layout(picture: TiffImagePlugin.TiffImageFile) -> None:
    tags = picture.tag_v2
    bits = tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,))[0]
    is_known = (
        (not _is_planar(picture) or picture.mode in _PLANAR_MODES or len(picture.getbands()) == 1)
        and (picture.mode != "YCbCr" or tags.get(TiffImagePlugin.YCBCRSUBSAMPLING) == _NO_SUBSAMPLING)
        and (tags.get(TiffImagePlugin.COMPRESSION) != _JPEG or bits == 8)  # noqa: PLR2004
        and (tags.get(TiffImagePlugin.SAMPLEFORMAT, (1,))[0] != _SIGNED or bits > 8)  # noqa: PLR2004
    )
    if not is_known:
        raise ValueError("unknown layout")
    if tags.get(TiffImagePlugin.TILEWIDTH, 0) * tags.get(TiffImagePlugin.TILELENGTH, 0) > _MAX_TILE_PIXELS:
        raise ValueError("tiles are too large")


def _is_planar(picture: TiffImagePlugin.TiffImageFile) -> bool:
    """Tell whether the channels lie one after the other."""
    return picture.tag_v2.get(TiffImagePlugin.PLANAR_CONFIGURATION) == _PLANAR


def _read_with_libtiff(picture: TiffImagePlugin.TiffImageFile) -> None:
    """Let libtiff put planes together that are not compressed: Pillow knows only those of 8 bits."""
    tags = picture.tag_v2
    size = tags[TiffImagePlugin.IMAGEWIDTH], tags[TiffImagePlugin.IMAGELENGTH]
    is_deep = tags[TiffImagePlugin.BITSPERSAMPLE][0] > 8  # noqa: PLR2004
    args = (f"{picture.mode};16N" if is_deep else picture.mode, False, tags.offset)
    picture.tile = [picture.tile[0]._replace(codec_name="libtiff", extents=(0, 0, *size), offset=0, args=args)]
    picture.use_load_libtiff = True
