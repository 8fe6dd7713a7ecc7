"""Print what the largest accepted picture of each kind takes: `make bench-memory`.

`process_memory_mb` must leave room for the most of these beside botocore. Needs Linux, whose figures these are.
"""

from collections.abc import Callable, Iterator
from functools import cache

from helpers.containers import deflated_rgba16_tiff, gif
from helpers.pictures import encoded
from helpers.sandbox import Sandbox
from PIL import Image

_SIDE = 8000  # 64 megapixels
_PATIENCE = 120


@cache
def noise(side: int) -> Image.Image:
    """Return a square picture that can hardly be compressed."""
    tile = Image.effect_noise((1000, 1000), 60).convert("RGB")
    whole = Image.new("RGB", (side, side))
    for left in range(0, side, 1000):
        for top in range(0, side, 1000):
            whole.paste(tile, (left, top))
    return whole


def gradient(side: int) -> Image.Image:
    """Return a smooth picture: encoders of HEIC are slow."""
    return Image.linear_gradient("L").resize((side, side)).convert("RGB")


def flat(width: int, height: int) -> Image.Image:
    """Return a picture of one grey, which is quickly made at any size."""
    return Image.new("L", (width, height), 90)


KINDS: dict[str, Callable[[int], bytes]] = {
    "JPEG": lambda side: encoded(noise(side), "JPEG"),
    "JPEG of nearly four times the size": lambda side: encoded(flat(2 * side, 2 * side - side // 20), "JPEG"),
    "JPEG, progressive": lambda side: encoded(noise(side), "JPEG", progressive=True, subsampling=0),
    "JPEG, CMYK": lambda side: encoded(noise(side).convert("CMYK"), "JPEG"),
    "JPEG, progressive CMYK": lambda side: encoded(noise(side).convert("CMYK"), "JPEG", progressive=True),
    "PNG": lambda side: encoded(noise(side), "PNG", compress_level=1),
    "PNG with alpha": lambda side: encoded(noise(side).convert("RGBA"), "PNG", compress_level=1),
    "PNG, palette with alpha": lambda side: encoded(noise(side).convert("P"), "PNG", compress_level=1, transparency=0),
    "PNG, 16-bit grey": lambda side: encoded(noise(side).convert("I").convert("I;16"), "PNG", compress_level=1),
    "WebP": lambda side: encoded(noise(side), "WEBP", method=0),
    "WebP with alpha": lambda side: encoded(noise(side).convert("RGBA"), "WEBP", method=0),
    "WebP, lossless": lambda side: encoded(noise(side).convert("RGBA"), "WEBP", method=0, lossless=True, quality=0),
    "GIF": lambda side: encoded(noise(side).convert("P"), "GIF"),
    "GIF, screen not covered": lambda side: gif((side, side), Image.new("P", (side, side - 1))),
    "BMP": lambda side: encoded(noise(side), "BMP"),
    "TIFF, float": lambda side: encoded(noise(side).convert("F"), "TIFF"),
    "TIFF, deflate": lambda side: encoded(noise(side), "TIFF", compression="tiff_deflate"),
    "TIFF, 16-bit with alpha": lambda side: deflated_rgba16_tiff((side, side)),
    "AVIF": lambda side: encoded(noise(side), "AVIF", speed=10),
    "AVIF, 4:4:4 with alpha": lambda side: encoded(noise(side).convert("RGBA"), "AVIF", speed=10, subsampling="4:4:4"),
    "HEIC": lambda side: encoded(gradient(side), "HEIF"),
    "HEIC with alpha": lambda side: encoded(gradient(side).convert("RGBA"), "HEIF"),
}


def taken(side: int) -> Iterator[tuple[str, int, float]]:
    """Yield each kind of picture, the most megabytes that its process held, and the seconds that it took."""
    for kind, make in KINDS.items():
        data = make(side)
        with Sandbox(_PATIENCE) as trial:  # a fresh one each: the peak of one must not hide another's
            outcome = trial.of(data, "Hello")
        yield kind, outcome.megabytes, outcome.seconds


if __name__ == "__main__":
    for kind, megabytes, seconds in taken(_SIDE):
        print(f"{kind:35} {megabytes:5} MB {seconds:5.1f} s", flush=True)
