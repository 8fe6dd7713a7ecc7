"""The way that this project began with, made to run: what speed is measured against."""

from functools import cache
from io import BytesIO

from pi_heif import register_heif_opener
from PIL import Image, ImageDraw, ImageFont, ImageOps

from process.canvas import SIZE
from process.text.font import open_title_font

TEXT_AT, TEXT_SIZE, VEIL = (50, 600), 64, 0.64

register_heif_opener()


def make_thumbnail(image: bytes, text: str) -> bytes:
    """Make a thumbnail: decoded in full, letterboxed, white text over a black veil as large as the canvas."""
    picture = scaled(image)
    canvas = Image.new("RGB", SIZE)
    canvas.paste(picture, ((SIZE[0] - picture.width) // 2, (SIZE[1] - picture.height) // 2))
    veil = Image.new("RGBA", SIZE, (0, 0, 0, round(255 * VEIL)))
    canvas = Image.alpha_composite(canvas.convert("RGBA"), veil).convert("RGB")
    ImageDraw.Draw(canvas).text(TEXT_AT, text, "white", font(TEXT_SIZE))
    file = BytesIO()
    canvas.save(file, "JPEG", quality=90)
    return file.getvalue()


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Load the font; Pillow shapes with what every machine has."""
    return ImageFont.truetype(open_title_font().path, size, layout_engine=ImageFont.Layout.BASIC)


def scaled(image: bytes) -> Image.Image:
    """Return the picture as it lies on the canvas; a small one is not scaled up."""
    picture = ImageOps.exif_transpose(Image.open(BytesIO(image)).convert("RGB"))
    picture.thumbnail(SIZE, Image.Resampling.LANCZOS)
    return picture
