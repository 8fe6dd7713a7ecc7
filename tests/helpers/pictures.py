"""Draw, encode and compare pictures."""

import math
from collections.abc import Mapping
from io import BytesIO

import pillow_heif
from PIL import Image, ImageChops, ImageDraw, ImageStat

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 60), (40, 60, 210), (230, 210, 40)

Colour = tuple[int, ...]

# By EXIF orientation: how a picture is turned as it is stored, the inverse of what turns it upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def draw_quarters(size: tuple[int, int] = (320, 180)) -> Image.Image:
    """Draw red, green, blue and yellow quarters, clockwise from the top left: any turn, flip or lost channel shows."""
    width, height = size
    picture = Image.new("RGB", size, BLUE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), fill=GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), fill=YELLOW)
    return picture


def store_as(picture: Image.Image, orientation: int) -> Image.Image:
    """Return the pixels of a picture in the order in which a file with this EXIF orientation stores them."""
    return picture.transpose(_TURNS[orientation]) if orientation in _TURNS else picture.copy()


def encode(picture: Image.Image, file_format: str, **options: object) -> bytes:
    """Encode a picture; HEIF with pillow_heif, because the product's library can only read it."""
    file = BytesIO()
    if file_format == "HEIF":
        pillow_heif.from_pillow(picture).save(file, **{"quality": 90, **options})
    else:
        picture.save(file, file_format, **options)
    return file.getvalue()


def decode_jpeg(jpeg: bytes) -> Image.Image:
    """Decode a thumbnail."""
    picture = Image.open(BytesIO(jpeg))
    picture.load()
    return picture


def compute_psnr(one: Image.Image, other: Image.Image) -> float:
    """Return the peak signal-to-noise ratio of two pictures of the same size and mode, in decibels."""
    statistics = ImageStat.Stat(ImageChops.difference(one, other))
    error = sum(statistics.sum2) / sum(statistics.count)
    return 10 * math.log10(255**2 / error) if error else math.inf


def assert_colours(picture: Image.Image, expected: Mapping[tuple[int, int], Colour], tolerance: int = 12) -> None:
    """Check the colours of pixels, with a tolerance for JPEG's losses; report those that differ."""
    rgb = picture.convert("RGB")
    wrong = {}
    for point, colour in expected.items():
        [(_, found)] = rgb.crop((*point, point[0] + 1, point[1] + 1)).getcolors() or []
        if not isinstance(found, tuple) or max(abs(a - b) for a, b in zip(found, colour, strict=True)) > tolerance:
            wrong[point] = f"expected {colour}, found {found}"
    assert not wrong, f"{picture.mode} {picture.size}: {wrong}"


def assert_quarters(picture: Image.Image, at: tuple[int, int, int, int] = (0, 0, 1280, 720)) -> None:
    """Check that the quarters are upright in a box of the picture: left, top, right, bottom."""
    left, top, right, bottom = at
    x1, x2 = left + (right - left) // 4, left + (right - left) * 3 // 4
    y1, y2 = top + (bottom - top) // 4, top + (bottom - top) * 3 // 4
    assert_colours(picture, {(x1, y1): RED, (x2, y1): GREEN, (x2, y2): BLUE, (x1, y2): YELLOW})


def find_changed_area(
    one: bytes, other: bytes, box: tuple[int, int, int, int] = (0, 0, 1280, 720), threshold: int = 24
) -> tuple[int, int, int, int] | None:
    """Return the bounds of where two thumbnails differ within `box`, relative to its corner; None if they do not."""
    difference = ImageChops.difference(decode_jpeg(one), decode_jpeg(other)).convert("L").crop(box)
    return difference.point(lambda value: 255 if value > threshold else 0).getbbox()
