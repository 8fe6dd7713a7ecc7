"""The pictures that speed is measured on, made once into `build/bench`.

All are made from the sample photo: scaled up, with the detail of smaller copies of it and a sensor's noise laid over,
so that they are as hard to decode as photos are: a JPEG of 12 megapixels has 4 to 5 MB, as a phone's has.
"""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pillow_heif
from helpers.pictures import encoded
from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from emulator import ROOT

SAMPLE = ROOT / "docs" / "images" / "sample.jpg"
_FOLDER = ROOT / "build" / "bench"

_MP4, _MP8, _MP12, _MP48 = (2304, 1728), (3264, 2448), (4000, 3000), (8000, 6000)
_SMALL = (640, 360)

_DETAIL_SCALES = (1, 3)
_DETAIL_RADIUS = 6
_NOISE = 7  # levels
_QUALITY, _HEIC_QUALITY = 90, 60
_SIDEWAYS = 6  # Exif 2.32, Orientation: the camera was held upright


def inputs() -> dict[str, Path]:
    """Return each picture's file by its name; those that lack are made, which takes a minute."""
    folder = _FOLDER / f"inputs-{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for name, make in _MADE.items():
        file = files[name] = folder / f"{name.replace(' ', '-')}.{name.split()[0]}".lower()
        if not file.exists():
            unfinished = file.with_suffix(".tmp")
            unfinished.write_bytes(make())
            unfinished.replace(file)
    _photo.cache_clear()
    return files


def _jpeg(size: tuple[int, int], **options: object) -> bytes:
    return encoded(_photo(size), "JPEG", quality=_QUALITY, **options)


def _rotated() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = _SIDEWAYS
    return _jpeg(_MP12, exif=exif)


def _heic() -> bytes:
    file = BytesIO()
    pillow_heif.from_pillow(_photo(_MP12)).save(file, quality=_HEIC_QUALITY)
    return file.getvalue()


def _cut_out() -> bytes:
    """Return a PNG with soft, transparent corners."""
    picture = _photo(_MP8).copy()
    small = Image.new("L", (_MP8[0] // 8, _MP8[1] // 8))
    ImageDraw.Draw(small).rounded_rectangle((8, 8, small.width - 8, small.height - 8), small.height // 3, 255)
    picture.putalpha(small.filter(ImageFilter.GaussianBlur(4)).resize(_MP8))
    return encoded(picture, "PNG")


@cache
def _photo(size: tuple[int, int]) -> Image.Image:
    sample = Image.open(SAMPLE).convert("RGB")
    sample.info.clear()  # its colour profile would travel on into some formats, and not into others
    photo = ImageOps.fit(sample, size)
    for scale in _DETAIL_SCALES:
        tile = sample.resize((sample.width * scale, sample.height * scale))
        smooth = tile.filter(ImageFilter.GaussianBlur(_DETAIL_RADIUS * scale))
        photo = ImageChops.add(photo, _tiled(ImageChops.subtract(tile, smooth, offset=128), size), offset=-128)
    noise = _tiled(Image.effect_noise((512, 512), _NOISE).convert("RGB"), size)
    return ImageChops.add(photo, noise, offset=-128)


def _tiled(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("RGB", size)
    for left in range(0, size[0], tile.width):
        for top in range(0, size[1], tile.height):
            whole.paste(tile, (left, top))
    return whole


_MADE: dict[str, Callable[[], bytes]] = {
    "JPEG 12 MP": partial(_jpeg, _MP12),
    "JPEG 48 MP": partial(_jpeg, _MP48),
    "JPEG 12 MP rotated": _rotated,
    "JPEG 12 MP progressive": partial(_jpeg, _MP12, progressive=True),
    "PNG 8 MP RGBA": _cut_out,
    "PNG 8 MP RGB": lambda: encoded(_photo(_MP8), "PNG"),
    "WebP 12 MP": lambda: encoded(_photo(_MP12), "WEBP", quality=80),
    "AVIF 4 MP": lambda: encoded(_photo(_MP4), "AVIF", speed=8),
    "HEIC 12 MP": _heic,
    "JPEG 640x360": partial(_jpeg, _SMALL),
}
