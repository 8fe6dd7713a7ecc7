"""How good a title on a thumbnail is, in numbers."""

from collections.abc import Iterable, Iterator
from itertools import compress

from PIL import Image, ImageChops, ImageFilter

from process.canvas import MARGIN, SIZE, Box, Region
from process.layout.wcag import Colour, contrast_ratio, relative_luminance

BADGE = (1110, 650)
"""Where YouTube's badge with the video's duration begins: 170x70 pixels, bottom right."""

_WHOLE = Box(0, 0, *SIZE)
_CHANGED = 24  # levels: more than JPEG's noise near what changed
_LIKE_FILL = 48  # levels: what JPEG and smoothing leave of the letters' colour
_BLACK = 2  # levels
_SMALL = (160, 90)
_LEAST_VISIBLE = 0.5  # of a face that the composition cuts

Corners = tuple[float, float, float, float]


def changed(drawn: Image.Image, bare: Image.Image) -> Image.Image:
    """Return a mask of what a title changed on a thumbnail."""
    return ImageChops.difference(drawn, bare).convert("L").point(lambda level: 255 * (level > _CHANGED))


def bounds(mask: Image.Image) -> Box:
    """Return the box of a title's mask; all of the canvas if there is none."""
    return Box(*(mask.getbbox() or _WHOLE))


def inside_margin(box: Box) -> bool:
    """Tell whether a title keeps YouTube's usual margin free."""
    return (
        box.left >= MARGIN[0] and box.top >= MARGIN[1]
        and box.right <= SIZE[0] - MARGIN[0] and box.bottom <= SIZE[1] - MARGIN[1]
    )  # fmt: skip


def clear_of_badge(mask: Image.Image) -> bool:
    """Tell whether a title leaves the corner free that the duration covers."""
    return mask.crop((*BADGE, *SIZE)).getbbox() is None


def edge_contrast(drawn: Image.Image, mask: Image.Image, fill: Colour) -> float:
    """Return the tenth percentile of the contrast between letters and what lies right beside them."""
    red, green, blue = ImageChops.difference(drawn, Image.new("RGB", SIZE, fill)).split()
    farthest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    # What the title did not change is the picture's, whatever its colour.
    letters = ImageChops.multiply(farthest.point(lambda level: 255 * (level < _LIKE_FILL)), mask)
    letters = letters.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3))
    beside = ImageChops.subtract(letters.filter(ImageFilter.MaxFilter(9)), letters.filter(ImageFilter.MaxFilter(5)))
    light = relative_luminance(fill)
    values = sorted(
        contrast_ratio(light, relative_luminance(pixel)) for pixel in compress(_pixels(drawn), beside.tobytes())
    )
    return values[len(values) // 10] if values else 0.0


def light_kept(drawn: Image.Image, bare: Image.Image, box: Box) -> float:
    """Return the luminance outside the title's box, as a share of what it is without the title."""
    outside = Image.new("L", SIZE, 255)
    outside.paste(0, box)
    wholly = [level == 255 for level in outside.resize(_SMALL, Image.Resampling.BOX).tobytes()]
    with_title, without = (
        sum(
            relative_luminance(pixel)
            for pixel in compress(_pixels(picture.resize(_SMALL, Image.Resampling.BOX)), wholly)
        )
        for picture in (drawn, bare)
    )
    return (with_title + 1e-6) / (without + 1e-6)


def _pixels(picture: Image.Image) -> Iterator[Colour]:
    values = picture.tobytes()
    return zip(values[::3], values[1::3], values[2::3], strict=True)


def black_bars(bare: Image.Image) -> float:
    """Return the share of the canvas around the box outside of which all is black; a black picture is no bar."""
    box = bare.convert("L").point(lambda level: 255 * (level > _BLACK)).getbbox() or _WHOLE
    return 1 - Box(*box).area / _WHOLE.area


def faces_on_canvas(faces: Iterable[Corners], size: tuple[int, int], part: Region, area: Box) -> Iterator[Corners]:
    """Yield where a picture's faces lie on the canvas, as far as they are mostly visible."""
    for left, top, right, bottom in faces:
        x0, x1 = (_moved(x / size[0], part.left, part.right, area.left, area.right) for x in (left, right))
        y0, y1 = (_moved(y / size[1], part.top, part.bottom, area.top, area.bottom) for y in (top, bottom))
        seen = max(0.0, x0), max(0.0, y0), min(float(SIZE[0]), x1), min(float(SIZE[1]), y1)
        if max(0.0, seen[2] - seen[0]) * max(0.0, seen[3] - seen[1]) > _LEAST_VISIBLE * (x1 - x0) * (y1 - y0):
            yield seen


def _moved(share: float, begin: float, end: float, low: float, high: float) -> float:
    return low + (share - begin) / (end - begin) * (high - low)


def most_covered(mask: Image.Image, faces: Iterable[Corners]) -> float:
    """Return the largest share of a face's box that a title covers."""
    worst = 0.0
    for face in faces:
        left, top, right, bottom = (round(side) for side in face)
        if right > left and bottom > top:
            covered = sum(mask.crop((left, top, right, bottom)).tobytes()) / 255
            worst = max(worst, covered / ((right - left) * (bottom - top)))
    return worst
