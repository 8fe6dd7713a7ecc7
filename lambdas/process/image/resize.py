"""Crop and scale a picture, then turn it upright: turning is cheapest on the small copy."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pic_scale
from PIL import Image

from process.canvas import WHOLE_PICTURE, Box, PixelBox, Region
from process.image.orientation import find_stored_region, read_orientation, swap_if_sideways, turn_upright

# Pictures are first reduced by a whole factor, to this many times the target's width and height or more, and then
# filtered. `make bench` prints the PSNR of decoding and resizing together, against Lanczos alone.
_REDUCING_GAP = 1.38
# pic-scale takes a fourth of Pillow's time for these, copies included, and differs from it by less than half a level on
# average. It cannot scale inks, and is less precise with alpha.
_FAST_MODES = ("L", "RGB")
# Scaling a whole picture that is larger than this many times a view costs more than sharing the copy saves.
_MAX_WHOLE = 2


def get_upright_size(picture: Image.Image) -> tuple[int, int]:
    """Return the width and height of a picture once it is turned upright."""
    return swap_if_sideways(picture.size, read_orientation(picture))


def make_preview(picture: Image.Image, side: int) -> Image.Image:
    """Return a small upright copy of a picture whose longer side is `side` pixels."""
    scale = side / max(picture.size)
    width, height = (max(1, round(length * scale)) for length in picture.size)
    # With a gap of 1, the fast reduction by a whole factor does nearly all of the scaling: good enough for a preview.
    preview = picture.resize((width, height), Image.Resampling.BOX, reducing_gap=1.0)
    return turn_upright(preview, read_orientation(picture))


class View(NamedTuple):
    """A region of the upright picture, and the size in pixels at which it is shown."""

    region: Region
    size: tuple[int, int]


def crop_and_scale(picture: Image.Image, views: Sequence[View]) -> list[Image.Image]:
    """Return the upright views of a picture. A view is the same, whatever others there are.

    Views are cut from a copy of the whole picture at their scale, unless that copy would be more than twice as large as
    the view.
    """
    size = get_upright_size(picture)
    copies: dict[tuple[int, int], Image.Image] = {}
    shown = []
    for view in views:
        whole = _measure_whole(view, size)
        if math.prod(whole) > _MAX_WHOLE * math.prod(view.size):
            shown.append(_resample(picture, *view))
            continue
        if whole not in copies:
            copies[whole] = _resample(picture, WHOLE_PICTURE, whole)
        shown.append(_cut(copies[whole], view))
    return shown


def _measure_whole(view: View, size: tuple[int, int]) -> tuple[int, int]:
    """Return the size that the whole picture, of `size`, would have at a view's scale.

    The side of which the view shows more tells the scale: rounding to whole pixels matters less there.
    """
    shares = view.region.right - view.region.left, view.region.bottom - view.region.top
    share, shown, length = max(zip(shares, view.size, size, strict=True))
    scale = shown / (share * length)
    return max(round(scale * size[0]), view.size[0]), max(round(scale * size[1]), view.size[1])


def _cut(scaled: Image.Image, view: View) -> Image.Image:
    region, (width, height) = view
    left = min(round(region.left * scaled.width), scaled.width - width)
    top = min(round(region.top * scaled.height), scaled.height - height)
    return scaled.crop((left, top, left + width, top + height))


def _resample(picture: Image.Image, region: Region, size: tuple[int, int]) -> Image.Image:
    orientation = read_orientation(picture)
    box = find_stored_region(region, orientation).scale(picture.size)
    scale = _scale_fast if picture.mode in _FAST_MODES else _scale_with_pillow
    return turn_upright(scale(picture, box, swap_if_sideways(size, orientation)), orientation)


def _scale_fast(picture: Image.Image, box: Box, size: tuple[int, int]) -> Image.Image:
    """Scale a box to a size: the whole pixels that cover it, from which it is cut."""
    pixels = _cover(box, picture.size)
    x_scale, y_scale = size[0] / box.size[0], size[1] / box.size[1]
    left, top = round((box.left - pixels.left) * x_scale), round((box.top - pixels.top) * y_scale)
    width = max(round(pixels.size[0] * x_scale), left + size[0])
    height = max(round(pixels.size[1] * y_scale), top + size[1])
    factors = _choose_factor(x_scale), _choose_factor(y_scale)
    part = picture
    if pixels.size != picture.size or factors != (1, 1):  # `reduce` would copy all of it
        part = picture.reduce(factors, pixels)
    scaled: Image.Image = pic_scale.resize(part, (width, height), pic_scale.Resampling.LANCZOS)
    scaled.info = picture.info.copy()
    if scaled.size == size:
        return scaled
    return scaled.crop((left, top, left + size[0], top + size[1]))


def _cover(box: Box, size: tuple[int, int]) -> PixelBox:
    """Return the whole pixels, of a picture of this size, that cover a box but for errors of rounding."""
    left, top, right, bottom = (round(side, 6) for side in box)
    return PixelBox(math.floor(left), math.floor(top), min(math.ceil(right), size[0]), min(math.ceil(bottom), size[1]))


def _choose_factor(scale: float) -> int:
    """Return the factor to reduce by: a power of two, which nearly always divides a picture's sides."""
    return 1 << max(0, math.floor(math.log2(1 / (scale * _REDUCING_GAP))))


def _scale_with_pillow(picture: Image.Image, box: Box, size: tuple[int, int]) -> Image.Image:
    """Scale a box to a size. Hamming's filter takes a third of the time of Lanczos's."""
    resampling = Image.Resampling.HAMMING if box.size[0] > size[0] else Image.Resampling.BICUBIC
    return picture.resize(size, resampling, box, reducing_gap=_REDUCING_GAP)
