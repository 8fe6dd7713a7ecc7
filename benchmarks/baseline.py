"""The baseline for speed and title quality: a thumbnail as a plain Pillow script makes it.

The picture is decoded in full and letterboxed; the title is one line of white text over a translucent black veil.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO

from pi_heif import register_heif_opener
from PIL import Image, ImageDraw, ImageFont, ImageOps

from common.options import SIZES
from process.canvas import SIZE, parse_size

TEXT_AT, TEXT_SIZE = (50, 600), 64
_VEIL = (0, 0, 0, round(255 * 0.64))

register_heif_opener()


def make_thumbnail(
    image: bytes, text: str, *, overlay: bool = True, enlarge: bool = False, size: str = SIZES[0]
) -> bytes:
    """Make a thumbnail; `overlay=False` leaves out the text and the veil, `enlarge` scales small pictures up."""
    canvas = Image.new("RGB", parse_size(size))
    picture = scale(image, canvas.size, enlarge=enlarge)
    canvas.paste(picture, ((canvas.width - picture.width) // 2, (canvas.height - picture.height) // 2))
    if overlay:
        canvas = Image.alpha_composite(canvas.convert("RGBA"), Image.new("RGBA", canvas.size, _VEIL)).convert("RGB")
        factor = canvas.width / SIZE[0]
        position = (TEXT_AT[0] * factor, TEXT_AT[1] * factor)
        ImageDraw.Draw(canvas).text(position, text, "white", load_font(TEXT_SIZE * factor))
    file = BytesIO()
    canvas.save(file, "JPEG", quality=90)
    return file.getvalue()


def scale(image: bytes, size: tuple[int, int] = SIZE, *, enlarge: bool = False) -> Image.Image:
    """Return the picture as it is pasted onto the canvas."""
    picture = ImageOps.exif_transpose(Image.open(BytesIO(image)).convert("RGB"))
    picture.thumbnail(size, Image.Resampling.LANCZOS)
    return ImageOps.contain(picture, size, Image.Resampling.LANCZOS) if enlarge else picture


@cache
def load_font(size: float = TEXT_SIZE) -> ImageFont.FreeTypeFont:
    """Load the title's font, with the basic layout engine, which every build of Pillow has."""
    [file] = (files("fontpkg_anton") / "files").glob("*.ttf")  # type: ignore[attr-defined]
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
