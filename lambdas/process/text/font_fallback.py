"""Choose one of the fonts in `font_files` for each grapheme: itemization with font fallback."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from unicodedata import combining, name

from common.characters import explain_missing, normalize
from process.errors import UndrawableTitle
from process.text.font import Font, open_fallback_font, open_typeface
from process.text.font_files import EMOJI, FALLBACKS
from process.text.graphemes import is_emoji, is_simple, split_graphemes

# Canonical combining classes of letters, and of Thai vowels and tones: the glyphs of these reach back over the letter
# before them, without anchors.
_NOT_ANCHORED = (0, 103, 107)


def make_drawable(text: str) -> str:
    """Replace each character that no font covers by a compatible one, and drop marks that their letter's font lacks.

    Raises:
        UndrawableTitle: no font covers a character, nor anything compatible with it.
    """
    text = normalize(text, is_covered)
    reason = explain_missing(text, is_covered)
    if reason:
        raise UndrawableTitle(reason)
    # Dropping a mark may join its neighbours into one grapheme, whose marks have to be checked again.
    while (settled := "".join(map(_drop_uncovered_marks, split_graphemes(text)))) != text:
        text = settled
    return text


def is_covered(text: str) -> bool:
    """Tell whether a title may contain a text: whether one of the fallback fonts or the emoji font covers it.

    Typefaces are left out: which titles are accepted must not depend on the look.
    """
    return is_simple(text) or _find_fallback(text) is not None


def _drop_uncovered_marks(grapheme: str) -> str:
    base, marks = grapheme[0], grapheme[1:]
    if is_covered(grapheme):
        return grapheme
    font = _find_fallback(base)
    return base + "".join(mark for mark in marks if font and font.covers(mark))


def choose_fonts(graphemes: Iterable[str], typeface: Font) -> list[Font]:
    """Return the font that draws each grapheme of a line.

    If a word of one script needs a fallback font, that font draws as much of the word as it covers.
    """
    fonts: list[Font] = []
    for is_space, group in groupby(graphemes, str.isspace):
        word = tuple(group)
        fonts += [typeface] * len(word) if is_space else _choose_word_fonts(word, typeface)
    return fonts


@lru_cache(maxsize=1024)  # each word is on many of the lines that are compared
def _choose_word_fonts(word: tuple[str, ...], typeface: Font) -> list[Font]:
    """Return a font for each grapheme: the word's common fallback font where it covers the grapheme, else its own.

    A word has one if that font covers every letter that the typeface lacks, and these are its only letters, or Latin.
    """
    own = [(grapheme, _find_font(grapheme, typeface)) for grapheme in word]
    fallbacks = dict.fromkeys(font for _, font in own if font is not typeface and not font.file.is_colour)
    foreign = [grapheme for grapheme, font in own if font in fallbacks and grapheme[0].isalpha()]
    common = next((font for font in fallbacks if font.covers("".join(foreign))), None)
    has_own_letters = any(font is typeface and grapheme[0].isalpha() for grapheme, font in own)
    if not foreign or not common or (has_own_letters and not all(map(_is_latin, foreign))):
        return [font for _, font in own]
    return [common if common.covers(grapheme) and not font.file.is_colour else font for grapheme, font in own]


def _is_latin(grapheme: str) -> bool:
    return name(grapheme[0], "").startswith("LATIN")


@lru_cache(maxsize=4096)
def _find_font(grapheme: str, typeface: Font) -> Font:
    """Return the first font that covers a grapheme; not the typeface if only a later one positions the marks.

    The typeface itself draws what no font covers.
    """
    if typeface.covers(grapheme) and not is_emoji(grapheme):
        if not any(combining(mark) not in _NOT_ANCHORED for mark in grapheme) or typeface.positions_marks(grapheme):
            return typeface
        fallbacks = (open_fallback_font(file, typeface) for file in FALLBACKS)
        return next((font for font in fallbacks if font.covers(grapheme) and font.positions_marks(grapheme)), typeface)
    found = _find_fallback(grapheme)
    return open_fallback_font(found.file, typeface) if found else typeface


@lru_cache(maxsize=4096)
def _find_fallback(text: str) -> Font | None:
    """Return the first fallback font that covers a text, unscaled: for emoji the emoji font, for others it is last."""
    files = (EMOJI, *FALLBACKS) if is_emoji(text) else (*FALLBACKS, EMOJI)
    return next((font for font in map(open_typeface, files) if font.covers(text)), None)
