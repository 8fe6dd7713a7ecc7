"""Check a picture by its header, then decode it no larger than needed."""

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from PIL import Image, ImageFile

from process.image.colour import to_resizable
from process.image.formats.gif import load_gif
from process.image.formats.jpeg import Markers, complete, load_jpeg, scan_markers
from process.image.limits import check_pixels, check_tiles
from process.image.orientation import find_orientation
from process.image.plugins import open_file
from process.image.resize import get_upright_size

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import TiffImageFile

_JPEG, _PNG, _TIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", (b"II", b"MM")

# Codecs decode at 1.125 times the target size or more; `process.image.resize` does the rest.
_OVERSAMPLING = 1.125


class Header(NamedTuple):
    """A picture of which only the header was read, and accepted. `markers` is None unless it is a JPEG."""

    data: bytes
    picture: ImageFile.ImageFile
    markers: Markers | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture, in pixels."""
        return get_upright_size(self.picture)


def open_header(data: bytes) -> Header:
    """Read and check the header of a picture.

    Raises:
        InvalidImage: the format is not accepted, or the picture would cost too much to decode.
        Exception: whatever Pillow raises on a broken file.
    """
    markers = scan_markers(data) if data.startswith(_JPEG) else None
    picture = _open(data, markers)
    picture.info.pop("xmp", None)  # Pillow would turn a TIFF by it
    picture.info["orientation"] = find_orientation(picture)
    _describe_colours(picture, data)
    check_pixels(picture, is_streamed=markers is not None and markers.is_streamable)
    if not markers:
        check_tiles(picture)
    return Header(data, picture, markers)


def _open(data: bytes, markers: Markers | None) -> ImageFile.ImageFile:
    if markers:
        return open_file(BytesIO(complete(data, markers)))
    if data.startswith(_PNG):
        from process.image.formats.png import open_png  # noqa: PLC0415  JPEGs, the most common, need none of these

        return open_png(data)
    if data.startswith(_TIFF):
        from process.image.formats.tiff import open_tiff  # noqa: PLC0415

        return open_tiff(data)
    return open_file(BytesIO(data))


def _describe_colours(picture: ImageFile.ImageFile, data: bytes) -> None:
    """Add the code points of an AVIF or HEIC without an ICC profile to `info`: Pillow leaves them out."""
    if "icc_profile" in picture.info:
        return
    if picture.format == "AVIF":
        from process.image.formats.avif import read_code_points as read_avif  # noqa: PLC0415

        picture.info["code_points"] = read_avif(data)
    elif picture.format == "HEIF":
        from process.image.formats.heif import read_code_points as read_heif  # noqa: PLC0415

        picture.info["code_points"] = read_heif(picture, data)


def decode(header: Header, scale: float) -> Image.Image:
    """Decode a picture that will be shown at `scale` times its size; of an animation, only the first frame.

    Codecs that can decode at reduced size do so, with some oversampling for the resize that follows.

    Returns:
        The picture as stored, not turned upright, in a mode that `Image.resize` averages correctly.

    Raises:
        Exception: whatever Pillow raises on a broken file.
    """
    return to_resizable(_load(header, _OVERSAMPLING * scale))


def is_decoded_for(picture: Image.Image, size: tuple[int, int], scale: float) -> bool:
    """Tell whether a picture was decoded with the pixels to be shown at `scale` times its upright size."""
    return get_upright_size(picture)[0] >= min(1, _OVERSAMPLING * scale) * size[0]


def _load(header: Header, min_scale: float) -> Image.Image:
    picture = header.picture
    if header.markers:
        return load_jpeg(picture, header.markers, min_scale)
    if picture.format == "GIF":
        return load_gif(picture)
    if picture.format == "PNG":
        from process.image.formats.png import load_png  # noqa: PLC0415

        return load_png(picture, header.data)
    if picture.format == "TIFF":
        from process.image.formats.tiff import load_tiff  # noqa: PLC0415

        return load_tiff(cast("TiffImageFile", picture))
    if picture.format == "HEIF":
        from process.image.formats.heif import load_heif  # noqa: PLC0415

        return load_heif(picture, header.data, int(1 / min_scale) or 1)
    picture.load()
    return picture
