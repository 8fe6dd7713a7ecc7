"""Find where a title may be broken into lines.

UAX #14 says where a line may end; here, a line that ends within a word, or within a text written without spaces, must
also read well.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, pairwise
from unicodedata import category

from process.text.boundaries import list_boundaries
from process.text.graphemes import is_simple, split_graphemes
from process.text.words import count_letters, is_unspaced

# Words, and signs between them, that UAX #14 never breaks and never attaches to what is beside them.
_SPACED_WORD = (
    r"[(\"'\u201c\u2018\u00ab\u00bf\u00a1$\u20ac\u00a3#@]*[^\W_]+(?:['\u2019.,:&][^\W_]+)*"
    r"[)\"'\u201d\u2019\u00bb%\u20ac$+.,:;!?\u2026]*"
    r"|[-\u2013\u2014&+|=\u2022]"
)
_SPACED_TITLE = re.compile(rf"(?:{_SPACED_WORD})(?:[ \n](?:{_SPACED_WORD}))*")
_AFTER_SEPARATOR = re.compile("(?<=[ \n\u200b])")
# BCP 47 locales with UAX #14 tailorings: https://www.unicode.org/reports/tr35/#UnicodeLineBreakWordIdentifier
_LOCALES = {"ja": "ja-u-lw-phrase", "ko": "ko-u-lw-phrase"}
# ICU has no phrases of Chinese, but it has a dictionary of words. Neither that nor its phrases of Japanese know all
# words and particles.
_CHINESE = ("zh-Hans", "zh-Hant")
_LANGUAGES_WITH_PARTICLES = ("ja", *_CHINESE)
# A hyphen or a slash ends a line only if so many letters are on each side: Spider-|Man, but not Wi-Fi or AC/DC. As
# https://www.w3.org/TR/css-text-4/#hyphenate-char-limits does for hyphenation. Dashes and ellipses end it anyway.
_LEAST_LETTERS = 3
_SEPARATORS = "—…"
# Particles and suffixes of Chinese and particles of Japanese, which belong to what is before them.
_PARTICLES = frozenset("的了着著过過们們吗嗎呢吧啊里裡裏中上下がのをにへとでもはやか")
# South East Asian syllables. A consonant with one of these signs ends a syllable: Burmese asat, Khmer bantoc and
# toandakhiat, Thai thanthakhat, Lao cancellation mark. A consonant follows these: Burmese virama, Khmer coeng, and the
# short vowels of Thai and Lao, which may bear a tone. A bare consonant is no syllable.
_ENDING, _UNENDED = "\u103a\u17cb\u17cd\u0e4c\u0ecc", "\u1039\u17d2\u0e31\u0e47\u0eb1\u0ebb"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0ec8\u0ec9\u0eca\u0ecb"
_CONSONANT = re.compile("[\u0e01-\u0e2e\u0e81-\u0eae\u1000-\u1021\u1780-\u17a2]")
_NUMBER = re.compile(r"[0-9][百千万萬亿億]*$")

# Tells whether a piece of a text belongs to the pieces before it, given also what follows.
_Rule = Callable[[str, str, str], bool]


@lru_cache(maxsize=64)
def list_breaks(title: str, language: str) -> tuple[int, ...]:
    """Return the offsets at which a line of a title may begin, in order.

    Args:
        title: a title as `normalize_title` returns it.
        language: its BCP 47 tag.
    """
    separated = [match.start() for match in _AFTER_SEPARATOR.finditer(title)]
    if is_simple(title) and _SPACED_TITLE.fullmatch(title):
        return tuple(separated)
    allowed = list_boundaries(title, "line", _LOCALES.get(language, language))
    ends = [offset for offset in separated if offset in allowed]
    if language in _CHINESE:
        words = list_boundaries(title, "word", language)
        allowed = [offset for offset in allowed if offset in words]
    stretches = pairwise([0, *ends, len(title)])
    rules = _PHRASE_RULES if language in _LANGUAGES_WITH_PARTICLES else _WORD_RULES
    inner = (offset for start, end in stretches for offset in _list_breaks_within(title, start, end, allowed, rules))
    return tuple(sorted([*ends, *inner]))


def list_all_breaks(text: str) -> list[int]:
    """Return all offsets at which UAX #14 allows a line of a text to begin, whether that reads well or not."""
    return list_boundaries(text, "line")[:-1]


def _list_breaks_within(title: str, start: int, end: int, allowed: list[int], rules: Iterable[_Rule]) -> list[int]:
    """Return the breaks within a word, or within a stretch of text written without spaces."""
    offsets = [offset for offset in allowed if start < offset < end]
    pieces = [title[first:last] for first, last in pairwise([start, *offsets, end])]
    for belongs in rules:
        pieces = _merge(pieces, belongs)
    return list(accumulate(map(len, pieces[:-1]), initial=start))[1:]


def _merge(pieces: list[str], belongs: _Rule) -> list[str]:
    """Join each piece to the pieces before it, if it belongs to them; what follows it is considered, too."""
    merged = pieces[:1]
    for index, piece in enumerate(pieces[1:], 1):
        if belongs(merged[-1], piece, "".join(pieces[index + 1 :])):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def _are_short(before: str, piece: str, rest: str) -> bool:
    """Tell whether a break would leave too few letters of a word on either side, in a script written with spaces."""
    if is_unspaced(before + piece):
        return False
    if before[-1] in _SEPARATORS or piece[0] in _SEPARATORS:
        return piece[0] in _SEPARATORS
    return count_letters(before) < _LEAST_LETTERS or count_letters(piece + rest) < _LEAST_LETTERS


def _is_within_syllable(before: str, piece: str, _rest: str) -> bool:
    """Tell whether ICU's dictionary parts a syllable, as it may in a name that it lacks."""
    return (
        category(piece[0]).startswith("M")
        or piece[1:2] in tuple(_ENDING)
        or before.rstrip(_TONES)[-1:] in tuple(_UNENDED)
        or _CONSONANT.fullmatch(piece) is not None
    )


def _is_suffix(before: str, piece: str, _rest: str) -> bool:
    """Tell whether a piece is a particle, or what a number counts."""
    if not _is_single_letter(piece):
        return False
    is_bracketed = category(before[-1]) in ("Pe", "Pf")
    return (piece[0] in _PARTICLES and (is_bracketed or _touch(before, piece))) or bool(_NUMBER.search(before))


def _is_single(before: str, piece: str, rest: str) -> bool:
    """Tell whether to join a single letter to what follows, as a verb to its object, or at the end to what precedes."""
    is_last = not rest or not _touch(piece, rest)
    return _touch(before, piece) and (_is_single_letter(before) or (is_last and _is_single_letter(piece)))


def _touch(before: str, after: str) -> bool:
    """Tell whether two pieces meet without punctuation, at which UAX #14 decides alone."""
    return not (_is_punctuation(before[-1]) or _is_punctuation(after[0]))


def _is_punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _is_single_letter(piece: str) -> bool:
    return sum(grapheme[0].isalpha() for grapheme in split_graphemes(piece)) == 1


_WORD_RULES = (_is_within_syllable, _are_short)
_PHRASE_RULES = (*_WORD_RULES, _is_suffix, _is_single)
