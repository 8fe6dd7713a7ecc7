"""What can be read of a title when its thumbnail is small, by tesseract."""

import os
import re
import shutil
import subprocess
from io import BytesIO

from PIL import Image, ImageChops

from process.canvas import SIZE, Box
from user_error import UserError

# Pixels around the title that tesseract is shown with it.
_AIR = 6
# How many times the small thumbnail is enlarged, and whether all of it is shown or the title's surroundings only:
# letters can be too large for tesseract as well as too small.
_VIEWS = ((4, False), (4, True), (2.5, False), (1.5, False), (1, False))
# One block of text, and text wherever it may stand: https://tesseract-ocr.github.io/tessdoc/ImproveQuality.html
_MODES = ("6", "11")


def require_tesseract() -> None:
    """Say what to install if tesseract is missing."""
    if not shutil.which("tesseract"):
        raise UserError("tesseract is not installed; install it (Debian: apt install tesseract-ocr)")


def normal(text: str) -> str:
    """Return the text in what tesseract and a title are compared by: small letters, digits and single spaces."""
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"\s+", " ", text.lower()))


def share_read(thumbnail: Image.Image, width: int, title: str, box: Box) -> float:
    """Return the share of a title's words that are read where the thumbnail is shown `width` pixels wide.

    Tesseract is asked several times, as it is and negative, and what it saw in any of them counts: a person tries too.
    """
    small = thumbnail.resize((width, width * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)
    around = small.crop(_around(box, small.size))
    words, seen, found = normal(title).split(), "", 0
    for factor, whole in _VIEWS:
        enlarged = _enlarged(small if whole else around, factor)
        for variant in (enlarged, ImageChops.invert(enlarged)):
            for mode in _MODES:
                seen += " " + _tesseract(variant, mode)
                found = sum(word in seen for word in words)
                if found == len(words):
                    return 1.0
    return found / len(words)


def _around(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side * size[0] / SIZE[0]) for side in box)
    return max(0, left - _AIR), max(0, top - _AIR), min(size[0], right + _AIR), min(size[1], bottom + _AIR)


def _enlarged(picture: Image.Image, factor: float) -> Image.Image:
    size = round(picture.width * factor), round(picture.height * factor)
    return picture.resize(size, Image.Resampling.BICUBIC).convert("L")


def _tesseract(picture: Image.Image, mode: str) -> str:
    file = BytesIO()
    picture.save(file, "PPM")
    answer = subprocess.run(
        ["tesseract", "-", "-", "--psm", mode, "--dpi", "150"],
        # One thread each: the pictures are read in parallel already.
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        input=file.getvalue(), capture_output=True, check=True,
    )  # fmt: skip
    return normal(answer.stdout.decode())
