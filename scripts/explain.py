"""Show why each look was chosen or not: `make explain IMAGE=photo.jpg TEXT='My title'`.

Prints what each look costs, by reason, and why it declined. Writes an image: above, the thumbnails of all looks, the
chosen ones first; below, what was found salient in the picture as each one frames it, with the lines of the title.
"""

import argparse
import io
import sys
from pathlib import Path

from PIL import Image, ImageDraw

from user_error import UserError, run_script

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lambdas"))

from common.options import OptionFields, Options
from process.canvas import SIZE
from process.errors import InvalidImage
from process.layout.saliency import Saliency
from process.render.composition import Composition
from process.thumbnail import Plan, make_thumbnail, plan

_PANEL_SIZE = (SIZE[0] * 3 // 8, SIZE[1] * 3 // 8)
_GAP = 8
_BOX_COLOUR, _BACKGROUND = "#ffd740", "#222222"


def main() -> None:
    """Parse the command line, print the costs, write the image."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=Path)
    parser.add_argument("--text", default="My title")
    parser.add_argument("--look", default=Options.look)
    parser.add_argument("--fit", default=Options.fit)
    parser.add_argument("--position", default=Options.position)
    parser.add_argument("--out", type=Path, default=Path("build/explained.png"))
    arguments = parser.parse_args()
    if not arguments.image.name:
        raise UserError("name a picture: make explain IMAGE=photo.jpg TEXT='My title'")
    if not arguments.image.is_file():
        raise UserError(f"there is no file {arguments.image}; name a picture: make explain IMAGE=photo.jpg")
    image = arguments.image.read_bytes()
    options = OptionFields(look=arguments.look, fit=arguments.fit, position=arguments.position)
    try:
        planned = plan(image, arguments.text, **options)
        if not planned.scene.title.text:
            raise UserError("there is no title to explain; give one: TEXT='My title'")
        looks = _rank(planned)
        thumbnails = {}
        for look in looks:
            options["look"] = look
            thumbnails[look] = make_thumbnail(image, arguments.text, **options)
    except InvalidImage as error:
        raise UserError(str(error)) from None
    _print_costs(planned, looks)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    _draw_sheet(planned, thumbnails).save(arguments.out)
    print(arguments.out)


def _rank(planned: Plan) -> list[str]:
    """Return the names of the looks: those that were chosen, best first, then the others, the cheapest first."""
    others = planned.compositions.keys() - planned.variants.keys()
    return [*planned.variants, *sorted(others, key=lambda look: (planned.compositions[look].cost, look))]


def _print_costs(planned: Plan, looks: list[str]) -> None:
    costs = {look: planned.compositions[look].costs for look in looks}
    reasons = list(dict.fromkeys(reason for by_reason in costs.values() for reason in by_reason))
    print(f"{'look':10} {'chosen':>6} {'total':>6}", *(f"{reason:>7}" for reason in reasons), "capitals")
    for look in looks:
        composition = planned.compositions[look]
        rank = f"{list(planned.variants).index(look) + 1}." if look in planned.variants else "no"
        cells = (f"{costs[look][reason]:7.2f}" if reason in costs[look] else f"{'':7}" for reason in reasons)
        print(f"{look:10} {rank:>6} {composition.cost:6.2f}", *cells, f"{round(composition.cap_height):5} px")
    print("\nA look pays for being like one that is chosen before it, too. Those that decline come last:\n")
    for look in looks:
        print(f"{look:10} {planned.compositions[look].declined or 'suits the picture and the title'}")
    print()


def _draw_sheet(planned: Plan, thumbnails: dict[str, bytes]) -> Image.Image:
    width, height = _PANEL_SIZE
    sheet = Image.new("RGB", ((width + _GAP) * len(thumbnails) - _GAP, 2 * height + _GAP), _BACKGROUND)
    for column, (look, thumbnail) in enumerate(thumbnails.items()):
        left = column * (width + _GAP)
        with Image.open(io.BytesIO(thumbnail)) as picture:
            sheet.paste(picture.resize(_PANEL_SIZE, Image.Resampling.LANCZOS), (left, 0))
        maps = _draw_maps(planned.scene.saliency, planned.compositions[look])
        sheet.paste(maps.resize(_PANEL_SIZE, Image.Resampling.LANCZOS), (left, height + _GAP))
    return sheet


def _draw_maps(saliency: Saliency, composition: Composition) -> Image.Image:
    """Draw the maps as the picture is framed, and the lines: skin is red, the subject green, detail blue."""
    maps = Image.merge("RGB", (saliency.skin, saliency.subject, saliency.detail))
    area = composition.framing.area.round()
    canvas = Image.new("RGB", SIZE, _BACKGROUND)
    source = composition.framing.region.scale(maps.size)
    canvas.paste(maps.resize(area.size, Image.Resampling.NEAREST, source), area)
    draw = ImageDraw.Draw(canvas)
    for line in composition.lines:
        draw.rectangle(line.box, outline=_BOX_COLOUR, width=6)
    return canvas


if __name__ == "__main__":
    run_script(main)
