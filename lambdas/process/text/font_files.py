"""List the font files that titles are drawn with, from the packages of the font layer.

Each look has a typeface: one of the display faces, or a font of the stack owner's. A fallback font is opened only for
text that the fonts before it lack, or whose marks the typeface cannot place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

OWNER_PACKAGE = "owner_fonts"
"""The folder of the font layer that holds the stack owner's fonts: `<look>.ttf` for one look, `title.ttf` for all."""

OWNER_SUFFIXES = (".ttf", ".otf")
"""Suffixes of the owner's fonts, in order of precedence."""

ALL_LOOKS = "title"
"""Name, without its suffix, of an owner's font for every look."""

_BLACK, _BOLD, _NARROWEST = {"wght": 900.0}, {"wght": 700.0}, {"wdth": 62.5}
# In cap heights. Letters of scripts without capitals that need room for marks above and below are as high as Anton's x.
_MARKED_HEIGHT = 0.853
_EMOJI_HEIGHT = 1.15
# In ems. At small sizes, letters of a narrow font ("ad" reads as "al"), or of one with slabs, run into each other.
# Tuned by experiment: compare `make bench-overlay` before and after changing it.
_TRACKING = 0.03


@dataclass(frozen=True)
class FontFile:
    """A font file in a package, and how it is matched to a typeface if it is a fallback font.

    Attributes:
        package: the importable package that holds the file.
        file: path within the package.
        reference: the letter that is scaled to `height`.
        height: height of the reference letter in a line of the typeface, in cap heights.
        axes: variation axes and their values: as heavy and narrow as the font goes.
        tracking: letter spacing in ems of the typeface, in addition to the font's own; none between letters that join.
        is_colour: whether the glyphs have colours of their own, as in an emoji font; they are centred on capitals.
        misdrawn: characters whose glyphs show other characters, or nothing. They count as missing.
    """

    package: str
    file: str
    reference: str = "H"
    height: float = 1.0
    axes: Mapping[str, float] = field(default_factory=dict, hash=False)
    tracking: float = 0.0
    is_colour: bool = False
    misdrawn: frozenset[str] = frozenset()

    def find(self) -> Path | None:
        """Return the file's path; None if it is not installed.

        The package is located without importing it: one of them would import a whole typesetting system.
        """
        spec = find_spec(self.package)
        folders = spec.submodule_search_locations if spec else None
        return next((path for folder in folders or () if (path := Path(folder, self.file)).exists()), None)


def _noto_black(script: str, reference: str, height: float = _MARKED_HEIGHT) -> FontFile:
    package, file = f"fontpkg_noto_sans_{script.lower()}", f"files/NotoSans{script}[wdth,wght].ttf"
    return FontFile(package, file, reference, height, _BLACK | _NARROWEST)


def _noto_bold(script: str, reference: str, height: float = _MARKED_HEIGHT) -> FontFile:
    return FontFile("manimgx_fonts", f"NotoSans{script}[wght].ttf", reference, height, _BOLD)


ANTON = FontFile(
    "fontpkg_anton",
    "files/Anton-Regular.ttf",
    tracking=_TRACKING,
    misdrawn=frozenset("≠Ƙ₵ℓ\N{COMBINING COMMA ABOVE}"),  # as = K ¢ l and a turned comma
)
ARCHIVO = FontFile("fontpkg_archivo", "files/Archivo[wdth,wght].ttf", axes=_BLACK | {"wdth": 84.0})
BARLOW_CONDENSED = FontFile(
    "fontpkg_barlow_condensed",
    "files/BarlowCondensed-Black.ttf",
    tracking=_TRACKING,
    misdrawn=frozenset("ŀ\N{COMBINING COMMA ABOVE}"),  # as İ and an acute accent
)
KANIT_ITALIC = FontFile("fontpkg_kanit", "files/Kanit-BlackItalic.ttf", misdrawn=frozenset("ℊ"))  # as g
MONTSERRAT = FontFile("fontpkg_montserrat", "files/Montserrat[wght].ttf", axes=_BLACK, misdrawn=frozenset("ɘ"))  # as ə

DISPLAY_FACES = (ANTON, ARCHIVO, BARLOW_CONDENSED, KANIT_ITALIC, MONTSERRAT)
"""The typefaces of the looks."""

# Where two fonts have a character, the first one draws it.
FALLBACKS = (
    _noto_black("Arabic", "ا", 1.0),
    _noto_black("Devanagari", "क"),
    FontFile("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", axes=_BLACK | _NARROWEST, tracking=_TRACKING),
    FontFile("fontpkg_rubik", "files/Rubik[wght].ttf", "ה", _MARKED_HEIGHT, _BLACK, tracking=_TRACKING),
    _noto_bold("Hebrew", "ה"),  # for the points that Rubik lacks
    _noto_bold("Bengali", "ক"),
    _noto_bold("Gurmukhi", "ਕ"),
    _noto_bold("Gujarati", "ક"),
    _noto_bold("Oriya", "କ"),
    _noto_black("Tamil", "க"),
    _noto_black("Telugu", "క", 1.0),
    _noto_bold("Kannada", "ಕ", 1.0),
    _noto_bold("Malayalam", "ക"),
    _noto_bold("Sinhala", "ක"),
    _noto_black("Thai", "ก"),
    _noto_bold("Lao", "ກ"),
    _noto_bold("Myanmar", "က"),
    _noto_black("Khmer", "ក"),
    _noto_bold("Georgian", "ბ", 1.0),
    _noto_bold("Armenian", "Հ", 1.0),
    _noto_bold("Ethiopic", "ሀ", 1.0),
    FontFile("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", "永", axes=_BLACK),
    _noto_bold("Symbols", "Ⓗ", 1.0),
    FontFile("rinoh_typeface_dejavusans", "DejaVuSansCondensed-Bold.ttf"),
)
"""Fallback fonts, in the order in which they are tried."""

EMOJI = FontFile("deckr_fonts", "fonts/NotoColorEmoji-Regular.ttf", "😀", _EMOJI_HEIGHT, is_colour=True)
"""A COLR version 1 font: https://learn.microsoft.com/typography/opentype/spec/colr"""


@cache
def find_typeface(look: str, default: FontFile) -> FontFile:
    """Return the typeface of a look: the owner's font for it, else the owner's font for all looks, else the default."""
    spec = find_spec(OWNER_PACKAGE)
    if not spec:
        return default
    names = (f"{stem}{suffix}" for stem in (look, ALL_LOOKS) for suffix in OWNER_SUFFIXES)
    own = (FontFile(OWNER_PACKAGE, name, axes=_BLACK, tracking=_TRACKING) for name in names)
    return next((file for file in own if file.find()), default)
