"""List the font files that titles are drawn with, from the packages of the font layer.

A fallback font is opened only for text that the fonts before it lack, or whose marks the title font cannot place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

_BLACK, _BOLD, _NARROWEST = {"wght": 900.0}, {"wght": 700.0}, {"wdth": 62.5}


@dataclass(frozen=True)
class FontFile:
    """A font file in a package, and how it is matched to the title font.

    Attributes:
        package: the importable package that holds the file.
        file: path within the package.
        reference: a letter of this font that is scaled to the height of `title_reference` in the title font.
        title_reference: the letter of the title font that `reference` is matched to.
        axes: variation axes and their values: as heavy and narrow as the font goes.
        is_tracked: whether tracking is added between letters; never for scripts whose letters join.
        is_colour: whether the glyphs have colours of their own, as in an emoji font; they are drawn slightly taller.
    """

    package: str
    file: str
    reference: str = "H"
    title_reference: str = "H"
    axes: Mapping[str, float] = field(default_factory=dict)
    is_tracked: bool = False
    is_colour: bool = False

    def find(self) -> Path | None:
        """Return the file's path; None if it is not installed.

        The package is located without importing it: one of them would import a whole typesetting system.
        """
        spec = find_spec(self.package)
        folders = spec.submodule_search_locations if spec else None
        return next((path for folder in folders or () if (path := Path(folder, self.file)).exists()), None)


def _noto_black(script: str, reference: str, title_reference: str = "x") -> FontFile:
    package, file = f"fontpkg_noto_sans_{script.lower()}", f"files/NotoSans{script}[wdth,wght].ttf"
    return FontFile(package, file, reference, title_reference, _BLACK | _NARROWEST)


def _noto_bold(script: str, reference: str, title_reference: str = "x") -> FontFile:
    return FontFile("manimgx_fonts", f"NotoSans{script}[wght].ttf", reference, title_reference, _BOLD)


TITLE = (
    FontFile("fontpkg_impact", "files/Impact.ttf", is_tracked=True),
    FontFile("fontpkg_anton", "files/Anton-Regular.ttf", is_tracked=True),
)
"""The title font: the first that is installed. `make build` installs Impact if layers/fonts/Impact.ttf exists."""

# Reference letters are scaled to the title font's capital height (H) or, where marks above and below need room, to its
# x-height (x).
# Where two fonts have a character, the first one draws it.
FALLBACKS = (
    _noto_black("Arabic", "ا", "H"),
    _noto_black("Devanagari", "क"),
    FontFile("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", axes=_BLACK | _NARROWEST, is_tracked=True),
    FontFile("fontpkg_rubik", "files/Rubik[wght].ttf", "ה", "x", _BLACK, is_tracked=True),
    _noto_bold("Hebrew", "ה"),  # for the points that Rubik lacks
    _noto_bold("Bengali", "ক"),
    _noto_bold("Gurmukhi", "ਕ"),
    _noto_bold("Gujarati", "ક"),
    _noto_bold("Oriya", "କ"),
    _noto_black("Tamil", "க"),
    _noto_black("Telugu", "క", "H"),
    _noto_bold("Kannada", "ಕ", "H"),
    _noto_bold("Malayalam", "ക"),
    _noto_bold("Sinhala", "ක"),
    _noto_black("Thai", "ก"),
    _noto_bold("Lao", "ກ"),
    _noto_bold("Myanmar", "က"),
    _noto_black("Khmer", "ក"),
    _noto_bold("Georgian", "ბ", "H"),
    _noto_bold("Armenian", "Հ", "H"),
    _noto_bold("Ethiopic", "ሀ", "H"),
    FontFile("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", "永", axes=_BLACK),
    _noto_bold("Symbols", "Ⓗ", "H"),
    FontFile("rinoh_typeface_dejavusans", "DejaVuSansCondensed-Bold.ttf"),
)
"""Fallback fonts, in the order in which they are tried."""

EMOJI = FontFile("deckr_fonts", "fonts/NotoColorEmoji-Regular.ttf", "😀", is_colour=True)
"""A COLR version 1 font: https://learn.microsoft.com/typography/opentype/spec/colr"""
