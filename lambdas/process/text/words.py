"""Split a title into words, without the punctuation and the emoji around them."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from process.text.graphemes import is_simple

# Scripts written without spaces, as far as the emphasis is concerned: South East Asian, CJK, and Korean, where numbers
# and particles are attached to words. Ranges of a character class.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u3004\u3005-\u3007\u3040-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(r"""[^\s—–…/|,;:()\[\]{}<>"“”„«»‹›•·。、，：；（）「」『』【】،؛।]+""")
_ATTACHED = "!?¡¿！？؟‼⁉"
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|un|(?:d|n|s)?[aeou]ll|quell)['’](?=\w)", re.IGNORECASE)


class Span(NamedTuple):
    """Part of a title, as character offsets."""

    start: int
    end: int


class Word(NamedTuple):
    """A word as it is looked up, and its offsets in the title."""

    text: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Return a title's words, in lower case and with straight apostrophes; digits count as letters."""
    words = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        while start < end and not is_word_character(text[start]):
            start += 1
        while start < end and not is_word_character(text[end - 1]):
            end -= 1
        elision = _ELISION.match(text, start, end)
        start = elision.end() if elision else start
        if start < end:
            words.append(Word(text[start:end].lower().replace("’", "'"), start, end))
    return words


def is_word_character(character: str) -> bool:
    """Tell whether a character is a letter, a digit, or a mark on one; not a variation selector or a keycap."""
    return character.isalnum() or (
        not character.isascii()
        and unicodedata.category(character) in ("Mn", "Mc")
        and not "\ufe00" <= character <= "\ufe0f"
    )


def is_unspaced(text: str) -> bool:
    """Tell whether a text has letters of a script that does not separate words."""
    return not is_simple(text) and _compile_unspaced().search(text) is not None


@cache
def _compile_unspaced() -> re.Pattern[str]:
    """Compile on demand: few titles need it, and it takes milliseconds."""
    return re.compile(f"[{UNSPACED}]")


def count_letters(text: str) -> int:
    """Count letters and digits."""
    return sum(map(str.isalnum, text))


def attach_marks(text: str, start: int, end: int) -> Span:
    """Extend a part of a title over exclamation and question marks that touch it."""
    while start and text[start - 1] in _ATTACHED:
        start -= 1
    while end < len(text) and text[end] in _ATTACHED:
        end += 1
    return Span(start, end)
