"""Find characters that a font draws as other ones, and tell which of them look alike by nature.

Unicode's confusables (https://www.unicode.org/reports/tr39/) are no measure: they list what deceives at a glance, such
as the multiplication sign and the letter x, whereas one glyph may stand for two characters only if a reader misses no
difference.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product, takewhile
from operator import attrgetter
from typing import Any, NamedTuple

import uharfbuzz as hb
from fontTools.unicodedata import script
from PIL import Image, ImageChops, ImageStat

# Mappings of Unicode that change how a character looks, not only how it is encoded or joined.
_STYLES = ("<circle>", "<font>", "<fraction>", "<square>", "<sub>", "<super>", "<vertical>")
_NO_SCRIPT = frozenset({"Zinh", "Zyyy"})
# Of one script, or of none; of letters with case the small one. Marks of one shape are told apart by their place.
_ALIKE = (
    "-‐‑‒–⁃−˗",
    "—―",
    "'ʹʼ՚‘’ʻ′ꞌ",
    '"ʺˮ“”″',
    "ʽ‛",
    ",‚",
    "`ˋ‵",
    "´ˊ",
    "¯ˉ‾",
    "^ˆ",
    "~∼",
    "iіℹ",
    "〜～",
    "!ǃ",
    ":꞉",
    "=꞊",
    "/⁄∕",
    "|ǀ︳",
    "·∙‧⋅⸱・",
    "…⋯",
    "⋮᎒",
    "×⨯",
    "➡⮕",
    "δ∆",
    "il",  # I and l
    "íĺ",
    "aɑ",
    "gɡ",
    "ᵍᶢ",
    "ðđɖ",
    "ĸᴋ",
    "ʉᵾ",
    "ɂʔ",
    "əǝ",
    "ɔↄ",
    "ʚꞝ",
    "ɼꞅ",
    "ȥᶎ",
    "ꝫɜ",
    "ꜹꜻ",
    "ѳө",
    "எ௭",
    "க௧",
    "ຐ໗",
    "ၑꧽ",
    "អឣ",
    "ꞁ⅂",
    "⎜⎢",
    "⎟⎥",
    "𐌉𐌠",
    "𐌗𐌢",
    "ᐩᕀ",
    "ᕁᕽ",
    "\u0306\u1df6\u1df7",  # breve, kavykas
    "\u0307\u0358\u1df8",  # dots above
    "\u0313\u0315",  # commas above
    "\u0331\u0332",  # macron below, low line
    "\u0653\u06e4",  # maddas
    "\u0363\u2df6",  # Latin and Cyrillic letters above letters
    "\u0364\u2df7",
    "\u0366\u2dea",
    "\u0368\u2ded",
    "\u036f\u2def",
    "\u1ddf\u2de8",
    "\u1dee\u2dec",
    "\u0596\u05ad",  # Hebrew accents
    "\u059c\u059d",
    "\u05a2\u05aa",
    "\u05b8\u05c7",
    "\u05b9\u05ba\u05c1\u05c2\u05c4",  # Hebrew dots above
    "\u302a\u302d",  # tone marks
    "\ufe24\ufe25",  # halves of a macron
    "\ufe2b\ufe2c",
)
# In ems: the boxes of the same drawing differ at most by so much in size and height, and by so much from side to side.
# Braille has dots that differ only in that.
_SIZE_TOLERANCE, _SHIFT_TOLERANCE = 0.006, 0.1
_INK_TOLERANCE = 0.01  # share of the ink
_PIXELS_PER_EM = 32


class _Shape(NamedTuple):
    """What a glyph looks like, and the characters that are drawn with it. Lengths are in ems.

    Attributes:
        ink: the picture, at the left edge of the image and at its height in the line.
        area: the sum of its pixels.
    """

    width: float
    height: float
    top: float
    left: float
    characters: tuple[str, ...]
    ink: Image.Image
    area: float


def find_twins(font: Any, characters: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of characters that a HarfBuzz font draws the same although they do not look alike by nature."""
    shapes = sorted(_list_shapes(font, characters), key=attrgetter("width"))
    for index, shape in enumerate(shapes):
        limit = shape.width + _SIZE_TOLERANCE
        following = takewhile(lambda other: other.width <= limit, shapes[index + 1 :])  # noqa: B023  used at once
        same = [other for other in following if _are_drawn_the_same(shape, other)]
        pairs = [
            *combinations(shape.characters, 2),
            *product(shape.characters, chain.from_iterable(other.characters for other in same)),
        ]
        yield from (pair for pair in pairs if not look_alike(*pair))


def look_alike(first: str, second: str) -> bool:
    """Tell whether two characters have the same shape by nature, so that one glyph may stand for both."""
    categories = {unicodedata.category(first), unicodedata.category(second)}
    scripts = {script(first), script(second)}
    forms, others = _list_forms(first), _list_forms(second)
    return (
        len({category[0] == "M" for category in categories}) > 1  # an accent, alone and on a letter
        or len(scripts - _NO_SCRIPT) > 1
        or scripts == {"Arab"}  # letters that differ only where they join
        or (len(categories) == 1 and unicodedata.numeric(first, -1) == unicodedata.numeric(second, -2))
        or bool(forms & others)
        or any(forms & set(alike) and others & set(alike) for alike in _ALIKE)
    )


def _list_forms(character: str) -> set[str]:
    """Return a character's name, with a small capital as a small letter, itself and what it is compatible with."""
    forms = {character, unicodedata.name(character, "").replace("LETTER SMALL CAPITAL", "SMALL LETTER")}
    if not unicodedata.decomposition(character).startswith(_STYLES):
        forms.add(unicodedata.normalize("NFKC", character))
    return {form.casefold() for form in forms}


def _list_shapes(font: Any, characters: Iterable[str]) -> Iterator[_Shape]:
    """Yield the shapes of the glyphs that have ink."""
    by_glyph: dict[int, list[str]] = defaultdict(list)
    for character in characters:
        by_glyph[font.get_nominal_glyph(ord(character))].append(character)
    for glyph, drawn in by_glyph.items():
        box = font.get_glyph_extents(glyph)
        if box.width:
            em, ink = font.face.upem, _draw(font, glyph)
            yield _Shape(
                width=box.width / em,
                height=-box.height / em,
                top=box.y_bearing / em,
                left=box.x_bearing / em,
                characters=tuple(drawn),
                ink=ink,
                area=ImageStat.Stat(ink).sum[0],
            )


def _draw(font: Any, glyph: int) -> Image.Image:
    box, scale = font.get_glyph_extents(glyph), _PIXELS_PER_EM / font.face.upem
    size = (int(box.width * scale) + 3, 4 * _PIXELS_PER_EM)
    raster = hb.RasterDraw()
    raster.extents = hb.RasterExtents(x_origin=0, y_origin=0, width=size[0], height=size[1], stride=0)
    raster.transform = (scale, 0, 0, scale, 1 - box.x_bearing * scale, 2 * _PIXELS_PER_EM)
    raster.draw_glyph(font, glyph)
    mask = raster.render()
    return Image.frombytes("L", size, bytes(mask.buffer), "raw", "L", mask.extents.stride, -1)


def _are_drawn_the_same(shape: _Shape, other: _Shape) -> bool:
    if (
        abs(shape.height - other.height) > _SIZE_TOLERANCE
        or abs(shape.top - other.top) > _SIZE_TOLERANCE
        or abs(shape.left - other.left) > _SHIFT_TOLERANCE
        or abs(shape.area - other.area) > _INK_TOLERANCE * shape.area
    ):
        return False
    frame = (0, 0, max(shape.ink.width, other.ink.width), shape.ink.height)
    difference = ImageChops.difference(shape.ink.crop(frame), other.ink.crop(frame))
    return bool(ImageStat.Stat(difference).sum[0] <= _INK_TOLERANCE * shape.area)
