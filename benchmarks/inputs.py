"""Pictures made here, the same on every run: large files to measure speed with, and what photos lack.

The large ones are the sample photo, scaled up, with the detail of smaller copies and a sensor's noise added, so that
they are as hard to decode as photos: a JPEG of 12 megapixels has 4 to 5 MB, as a phone's has.
"""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from helpers.pictures import encode
from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from emulator import ROOT

SAMPLE = ROOT / "docs" / "images" / "sample.jpg"
_FOLDER = ROOT / "build" / "bench"

_MP4, _MP8, _MP12, _MP48 = (2304, 1728), (3264, 2448), (4000, 3000), (8000, 6000)
_SMALL = (640, 360)

_DETAIL_SCALES = (1, 3)
_DETAIL_RADIUS = 6
_NOISE = 7  # levels
_SIDEWAYS = 6  # Exif 2.32, Orientation: the camera was held upright

_CANVAS = (1600, 900)
_INK, _PAPER, _LINK = (32, 33, 36), (255, 255, 255), (26, 86, 190)
_LINE = "A page of text, as a screenshot shows it: many small letters, and nothing that stands out."


def make_inputs() -> dict[str, Path]:
    """Return the files to measure speed with, by name; missing ones are made, which takes a minute."""
    folder = _FOLDER / f"inputs-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, make in _INPUTS.items():
        file = files[name] = folder / f"{name.replace(' ', '-')}.{name.split()[0]}".lower()
        if not file.exists():
            unfinished = file.with_suffix(".tmp")
            unfinished.write_bytes(make())
            unfinished.replace(file)
    _make_photo.cache_clear()
    return files


def _encode_jpeg(size: tuple[int, int], **options: object) -> bytes:
    return encode(_make_photo(size), "JPEG", quality=90, **options)


def _encode_rotated() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = _SIDEWAYS
    return _encode_jpeg(_MP12, exif=exif)


def _encode_rgba() -> bytes:
    """Return a PNG with soft, transparent corners."""
    picture = _make_photo(_MP8).copy()
    small = Image.new("L", (_MP8[0] // 8, _MP8[1] // 8))
    ImageDraw.Draw(small).rounded_rectangle((8, 8, small.width - 8, small.height - 8), small.height // 3, 255)
    picture.putalpha(small.filter(ImageFilter.GaussianBlur(4)).resize(_MP8))
    return encode(picture, "PNG")


@cache
def _make_photo(size: tuple[int, int]) -> Image.Image:
    sample = Image.open(SAMPLE).convert("RGB")
    sample.info.clear()  # only some encoders would write its colour profile
    photo = ImageOps.fit(sample, size)
    for scale in _DETAIL_SCALES:
        copy = sample.resize((sample.width * scale, sample.height * scale))
        smooth = copy.filter(ImageFilter.GaussianBlur(_DETAIL_RADIUS * scale))
        photo = ImageChops.add(photo, _tile(ImageChops.subtract(copy, smooth, offset=128), size), offset=-128)
    noise = _tile(Image.effect_noise((512, 512), _NOISE).convert("RGB"), size)
    return ImageChops.add(photo, noise, offset=-128)


def _tile(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    tiled = Image.new("RGB", size)
    for left in range(0, size[0], tile.width):
        for top in range(0, size[1], tile.height):
            tiled.paste(tile, (left, top))
    return tiled


_INPUTS: dict[str, Callable[[], bytes]] = {
    "JPEG 12 MP": partial(_encode_jpeg, _MP12),
    "JPEG 48 MP": partial(_encode_jpeg, _MP48),
    "JPEG 12 MP rotated": _encode_rotated,
    "JPEG 12 MP progressive": partial(_encode_jpeg, _MP12, progressive=True),
    "PNG 8 MP RGBA": _encode_rgba,
    "PNG 8 MP RGB": lambda: encode(_make_photo(_MP8), "PNG"),
    "WebP 12 MP": lambda: encode(_make_photo(_MP12), "WEBP", quality=80),
    "AVIF 4 MP": lambda: encode(_make_photo(_MP4), "AVIF", speed=8),
    "HEIC 12 MP": lambda: encode(_make_photo(_MP12), "HEIF", quality=60),
    "JPEG 640x360": partial(_encode_jpeg, _SMALL),
}


def _draw_gradient() -> Image.Image:
    """From black on the left to white on the right."""
    return Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(_CANVAS).convert("RGB")


def _draw_noise() -> Image.Image:
    width, height = _CANVAS
    return Image.frombytes("RGB", _CANVAS, hashlib.shake_128(b"noise").digest(width * height * 3))


def _draw_checkerboard() -> Image.Image:
    squares = Image.frombytes("L", (32, 18), bytes(255 * ((x + y) % 2) for y in range(18) for x in range(32)))
    return squares.resize(_CANVAS, Image.Resampling.NEAREST).convert("RGB")


def _draw_page() -> Image.Image:
    page = Image.new("RGB", _CANVAS, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, _CANVAS[0], 60), fill=(241, 243, 244))
    draw.text((40, 90), "A screenshot", _INK, ImageFont.load_default(44))
    for number in range(22):
        text = f"{number + 1}. {_LINE if number % 6 else _LINE[: len(_LINE) // 2]}"
        draw.text((40, 170 + 32 * number), text, _INK if number % 5 else _LINK, ImageFont.load_default(22))
    return page


def _draw_scene(size: tuple[int, int]) -> Image.Image:
    """Draw a sun above a hill: something that can be cut off, at any size and shape."""
    width, height = size
    sky = Image.linear_gradient("L").resize(size)
    scene = Image.composite(Image.new("RGB", size, (250, 214, 165)), Image.new("RGB", size, (58, 110, 190)), sky)
    draw = ImageDraw.Draw(scene)
    radius, x, y = min(size) // 8, width * 2 // 3, height // 3
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 244, 200))
    draw.ellipse((-width // 3, height * 2 // 3, width * 4 // 3, height * 2), fill=(46, 94, 56))
    return scene


GENERATED: dict[str, Callable[[], Image.Image]] = {
    "generated__white.png": partial(Image.new, "RGB", _CANVAS, (255, 255, 255)),
    "generated__black.png": partial(Image.new, "RGB", _CANVAS, (0, 0, 0)),
    "generated__grey.png": partial(Image.new, "RGB", _CANVAS, (128, 128, 128)),
    "generated__gradient.png": _draw_gradient,
    "generated__noise.png": _draw_noise,
    "generated__checkerboard.png": _draw_checkerboard,
    "generated__page.png": _draw_page,
    "generated__wide.png": partial(_draw_scene, (2400, 800)),
    "generated__tiny.png": partial(_draw_scene, (64, 48)),
    "generated__tall.png": partial(_draw_scene, (720, 1280)),
}
"""Flat areas, noise, lines of text and odd shapes, by file name."""
