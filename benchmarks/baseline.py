"""The baseline for speed and title quality: a thumbnail as a plain Pillow script makes it.

The picture is decoded in full and letterboxed; the title is one line of white text over a translucent black veil.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO

from pi_heif import register_heif_opener
from PIL import Image, ImageDraw, ImageFont, ImageOps

from process.canvas import SIZE

TEXT_AT, TEXT_SIZE = (50, 600), 64
_VEIL = (0, 0, 0, round(255 * 0.64))

register_heif_opener()


def make_thumbnail(image: bytes, text: str, *, overlay: bool = True, enlarge: bool = False) -> bytes:
    """Make a thumbnail; `overlay=False` leaves out the text and the veil, `enlarge` scales small pictures up."""
    picture = scale(image, enlarge=enlarge)
    canvas = Image.new("RGB", SIZE)
    canvas.paste(picture, ((SIZE[0] - picture.width) // 2, (SIZE[1] - picture.height) // 2))
    if overlay:
        canvas = Image.alpha_composite(canvas.convert("RGBA"), Image.new("RGBA", SIZE, _VEIL)).convert("RGB")
        ImageDraw.Draw(canvas).text(TEXT_AT, text, "white", load_font())
    file = BytesIO()
    canvas.save(file, "JPEG", quality=90)
    return file.getvalue()


def scale(image: bytes, *, enlarge: bool = False) -> Image.Image:
    """Return the picture as it is pasted onto the canvas."""
    picture = ImageOps.exif_transpose(Image.open(BytesIO(image)).convert("RGB"))
    picture.thumbnail(SIZE, Image.Resampling.LANCZOS)
    return ImageOps.contain(picture, SIZE, Image.Resampling.LANCZOS) if enlarge else picture


@cache
def load_font() -> ImageFont.FreeTypeFont:
    """Load the title's font, with the basic layout engine, which every build of Pillow has."""
    [file] = (files("fontpkg_anton") / "files").glob("*.ttf")  # type: ignore[attr-defined]
    return ImageFont.truetype(file, TEXT_SIZE, layout_engine=ImageFont.Layout.BASIC)
