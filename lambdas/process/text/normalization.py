"""Normalize a title before it is shaped: whitespace, invisible characters, excess marks, uncovered characters."""

import re
import unicodedata

from common.characters import is_visible
from process.text.font_fallback import make_drawable

_MAX_MARKS = 4  # on one letter
# Invisible characters that affect shaping or line breaks: soft hyphen, zero-width space, joiners, directional controls,
# word joiner, variation selectors.
_CONTROLS = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)
_WHITESPACE = re.compile(r"\s+")
_NEWLINES = re.compile("[\n\v\f\r\x85\u2028\u2029]")
_NO_BREAK_SPACES = re.compile("[\xa0\u202f\u2007]+")
# Few fonts have a non-breaking hyphen; the byte order mark is the word joiner of older texts.
_WORD_JOINER = "\N{WORD JOINER}"
_UNBREAKABLE = str.maketrans({"\N{NON-BREAKING HYPHEN}": f"{_WORD_JOINER}-{_WORD_JOINER}", "\ufeff": _WORD_JOINER})
# Characters that are drawn as a blank: Hangul fillers, Braille without dots, and what stands for a picture in copied
# text. They count as spaces.
_BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0\ufffc"), " ")
_TAGS = ("\U000e0020", "\U000e007f")  # spell the flags of regions, such as Scotland's
_IDEOGRAPHIC_SELECTORS = ("\U000e0100", "\U000e01ef")
# Programs copy text with no-break spaces only. So many of them, and no other space, are not what a writer typed.
_COPIED_SPACES = 4


def normalize_title(text: str) -> str:
    """Return a title as it is drawn: in NFC, without characters that affect neither glyphs nor line breaks.

    Whitespace becomes a single space, a no-break space if there is no other, or a newline if there is one. At most four
    combining marks per letter are kept.

    Returns:
        The title; empty if none of it is visible.

    Raises:
        UndrawableTitle: no font covers one of its characters.
    """
    composed = unicodedata.normalize("NFC", text).translate(_BLANKS).translate(_UNBREAKABLE)
    relevant = "".join(character for character in composed if character.isspace() or _affects_drawing(character))
    kept, marks = "", 0
    for character in _release_copied(_WHITESPACE.sub(_collapse, relevant).strip()):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept += character
    return make_drawable(kept) if any(map(is_visible, kept)) else ""


def _collapse(whitespace: re.Match[str]) -> str:
    if _NEWLINES.search(whitespace[0]):
        return "\n"
    return whitespace[0][0] if _NO_BREAK_SPACES.fullmatch(whitespace[0]) else " "


def _release_copied(text: str) -> str:
    """Turn no-break spaces into spaces where a program has put them, not the writer."""
    found = _NO_BREAK_SPACES.findall(text)
    return text if " " in text or len(found) < _COPIED_SPACES else _NO_BREAK_SPACES.sub(" ", text)


def _affects_drawing(character: str) -> bool:
    return (
        character in _CONTROLS
        or _TAGS[0] <= character <= _TAGS[1]
        or _IDEOGRAPHIC_SELECTORS[0] <= character <= _IDEOGRAPHIC_SELECTORS[1]
        or is_visible(character)
    )
