"""Crop and scale a picture, then turn it upright: turning is cheapest on the small copy."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from process.canvas import WHOLE_PICTURE, Region
from process.image.orientation import find_stored_region, read_orientation, swap_if_sideways, turn_upright

# Pillow first reduces by a whole factor, to this many times the target's width and height or more, and then applies a
# filter. `make bench` prints the PSNR of decoding and resizing together, against Lanczos alone.
# https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize
_REDUCING_GAP = 1.4
# Hamming takes half the time of Lanczos, and there are up to three views.
_DOWNSCALING, _UPSCALING = Image.Resampling.HAMMING, Image.Resampling.BICUBIC
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
    copies: dict[tuple[int, int], Image.Image] = {}
    shown = []
    for view in views:
        whole = _measure_whole(view)
        if math.prod(whole) > _MAX_WHOLE * math.prod(view.size):
            shown.append(_resample(picture, *view))
            continue
        if whole not in copies:
            copies[whole] = _resample(picture, WHOLE_PICTURE, whole)
        shown.append(_cut(copies[whole], view))
    return shown


def _measure_whole(view: View) -> tuple[int, int]:
    """Return the size that the whole picture would have at a view's scale."""
    region, (width, height) = view
    return round(width / (region.right - region.left)), round(height / (region.bottom - region.top))


def _cut(scaled: Image.Image, view: View) -> Image.Image:
    region, (width, height) = view
    left = min(round(region.left * scaled.width), scaled.width - width)
    top = min(round(region.top * scaled.height), scaled.height - height)
    return scaled.crop((left, top, left + width, top + height))


def _resample(picture: Image.Image, region: Region, size: tuple[int, int]) -> Image.Image:
    orientation = read_orientation(picture)
    box = find_stored_region(region, orientation).scale(picture.size)
    stored_size = swap_if_sideways(size, orientation)
    resampling = _DOWNSCALING if box.size[0] > stored_size[0] else _UPSCALING
    return turn_upright(picture.resize(stored_size, resampling, box, reducing_gap=_REDUCING_GAP), orientation)
