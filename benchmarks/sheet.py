"""Write a contact sheet of the three variants on thirty pictures of the default set, to docs/images/looks.jpg.

The pictures are chosen at random, by a fixed seed, from those that may be shown without conditions, generated ones
included. Each has the title that `photos.json` gives it.
"""

import argparse
import random
from io import BytesIO
from pathlib import Path

from benchmarks.inputs import GENERATED
from benchmarks.photos import Photo, list_photos
from PIL import Image, ImageDraw, ImageFont

from emulator import ROOT
from process.looks import VARIANTS
from process.thumbnail import make_thumbnails
from user_error import run_script

_FILE = ROOT / "docs" / "images" / "looks.jpg"
_LICENCES = ("CC0", "Unsplash", "no known copyright restrictions", "public domain")
_PICTURES, _SEED = 30, 15
_ROWS_BESIDE = 2  # groups of three variants in a row of the sheet
_TILE = (256, 144)
_GAP, _GAP_IN_GROUP, _LABEL = 12, 4, 16
_GREY, _INK = (205, 205, 205), (40, 40, 40)  # grey sets off white thumbnails, too


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=_FILE)
    file = parser.parse_args().file
    _draw(choose(list_photos())).save(file, quality=74, optimize=True)
    print(f"{file}, {file.stat().st_size // 1000} kB")


def choose(photos: list[Photo]) -> list[Photo]:
    """Choose the pictures of the sheet at random, always the same."""
    showable = [photo for photo in photos if photo.licence in _LICENCES or photo.file.name in GENERATED]
    return random.Random(_SEED).sample(showable, _PICTURES)  # noqa: S311  not for cryptography


def _draw(photos: list[Photo]) -> Image.Image:
    width = VARIANTS * (_TILE[0] + _GAP_IN_GROUP) - _GAP_IN_GROUP + _GAP
    height = _TILE[1] + _LABEL + _GAP
    sheet = Image.new("RGB", (_ROWS_BESIDE * width + _GAP, -(-len(photos) // _ROWS_BESIDE) * height + _GAP), _GREY)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(_LABEL - 4)
    for number, photo in enumerate(photos):
        left, top = _GAP + number % _ROWS_BESIDE * width, _GAP + number // _ROWS_BESIDE * height
        for thumbnail in make_thumbnails(photo.file.read_bytes(), photo.title or ""):
            draw.text((left, top), thumbnail.look, _INK, font)
            tile = Image.open(BytesIO(thumbnail.jpeg)).resize(_TILE, Image.Resampling.LANCZOS)
            sheet.paste(tile, (left, top + _LABEL))
            left += _TILE[0] + _GAP_IN_GROUP
    return sheet


if __name__ == "__main__":
    run_script(main)
