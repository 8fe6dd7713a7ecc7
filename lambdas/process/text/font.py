"""A font of the font layer, opened: what it can draw, and how letters are set in it.

HarfBuzz shapes and rasterizes: Pillow's own shaping needs a system library that Lambda's image lacks, and would leave
Arabic unjoined there. Lengths are in ems of the title's own font; a font beside it is scaled to suit.
"""

from functools import cache, lru_cache
from typing import Any, NamedTuple

import uharfbuzz as hb

from common.characters import is_visible
from process.text.font_files import EMOJI, FALLBACKS, TITLE, FontFile

# Room between letters, beside the font's own: shown small, those of a narrow heavy font run into each other ("ad" is
# read as "al"). Found by trial: run `make bench-overlay` before and after changing it.
_TRACKING = 0.03
_PICTURE = 1.15  # as tall as this many capitals
# Letters set apart do not become one: https://www.w3.org/TR/css-text-3/#letter-spacing-property
_APART = {"liga": False, "clig": False}


class Ink(NamedTuple):
    """How far ink reaches from the start of its baseline; above it is negative."""

    left: float
    top: float
    right: float
    bottom: float


class Glyph(NamedTuple):
    """A glyph and where its origin lies from the start of its text, in ems, up being positive."""

    id: int
    x: float
    y: float


class Font:
    """A typeface, opened. `scale` is ems per unit of the font; `rise` is how far its letters are lifted, in ems."""

    def __init__(self, typeface: FontFile, beside: "Font | None" = None) -> None:
        """Open it, scaled to suit the font that it stands beside.

        Raises:
            ModuleNotFoundError: its package is not installed.
        """
        path = typeface.path()
        if not path:
            raise ModuleNotFoundError(f"no font: {typeface.package} is not installed; is the font layer attached?")
        self.typeface, self.path = typeface, path
        self.hb = hb.Font(hb.Face(hb.Blob.from_file_path(path)))
        self.hb.set_variations(dict(typeface.axes))
        self.scale, self.rise = 1 / self.hb.face.upem, 0.0
        if beside:
            self._match(beside.measure_height(typeface.beside))

    def _match(self, height: float) -> None:
        extents = self.hb.get_glyph_extents(self._nominal(self.typeface.letter))
        if self.typeface.is_colour:
            self.scale = _PICTURE * height / -extents.height
            self.rise = height / 2 - (extents.y_bearing + extents.height / 2) * self.scale
        else:
            self.scale = height / extents.y_bearing

    def measure_height(self, letter: str) -> float:
        """Return how far a letter reaches above the baseline."""
        return float(self.hb.get_glyph_extents(self._nominal(letter)).y_bearing * self.scale)

    def covers(self, text: str) -> bool:
        """Tell whether it has every character that is to be seen."""
        return all(self._nominal(character) or not is_visible(character) for character in text)

    def positions_marks(self, cluster: str) -> bool:
        """Tell whether each mark finds its place: a font may have a letter and a mark, but not know how they join."""
        positions = self._set(cluster, "und", rtl=False).glyph_positions[1:]
        return all(position.x_advance or position.x_offset or position.y_offset for position in positions)

    def shape(self, text: str, language: str, *, rtl: bool) -> tuple[list[Glyph], float]:
        """Return a text's glyphs, from left to right, and its advance. `language` is a BCP 47 tag."""
        buffer = self._set(text, language, rtl=rtl)
        glyphs, x, cluster = [], 0.0, None
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if cluster not in (None, info.cluster):
                x += self._tracking
            cluster = info.cluster
            glyphs.append(
                Glyph(info.codepoint, x + position.x_offset * self.scale, position.y_offset * self.scale + self.rise)
            )
            x += position.x_advance * self.scale
        return glyphs, x + self._tracking

    def _set(self, text: str, language: str, *, rtl: bool) -> Any:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = language
        hb.shape(self.hb, buffer, _APART if self.typeface.is_tracked else None)
        return buffer

    @property
    def _tracking(self) -> float:
        return _TRACKING if self.typeface.is_tracked else 0.0

    @lru_cache(maxsize=4096)  # noqa: B019  fonts are never dropped
    def measure_ink(self, glyph: int) -> Ink | None:
        """Return the box of a glyph's ink from its origin, None for one without."""
        extents = self.hb.get_glyph_extents(glyph)
        if not extents.width:
            return None
        left, top = extents.x_bearing * self.scale, -extents.y_bearing * self.scale
        return Ink(left, top, left + extents.width * self.scale, top - extents.height * self.scale)

    def _nominal(self, character: str) -> int:
        return self.hb.get_nominal_glyph(ord(character)) or 0


@cache
def open_title_font() -> Font:
    """Open the title's own font."""
    own, free = TITLE
    return Font(own if own.path() else free)


@cache
def open_fallback_font(number: int) -> Font:
    """Open one of `process.text.typefaces.OTHERS`."""
    return Font(FALLBACKS[number], beside=open_title_font())


@cache
def open_emoji_font() -> Font:
    """Open the font of the emoji."""
    return Font(EMOJI, beside=open_title_font())


@cache
def cap_height() -> float:
    """Return the height of a capital letter, in ems."""
    return open_title_font().measure_height("H")
