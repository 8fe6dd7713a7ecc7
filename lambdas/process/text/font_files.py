"""Which fonts a title is drawn with, from the packages of the font layer.

All but the title's own are only opened where a title has letters that those before them lack.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

_HEAVIEST, _NARROWEST = {"wght": 900.0}, {"wdth": 62.5}
_HEAVY = {"wght": 700.0}


@dataclass(frozen=True)
class FontFile:
    """A font file of a package, and how it is set beside the title's own font.

    `axes` are the variable font's, as heavy and narrow as it goes. Its letter `letter` is drawn as tall as `beside`
    is in the title's own font. `is_tracked` tells whether letters are set a little apart, which would tear those that
    touch by their nature; `is_colour` whether they are pictures in colours of their own, which are a little taller.
    """

    package: str
    file: str
    letter: str = "H"
    beside: str = "H"
    axes: Mapping[str, float] = field(default_factory=dict)
    is_tracked: bool = False
    is_colour: bool = False

    def path(self) -> Path | None:
        """Return where the file is, None where it is not installed.

        Its package is not imported: that of one brings a whole typesetter with it.
        """
        spec = find_spec(self.package)
        folders = spec.submodule_search_locations if spec else None
        return next((path for folder in folders or () if (path := Path(folder, self.file)).exists()), None)


def _black(script: str, letter: str, beside: str = "x") -> FontFile:
    package, file = f"fontpkg_noto_sans_{script.lower()}", f"files/NotoSans{script}[wdth,wght].ttf"
    return FontFile(package, file, letter, beside, _HEAVIEST | _NARROWEST)


def _bold(script: str, letter: str, beside: str = "x") -> FontFile:
    return FontFile("manimgx_fonts", f"NotoSans{script}[wght].ttf", letter, beside, _HEAVY)


TITLE = (
    FontFile("fontpkg_impact", "files/Impact.ttf", is_tracked=True),
    FontFile("fontpkg_anton", "files/Anton-Regular.ttf", is_tracked=True),
)
"""The title's own font: the first that is installed. `make build` makes the first of one put in layers/fonts/."""

# Letters are as tall as those around them: scripts with capitals by their capitals, the others by what corresponds to
# lower case, so that their marks above and below find room. Where two fonts have a letter, the first draws it.
FALLBACKS = (
    _black("Arabic", "ا", "H"),
    _black("Devanagari", "क"),
    FontFile("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", axes=_HEAVIEST | _NARROWEST, is_tracked=True),
    FontFile("fontpkg_rubik", "files/Rubik[wght].ttf", "ה", "x", _HEAVIEST, is_tracked=True),
    _bold("Hebrew", "ה"),  # with every point
    _bold("Bengali", "ক"),
    _bold("Gurmukhi", "ਕ"),
    _bold("Gujarati", "ક"),
    _bold("Oriya", "କ"),
    _black("Tamil", "க"),
    _black("Telugu", "క", "H"),
    _bold("Kannada", "ಕ", "H"),
    _bold("Malayalam", "ക"),
    _bold("Sinhala", "ක"),
    _black("Thai", "ก"),
    _bold("Lao", "ກ"),
    _bold("Myanmar", "က"),
    _black("Khmer", "ក"),
    _bold("Georgian", "ბ", "H"),
    _bold("Armenian", "Հ", "H"),
    _bold("Ethiopic", "ሀ", "H"),
    FontFile("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", "永", axes=_HEAVIEST),
    _bold("Symbols", "Ⓗ", "H"),
    FontFile("rinoh_typeface_dejavusans", "DejaVuSansCondensed-Bold.ttf"),
)
"""In the order in which they are asked."""

EMOJI = FontFile("deckr_fonts", "fonts/NotoColorEmoji-Regular.ttf", "😀", is_colour=True)
"""In colours; COLR version 1: https://learn.microsoft.com/typography/opentype/spec/colr"""
