"""Show why a title stands where it does: `make explain IMAGE=photo.jpg TEXT='My title'`.

Writes a picture of four panels: the thumbnail; the map of what matters with the chosen block; the best candidates on
the chosen composition; and every composition with its best candidate. Prints the same in numbers.
"""

import argparse
import io
import sys
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from process.canvas import SIZE
from process.errors import InvalidImage
from process.layout.cost_map import CostMap
from process.layout.framing import Framing
from process.layout.placement import Placement, list_placements
from process.text.font import cap_height
from process.thumbnail import Plan, make_thumbnail, plan
from user_error import UserError, run_script

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

_HALF = (SIZE[0] // 2, SIZE[1] // 2)
_BEST = 6
_CHOSEN, _OTHER = "#00e676", "#ffd740"


def main() -> None:
    """Read the command line, write the picture, print the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=Path)
    parser.add_argument("--text", default="My title")
    parser.add_argument("--fit", default="auto")
    parser.add_argument("--position", default="auto")
    parser.add_argument("--out", type=Path, default=Path("build/explained.png"))
    arguments = parser.parse_args()
    if not arguments.image.is_file():
        raise UserError(f"there is no file {arguments.image}; name one: make explain IMAGE=photo.jpg")
    image = arguments.image.read_bytes()
    try:
        planned = plan(image, arguments.text, fit=arguments.fit, position=arguments.position)
        thumbnail = make_thumbnail(image, arguments.text, fit=arguments.fit, position=arguments.position)
    except InvalidImage as reason:
        raise UserError(str(reason)) from None
    if not planned.placement:
        raise UserError("there is no title to explain; give one: TEXT='My title'")
    best = _best(planned, arguments.position)
    _print(planned, best)
    _drawn(planned, thumbnail, best).save(arguments.out)
    print(arguments.out)


def _best(planned: Plan, position: str) -> list[tuple[Framing, list[Placement]]]:
    """Return each composition with its candidates, those that cost least first."""
    found = [(way, list_placements(planned.text_blocks, way, planned.saliency, position)) for way in planned.framings]
    return sorted(found, key=lambda pair: pair[1][0].cost)


def _print(planned: Plan, best: list[tuple[Framing, list[Placement]]]) -> None:
    print("What each composition costs, with its best candidate:\n")
    reasons = list(best[0][1][0].costs)
    print(f"{'composition':14} {'position':14} lines capitals   total", *(f"{reason:>8}" for reason in reasons))
    for way, places in best:
        place = places[0]
        capitals = round(place.size * cap_height())
        costs = [f"{place.costs[reason]:8.2f}" for reason in reasons]
        print(f"{way.name:14} {place.position:14} {len(place.block.lines):5} {capitals:5} px {place.cost:7.2f}", *costs)
    style = planned.colours
    if style:
        print(f"\nLetters {style.fill}, outline {style.outline}, scrim {style.scrim:.2f}.")
        print(f"Contrast of the letters with the nearest tenth of what is under them: {style.contrast:.1f}:1\n")


def _drawn(planned: Plan, thumbnail: bytes, best: list[tuple[Framing, list[Placement]]]) -> Image.Image:
    chosen, places = best[0]
    sheet = Image.new("RGB", SIZE)
    sheet.paste(Image.open(io.BytesIO(thumbnail)).resize(_HALF), (0, 0))
    sheet.paste(_boxes(_map(chosen, planned), [(places[0], "chosen")]), (_HALF[0], 0))
    runners_up = [(place, f"{place.cost:.2f}") for place in islice(places, _BEST)]
    sheet.paste(_boxes(planned.canvas, runners_up), (0, _HALF[1]))
    others = [(candidates_[0], f"{way.name} {candidates_[0].cost:.2f}") for way, candidates_ in best[:_BEST]]
    sheet.paste(_boxes(Image.new("RGB", SIZE, "#222"), others), _HALF)
    return sheet


def _map(composition: Framing, planned: Plan) -> Image.Image:
    """Return the maps as a picture: skin red, detail green, what is likely blue."""
    ground = CostMap(composition, planned.saliency)
    maps = Image.merge("RGB", (ground.skin, ground.detail, ground.centre))
    return maps.resize(SIZE, Image.Resampling.NEAREST)


def _boxes(picture: Image.Image, labelled: list[tuple[Placement, str]]) -> Image.Image:
    """Draw labelled boxes, the first above the others."""
    drawn = picture.copy()
    draw = ImageDraw.Draw(drawn)
    label_font = ImageFont.load_default(34)
    for number, (place, label) in reversed(list(enumerate(labelled))):
        colour = _OTHER if number else _CHOSEN
        draw.rectangle(place.box, outline=colour, width=5)
        draw.text(
            (place.box.left + 10, place.box.top + 8),
            label,
            colour,
            label_font,
            stroke_width=3,
            stroke_fill="black",
        )
    return drawn.resize(_HALF, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    run_script(main)
