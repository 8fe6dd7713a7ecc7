"""Open a font of the font layer, to tell which characters it covers, shape text with it and measure its glyphs.

HarfBuzz shapes and rasterizes. Pillow's complex text layout needs FriBiDi, a system library that Lambda's image lacks;
without it Arabic letters would not join. Lengths are in ems of the typeface; fallback fonts are scaled to match it.
"""

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import uharfbuzz as hb

from common.characters import is_visible
from process.text.font_files import FontFile

# Four-letter codes, as in ISO 15924, of scripts whose letters join: they are never tracked.
# https://www.w3.org/TR/css-text-4/#cursive-script
_JOINED_SCRIPTS = frozenset({"Adlm", "Arab", "Beng", "Deva", "Guru", "Mong", "Nkoo", "Phag", "Rohg", "Syrc"})
# Tracked letters do not form ligatures: https://www.w3.org/TR/css-text-3/#letter-spacing-property
_NO_LIGATURES = {"liga": False, "clig": False}


class Ink(NamedTuple):
    """The box that ink covers, in ems from the start of the baseline; above the baseline is negative."""

    left: float
    top: float
    right: float
    bottom: float


class PositionedGlyph(NamedTuple):
    """A glyph of a font and its origin, from the start of the line's baseline; up is positive.

    Attributes:
        font: the font, scaled.
        glyph: index of the glyph in the font.
        x: distance of the origin from the start of the line.
        y: height of the origin above the baseline.
        offset: index, in the line's text, of the first character of the grapheme that the glyph belongs to; of a
            ligature, that of its first grapheme.
    """

    font: "Font"
    glyph: int
    x: float
    y: float
    offset: int

    @property
    def ink(self) -> Ink | None:
        """Ink box of the glyph; None if it has no ink."""
        box = self.font.measure_ink(self.glyph)
        return box and Ink(self.x + box.left, box.top - self.y, self.x + box.right, box.bottom - self.y)


class Font:
    """An open font, scaled to its use. `scale` is ems per font unit; `rise` is how far glyphs are raised, in ems."""

    def __init__(self, file: FontFile, typeface: "Font | None" = None) -> None:
        """Open the file, and scale it to match the typeface if it is a fallback font.

        Raises:
            ModuleNotFoundError: the file's package is not installed.
        """
        self.file = file
        self.hb = _open_file(file)
        self.scale, self.rise = 1 / self.hb.face.upem, 0.0
        if typeface:
            self._match_height(typeface.cap_height * file.height)

    def _match_height(self, height: float) -> None:
        extents = self.hb.get_glyph_extents(self._find_glyph(self.file.reference))
        if self.file.is_colour:
            self.scale = height / -extents.height
            self.rise = height / self.file.height / 2 - (extents.y_bearing + extents.height / 2) * self.scale
        else:
            self.scale = height / extents.y_bearing

    @cached_property
    def cap_height(self) -> float:
        """Height of a capital letter, in ems."""
        glyph = self._find_glyph("H")
        if glyph:
            return float(self.hb.get_glyph_extents(glyph).y_bearing * self.scale)
        return float(self.hb.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT) * self.scale)

    def covers(self, text: str) -> bool:
        """Tell whether the font draws every visible character, and none of them as another."""
        return self.file.misdrawn.isdisjoint(text) and all(
            self._find_glyph(character) or not is_visible(character) for character in text
        )

    def positions_marks(self, grapheme: str) -> bool:
        """Tell whether the font positions every mark of a grapheme: it may have a mark's glyph but no anchor for it."""
        positions = self._shape_buffer(grapheme, "und", rtl=False).glyph_positions[1:]
        return all(position.x_advance or position.x_offset or position.y_offset for position in positions)

    def shape(
        self, text: str, offsets: Sequence[int], language: str, *, rtl: bool, start: float = 0.0
    ) -> tuple[list[PositionedGlyph], float]:
        """Return the glyphs of a part of a line in visual order, and its advance in ems.

        Args:
            text: the part.
            offsets: for each of its characters, `PositionedGlyph.offset`.
            language: BCP 47 tag.
            rtl: whether it runs from right to left.
            start: where it begins, in ems from the start of the line.
        """
        buffer = self._shape_buffer(text, language, rtl=rtl)
        tracking = self._find_tracking(buffer)
        glyphs, x, cluster = [], 0.0, None
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if cluster not in (None, info.cluster):
                x += tracking
            cluster = info.cluster
            left, rise = x + position.x_offset * self.scale, position.y_offset * self.scale + self.rise
            glyphs.append(PositionedGlyph(self, info.codepoint, start + left, rise, offsets[cluster]))
            x += position.x_advance * self.scale
        return glyphs, x + tracking

    def _shape_buffer(self, text: str, language: str, *, rtl: bool) -> Any:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = language
        hb.shape(self.hb, buffer, _NO_LIGATURES if self._find_tracking(buffer) else None)
        return buffer

    def _find_tracking(self, buffer: Any) -> float:
        return 0.0 if buffer.script in _JOINED_SCRIPTS else self.file.tracking

    @lru_cache(maxsize=4096)  # noqa: B019  fonts live as long as the process
    def measure_ink(self, glyph: int) -> Ink | None:
        """Return the ink box of a glyph, from its origin; None for a glyph without ink."""
        extents = self.hb.get_glyph_extents(glyph)
        if not extents.width:
            return None
        left, top = extents.x_bearing * self.scale, -extents.y_bearing * self.scale
        return Ink(left, top, left + extents.width * self.scale, top - extents.height * self.scale)

    def _find_glyph(self, character: str) -> int:
        return self.hb.get_nominal_glyph(ord(character)) or 0


@cache
def open_typeface(file: FontFile) -> Font:
    """Open the typeface of a look."""
    return Font(file)


@cache
def open_fallback_font(file: FontFile, typeface: Font) -> Font:
    """Open one of `process.text.font_files.FALLBACKS`, or the emoji font, scaled to match a typeface."""
    return Font(file, typeface)


@cache
def _open_file(file: FontFile) -> Any:
    """Open a font file once, whatever it is scaled to.

    Raises:
        ModuleNotFoundError: the file's package is not installed.
    """
    path = file.find()
    if not path:
        raise ModuleNotFoundError(f"no font: {file.package} is not installed; is the font layer attached?")
    font = hb.Font(hb.Face(hb.Blob.from_file_path(path)))
    font.set_variations(dict(file.axes))
    return font
