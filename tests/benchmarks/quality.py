"""How near a picture's scaling comes to the best there is: Lanczos, over the whole of the decoded original."""

import math
from io import BytesIO

from benchmarks import seed
from PIL import Image, ImageChops, ImageOps, ImageStat

from process.thumbnail import plan


def ours(data: bytes) -> float:
    """Return the decibels (PSNR) of our scaling."""
    planned = plan(data, "", fit="letterbox")
    area = planned.composition.area
    return _decibels(planned.canvas.crop(area), _best(data, (area.right - area.left, area.bottom - area.top)))


def seeds(data: bytes) -> float:
    """Return the decibels (PSNR) of the seed's."""
    scaled = seed.scaled(data)
    original = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")  # transparency is lost there, too
    return _decibels(scaled, original.resize(scaled.size, Image.Resampling.LANCZOS))


def _best(data: bytes, size: tuple[int, int]) -> Image.Image:
    original = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    scaled = original.resize(size, Image.Resampling.LANCZOS)
    if not scaled.has_transparency_data:
        return scaled.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", size, "white"), scaled.convert("RGBA")).convert("RGB")


def _decibels(one: Image.Image, other: Image.Image) -> float:
    statistics = ImageStat.Stat(ImageChops.difference(one, other))
    error = sum(statistics.sum2) / sum(statistics.count)
    return 10 * math.log10(255**2 / error) if error else math.inf
