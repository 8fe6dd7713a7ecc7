"""Read titles on small thumbnails with tesseract."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageChops, ImageOps

from process.canvas import SIZE, Box
from user_error import UserError

# Pixels around the title's box that are cropped with it.
_PADDING = 6
# How many times a small thumbnail is enlarged; whether it is read whole or cropped to the title's box; and the height
# in pixels to which each line is scaled, to be read by itself. Tesseract misses letters that are too large as well as
# letters that are too small, tilted lines, and lines of very different sizes and colours.
_VIEWS = ((4, False, 48), (4, True, 32), (1.5, False, 64))
# A block of text, and sparse text: https://tesseract-ocr.github.io/tessdoc/ImproveQuality.html
_MODES, _LINE_MODE = ("6", "11"), "7"
_LINE_PADDING = 0.12  # cropped with a line, as a fraction of its height


class Line(NamedTuple):
    """A line of a title: its box, turned counter-clockwise by an angle in degrees around a point."""

    box: Box
    angle: float
    centre: tuple[float, float]


def require_tesseract() -> None:
    """Raise UserError if tesseract is missing."""
    if not shutil.which("tesseract"):
        raise UserError("tesseract is not installed; install it (Debian: apt install tesseract-ocr)")


def measure_share_read(thumbnail: Image.Image, width: int, title: str, box: Box, lines: Sequence[Line]) -> float:
    """Return the share of a title's words that can be read on the thumbnail at this width.

    A word counts if tesseract reads it in any of several views: enlarged, cropped, inverted, a line by itself.

    Args:
        thumbnail: the thumbnail.
        width: at which it is shown, in pixels.
        title: the title.
        box: around the title.
        lines: of the title.
    """
    small = thumbnail.resize((width, width * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)
    words, text, found = _normalize(title).split(), "", 0
    for view, mode in _list_views(small, box, lines):
        for variant in (view, ImageChops.invert(view)):
            text += " " + _run_tesseract(variant, mode)
            found = sum(word in text for word in words)
            if found == len(words):
                return 1.0
    return found / len(words)


def _list_views(small: Image.Image, box: Box, lines: Sequence[Line]) -> Iterator[tuple[Image.Image, str]]:
    """Yield views of a small thumbnail, in grey, each with tesseract's mode for it."""
    cropped = small.crop(_pad(box.round(small.width / SIZE[0]), small.size))
    for factor, is_whole, height in _VIEWS:
        view = _enlarge(small if is_whole else cropped, factor)
        for mode in _MODES:
            yield view, mode
        for line in lines:
            yield cut_out(small, line, height), _LINE_MODE


def cut_out(small: Image.Image, line: Line, height: int) -> Image.Image:
    """Return a line, turned upright and scaled to a height in pixels."""
    left, top, right, bottom = line.box
    padding = _LINE_PADDING * (bottom - top)
    scale, enlargement = small.width / SIZE[0], height / (bottom - top + 2 * padding)
    view = _enlarge(small, enlargement / scale)
    x, y = line.centre
    turned = view.rotate(-line.angle, Image.Resampling.BICUBIC, center=(x * enlargement, y * enlargement))
    around = Box(left - padding, top - padding, right + padding, bottom + padding).round(enlargement)
    return ImageOps.autocontrast(turned.crop(around), 2)


def _normalize(text: str) -> str:
    """Reduce text to lower-case letters, digits and spaces."""
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"\s+", " ", text.lower()))


def _pad(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return (
        max(0, left - _PADDING),
        max(0, top - _PADDING),
        min(size[0], right + _PADDING),
        min(size[1], bottom + _PADDING),
    )


def _enlarge(picture: Image.Image, factor: float) -> Image.Image:
    size = round(picture.width * factor), round(picture.height * factor)
    return picture.resize(size, Image.Resampling.BICUBIC).convert("L")


def _run_tesseract(picture: Image.Image, mode: str) -> str:
    file = BytesIO()
    picture.save(file, "PPM")
    process = subprocess.run(
        ["tesseract", "-", "-", "--psm", mode, "--dpi", "150"],
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},  # thumbnails are read in parallel already
        input=file.getvalue(), capture_output=True, check=True,
    )  # fmt: skip
    return _normalize(process.stdout.decode())
