"""Normalize a title before it is shaped: whitespace, invisible characters, excess marks, uncovered characters."""

import unicodedata

from common.characters import is_visible
from process.text.font_fallback import make_drawable

_MAX_MARKS = 4  # on one letter
# Invisible characters that affect shaping: zero-width space, joiners, directional controls, variation selectors.
_CONTROLS = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
# Characters that are drawn as a blank: Hangul fillers, Braille without dots, and what stands for a picture in copied
# text. They count as spaces.
_BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0\ufffc"), " ")
_TAGS = ("\U000e0020", "\U000e007f")  # spell the flags of regions, such as Scotland's


def normalize_title(text: str) -> str:
    """Return a title as it is drawn: in NFC, with single spaces, without characters that do not affect the drawing.

    At most four combining marks per letter are kept.

    Returns:
        The title; empty if none of it is visible.

    Raises:
        UndrawableTitle: no font covers one of its characters.
    """
    composed = unicodedata.normalize("NFC", text).translate(_BLANKS)
    words = "".join(character for character in composed if character.isspace() or _affects_drawing(character)).split()
    kept, marks = "", 0
    for character in " ".join(words).replace("\N{NON-BREAKING HYPHEN}", "-"):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept += character
    return make_drawable(kept) if any(map(is_visible, kept)) else ""


def _affects_drawing(character: str) -> bool:
    return character in _CONTROLS or _TAGS[0] <= character <= _TAGS[1] or is_visible(character)
