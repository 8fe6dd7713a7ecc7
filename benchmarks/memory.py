"""Measure the peak memory and the time for the largest accepted picture of each kind, at the largest size; needs Linux.

`process_memory_mb` must leave room for the largest of these and the handler.
"""

import argparse
from collections.abc import Callable
from functools import cache

from helpers.containers import build_deflated_rgba16_tiff, build_gif
from helpers.pictures import encode
from helpers.sandbox import Sandbox
from PIL import Image

from common.options import LIMITS, SIZES

_SIDE = 8000  # 64 megapixels
_TIMEOUT = 120


def main() -> None:
    """Print a line for each kind of picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default="", help="only kinds whose name contains this")
    parser.add_argument("--size", choices=SIZES, default=SIZES[-1])
    arguments = parser.parse_args()
    for kind, make in KINDS.items():
        if arguments.kinds in kind:
            data = make(_SIDE)
            with Sandbox(_TIMEOUT) as sandbox:  # a new process for each, or an earlier peak would hide a lower one
                outcome = sandbox.run(data, "Hello", size=arguments.size, limit=LIMITS[-1])
            print(f"{kind:35} {outcome.megabytes:5} MB {outcome.seconds:5.1f} s", flush=True)


@cache
def _draw_noise(side: int) -> Image.Image:
    """Return a square picture that hardly compresses."""
    tile = Image.effect_noise((1000, 1000), 60).convert("RGB")
    tiled = Image.new("RGB", (side, side))
    for left in range(0, side, 1000):
        for top in range(0, side, 1000):
            tiled.paste(tile, (left, top))
    return tiled


def _draw_gradient(side: int) -> Image.Image:
    """Return a smooth picture, because HEIC encoders are slow with noise."""
    return Image.linear_gradient("L").resize((side, side)).convert("RGB")


def _draw_grey(width: int, height: int) -> Image.Image:
    return Image.new("L", (width, height), 90)


KINDS: dict[str, Callable[[int], bytes]] = {
    "JPEG": lambda side: encode(_draw_noise(side), "JPEG"),
    "JPEG of nearly four times the size": lambda side: encode(_draw_grey(2 * side, 2 * side - side // 20), "JPEG"),
    "JPEG, progressive": lambda side: encode(_draw_noise(side), "JPEG", progressive=True, subsampling=0),
    "JPEG, CMYK": lambda side: encode(_draw_noise(side).convert("CMYK"), "JPEG"),
    "JPEG, progressive CMYK": lambda side: encode(_draw_noise(side).convert("CMYK"), "JPEG", progressive=True),
    "PNG": lambda side: _encode_png(_draw_noise(side)),
    "PNG with alpha": lambda side: _encode_png(_draw_noise(side).convert("RGBA")),
    "PNG, palette with alpha": lambda side: _encode_png(_draw_noise(side).convert("P"), transparency=0),
    "PNG, 16-bit grey": lambda side: _encode_png(_draw_noise(side).convert("I").convert("I;16")),
    "WebP": lambda side: encode(_draw_noise(side), "WEBP", method=0),
    "WebP with alpha": lambda side: encode(_draw_noise(side).convert("RGBA"), "WEBP", method=0),
    "WebP, lossless": lambda side: encode(
        _draw_noise(side).convert("RGBA"), "WEBP", method=0, lossless=True, quality=0
    ),
    "GIF": lambda side: encode(_draw_noise(side).convert("P"), "GIF"),
    "GIF, screen not covered": lambda side: build_gif((side, side), Image.new("P", (side, side - 1))),
    "BMP": lambda side: encode(_draw_noise(side), "BMP"),
    "TIFF, float": lambda side: encode(_draw_noise(side).convert("F"), "TIFF"),
    "TIFF, deflate": lambda side: encode(_draw_noise(side), "TIFF", compression="tiff_deflate"),
    "TIFF, 16-bit with alpha": lambda side: build_deflated_rgba16_tiff((side, side)),
    "AVIF": lambda side: encode(_draw_noise(side), "AVIF", speed=10),
    "AVIF, 4:4:4 with alpha": lambda side: encode(
        _draw_noise(side).convert("RGBA"), "AVIF", speed=10, subsampling="4:4:4"
    ),
    "HEIC": lambda side: encode(_draw_gradient(side), "HEIF"),
    "HEIC with alpha": lambda side: encode(_draw_gradient(side).convert("RGBA"), "HEIF"),
}
"""For each kind, a function that encodes its largest accepted picture, given the side of the largest accepted square.

A streamed JPEG may have nearly four times as many pixels as the others, so its side is nearly doubled.
"""


def _encode_png(picture: Image.Image, **options: object) -> bytes:
    return encode(picture, "PNG", compress_level=1, **options)


if __name__ == "__main__":
    main()
