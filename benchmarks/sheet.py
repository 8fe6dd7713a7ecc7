"""A contact sheet: photos with titles, the seed's way on the left and ours on the right of each pair."""

from pathlib import Path

from benchmarks.photos import fetch
from benchmarks.renderers import opened, seed
from PIL import Image

from process.thumbnail import make_thumbnail

# Pictures that anyone may pass on: generated ones, and those that scikit-image says are CC0, in the public domain, or
# without known restrictions.
_SHOWN = {
    "scikit_image__astronaut.png": "How I became an astronaut",
    "scikit_image__rocket.jpg": "LIFTOFF",
    "scikit_image__coffee.png": "What happens when you stop drinking coffee for thirty days",
    "scikit_image__chelsea.png": "Sad Cats",
    "scikit_image__hubble_deep_field.jpg": "THE COMPLETE GUIDE TO EVERYTHING THAT WE CAN SEE IN THE SKY",
    "generated__gradient.png": "I BUILT THIS IN ONE WEEK",
    "scikit_image__cell.png": "Who lives here?",
    "scikit_image__camera.png": "The best camera for you",
    "scikit_image__coins.png": "Old Money",
    "scikit_image__retina.jpg": "What your eyes say about you",
    "scikit_image__grass.png": "How to grow a lawn that your neighbours will talk about",
    "scikit_image__brick.png": "BRICK BY BRICK",
    "generated__page.png": "Read this first",
    "generated__white.png": "Nothing to see",
    "generated__black.png": "Why it went dark everywhere at once",
    "generated__checkerboard.png": "Checkmate",
    "generated__wide.png": "Ten days on the road with only one bag",
    "generated__tall.png": "Sunrise at the end of the world",
}
_PAIRS_A_ROW = 3
_TILE = (320, 180)
_BETWEEN, _INSIDE = 16, 2
_GROUND = (205, 205, 205)  # seen around white thumbnails too
_QUALITY = 80


def write_sheet(file: Path) -> None:
    """Write the contact sheet, in the format that the file's name tells."""
    folder = fetch()
    width, height = 2 * _TILE[0] + _INSIDE + _BETWEEN, _TILE[1] + _BETWEEN
    rows = -(-len(_SHOWN) // _PAIRS_A_ROW)
    sheet = Image.new("RGB", (_PAIRS_A_ROW * width - _BETWEEN, rows * height - _BETWEEN), _GROUND)
    for number, (name, title) in enumerate(_SHOWN.items()):
        data = (folder / name).read_bytes()
        left, top = number % _PAIRS_A_ROW * width, number // _PAIRS_A_ROW * height
        for jpeg in (seed(data, title), make_thumbnail(data, title)):
            sheet.paste(opened(jpeg).resize(_TILE, Image.Resampling.LANCZOS), (left, top))
            left += _TILE[0] + _INSIDE
    sheet.save(file, quality=_QUALITY, optimize=True)
