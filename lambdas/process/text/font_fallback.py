"""Choose one of the fonts in `font_files` for each grapheme: itemization with font fallback."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from unicodedata import combining, name

from common.characters import explain_missing, normalize
from process.errors import UndrawableTitle
from process.text.font import Font, open_emoji_font, open_fallback_font, open_title_font
from process.text.font_files import EMOJI, FALLBACKS
from process.text.graphemes import is_emoji, split_graphemes


def make_drawable(text: str) -> str:
    """Replace each character that no font covers by a compatible one, and drop marks that their letter's font lacks.

    Raises:
        UndrawableTitle: no font covers a character, nor anything compatible with it.
    """
    text = normalize(text, _is_covered)
    reason = explain_missing(text, _is_covered)
    if reason:
        raise UndrawableTitle(reason)
    # Dropping a mark may join its neighbours into one grapheme, whose marks have to be checked again.
    while (settled := "".join(map(_drop_uncovered_marks, split_graphemes(text)))) != text:
        text = settled
    return text


def _is_covered(text: str) -> bool:
    return _find_font(text) is not None


def _drop_uncovered_marks(grapheme: str) -> str:
    base, marks = grapheme[0], grapheme[1:]
    font = _find_font(grapheme) or _find_font(base)
    return base + "".join(mark for mark in marks if font and font.covers(mark))


def itemize(graphemes: list[str]) -> Iterator[tuple[Font, list[str]]]:
    """Split graphemes, in logical order, into stretches that one font draws.

    If a word of one script needs a fallback font, that font draws as much of the word as it covers.
    """
    fonts: list[Font] = []
    for is_space, group in groupby(graphemes, str.isspace):
        word = list(group)
        fonts += [open_title_font()] * len(word) if is_space else _choose_fonts(word)
    for font, pairs in groupby(zip(fonts, graphemes, strict=True), lambda pair: pair[0]):
        yield font, [grapheme for _, grapheme in pairs]


def _choose_fonts(word: list[str]) -> list[Font]:
    """Return a font for each grapheme: the word's common fallback font where it covers the grapheme, else its own.

    A word has one if that font covers every letter that the title font lacks, and these are its only letters, or Latin.
    """
    own = [(grapheme, _find_font(grapheme) or open_title_font()) for grapheme in word]
    foreign = [grapheme for grapheme, font in own if font.file in FALLBACKS and grapheme[0].isalpha()]
    common = next((font for _, font in own if font.file in FALLBACKS and font.covers("".join(foreign))), None)
    has_title_letters = any(font is open_title_font() and grapheme[0].isalpha() for grapheme, font in own)
    if not foreign or not common or (has_title_letters and not all(map(_is_latin, foreign))):
        return [font for _, font in own]
    return [common if common.covers(grapheme) and font.file != EMOJI else font for grapheme, font in own]


def _is_latin(grapheme: str) -> bool:
    return name(grapheme[0], "").startswith("LATIN")


@lru_cache(maxsize=4096)
def _find_font(text: str) -> Font | None:
    """Return the first font that covers a text; not the title font if only a later one positions the text's marks."""
    if is_emoji(text) and open_emoji_font().covers(text):
        return open_emoji_font()
    covering = (font for font in _open_fonts() if font.covers(text))
    font = next(covering, None)
    if font is open_title_font() and any(map(combining, text)) and not font.positions_marks(text):
        return next((other for other in covering if other.positions_marks(text)), font)
    return font


def _open_fonts() -> Iterator[Font]:
    yield open_title_font()
    yield from (open_fallback_font(index) for index in range(len(FALLBACKS)))
    yield open_emoji_font()
