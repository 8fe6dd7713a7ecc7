"""Make a thumbnail: the steps, in order. Each is a file beside this one."""

from process.colour import flatten, to_srgb
from process.compose import check_fit, compose
from process.decode import decode
from process.encode import encode
from process.errors import unreadable_is_invalid
from process.framing import frame
from process.title import draw_title


def make_thumbnail(image: bytes, text: str, *, fit: str = "auto", overlay: bool = True) -> bytes:
    """Make a YouTube thumbnail of a picture and a title.

    The same arguments give the same bytes.

    Args:
        image: a file in any of `process.decode.FORMATS`.
        text: the title; drawn as large as it fits, not drawn if blank.
        fit: how the picture fills the canvas, one of `common.options.FITS`.
        overlay: False leaves out everything that the title draws, and changes nothing else.

    Returns:
        A JPEG of 1280x720 pixels, under 2 MB, without metadata.

    Raises:
        InvalidImage: the file or an option cannot be used; the message is for the user.
    """
    check_fit(fit)
    with unreadable_is_invalid():
        picture = decode(image, fit)
        picture = frame(picture, fit)
        picture = to_srgb(picture)
        picture = flatten(picture)
    canvas = compose(picture, fit)
    if overlay:
        draw_title(canvas, text)
    return encode(canvas)
