"""From a file's bytes to pixels: judge by the header, then decode no more than is needed."""

import math
from collections.abc import Callable
from functools import cache
from importlib import import_module
from io import BytesIO

from PIL import Image, ImageFile

from process.composition import largest_scale
from process.errors import InvalidImage
from process.framing import upright_size
from process.jpeg import END, Outline, outline
from process.limits import check_pixels, check_tiles
from process.png import essential
from process.tiff import check_directory

_PLUGINS = {
    "JPEG": "PIL.JpegImagePlugin",
    "PNG": "PIL.PngImagePlugin",
    "WEBP": "PIL.WebPImagePlugin",
    "GIF": "PIL.GifImagePlugin",
    "BMP": "PIL.BmpImagePlugin",
    "TIFF": "PIL.TiffImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
    "HEIF": "pi_heif.HeifImagePlugin",
}

FORMATS = tuple(_PLUGINS)
"""The formats that are read, by Pillow's names, in the order in which they are tried: the commonest first."""

_JPEG, _PNG, _TIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", (b"II", b"MM")

# What writes a JPEG loads these at the latest when the first thumbnail is written.
Image.preinit()

# A JPEG decoder scales well: from two fifths more pixels than are needed, a photo comes within 47 dB of what it would
# be from all of them (`make bench`).
_DRAFT_FACTOR = 1.4

# What libjpeg puts where data are missing, in every channel: middle grey, give or take rounding.
_FILLER = range(126, 131)


def decode(data: bytes, fit: str) -> Image.Image:
    """Decode a picture, a JPEG only at the scale that `fit` needs; of an animation, the first frame.

    Raises:
        InvalidImage: of no accepted format, or too much to decode.
        Exception: whatever Pillow raises on a broken file.
    """
    if data.startswith(_JPEG):
        return _decoded_jpeg(data, fit)
    if data.startswith(_TIFF):
        check_directory(data)
    picture = _open(essential(data) if data.startswith(_PNG) else data)
    check_pixels(picture, streamed=False)
    check_tiles(picture)
    if picture.format == "GIF":
        return _decoded_gif(picture)
    picture.load()
    return picture


def _decoded_jpeg(data: bytes, fit: str) -> Image.Image:
    """Decode a JPEG, also one that lacks no more than its end marker."""
    markers = outline(data)
    picture = _open(data if markers.ended else data + END)
    check_pixels(picture, streamed=markers.streams)
    scale = _DRAFT_FACTOR * largest_scale(upright_size(picture), fit)
    picture.draft(None, (math.ceil(picture.width * scale), math.ceil(picture.height * scale)))
    picture.load()
    if not markers.ended:
        _check_complete(picture, markers)
    return picture


def _check_complete(picture: Image.Image, markers: Outline) -> None:
    last = picture.getpixel((picture.width - 1, picture.height - 1))
    levels = last if isinstance(last, tuple) else (last,)
    if not markers.begun_everywhere or all(level in _FILLER for level in levels):
        raise ValueError("truncated")


def _decoded_gif(picture: ImageFile.ImageFile) -> Image.Image:
    """Decode the first frame; where it leaves the screen uncovered, the result is transparent, as in browsers."""
    [(_, covered, *_)] = picture.tile
    picture.load()
    if covered == (0, 0, *picture.size):
        return picture
    screen = Image.new("RGBA", picture.size)
    screen.paste(picture.crop(covered).convert("RGBA"), covered)
    return screen


def _open(data: bytes) -> ImageFile.ImageFile:
    """Read the header.

    `Image.open` would do, but for its guard against decompression bombs: that counts pixels without
    asking what they cost, and is set for the whole process.
    """
    if not data:
        raise InvalidImage("The file is empty. Please choose another picture.")
    refusals = []
    for name in FORMATS:
        factory, accept = _opener(name)
        if accept is None or accept(data[:16]) is not True:
            continue
        try:
            return factory(BytesIO(data), "")
        except Image.DecompressionBombError as error:  # a size that the decoder must know while it reads the header
            raise InvalidImage("The picture has too many pixels. Please scale it down and upload it again.") from error
        except SyntaxError as error:  # "not mine after all": AVIF and HEIF share a container
            refusals.append(error)
    if refusals:
        raise refusals[-1]
    raise InvalidImage(
        "This file is not a picture that can be read. Please upload a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC."
    )


@cache
def _opener(name: str) -> tuple[Callable[..., ImageFile.ImageFile], Callable[[bytes], bool | str] | None]:
    """Load what reads a format when a file first gets so far: most are JPEGs, and start without the other decoders."""
    import_module(_PLUGINS[name])
    return Image.OPEN[name]
