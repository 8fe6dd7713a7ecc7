"""Shape a line of a title: which glyph of which font goes where, and how far its ink extends. Lengths are in ems."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from common.characters import is_visible
from process.text.bidi import split_runs
from process.text.capitals import capitalize
from process.text.font import Ink, PositionedGlyph, open_typeface
from process.text.font_fallback import choose_fonts, is_covered
from process.text.font_files import FontFile
from process.text.graphemes import split_graphemes
from process.text.language import detect_language

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True)
class ShapedLine:
    """A line of text as glyphs. Lengths are in ems of the typeface.

    Attributes:
        text: the text as typed, in logical order, even if its glyphs are capitals.
        drawn: the text as drawn.
        glyphs: in visual order, from left to right.
        advance: the typographic width.
        cap_height: height of the typeface's capitals.
    """

    text: str
    drawn: str
    glyphs: tuple[PositionedGlyph, ...]
    advance: float
    cap_height: float

    @cached_property
    def ink(self) -> Ink:
        """Ink box of the whole line."""
        boxes = [box for glyph in self.glyphs if (box := glyph.ink)] or [Ink(0, 0, 0, 0)]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return Ink(min(lefts), min(tops), max(rights), max(bottoms))


@lru_cache(maxsize=1024)
def shape_line(title: str, start: int, end: int, typeface: FontFile, *, capitals: bool = False) -> ShapedLine:
    """Shape the line `title[start:end]` of a title.

    Args:
        title: the whole title, which decides the line's language and the direction of its letters.
        start: offset of the line's first character.
        end: offset of its end; neither splits a grapheme.
        typeface: the font that draws what it covers.
        capitals: whether to draw letters as capitals.
    """
    own_font, language = open_typeface(typeface), detect_language(title)
    graphemes = _select(_list_graphemes(title, capitals=capitals), start, end)
    glyphs: list[PositionedGlyph] = []
    x = 0.0
    for run in split_runs(title, start, end):
        in_run = [grapheme for grapheme in graphemes if run.start <= grapheme.start < run.end]
        fonts = choose_fonts([grapheme.text for grapheme in in_run], own_font)
        stretches = [
            (font, [grapheme for _, grapheme in pairs])
            for font, pairs in groupby(zip(fonts, in_run, strict=True), itemgetter(0))
        ]
        for font, stretch in reversed(stretches) if run.rtl else stretches:
            text = "".join(grapheme.text for grapheme in stretch)
            offsets = [grapheme.start - start for grapheme in stretch for _ in grapheme.text]
            shaped, advance = font.shape(text, offsets, language, rtl=run.rtl, start=x)
            glyphs += shaped
            x += advance
    drawn = "".join(grapheme.text for grapheme in graphemes)
    return ShapedLine(title[start:end], drawn, tuple(glyphs), x, own_font.cap_height)


class _Grapheme(NamedTuple):
    """A grapheme as it is drawn, and its offset in the title."""

    text: str
    start: int


def _select(graphemes: Iterable[_Grapheme], start: int, end: int) -> list[_Grapheme]:
    """Select those of a line. A soft hyphen is drawn as a hyphen where it ends the line, and elsewhere not at all."""
    selected = [grapheme for grapheme in graphemes if start <= grapheme.start < end]
    return [
        _Grapheme("-", grapheme.start) if grapheme.text == _SOFT_HYPHEN else grapheme
        for grapheme in selected
        if grapheme.text != _SOFT_HYPHEN or grapheme is selected[-1]
    ]


@lru_cache(maxsize=64)
def _list_graphemes(title: str, *, capitals: bool) -> tuple[_Grapheme, ...]:
    """List the graphemes of a title; not those that only affect the direction or the breaks of what is beside them."""
    letters = capitalize(title) if capitals else list(title)
    listed, start = [], 0
    for grapheme in split_graphemes(title):
        end = start + len(grapheme)
        if any(map(is_visible, grapheme)) or grapheme.isspace() or grapheme == _SOFT_HYPHEN:
            capital = unicodedata.normalize("NFC", "".join(letters[start:end]))
            listed.append(_Grapheme(capital if is_covered(capital) else grapheme, start))
        start = end
    return tuple(listed)
