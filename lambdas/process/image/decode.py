"""From a file's bytes to pixels: judge by the header, then decode no more than is needed."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import IO

from PIL import Image, ImageFile

from process.errors import InvalidImage
from process.image.formats.jpeg import END, Markers, scan_markers
from process.image.formats.png import strip_chunks
from process.image.formats.tiff import check_directory
from process.image.limits import check_pixels, check_tiles
from process.image.resize import upright_size
from process.layout.framing import compute_scale

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

# Decoders scale well, but not best: from two fifths more pixels a side than are needed, a photo comes within 43 dB of
# what it would be from all of them (`make bench`).
_DRAFT_FACTOR = 1.4
_WEBP_FACTOR = 1.6  # any scale may be asked for; the others are fractions, most of them larger than is asked for

# Eighths of the size at which libjpeg decodes, and the divisor that asks for them: it takes the least eighths that are
# not below one by the divisor (jdmaster.c of libjpeg-turbo). Pillow's own `draft` leaves out three eighths.
_DRAFTS = ((1, 8), (2, 4), (3, 3), (4, 2))

# What libjpeg puts where data are missing, in every channel: middle grey, give or take rounding.
_FILLER = range(126, 131)


def decode(data: bytes, fit: str) -> Image.Image:
    """Decode a picture, at the scale that `fit` needs where the decoder can; of an animation, the first frame.

    Raises:
        InvalidImage: of no accepted format, or too much to decode.
        Exception: whatever Pillow raises on a broken file.
    """
    if data.startswith(_JPEG):
        return _decoded_jpeg(data, fit)
    if data.startswith(_TIFF):
        check_directory(data)
    picture = _open(strip_chunks(data) if data.startswith(_PNG) else BytesIO(data))
    check_pixels(picture, streamed=False)
    check_tiles(picture)
    if picture.format == "GIF":
        return _decoded_gif(picture)
    scale = compute_scale(upright_size(picture), fit)
    if picture.format == "WEBP":
        from process.image.formats.webp import decoded_webp  # noqa: PLC0415  ctypes takes its time to start, and others need none

        return decoded_webp(picture, data, min(1.0, _WEBP_FACTOR * scale))
    if picture.format == "HEIF":
        from process.image.formats.heif import load_heif  # noqa: PLC0415  as with other decoders: see `_opener`

        return load_heif(picture, data, int(1 / (_DRAFT_FACTOR * scale)) or 1)
    picture.load()
    return picture


def _decoded_jpeg(data: bytes, fit: str) -> Image.Image:
    """Decode a JPEG, also one that lacks no more than its end marker, and whose last pixel is not what stands for none.

    Zeros are what a copy that broke off is filled up with, and would be decoded as if they were pixels.
    """
    markers = scan_markers(data)
    picture = _open(BytesIO(data if markers.ended else data.rstrip(b"\0") + END))
    check_pixels(picture, streamed=markers.streams)
    _draft(picture, _DRAFT_FACTOR * compute_scale(upright_size(picture), fit))
    picture.load()
    if not markers.ended:
        _check_complete(picture, markers)
    return picture


def _draft(picture: ImageFile.ImageFile, scale: float) -> None:
    """Have a JPEG decoded at the smallest scale that is not below `scale`."""
    for eighths, divisor in _DRAFTS:
        if eighths >= 8 * scale:
            size = (-(-picture.width * eighths // 8), -(-picture.height * eighths // 8))
            picture.tile = [picture.tile[0]._replace(extents=(0, 0, *size))]
            picture.decoderconfig = (divisor, 0)
            picture._size = size  # noqa: SLF001  as `draft` does: there is no other way
            return


def _check_complete(picture: Image.Image, markers: Markers) -> None:
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


def _open(file: IO[bytes]) -> ImageFile.ImageFile:
    """Read the header.

    `Image.open` would do, but for its guard against decompression bombs: that counts pixels without
    asking what they cost, and is set for the whole process.
    """
    head = file.read(16)
    if not head:
        raise InvalidImage("The file is empty. Please choose another picture.")
    refusals = []
    for name in FORMATS:
        factory, accept = _opener(name)
        if accept is None or accept(head) is not True:
            continue
        file.seek(0)
        try:
            return factory(file, "")
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
