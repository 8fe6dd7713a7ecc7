"""Print what the largest accepted picture of each kind takes: `make bench-memory`.

The last column says whether it passes where the function has the least memory that `process_memory_mb` allows. Needs
Linux, whose figures these are.
"""

import os
from collections.abc import Callable, Iterator

from containers import deflated_rgba16_tiff, gif
from pictures import encoded
from PIL import Image
from trial import Trial

from process.errors import InvalidImage

SIDE = 8000  # 64 megapixels
PATIENCE = 120
os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "1536"


def picture() -> Image.Image:
    """Return a noisy picture of the largest accepted size."""
    tile = Image.effect_noise((2000, 2000), 60).convert("RGB")
    whole = Image.new("RGB", (SIDE, SIDE))
    for left in range(0, SIDE, 2000):
        for top in range(0, SIDE, 2000):
            whole.paste(tile, (left, top))
    return whole


KINDS: dict[str, Callable[[Image.Image], bytes]] = {
    "JPEG": lambda whole: encoded(whole, "JPEG"),
    "JPEG, 250 megapixels": lambda _: encoded(Image.new("L", (16000, 15600), 90), "JPEG"),
    "JPEG, progressive": lambda whole: encoded(whole, "JPEG", progressive=True, subsampling=0),
    "JPEG, CMYK": lambda whole: encoded(whole.convert("CMYK"), "JPEG"),
    "JPEG, progressive CMYK": lambda whole: encoded(whole.convert("CMYK"), "JPEG", progressive=True),
    "PNG": lambda whole: encoded(whole, "PNG", compress_level=1),
    "PNG with alpha": lambda whole: encoded(whole.convert("RGBA"), "PNG", compress_level=1),
    "PNG, palette with alpha": lambda whole: encoded(whole.convert("P"), "PNG", compress_level=1, transparency=0),
    "PNG, 16-bit grey": lambda whole: encoded(whole.convert("I").convert("I;16"), "PNG", compress_level=1),
    "WebP": lambda whole: encoded(whole, "WEBP", method=0),
    "WebP with alpha": lambda whole: encoded(whole.convert("RGBA"), "WEBP", method=0),
    "WebP, lossless": lambda whole: encoded(whole.convert("RGBA"), "WEBP", method=0, lossless=True, quality=0),
    "GIF": lambda whole: encoded(whole.convert("P"), "GIF"),
    "GIF, screen not covered": lambda _: gif((SIDE, SIDE), Image.new("P", (SIDE, SIDE - 1)), (0, 0)),
    "BMP": lambda whole: encoded(whole, "BMP"),
    "TIFF, float": lambda whole: encoded(whole.convert("F"), "TIFF"),
    "TIFF, deflate": lambda whole: encoded(whole, "TIFF", compression="tiff_deflate"),
    "TIFF, 16-bit with alpha": lambda _: deflated_rgba16_tiff((SIDE, SIDE)),
    "AVIF": lambda whole: encoded(whole, "AVIF", speed=10),
    "AVIF, 4:4:4 with alpha": lambda whole: encoded(whole.convert("RGBA"), "AVIF", speed=10, subsampling="4:4:4"),
    "HEIC": lambda whole: encoded(whole, "HEIF"),
    "HEIC with alpha": lambda whole: encoded(whole.convert("RGBA"), "HEIF"),
}


def taken() -> Iterator[tuple[str, int, float, bool]]:
    """Yield each kind of picture, the most megabytes that its process held, the seconds, and whether it fits."""
    from process.confined import make_thumbnail  # noqa: PLC0415  reads the environment

    whole = picture()
    for kind, make in KINDS.items():
        data = make(whole)
        with Trial(PATIENCE) as trial:  # a fresh one each: the peak of one must not hide another's
            outcome = trial.of(data, "Hello")
        try:
            fits = bool(make_thumbnail(data, "Hello"))
        except InvalidImage:
            fits = False
        yield kind, outcome.megabytes, outcome.seconds, fits


if __name__ == "__main__":
    for kind, megabytes, seconds, fits in taken():
        print(f"{kind:25} {megabytes:5} MB {seconds:5.1f} s  {'fits' if fits else 'does not fit'}", flush=True)
