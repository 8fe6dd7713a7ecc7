"""A line of a title, set: which glyph of which font stands where, and how far its ink reaches. Lengths are in ems."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from process.text.bidi import split_runs
from process.text.font import Font, Ink
from process.text.font_fallback import itemize
from process.text.graphemes import split_graphemes


class PositionedGlyph(NamedTuple):
    """A glyph of a font, and where its origin stands from the start of the line's baseline; up is positive."""

    font: Font
    glyph: int
    x: float
    y: float

    @property
    def ink(self) -> Ink | None:
        """The box of its ink."""
        box = self.font.measure_ink(self.glyph)
        return box and Ink(self.x + box.left, box.top - self.y, self.x + box.right, box.bottom - self.y)


@dataclass(frozen=True)
class ShapedLine:
    """A line of text. `advance` is how far it moves what follows it."""

    text: str
    glyphs: tuple[PositionedGlyph, ...]
    advance: float

    @cached_property
    def ink(self) -> Ink:
        """The box of the line's ink."""
        boxes = [box for box in (glyph.ink for glyph in self.glyphs) if box] or [Ink(0, 0, 0, 0)]
        return Ink(
            left=min(box.left for box in boxes),
            top=min(box.top for box in boxes),
            right=max(box.right for box in boxes),
            bottom=max(box.bottom for box in boxes),
        )

    @property
    def columns(self) -> int:
        """How many letters it is as long as: one of Chinese, Japanese or Korean, and an emoji, counts as two.

        As terminals count them: https://www.unicode.org/reports/tr11/.
        """
        return sum(
            2 if unicodedata.east_asian_width(cluster[0]) in "WF" else 1 for cluster in split_graphemes(self.text)
        )


@lru_cache(maxsize=1024)
def shape_line(text: str, language: str = "und", *, rtl: bool = False) -> ShapedLine:
    """Set a line of a title that is read from the left or, `rtl`, from the right. `language` is a BCP 47 tag."""
    glyphs: list[PositionedGlyph] = []
    x = 0.0
    for run in split_runs(split_graphemes(text), rtl=rtl):
        parts = list(itemize(run.clusters))
        for font, letters in reversed(parts) if run.rtl else parts:
            shaped, advance = font.shape("".join(letters), language, rtl=run.rtl)
            glyphs += (PositionedGlyph(font, glyph.id, x + glyph.x, glyph.y) for glyph in shaped)
            x += advance
    return ShapedLine(text, tuple(glyphs), x)
