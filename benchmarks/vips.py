"""A thumbnail by pyvips: scaled while decoding where libvips can, letterboxed, white text by Pango."""

import pyvips

from process.canvas import SIZE

_TEXT_AT, _TEXT_SIZE = (50, 600), 64

pyvips.cache_set_max(0)  # the same picture again must be work again


def make_thumbnail(image: bytes, text: str) -> bytes:
    """Make a thumbnail."""
    picture = pyvips.Image.thumbnail_buffer(image, SIZE[0], height=SIZE[1])
    if picture.hasalpha():
        picture = picture.flatten()
    canvas = picture.gravity("centre", *SIZE)
    letters = pyvips.Image.text(text, font=f"Anton {_TEXT_SIZE}", dpi=72)
    mask = letters.embed(_TEXT_AT[0], _TEXT_AT[1], *SIZE)
    written: bytes = mask.ifthenelse([255, 255, 255], canvas, blend=True).jpegsave_buffer(Q=90)
    return written
