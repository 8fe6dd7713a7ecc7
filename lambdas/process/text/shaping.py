"""Shape a line of a title: which glyph of which font goes where, and how far its ink extends. Lengths are in ems."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from process.text.bidi import split_runs
from process.text.font import Font, Ink
from process.text.font_fallback import itemize
from process.text.graphemes import split_graphemes


class PositionedGlyph(NamedTuple):
    """A glyph of a font and its origin, from the start of the line's baseline; up is positive."""

    font: Font
    glyph: int
    x: float
    y: float

    @property
    def ink(self) -> Ink | None:
        """Ink box of the glyph; None if it has no ink."""
        box = self.font.measure_ink(self.glyph)
        return box and Ink(self.x + box.left, box.top - self.y, self.x + box.right, box.bottom - self.y)


@dataclass(frozen=True)
class ShapedLine:
    """A line of text as glyphs. `advance` is its typographic width."""

    text: str
    glyphs: tuple[PositionedGlyph, ...]
    advance: float

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
def shape_line(text: str, language: str = "und", *, rtl: bool = False) -> ShapedLine:
    """Shape a line of a title.

    Args:
        text: the line, in logical order.
        language: BCP 47 tag of the title's language.
        rtl: whether the title's base direction is right to left.
    """
    glyphs: list[PositionedGlyph] = []
    x = 0.0
    for run in split_runs(split_graphemes(text), rtl=rtl):
        items = list(itemize(run.graphemes))
        for font, graphemes in reversed(items) if run.rtl else items:
            shaped, advance = font.shape("".join(graphemes), language, rtl=run.rtl)
            glyphs += (PositionedGlyph(font, glyph.id, x + glyph.x, glyph.y) for glyph in shaped)
            x += advance
    return ShapedLine(text, tuple(glyphs), x)
