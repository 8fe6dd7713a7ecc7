"""The two ways to draw a title that are compared: ours, and the one that this project began with."""

from dataclasses import dataclass
from io import BytesIO

from benchmarks.baseline import TEXT_AT, TEXT_SIZE, VEIL, font
from benchmarks.measures import bounds, changed, inside_margin
from benchmarks.photos import Photo
from PIL import Image, ImageDraw

from process.canvas import MARGIN, SIZE, Box, Region
from process.layout.wcag import Colour
from process.text.font import cap_height
from process.thumbnail import make_thumbnail, plan


@dataclass(frozen=True)
class Drawn:
    """A thumbnail with a title, and what is known of it.

    `bare` is the same without the title, `mask` is what the title covers, `part` of the picture is shown in `area`, and
    `cap` is the height of a capital letter.
    """

    picture: Image.Image
    bare: Image.Image
    mask: Image.Image
    inside: bool
    fill: Colour
    cap: float
    part: Region
    area: Box
    framing: str
    position: str


def drawn_our_way(photo: Photo, title: str) -> Drawn:
    """Draw a title as this project does."""
    data = photo.file.read_bytes()
    picture, bare = opened(make_thumbnail(data, title)), opened(make_thumbnail(data, title, overlay=False))
    planned = plan(data, title)
    if planned.placement is None or planned.colours is None:
        raise ValueError("a title that is not drawn cannot be measured")
    mask = changed(picture, bare)
    return Drawn(
        picture=picture,
        bare=bare,
        mask=mask,
        inside=inside_margin(bounds(mask)),
        fill=planned.colours.fill,
        cap=planned.placement.size * cap_height(),
        part=planned.framing.region,
        area=planned.framing.area,
        framing=planned.framing.name,
        position=planned.placement.position,
    )


def drawn_seed_way(photo: Photo, title: str) -> Drawn:
    """Draw a title as the seed does."""
    data = photo.file.read_bytes()
    composition = plan(data, "", fit="letterbox").framing
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).text(TEXT_AT, title, 255, font(TEXT_SIZE))
    return Drawn(
        picture=opened(seed(data, title)),
        bare=opened(seed(data, title, overlay=False)),
        mask=mask,
        # What runs off the canvas is not in the mask.
        inside=TEXT_AT[0] + font(TEXT_SIZE).getlength(title) <= SIZE[0] - MARGIN[0],
        fill=(255, 255, 255),
        cap=TEXT_SIZE * cap_height(),
        part=composition.region,
        area=composition.area,
        framing=composition.name,
        position="fixed",
    )


def seed(image: bytes, text: str, *, overlay: bool = True) -> bytes:
    """Make a thumbnail the seed's way: letterboxed, and white text over a black veil, never wrapped."""
    canvas = plan(image, "", fit="letterbox").canvas
    if overlay:
        canvas = Image.blend(canvas, Image.new("RGB", SIZE), VEIL)
        ImageDraw.Draw(canvas).text(TEXT_AT, text, "white", font(TEXT_SIZE))
    file = BytesIO()
    canvas.save(file, "JPEG", quality=90)
    return file.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    """Decode a thumbnail."""
    return Image.open(BytesIO(jpeg)).convert("RGB")
