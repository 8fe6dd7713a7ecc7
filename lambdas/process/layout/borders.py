"""Find the borders of a picture: the bars of letterboxed stills, the paper around scans and prints.

A border is told from a plain background by its inner edge. Nearly the whole first line of a bordered picture differs
from the border; a subject on a plain background touches its bounding box at few points. When in doubt, the picture is
taken to have no border.
"""

from typing import NamedTuple

from PIL import Image, ImageChops, ImageStat

from process.canvas import WHOLE_PICTURE, Region
from process.layout.tone import is_photograph
from process.layout.wcag import Colour

# Side of the patches in the corners that must be of the border's colour, in pixels of the preview, and by how many
# levels their pixels may differ: scanned paper is grainy and lit unevenly, the bars of a video are not.
_CORNER = 2
_MAX_UNEVENNESS, _MAX_UNEVENNESS_DARK = 44, 10
# Borders are grey of any lightness, or cream: more colourful ones belong to flags and coloured backgrounds.
_MAX_CHROMA = 36
_MAX_DARK = 32  # video's black is 16 where its levels were not expanded: ITU-R BT.709-6, table 5.1

# A pixel of the picture differs from the border by as many levels as the corners' pixels from each other, and by more
# than these in addition: few suffice beside a clean border; small JPEGs and grainy scans take more.
_MARGINS = (10, 24)

_MAX_SPECKS = 0.02  # fraction of a line's pixels that may differ within the border
# Fraction of a line's pixels that differ where the picture begins; and, on average, over a strip inside: more than a
# mere frame line reaches.
_MIN_EDGE, _MIN_STRIP = 0.9, 0.7
# The same where a border is likely: the opposite one is as wide, or there are borders on all other sides.
_MIN_EDGE_LIKELY, _MIN_STRIP_LIKELY = 0.5, 0.4
_OTHER_SIDES = 3
_MIN_EDGE_BARS = 0.7  # on both sides, of black bars of the same width
_STRIP = 0.06  # of the picture's side
_MAX_SKEW = 4  # lines over which the edge of a slightly turned scan is spread
_MAX_ASYMMETRY = 0.015  # by how much two opposite borders may differ to count as equally wide

# A vignette or a gradient approaches the picture by degrees. At an edge, the difference from the border is small just
# before, as a fraction of that just inside; and the step makes up most of the rise to what is further inside.
_MAX_BEFORE, _MIN_STEP = 0.3, 0.65

# Of the picture's side. A picture of 9:16 between bars in one of 16:9 leaves 34 % on either side.
_MIN_WIDTH, _MAX_WIDTH = 0.01, 0.35
# A line that differs less from the border than this fraction of the next line is a mixture of border and picture.
_MIXED = 0.85


class _Border(NamedTuple):
    """The mean colour of the corners, and by how many levels their pixels differ from each other."""

    colour: Colour
    unevenness: int

    @property
    def is_dark(self) -> bool:
        """Whether the border is as black as the bars of a video."""
        return max(self.colour) <= _MAX_DARK


class _Widths(NamedTuple):
    """Widths in pixels of the borders before and after the picture along one axis; None if an edge is not straight."""

    before: int | None
    after: int | None

    @property
    def is_doubtful(self) -> bool:
        """Whether there is a border on one side, and what may be one on the other."""
        return None in self and any(self)


def find_content(preview: Image.Image) -> Region:
    """Find the region of a picture inside its borders: those on two opposite sides, on three, or on all four.

    Args:
        preview: the upright picture in RGB, with a longer side of 320 pixels.

    Returns:
        The region; the whole picture if it has no borders, or if that is uncertain.
    """
    border = _find_border(preview)
    if not border:
        return WHOLE_PICTURE
    difference = _measure_difference(preview, border.colour)
    for margin in _MARGINS:
        box = _find_content_box(difference, border.unevenness + margin, is_dark=border.is_dark)
        if box and (border.is_dark or is_photograph(preview.crop(box))):
            left, top, right, bottom = box
            width, height = preview.size
            return Region(left / width, top / height, right / width, bottom / height)
    return WHOLE_PICTURE


def _find_content_box(difference: Image.Image, threshold: int, *, is_dark: bool) -> tuple[int, int, int, int] | None:
    """Return the content's bounds in pixels; None if there are no borders on two opposite sides."""
    mask = difference.point([255 if level > threshold else 0 for level in range(256)])
    axes = ((difference, mask), (_transpose(difference), _transpose(mask)))
    rows, columns = (_measure_widths(*axis, is_dark=is_dark) for axis in axes)
    if sum(bool(width) for width in rows + columns) == _OTHER_SIDES:
        rows, columns = (_measure_widths(*axis, is_dark=is_dark, is_certain=True) for axis in axes)
    if not (all(rows) or all(columns)) or rows.is_doubtful or columns.is_doubtful:
        return None
    # Dark parts of a scene between two bars may look like the beginning of a border at the other two sides.
    if None in rows + columns and not is_dark:
        return None
    left, right, top, bottom = (width or 0 for width in columns + rows)
    return left, top, difference.width - right, difference.height - bottom


def _transpose(image: Image.Image) -> Image.Image:
    return image.transpose(Image.Transpose.TRANSPOSE)


def _find_border(preview: Image.Image) -> _Border | None:
    """Return what the four corners have in common; None if they differ, or are of no colour that borders have."""
    right, bottom = preview.width - _CORNER, preview.height - _CORNER
    if min(right, bottom) < _CORNER:
        return None
    corners = Image.new("RGB", (2 * _CORNER, 2 * _CORNER))
    for column, x in enumerate((0, right)):
        for row, y in enumerate((0, bottom)):
            corners.paste(preview.crop((x, y, x + _CORNER, y + _CORNER)), (column * _CORNER, row * _CORNER))
    red, green, blue = corners.resize((1, 1), Image.Resampling.BOX).tobytes()
    unevenness = max(high - low for low, high in ImageStat.Stat(corners).extrema)
    is_dark = max(red, green, blue) <= _MAX_DARK
    if unevenness > (_MAX_UNEVENNESS_DARK if is_dark else _MAX_UNEVENNESS):
        return None
    if max(red, green, blue) - min(red, green, blue) > _MAX_CHROMA:
        return None
    return _Border((red, green, blue), unevenness)


def _measure_difference(preview: Image.Image, colour: Colour) -> Image.Image:
    """Return by how many levels each pixel differs from a colour, in the channel where it differs the most."""
    red, green, blue = ImageChops.difference(preview, Image.new("RGB", preview.size, colour)).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _measure_widths(difference: Image.Image, mask: Image.Image, *, is_dark: bool, is_certain: bool = False) -> _Widths:
    """Measure the borders above and below the picture.

    Args:
        difference: levels by which each pixel differs from the border.
        mask: 255 where that is too much for a border.
        is_dark: whether the border is black.
        is_certain: whether the other sides tell that the picture has borders, so that less is needed here.
    """
    # The corners of a border on all sides would dilute the lines at its inner edges.
    left, right = _find_extent(mask.resize((mask.width, 1), Image.Resampling.BOX).tobytes())
    size, box = (1, mask.height), (left, 0, right, mask.height)
    profile = mask.resize(size, Image.Resampling.BOX, box).tobytes()
    levels = difference.resize(size, Image.Resampling.BOX, box).tobytes()
    first, last = _find_extent(profile)
    is_symmetric = abs(first - (len(profile) - last)) <= max(1, _MAX_ASYMMETRY * len(profile))
    sides = ((profile, levels), (profile[::-1], levels[::-1]))
    widths = _Widths(*(_measure_width(*side, _MIN_EDGE, _MIN_STRIP) for side in sides))
    if is_certain or (is_symmetric and (is_dark or any(widths))):
        min_edge = _MIN_EDGE_LIKELY if is_certain or any(widths) else _MIN_EDGE_BARS
        widths = _Widths(*(_measure_width(*side, min_edge, _MIN_STRIP_LIKELY) for side in sides))
    return widths


def _find_extent(profile: bytes) -> tuple[int, int]:
    """Return where the lines that are not plain border start and stop; all lines if there are none."""
    lines = [line for line, level in enumerate(profile) if level > _MAX_SPECKS * 255]
    return (lines[0], lines[-1] + 1) if lines else (0, len(profile))


def _measure_width(profile: bytes, levels: bytes, min_edge: float, min_strip: float) -> int | None:
    """Return the width of the border that a profile starts with: 0 if there is none, None if it has no straight edge.

    Args:
        profile: how many pixels of each line differ from the border, 0 to 255.
        levels: by how many levels each line differs from the border.
        min_edge: fraction of pixels that must differ in the line where the picture begins.
        min_strip: the same, on average over a strip inside.
    """
    first, _ = _find_extent(profile)
    if not first:
        return 0
    within_skew = range(first, min(first + _MAX_SKEW, len(profile) - 1))
    edge = next((line for line in within_skew if profile[line] >= min_edge * 255), 0)
    if not _MIN_WIDTH <= edge / len(profile) <= _MAX_WIDTH:
        return None
    if not _is_step(levels, edge):
        return None
    strip = profile[edge : edge + max(2, round(_STRIP * len(profile)))]
    if sum(strip) < min_strip * 255 * len(strip):
        return None
    return edge + 1 if levels[edge] < _MIXED * levels[edge + 1] else edge


def _is_step(levels: bytes, edge: int) -> bool:
    """Return whether the difference from the border rises at once, in a few lines."""
    before, inside = levels[max(0, edge - _MAX_SKEW)], levels[edge + 1]
    further = levels[min(edge + 1 + _MAX_SKEW, len(levels) - 1)]
    return before <= _MAX_BEFORE * inside and inside - before >= _MIN_STEP * (further - before)
