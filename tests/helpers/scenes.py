"""Scenes for looks to compose, and what their compositions draw."""

from typing import TypedDict, Unpack

from PIL import Image, ImageChops, ImageDraw

from process.canvas import BADGE, SAFE_AREA, SIZE, Box
from process.image.resize import make_preview
from process.layout.framing import Framing
from process.layout.rotation import rotate
from process.layout.saliency import PREVIEW_SIDE, Saliency, map_saliency
from process.layout.scene import Scene
from process.layout.wcag import Colour
from process.render.composition import Composition, Letters
from process.render.drawing import draw_title
from process.text.emphasis import parse_title
from process.text.normalization import normalize_title

GREY, SKIN, HAIR = (120, 140, 160), (224, 172, 140), (120, 70, 50)
TITLE = "I built this in one week"

PixelBounds = tuple[int, int, int, int]
RegionBounds = tuple[float, float, float, float]

_MAP_SIZE = (64, 36)


class Choices(TypedDict, total=False):
    """What the user may choose: fields of `Scene`."""

    fit: str
    position: str
    accent: Colour | None
    capitals: bool


def make_scene(picture: Image.Image, title: str = TITLE, **choices: Unpack[Choices]) -> Scene:
    """Analyse an RGB picture as `process.thumbnail.plan` does."""
    preview = make_preview(picture, PREVIEW_SIDE)
    return Scene(preview, picture.size, map_saliency(preview), parse_title(normalize_title(title)), **choices)


def make_plain(size: tuple[int, int] = SIZE, colour: Colour = GREY) -> Image.Image:
    """Make a picture of one colour."""
    return Image.new("RGB", size, colour)


def draw_subject(size: tuple[int, int], box: PixelBounds, ground: Colour = GREY) -> Image.Image:
    """Draw a plain picture with a single salient object: a checkered, skin-coloured patch."""
    picture = make_plain(size, ground)
    draw = ImageDraw.Draw(picture)
    draw.rectangle(box, SKIN)
    for x in range(box[0], box[2], 16):
        for y in range(box[1], box[3], 16):
            if (x + y) % 32 < 16:
                draw.rectangle((x, y, x + 7, y + 7), HAIR)
    return picture


def _draw_map(*boxes: RegionBounds) -> Image.Image:
    """Draw a map that is white in these regions and black elsewhere."""
    map_ = Image.new("L", _MAP_SIZE)
    for left, top, right, bottom in boxes:
        ImageDraw.Draw(map_).rectangle(
            (left * _MAP_SIZE[0], top * _MAP_SIZE[1], right * _MAP_SIZE[0] - 1, bottom * _MAP_SIZE[1] - 1),
            255,
        )
    return map_


def stage(
    subject: tuple[RegionBounds, ...],
    faces: tuple[RegionBounds, ...] = (),
    *,
    size: tuple[int, int] = SIZE,
    people: float = 1.0,
    title: str = "Cat",
    **choices: Unpack[Choices],
) -> Scene:
    """Make a scene with subjects and faces in these regions of the picture."""
    maps = Saliency(Image.new("L", _MAP_SIZE), _draw_map(*faces), _draw_map(*subject), people if faces else 0.0)
    return Scene(Image.new("RGB", (320, 180)), size, maps, parse_title(title), **choices)


def find_shown(framing: Framing, size: tuple[int, int], box: PixelBounds) -> Box:
    """Return where on the canvas a box of a picture of this size is shown."""
    region, area = framing.region.scale(size), framing.area
    scale_x, scale_y = area.size[0] / region.size[0], area.size[1] / region.size[1]
    left, top, right, bottom = box
    shown = Box(
        area.left + (left - region.left) * scale_x,
        area.top + (top - region.top) * scale_y,
        area.left + (right - region.left) * scale_x,
        area.top + (bottom - region.top) * scale_y,
    )
    return shown.intersect(area)


def list_line_boxes(composition: Composition) -> list[Box]:
    """Return the bounds of each line of the title on the canvas, turned and with its outline."""
    return [_bound(letters, line.box) for letters in composition.letters for line in letters.lines]


def find_title_box(composition: Composition) -> Box:
    """Return the bounds of all lines."""
    lefts, tops, rights, bottoms = zip(*list_line_boxes(composition), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _bound(letters: Letters, box: Box) -> Box:
    around = letters.outline.width if letters.outline else 0.0
    centre = (letters.box.left + letters.box.right) / 2, (letters.box.top + letters.box.bottom) / 2
    corners = [
        rotate((x, y), centre, letters.angle)
        for x in (box.left - around, box.right + around)
        for y in (box.top - around, box.bottom + around)
    ]
    return Box(*(side(values) for side in (min, max) for values in zip(*corners, strict=True)))


def find_letters(composition: Composition) -> PixelBounds | None:
    """Draw the letters, without their shadow, and return the bounds of their pixels; None if there are none."""
    canvas = Image.new("RGB", SIZE, GREY)
    bare = composition._replace(letters=tuple(letters._replace(shadow=None) for letters in composition.letters))
    draw_title(canvas, bare)
    return find_difference(canvas, Image.new("RGB", SIZE, GREY))


def find_difference(one: Image.Image, other: Image.Image, threshold: int = 24) -> PixelBounds | None:
    """Return the bounds of where two RGB pictures differ; None if they do not."""
    difference = ImageChops.difference(one, other).convert("L")
    return difference.point(lambda value: 255 if value > threshold else 0).getbbox()


def assert_in_free_area(box: PixelBounds | Box | None, tolerance: float = 1.0) -> None:
    """Check that there is a box, inside the margin and clear of the duration badge."""
    assert box, "no title was drawn"
    left, top, right, bottom = box
    assert left >= SAFE_AREA.left - tolerance, box
    assert top >= SAFE_AREA.top - tolerance, box
    assert right <= SAFE_AREA.right + tolerance, box
    assert bottom <= SAFE_AREA.bottom + tolerance, box
    assert right <= BADGE[0] + tolerance or bottom <= BADGE[1] + tolerance, f"{box} is under the badge"


def is_inside(box: Box) -> bool:
    """Tell whether a box is inside the margin and clear of the duration badge."""
    return (
        box.left >= SAFE_AREA.left - 0.5
        and box.top >= SAFE_AREA.top - 0.5
        and box.right <= SAFE_AREA.right + 0.5
        and box.bottom <= SAFE_AREA.bottom + 0.5
        and (box.right <= BADGE[0] or box.bottom <= BADGE[1])
    )
