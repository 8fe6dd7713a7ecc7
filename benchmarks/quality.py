"""Measure how good a title on a thumbnail is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress

from PIL import Image, ImageChops, ImageFilter

from process.canvas import MARGIN, SIZE, Box, Region
from process.layout.wcag import Colour, contrast_ratio, relative_luminance

_BADGE = (1110, 650)  # YouTube's badge with the video's duration: 170x70 pixels, bottom right

_CANVAS = Box(0, 0, *SIZE)
_CHANGED = 24  # levels: more than JPEG's noise around a change
_LIKE_FILL = 48  # levels: JPEG's losses and antialiasing within letters
_BLACK, _WHITE = 2, 255  # levels
_SMALL = (160, 90)
_LEAST_VISIBLE = 0.5  # share of a face that the framing must leave visible, or the face does not count

Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Render:
    """A thumbnail with a title, and what is needed to measure it.

    `bare` is the thumbnail without the title, `mask` what the title covers, `cap_height` the height of its capitals in
    pixels; `region` of the picture is shown in `area` of the canvas.
    """

    thumbnail: Image.Image
    bare: Image.Image
    mask: Image.Image
    is_inside_margin: bool
    fill: Colour
    cap_height: float
    region: Region
    area: Box
    framing: str
    position: str

    @property
    def title_box(self) -> Box:
        """The box around the title."""
        return find_bounds(self.mask)


def mask_changes(thumbnail: Image.Image, bare: Image.Image) -> Image.Image:
    """Return a mask of what a title changed."""
    return ImageChops.difference(thumbnail, bare).convert("L").point(lambda level: 255 * (level > _CHANGED))


def find_bounds(mask: Image.Image) -> Box:
    """Return the box around a mask; the canvas if the mask is empty."""
    return Box(*(mask.getbbox() or _CANVAS))


def is_inside_margin(box: Box) -> bool:
    """Tell whether a box stays out of the margin."""
    return (
        box.left >= MARGIN[0] and box.top >= MARGIN[1]
        and box.right <= SIZE[0] - MARGIN[0] and box.bottom <= SIZE[1] - MARGIN[1]
    )  # fmt: skip


def is_clear_of_badge(mask: Image.Image) -> bool:
    """Tell whether a title stays out of the duration badge's corner."""
    return mask.crop((*_BADGE, *SIZE)).getbbox() is None


def measure_edge_contrast(render: Render) -> float:
    """Return the tenth percentile of the contrast between the letters' fill and the pixels around them."""
    fill = Image.new("RGB", SIZE, render.fill)
    red, green, blue = ImageChops.difference(render.thumbnail, fill).split()
    distance = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    # Masked, since the picture may contain the fill's colour too.
    letters = ImageChops.multiply(distance.point(lambda level: 255 * (level < _LIKE_FILL)), render.mask)
    letters = letters.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3))
    around = ImageChops.subtract(letters.filter(ImageFilter.MaxFilter(9)), letters.filter(ImageFilter.MaxFilter(5)))
    luminance = relative_luminance(render.fill)
    ratios = sorted(
        contrast_ratio(luminance, relative_luminance(pixel))
        for pixel in compress(_iterate_pixels(render.thumbnail), around.tobytes())
    )
    return ratios[len(ratios) // 10] if ratios else 0.0


def measure_light_kept(render: Render) -> float:
    """Return the luminance outside the title's box, as a share of what it is without the title."""
    outside = Image.new("L", SIZE, _WHITE)
    outside.paste(0, render.title_box)
    is_outside = [level == _WHITE for level in outside.resize(_SMALL, Image.Resampling.BOX).tobytes()]
    with_title, without = (
        sum(map(relative_luminance, compress(_iterate_pixels(image.resize(_SMALL, Image.Resampling.BOX)), is_outside)))
        for image in (render.thumbnail, render.bare)
    )
    return (with_title + 1e-6) / (without + 1e-6)


def _iterate_pixels(image: Image.Image) -> Iterator[Colour]:
    values = image.tobytes()
    return zip(values[::3], values[1::3], values[2::3], strict=True)


def measure_black_bars(bare: Image.Image) -> float:
    """Return the share of the canvas in black bars: outside the box around all that is not black; 0 if all is black."""
    left, top, right, bottom = find_bounds(bare.convert("L").point(lambda level: 255 * (level > _BLACK)))
    return 1 - (right - left) * (bottom - top) / (SIZE[0] * SIZE[1])


def measure_covered_face(render: Render, faces: Iterable[Corners], size: tuple[int, int]) -> float:
    """Return the largest share of a face's box that the title covers.

    Args:
        render: the thumbnail.
        faces: the boxes of the picture's faces, in pixels of the upright picture.
        size: the width and height of the upright picture.
    """
    worst = 0.0
    for face in _map_to_canvas(faces, size, render.region, render.area):
        left, top, right, bottom = (round(side) for side in face)
        if right > left and bottom > top:
            covered = sum(render.mask.crop((left, top, right, bottom)).tobytes()) / 255
            worst = max(worst, covered / ((right - left) * (bottom - top)))
    return worst


def _map_to_canvas(faces: Iterable[Corners], size: tuple[int, int], region: Region, area: Box) -> Iterator[Corners]:
    """Yield the boxes of faces on the canvas, without those that are mostly cut off."""
    for left, top, right, bottom in faces:
        x0, x1 = (_map(x / size[0], region.left, region.right, area.left, area.right) for x in (left, right))
        y0, y1 = (_map(y / size[1], region.top, region.bottom, area.top, area.bottom) for y in (top, bottom))
        visible = max(0.0, x0), max(0.0, y0), min(float(SIZE[0]), x1), min(float(SIZE[1]), y1)
        extent = max(0.0, visible[2] - visible[0]) * max(0.0, visible[3] - visible[1])
        if extent > _LEAST_VISIBLE * (x1 - x0) * (y1 - y0):
            yield visible


def _map(share: float, begin: float, end: float, low: float, high: float) -> float:
    return low + (share - begin) / (end - begin) * (high - low)
