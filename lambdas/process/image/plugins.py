"""Open a file with the Pillow plugin that reads its format, importing each plugin on first use."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import IO

from PIL import Image, ImageFile

from process.errors import InvalidImage

# Pillow's own, another library's, or ours, which takes the place of Pillow's.
_PLUGINS = {
    "JPEG": "PIL.JpegImagePlugin",
    "PNG": "PIL.PngImagePlugin",
    "WEBP": "PIL.WebPImagePlugin",
    "GIF": "PIL.GifImagePlugin",
    "BMP": "process.image.formats.bmp",
    "TIFF": "PIL.TiffImagePlugin",
    "AVIF": "PIL.AvifImagePlugin",
    "HEIF": "pi_heif.HeifImagePlugin",
}

FORMATS = tuple(_PLUGINS)
"""The accepted formats by Pillow's names, in the order in which they are tried: the most common first."""

ACCEPTED = "a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC"
"""The accepted formats as messages name them."""

_MAGIC_BYTES = 16

# Imports the common plugins at start-up: saving the thumbnail would import them anyway.
Image.preinit()


def open_file(file: IO[bytes]) -> ImageFile.ImageFile:
    """Read the header of a file; no pixel is decoded.

    Not `Image.open`, because of its guard against decompression bombs: that counts pixels whatever they cost to decode,
    and can only be set for the whole process.

    Raises:
        InvalidImage: the file is empty, its format is not accepted, or its plugin refuses its number of pixels.
        Exception: whatever the plugin raises on a broken file.
    """
    magic = file.read(_MAGIC_BYTES)
    if not magic:
        raise InvalidImage("The file is empty. Please choose another picture.")
    refusals = []
    for name in FORMATS:
        factory, accept = _load_plugin(name)
        if accept is None or accept(magic) is not True:
            continue
        file.seek(0)
        try:
            return factory(file, "")
        except Image.DecompressionBombError as error:  # some plugins check the size as they read the header
            raise InvalidImage("The picture has too many pixels. Please scale it down and upload it again.") from error
        except SyntaxError as error:  # not this format after all: AVIF and HEIF share a container
            refusals.append(error)
    if refusals:
        raise refusals[-1]
    raise InvalidImage(f"This file is not a picture that can be read. Please upload {ACCEPTED}.")


@cache
def _load_plugin(name: str) -> tuple[Callable[..., ImageFile.ImageFile], Callable[[bytes], bool | str] | None]:
    """Import a plugin; return its factory and its test of the first bytes. Most files are JPEGs and need only one."""
    import_module(_PLUGINS[name])
    return Image.OPEN[name]
