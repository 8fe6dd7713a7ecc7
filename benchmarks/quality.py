"""Measure how good a title on a thumbnail is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress

from benchmarks.ocr import Line, measure_share_read
from PIL import Image, ImageChops, ImageFilter, ImageStat

from process.canvas import BADGE, CANVAS, SAFE_AREA, SIZE, Box, Region
from process.layout.wcag import Colour, contrast_ratio, relative_luminance

_LIKE_FILL = 48  # levels: JPEG's losses and antialiasing within letters
_BLACK, _WHITE = 2, 255  # levels
_MOST_LIGHT_OF_BLACK = 0.05  # share of a black picture that may be brighter
_SMALL = (160, 90)
_SMALLEST = (64, 36)
_LEAST_VISIBLE = 0.5  # share of a face that the framing must leave visible, or the face does not count

Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Render:
    """A thumbnail with a title, and what is needed to measure it.

    Attributes:
        thumbnail: the thumbnail.
        bare: the thumbnail without its letters.
        mask: of the letters with their outline.
        lines: of the title.
        hidden: mask of where anything below the letters hides the picture, such as a panel.
        is_inside_margin: whether the letters stay out of the margin.
        colours: of the letters.
        cap_height: height of the smallest line's capitals, in pixels.
        region: the region of the picture that is shown.
        area: where on the canvas it is shown.
    """

    thumbnail: Image.Image
    bare: Image.Image
    mask: Image.Image
    lines: Sequence[Line]
    hidden: Image.Image
    is_inside_margin: bool
    colours: frozenset[Colour]
    cap_height: float
    region: Region
    area: Box

    @property
    def title_box(self) -> Box:
        """The box around the title."""
        return find_bounds(self.mask)


@dataclass(frozen=True)
class Difference:
    """How much two thumbnails differ.

    Attributes:
        levels: mean difference of their pixels, 0 to 255, when they are shown as small as a thumbnail ever is.
        overlap: of the boxes around their titles, relative to the union of these.
    """

    levels: float
    overlap: float


def measure_read(render: Render, width: int, title: str) -> float:
    """Return the share of a title's words that can be read on the thumbnail at this width in pixels."""
    return measure_share_read(render.thumbnail, width, title, render.title_box, render.lines)


def find_bounds(mask: Image.Image) -> Box:
    """Return the box around a mask; the canvas if the mask is empty."""
    return Box(*(mask.getbbox() or CANVAS))


def is_inside_margin(box: Box) -> bool:
    """Tell whether a box stays out of the margin."""
    return box.intersect(SAFE_AREA) == box


def is_clear_of_badge(mask: Image.Image) -> bool:
    """Tell whether a title stays out of the area that the duration badge may cover."""
    return mask.crop((*BADGE, *SIZE)).getbbox() is None


def measure_edge_contrast(render: Render) -> float:
    """Return the tenth percentile of the contrast between letters and the pixels around them, in the worst colour."""
    letters = {colour: _mask_letters(render, colour) for colour in render.colours}
    near = reduce(ImageChops.lighter, letters.values()).filter(ImageFilter.MaxFilter(5))
    contrasts = []
    for colour, mask in letters.items():
        around = ImageChops.subtract(mask.filter(ImageFilter.MaxFilter(9)), near)
        luminance = relative_luminance(colour)
        ratios = sorted(
            contrast_ratio(luminance, relative_luminance(pixel))
            for pixel in compress(_iterate_pixels(render.thumbnail), around.tobytes())
        )
        if ratios:
            contrasts.append(ratios[len(ratios) // 10])
    return min(contrasts, default=0.0)


def _mask_letters(render: Render, colour: Colour) -> Image.Image:
    red, green, blue = ImageChops.difference(render.thumbnail, Image.new("RGB", SIZE, colour)).split()
    distance = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    # Masked, since the picture may contain the letters' colour too.
    letters = ImageChops.multiply(distance.point(lambda level: 255 * (level < _LIKE_FILL)), render.mask)
    return letters.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3))


def measure_light_kept(render: Render) -> float:
    """Return the luminance outside the title's box, as a share of what it is without the letters."""
    outside = Image.new("L", SIZE, _WHITE)
    outside.paste(0, render.title_box.round())
    is_outside = [level == _WHITE for level in outside.resize(_SMALL, Image.Resampling.BOX).tobytes()]
    with_title, without = (
        sum(map(relative_luminance, compress(_iterate_pixels(image.resize(_SMALL, Image.Resampling.BOX)), is_outside)))
        for image in (render.thumbnail, render.bare)
    )
    return (with_title + 1e-6) / (without + 1e-6)


def _iterate_pixels(image: Image.Image) -> Iterator[Colour]:
    values = image.tobytes()
    return zip(values[::3], values[1::3], values[2::3], strict=True)


def measure_black_bars(render: Render) -> float:
    """Return the share of the canvas outside the box around all that is not black; 0 if the picture itself is black."""
    lit = render.bare.convert("L").point(lambda level: 255 * (level > _BLACK))
    picture = ImageChops.subtract(lit, render.hidden).crop(render.area.round())
    # JPEG leaves some light around the edge of a panel.
    is_black = ImageStat.Stat(picture).mean[0] < _MOST_LIGHT_OF_BLACK * _WHITE
    return 0.0 if is_black else 1 - find_bounds(lit).area / CANVAS.area


def measure_covered_face(render: Render, faces: Iterable[Corners], size: tuple[int, int]) -> float:
    """Return the largest share of a face's box that letters cover, or that anything else hides.

    Args:
        render: the thumbnail.
        faces: the boxes of the picture's faces, in pixels of the upright picture.
        size: the width and height of the upright picture.
    """
    covers, worst = ImageChops.lighter(render.mask, render.hidden), 0.0
    for face in _map_to_canvas(faces, size, render.region, render.area):
        shown = face.round()
        if shown.right > shown.left and shown.bottom > shown.top:
            worst = max(worst, ImageStat.Stat(covers.crop(shown)).mean[0] / _WHITE)
    return worst


def _map_to_canvas(faces: Iterable[Corners], size: tuple[int, int], region: Region, area: Box) -> Iterator[Box]:
    """Yield the visible parts of faces on the canvas, without the faces that are mostly cut off."""
    for left, top, right, bottom in faces:
        x0, x1 = (_map(x / size[0], region.left, region.right, area.left, area.right) for x in (left, right))
        y0, y1 = (_map(y / size[1], region.top, region.bottom, area.top, area.bottom) for y in (top, bottom))
        face = Box(x0, y0, x1, y1)
        visible = face.intersect(area).intersect(CANVAS)
        if visible.area > _LEAST_VISIBLE * face.area:
            yield visible


def _map(share: float, begin: float, end: float, low: float, high: float) -> float:
    return low + (share - begin) / (end - begin) * (high - low)


def compare(one: Render, other: Render) -> Difference:
    """Measure how much two thumbnails differ."""
    small, others = (
        render.thumbnail.resize(_SMALLEST, Image.Resampling.BOX, reducing_gap=1.0) for render in (one, other)
    )
    common = one.title_box.intersect(other.title_box).area
    return Difference(
        levels=sum(ImageStat.Stat(ImageChops.difference(small, others)).mean) / 3,
        overlap=common / (one.title_box.area + other.title_box.area - common),
    )
