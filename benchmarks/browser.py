"""Compare how the product and Chromium show odd pictures, and draw both side by side in build/bench/browser.png."""

import argparse
import base64
import shutil
from io import BytesIO

from benchmarks.ratios import FOLDER
from helpers import odd_colours, odd_layouts
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps
from playwright.sync_api import Page, sync_playwright

from process.errors import InvalidImage
from process.thumbnail import make_thumbnail
from user_error import run_script

_SIZE = (1280, 720)
# Pictures are compared at this many points, the means of small areas. In most, these are away from edges, at which
# scaling and JPEG's losses matter.
_COMPARED, _BLUR = (16, 9), 4

_TILE, _GAP, _LABEL, _COLUMNS = (208, 117), 6, 14, 4
_PAPER, _INK, _WRONG_INK, _MISSING = (205, 205, 205), (40, 40, 40), (190, 0, 0), (120, 120, 120)
_WRONG = 12  # levels of difference from which a name is red

_SHOW = """async ([url, width, height]) => {
    document.body.replaceChildren();
    document.body.style.margin = 0;
    const image = new Image();
    image.src = url;
    try { await image.decode(); } catch { return null; }
    image.style = `display: block; width: ${width}px; height: ${height}px; object-fit: contain`;
    document.body.append(image);
    return [image.naturalWidth, image.naturalHeight];
}"""


def main() -> None:
    """Print the greatest difference of each picture's levels, and write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", default="", help="only pictures whose name contains this")
    wanted = parser.parse_args().names
    every = odd_colours.list_pictures() | odd_layouts.list_pictures()
    pictures = {name: data for name, data in every.items() if wanted in name}
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": _SIZE[0], "height": _SIZE[1]})
        for name, data in pictures.items():
            rows.append((name, *_compare(page, name, data)))
        browser.close()
    FOLDER.mkdir(parents=True, exist_ok=True)
    _draw(rows).save(FOLDER / "browser.png")


def _compare(page: Page, name: str, data: bytes) -> tuple[Image.Image | None, Image.Image | None, int]:
    """Return our rendering and Chromium's, None where there is none, and their difference."""
    ours, (theirs, size) = _render(data), _screenshot(page, data)
    difference = 0
    if ours and theirs and size:
        # Beside a picture of another shape, the product shows a backdrop and the page white.
        shown = ImageOps.contain(Image.new("1", size), _SIZE).size
        left, top = (_SIZE[0] - shown[0]) // 2, (_SIZE[1] - shown[1]) // 2
        box = (left + 1, top + 1, left + shown[0] - 1, top + shown[1] - 1)
        blurred = [picture.filter(ImageFilter.BoxBlur(_BLUR)) for picture in (ours, theirs)]
        points = [picture.resize(_COMPARED, Image.Resampling.NEAREST, box) for picture in blurred]
        levels = enumerate(ImageChops.difference(*points).histogram())
        difference = max(level % 256 for level, count in levels if count)
    missing = ["refused"] * (not ours) + ["not shown by Chromium"] * (not theirs)
    print(f"{', '.join(missing) or str(difference):>24}  {name}", flush=True)
    return ours, theirs, difference


def _render(data: bytes) -> Image.Image | None:
    try:
        return Image.open(BytesIO(make_thumbnail(data, "", fit="pad")))
    except InvalidImage:
        return None


def _screenshot(page: Page, data: bytes) -> tuple[Image.Image | None, tuple[int, int] | None]:
    """Return a screenshot of a picture and its upright size."""
    url = f"data:image/png;base64,{base64.b64encode(data).decode()}"  # the type does not matter, as long as it is one
    size = page.evaluate(_SHOW, [url, *_SIZE])
    return (Image.open(BytesIO(page.screenshot())).convert("RGB"), tuple(size)) if size else (None, None)


def _draw(rows: list[tuple[str, Image.Image | None, Image.Image | None, int]]) -> Image.Image:
    """Draw the sheet: of each pair, ours is on the left."""
    width, height = 2 * _TILE[0] + 3 * _GAP, _TILE[1] + _LABEL + _GAP
    sheet = Image.new("RGB", (_COLUMNS * width, -(-len(rows) // _COLUMNS) * height + _GAP), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(_LABEL - 3)
    for number, (name, ours, theirs, difference) in enumerate(rows):
        left, top = number % _COLUMNS * width + _GAP, number // _COLUMNS * height + _GAP
        draw.text((left, top), f"{difference}  {name}", _WRONG_INK if difference > _WRONG else _INK, font)
        for index, picture in enumerate((ours, theirs)):
            tile = picture.resize(_TILE, Image.Resampling.BOX) if picture else Image.new("RGB", _TILE, _MISSING)
            sheet.paste(tile, (left + index * (_TILE[0] + _GAP), top + _LABEL))
    return sheet


if __name__ == "__main__":
    run_script(main)
