"""Pictures for what photos lack: flat areas, noise, lines of text, and odd shapes. Each is the same on every run."""

import hashlib
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageDraw, ImageFont

_SIZE = (1600, 900)
_INK, _PAPER, _LINK = (32, 33, 36), (255, 255, 255), (26, 86, 190)
_LINES = "A page of text, as a screenshot shows it: many small letters, and nothing that stands out."


def generated() -> dict[str, Callable[[], Image.Image]]:
    """Return how each picture is made, by the name of its file."""
    return {
        "generated__white.png": partial(Image.new, "RGB", _SIZE, (255, 255, 255)),
        "generated__black.png": partial(Image.new, "RGB", _SIZE, (0, 0, 0)),
        "generated__grey.png": partial(Image.new, "RGB", _SIZE, (128, 128, 128)),
        "generated__gradient.png": _gradient,
        "generated__noise.png": _noise,
        "generated__checkerboard.png": _checkerboard,
        "generated__page.png": _page,
        "generated__wide.png": partial(_scene, (2400, 800)),
        "generated__tiny.png": partial(_scene, (64, 48)),
        "generated__tall.png": partial(_scene, (720, 1280)),
    }


def _gradient() -> Image.Image:
    """From black at the left to white at the right."""
    return Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(_SIZE).convert("RGB")


def _noise() -> Image.Image:
    width, height = _SIZE
    return Image.frombytes("RGB", _SIZE, hashlib.shake_128(b"noise").digest(width * height * 3))


def _checkerboard() -> Image.Image:
    squares = Image.new("L", (32, 18))
    squares.putdata([255 * ((x + y) % 2) for y in range(18) for x in range(32)])
    return squares.resize(_SIZE, Image.Resampling.NEAREST).convert("RGB")


def _page() -> Image.Image:
    page = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, _SIZE[0], 60), fill=(241, 243, 244))
    draw.text((40, 90), "A screenshot", _INK, ImageFont.load_default(44))
    for line in range(22):
        words = _LINES if line % 6 else _LINES[: len(_LINES) // 2]
        draw.text(
            (40, 170 + 32 * line), f"{line + 1}. {words}", _INK if line % 5 else _LINK, ImageFont.load_default(22)
        )
    return page


def _scene(size: tuple[int, int]) -> Image.Image:
    """Draw a sun above a hill, so that there is something to keep, at any size and shape."""
    width, height = size
    sky = Image.linear_gradient("L").resize(size)
    scene = Image.composite(Image.new("RGB", size, (250, 214, 165)), Image.new("RGB", size, (58, 110, 190)), sky)
    draw = ImageDraw.Draw(scene)
    radius, x, y = min(size) // 8, width * 2 // 3, height // 3
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 244, 200))
    draw.ellipse((-width // 3, height * 2 // 3, width * 4 // 3, height * 2), fill=(46, 94, 56))
    return scene
