"""How near a picture's scaling comes to the best there is: Lanczos, over the whole of the decoded original."""

import math
from io import BytesIO

from benchmarks import baseline
from PIL import Image, ImageChops, ImageOps, ImageStat

import process.canvas
from process.thumbnail import plan


def ours(data: bytes) -> float:
    """Return the decibels (PSNR) of our scaling, shown whole or filling the canvas: the worse of the two."""
    return min(_ours(data, fit) for fit in ("letterbox", "crop"))


def _ours(data: bytes, fit: str) -> float:
    planned = plan(data, "", fit=fit)
    area = planned.framing.area
    best = _best(data, planned.framing.region, (area.right - area.left, area.bottom - area.top))
    return _decibels(planned.canvas.crop(area), best)


def seeds(data: bytes) -> float:
    """Return the decibels (PSNR) of the seed's."""
    scaled = baseline.scaled(data)
    original = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")  # transparency is lost there, too
    return _decibels(scaled, original.resize(scaled.size, Image.Resampling.LANCZOS))


def _best(data: bytes, part: process.canvas.Region, size: tuple[int, int]) -> Image.Image:
    original = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    x0, y0, x1, y1 = part
    box = (x0 * original.width, y0 * original.height, x1 * original.width, y1 * original.height)
    scaled = original.resize(size, Image.Resampling.LANCZOS, box)
    if not scaled.has_transparency_data:
        return scaled.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", size, "white"), scaled.convert("RGBA")).convert("RGB")


def _decibels(one: Image.Image, other: Image.Image) -> float:
    statistics = ImageStat.Stat(ImageChops.difference(one, other))
    error = sum(statistics.sum2) / sum(statistics.count)
    return 10 * math.log10(255**2 / error) if error else math.inf
