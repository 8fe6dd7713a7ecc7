"""Show why the title was placed where it is: `make explain IMAGE=photo.jpg TEXT='My title'`.

Writes an image of four panels: the thumbnail; the saliency maps with the chosen placement; the best placements on the
chosen framing; the best placement on each framing. Prints their costs.
"""

import argparse
import io
import sys
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from user_error import UserError, run_script

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

from common.options import Options
from process.canvas import SIZE
from process.errors import InvalidImage
from process.layout.cost_map import CostMap
from process.layout.framing import Framing
from process.layout.placement import Placement, list_placements
from process.thumbnail import Plan, make_thumbnail, plan

_PANEL_SIZE = (SIZE[0] // 2, SIZE[1] // 2)
_SHOWN = 6  # placements per panel
_CHOSEN_COLOUR, _OTHER_COLOUR = "#00e676", "#ffd740"


def main() -> None:
    """Parse the command line, write the image, print the costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=Path)
    parser.add_argument("--text", default="My title")
    parser.add_argument("--fit", default=Options.fit)
    parser.add_argument("--position", default=Options.position)
    parser.add_argument("--out", type=Path, default=Path("build/explained.png"))
    arguments = parser.parse_args()
    if not arguments.image.name:
        raise UserError("name a picture: make explain IMAGE=photo.jpg TEXT='My title'")
    if not arguments.image.is_file():
        raise UserError(f"there is no file {arguments.image}; name a picture: make explain IMAGE=photo.jpg")
    image = arguments.image.read_bytes()
    try:
        planned = plan(image, arguments.text, fit=arguments.fit, position=arguments.position)
        thumbnail = make_thumbnail(image, arguments.text, fit=arguments.fit, position=arguments.position)
    except InvalidImage as error:
        raise UserError(str(error)) from None
    if not planned.placement:
        raise UserError("there is no title to explain; give one: TEXT='My title'")
    ranked = _rank_framings(planned, arguments.position)
    _print_costs(planned, ranked)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    _draw_sheet(planned, thumbnail, ranked).save(arguments.out)
    print(arguments.out)


def _rank_framings(planned: Plan, position: str) -> list[tuple[Framing, list[Placement]]]:
    """Return the framings with their placements, both cheapest first."""
    ranked = [
        (framing, list_placements(planned.text_blocks, framing, planned.saliency, position))
        for framing in planned.framings
    ]
    return sorted(ranked, key=lambda pair: pair[1][0].cost)


def _print_costs(planned: Plan, ranked: list[tuple[Framing, list[Placement]]]) -> None:
    print("Cost of the best placement on each framing:\n")
    reasons = list(ranked[0][1][0].costs)
    print(f"{'framing':14} {'position':14} lines capitals   total", *(f"{reason:>8}" for reason in reasons))
    for framing, placements in ranked:
        best = placements[0]
        capitals = round(best.size * best.block.cap_height)
        costs = [f"{best.costs[reason]:8.2f}" for reason in reasons]
        print(
            f"{framing.name:14} {best.position:14} {len(best.block.lines):5} {capitals:5} px {best.cost:7.2f}", *costs
        )
    colours = planned.colours
    if colours:
        print(f"\nLetters {colours.fill}, outline {colours.outline}, scrim {colours.scrim:.2f}.")
        print(f"Contrast of the letters with nine tenths of the pixels they cover: {colours.contrast:.1f}:1 or more\n")


def _draw_sheet(planned: Plan, thumbnail: bytes, ranked: list[tuple[Framing, list[Placement]]]) -> Image.Image:
    chosen, placements = ranked[0]
    sheet = Image.new("RGB", SIZE)
    sheet.paste(Image.open(io.BytesIO(thumbnail)).resize(_PANEL_SIZE), (0, 0))
    sheet.paste(_draw_boxes(_draw_maps(chosen, planned), [(placements[0], "chosen")]), (_PANEL_SIZE[0], 0))
    best = [(placement, f"{placement.cost:.2f}") for placement in islice(placements, _SHOWN)]
    sheet.paste(_draw_boxes(planned.canvas, best), (0, _PANEL_SIZE[1]))
    by_framing = [(found[0], f"{framing.name} {found[0].cost:.2f}") for framing, found in ranked[:_SHOWN]]
    sheet.paste(_draw_boxes(Image.new("RGB", SIZE, "#222"), by_framing), _PANEL_SIZE)
    return sheet


def _draw_maps(framing: Framing, planned: Plan) -> Image.Image:
    """Return the saliency maps in one image: skin is red, detail green, the centre prior blue."""
    cost_map = CostMap(framing, planned.saliency)
    maps = Image.merge("RGB", (cost_map.skin, cost_map.detail, cost_map.centre))
    return maps.resize(SIZE, Image.Resampling.NEAREST)


def _draw_boxes(background: Image.Image, labelled: list[tuple[Placement, str]]) -> Image.Image:
    """Draw labelled boxes, the first one on top."""
    panel = background.copy()
    draw = ImageDraw.Draw(panel)
    font = ImageFont.load_default(34)
    for index, (placement, label) in reversed(list(enumerate(labelled))):
        colour = _OTHER_COLOUR if index else _CHOSEN_COLOUR
        draw.rectangle(placement.box, outline=colour, width=5)
        corner = (placement.box.left + 10, placement.box.top + 8)
        draw.text(corner, label, colour, font, stroke_width=3, stroke_fill="black")
    return panel.resize(_PANEL_SIZE, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    run_script(main)
