"""Shape a line of a title: which glyph of which font goes where, and how far its ink extends. Lengths are in ems."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from process.text.bidi import split_runs
from process.text.font import Font, Ink, open_typeface
from process.text.font_fallback import choose_fonts, is_covered
from process.text.font_files import FontFile
from process.text.graphemes import split_graphemes


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

    font: Font
    glyph: int
    x: float
    y: float
    offset: int

    @property
    def ink(self) -> Ink | None:
        """Ink box of the glyph; None if it has no ink."""
        box = self.font.measure_ink(self.glyph)
        return box and Ink(self.x + box.left, box.top - self.y, self.x + box.right, box.bottom - self.y)


@dataclass(frozen=True)
class ShapedLine:
    """A line of text as glyphs. Lengths are in ems of the typeface.

    Attributes:
        text: the text as typed, in logical order, even if its glyphs are capitals.
        glyphs: in visual order, from left to right.
        advance: the typographic width.
        cap_height: height of the typeface's capitals.
    """

    text: str
    glyphs: tuple[PositionedGlyph, ...]
    advance: float
    cap_height: float

    @cached_property
    def ink(self) -> Ink:
        """Ink box of the whole line."""
        boxes = [box for box in (glyph.ink for glyph in self.glyphs) if box] or [Ink(0, 0, 0, 0)]
        return Ink(
            left=min(box.left for box in boxes),
            top=min(box.top for box in boxes),
            right=max(box.right for box in boxes),
            bottom=max(box.bottom for box in boxes),
        )

    @property
    def columns(self) -> int:
        """Length in columns, as on a terminal: wide CJK characters and emoji count as two.

        https://www.unicode.org/reports/tr11/
        """
        return sum(
            2 if unicodedata.east_asian_width(grapheme[0]) in "WF" else 1 for grapheme in split_graphemes(self.text)
        )


@lru_cache(maxsize=1024)
def shape_line(
    text: str, typeface: FontFile, language: str = "und", *, rtl: bool = False, capitals: bool = False
) -> ShapedLine:
    """Shape a line of a title.

    Args:
        text: the line, in logical order.
        typeface: the font that draws what it covers.
        language: BCP 47 tag of the title's language.
        rtl: whether the title's base direction is right to left.
        capitals: whether to draw letters as capitals.
    """
    own_font = open_typeface(typeface)
    graphemes = split_graphemes(text)
    starts = list(accumulate(map(len, graphemes), initial=0))
    drawn = list(map(_capitalize, graphemes)) if capitals else graphemes
    glyphs: list[PositionedGlyph] = []
    x = 0.0
    for run in split_runs(graphemes, rtl=rtl):
        fonts = choose_fonts([drawn[index] for index in run.indices], own_font)
        stretches = [
            (font, [index for _, index in pairs])
            for font, pairs in groupby(zip(fonts, run.indices, strict=True), itemgetter(0))
        ]
        for font, indices in reversed(stretches) if run.rtl else stretches:
            shaped, advance = font.shape("".join(drawn[index] for index in indices), language, rtl=run.rtl)
            offsets = [starts[index] for index in indices for _ in drawn[index]]
            glyphs += (
                PositionedGlyph(font, glyph.id, x + glyph.x, glyph.y, offsets[glyph.cluster]) for glyph in shaped
            )
            x += advance
    return ShapedLine(text, tuple(glyphs), x, own_font.cap_height)


def _capitalize(grapheme: str) -> str:
    """Return the capital form of a grapheme, such as SS for ß; the grapheme itself if no font covers that."""
    capital = unicodedata.normalize("NFC", grapheme.upper())
    return capital if is_covered(capital) else grapheme
