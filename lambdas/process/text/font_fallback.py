"""Which font draws which part of a title, known as itemization or font fallback."""

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
    """Return a text with what no font has replaced by its like, and mathematical letters by plain ones.

    Fonts have some styles of those only, and none as heavy as a title's. Marks that no font can set on their letter are
    left out.

    Raises:
        UndrawableTitle: there is nothing that stands for a character.
    """
    text = normalize(text, _is_drawn)
    reason = explain_missing(text, _is_drawn)
    if reason:
        raise UndrawableTitle(reason)
    # Where a mark is left out, what was around it may become one cluster.
    while (settled := "".join(map(_settable, split_graphemes(text)))) != text:
        text = settled
    return text


def _is_drawn(text: str) -> bool:
    return _first(text) is not None


def _settable(cluster: str) -> str:
    letter, marks = cluster[0], cluster[1:]
    font = _first(cluster) or _first(letter)
    return letter + "".join(mark for mark in marks if font and font.covers(mark))


def itemize(letters: list[str]) -> Iterator[tuple[Font, list[str]]]:
    """Part letters, in the order in which they are read, into those that one font draws.

    The letters of a word are of one font wherever there is one that has them all.
    """
    fonts: list[Font] = []
    for is_space, group in groupby(letters, str.isspace):
        word = list(group)
        fonts += [open_title_font()] * len(word) if is_space else _of_word(word)
    for font, pairs in groupby(zip(fonts, letters, strict=True), lambda pair: pair[0]):
        yield font, [letter for _, letter in pairs]


def _of_word(word: list[str]) -> list[Font]:
    """Return the font of each letter: its own, or that of the others where this one has it too."""
    own = [(letter, _font(letter)) for letter in word]
    foreign = [letter for letter, font in own if font.typeface in FALLBACKS and letter[0].isalpha()]
    common = next((font for _, font in own if font.typeface in FALLBACKS and font.covers("".join(foreign))), None)
    at_home = any(font is open_title_font() and letter[0].isalpha() for letter, font in own)
    if not foreign or not common or (at_home and not all(map(_is_latin, foreign))):
        return [font for _, font in own]
    return [common if common.covers(letter) and font.typeface != EMOJI else font for letter, font in own]


def _is_latin(letter: str) -> bool:
    return name(letter[0], "").startswith("LATIN")


def _font(cluster: str) -> Font:
    return _first(cluster) or open_title_font()


@lru_cache(maxsize=4096)
def _first(text: str) -> Font | None:
    """Return the first font that has all of a text; if it is the title's own, that also joins marks to letters."""
    if is_emoji(text) and open_emoji_font().covers(text):
        return open_emoji_font()
    able = (font for font in _fonts() if font.covers(text))
    font = next(able, None)
    if font is open_title_font() and any(map(combining, text)) and not font.positions_marks(text):
        return next((other for other in able if other.positions_marks(text)), font)
    return font


def _fonts() -> Iterator[Font]:
    yield open_title_font()
    yield from (open_fallback_font(number) for number in range(len(FALLBACKS)))
    yield open_emoji_font()
