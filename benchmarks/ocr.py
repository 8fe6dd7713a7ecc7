"""Read titles on small thumbnails with tesseract."""

import os
import re
import shutil
import subprocess
from io import BytesIO

from PIL import Image, ImageChops

from process.canvas import SIZE, Box
from user_error import UserError

# Pixels around the title's box that are cropped with it.
_PADDING = 6
# How many times a small thumbnail is enlarged, and whether it is read whole or cropped to the title's box: tesseract
# misses letters that are too large as well as letters that are too small.
_VIEWS = ((4, False), (4, True), (2.5, False), (1.5, False), (1, False))
# A block of text, and sparse text: https://tesseract-ocr.github.io/tessdoc/ImproveQuality.html
_MODES = ("6", "11")


def require_tesseract() -> None:
    """Raise UserError if tesseract is missing."""
    if not shutil.which("tesseract"):
        raise UserError("tesseract is not installed; install it (Debian: apt install tesseract-ocr)")


def measure_share_read(thumbnail: Image.Image, width: int, title: str, box: Box) -> float:
    """Return the share of a title's words that can be read on the thumbnail at this width.

    A word counts if tesseract reads it in any of several views: enlarged, cropped, inverted.
    """
    small = thumbnail.resize((width, width * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)
    cropped = small.crop(_scale_box(box, small.size))
    words, text, found = _normalize(title).split(), "", 0
    for factor, is_whole in _VIEWS:
        view = _enlarge(small if is_whole else cropped, factor)
        for variant in (view, ImageChops.invert(view)):
            for mode in _MODES:
                text += " " + _run_tesseract(variant, mode)
                found = sum(word in text for word in words)
                if found == len(words):
                    return 1.0
    return found / len(words)


def _normalize(text: str) -> str:
    """Reduce text to lower-case letters, digits and spaces."""
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"\s+", " ", text.lower()))


def _scale_box(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    scaled = Box(*(round(side * size[0] / SIZE[0]) for side in box))
    left, top = max(0, scaled.left - _PADDING), max(0, scaled.top - _PADDING)
    return left, top, min(size[0], scaled.right + _PADDING), min(size[1], scaled.bottom + _PADDING)


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
