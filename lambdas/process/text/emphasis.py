"""Find the emphasized parts of a title: those that its author marked, as in Markdown, or else its hook."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from process.text.hook import find_filler, find_hook
from process.text.words import UNSPACED, Span

__all__ = ["Span", "Title", "parse_title"]

# Combining marks, which `\w` leaves out: of Latin, Hebrew, Arabic and Indic letters, and of emoji.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u20e3\ufe0f"
# As in https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, with differences: one to three stars mean the
# same, they do not nest and cannot be escaped, and a star inside a word is literal (f***, 2*3*4). In scripts that write
# words together, or attach particles to them, stars between letters are marks: nothing else could set off a word there.
_MARKED = rf"""
    (?<![^\W{UNSPACED}]) (?<![{_MARKS}*])
    (?P<stars>\*{{1,3}}) (?P<text>[^\s*](?:[^*]*[^\s*])?) (?P=stars)
    (?![^\W{UNSPACED}]) (?![{_MARKS}*])
"""


@dataclass(frozen=True)
class Title:
    """A title as it is drawn.

    Attributes:
        text: the title, without marks.
        emphasis: the parts to emphasize, in order, without overlaps; none where it is uncertain.
        is_marked: whether the author marked them.
        filler: words that say little, such as THE and IN.
    """

    text: str
    emphasis: tuple[Span, ...]
    is_marked: bool
    filler: tuple[Span, ...] = ()

    def is_emphasized(self, start: int, end: int) -> bool:
        """Tell whether any of a part of the title is emphasized."""
        return self._emphasized[start] < self._emphasized[end]

    def is_filler(self, start: int, end: int) -> bool:
        """Tell whether a part of the title has no words but those that say little."""
        return self._weighty[start] == self._weighty[end]

    @cached_property
    def _emphasized(self) -> list[int]:
        """The number of emphasized characters before each character and in all."""
        emphasized = {index for span in self.emphasis for index in range(*span)}
        return list(accumulate((index in emphasized for index in range(len(self.text))), initial=0))

    @cached_property
    def _weighty(self) -> list[int]:
        """The number of letters and digits, before each character and in all, of words that say more than little."""
        filler = {index for span in self.filler for index in range(*span)}
        is_weighty = (character.isalnum() and index not in filler for index, character in enumerate(self.text))
        return list(accumulate(is_weighty, initial=0))


def parse_title(text: str) -> Title:
    """Separate a title from the marks in it: "I ate *100 burgers*".

    Args:
        text: a title from `normalize_title`.

    Returns:
        The title; if it has no marks, its hook is emphasized.
    """
    kept, spans, position = "", [], 0
    for match in _find_marks(text):
        kept += text[position : match.start()]
        spans.append(Span(len(kept), len(kept) + len(match["text"])))
        kept += match["text"]
        position = match.end()
    if spans:
        unmarked = kept + text[position:]
        return Title(unmarked, tuple(spans), is_marked=True, filler=find_filler(unmarked))
    hook = find_hook(text)
    return Title(text, (hook,) if hook else (), is_marked=False, filler=find_filler(text))


def _find_marks(text: str) -> list[re.Match[str]]:
    return [match for match in _compile_marked().finditer(text) if _is_mark(match)] if "*" in text else []


@cache
def _compile_marked() -> re.Pattern[str]:
    """Compile on demand: few titles need it, and it takes milliseconds."""
    return re.compile(_MARKED, re.VERBOSE)


def _is_mark(match: re.Match[str]) -> bool:
    """Tell whether something can be emphasized between two stars: not in an emoticon such as (*_*)."""
    first = unicodedata.category(match["text"][0])
    return not first.startswith("M") and any(
        character.isalnum() or unicodedata.category(character) == "So" for character in match["text"]
    )
