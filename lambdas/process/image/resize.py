"""Crop and scale a picture, then turn it upright: turning is cheapest on the small copy."""

from PIL import Image

from process.canvas import Region
from process.image.orientation import find_stored_region, read_orientation, swap_if_sideways, turn_upright

# Pillow first reduces by a whole factor, to this many times the target's width and height or more, and then applies the
# Lanczos filter. `make bench` prints the PSNR of decoding and resizing together, against Lanczos alone.
# https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize
_REDUCING_GAP = 1.4
# Enlarged, a picture has no detail for Lanczos to preserve, only edges for it to ring at.
_DOWNSCALING, _UPSCALING = Image.Resampling.LANCZOS, Image.Resampling.BICUBIC


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


def crop_and_scale(picture: Image.Image, region: Region, size: tuple[int, int]) -> Image.Image:
    """Return a region of the upright picture, scaled up or down to `size` pixels."""
    orientation = read_orientation(picture)
    left, top, right, bottom = find_stored_region(region, orientation)
    box = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
    stored_size = swap_if_sideways(size, orientation)
    resampling = _DOWNSCALING if box[2] - box[0] > stored_size[0] else _UPSCALING
    return turn_upright(picture.resize(stored_size, resampling, box, reducing_gap=_REDUCING_GAP), orientation)
