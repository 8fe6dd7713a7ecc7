"""What a reader takes for one letter or picture, and where a line may break between two of them.

The Unicode properties come from the `regex` package, which is loaded for titles that need it only.
"""

import unicodedata
from functools import cache
from typing import Any

from process.text.font import open_title_font

# Grapheme clusters, https://www.unicode.org/reports/tr29/; a virama with a joiner joins two, as in Sinhala, and so
# does a virama before a consonant in the scripts that the standard leaves to others, save Tamil and Sinhala, which show
# their virama.
_CLUSTER = r"\X(?:(?<=\p{CCC=9}\u200D)\X|(?<=[\p{InSC=Virama}--\u0BCD\u0DCA])(?=\p{InSC=Consonant})\X)*"
# https://www.unicode.org/reports/tr51/#def_emoji_sequence, of what is one cluster.
_EMOJI = r"\p{Emoji_Presentation}|\p{Emoji}\p{EMod}|\p{Emoji}\uFE0F|\p{Regional_Indicator}"
# https://www.unicode.org/reports/tr14/: what begins no line, and what ends none.
_NEVER_FIRST = r"[\p{LB=CL}\p{LB=CP}\p{LB=EX}\p{LB=IS}\p{LB=SY}\p{LB=NS}\p{LB=CJ}\p{LB=PO}\p{LB=IN}\p{M}]"
_NEVER_LAST = r"[\p{LB=OP}\p{LB=PR}]"


def is_simple(text: str) -> bool:
    """Tell whether each character is a letter of its own that the title's font has, as in most Latin titles."""
    return open_title_font().covers(text) and not any(map(_is_joined, text))


def _is_joined(character: str) -> bool:
    """Tell whether a character is one with those around it."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


def split_graphemes(text: str) -> list[str]:
    """Part a text into letters, each with its marks, and emoji, each with all that it is made of."""
    return list(text) if is_simple(text) else _pattern(_CLUSTER).findall(text)


def is_emoji(cluster: str) -> bool:
    """Tell whether a cluster is an emoji, shown in colours."""
    return not is_simple(cluster) and bool(_pattern(_EMOJI).match(cluster))


def is_phrase_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two pieces of a word, where a phrase of it ends or the word is too long."""
    return bool(after) and not is_simple(before[-1] + after[0]) and is_break_allowed(before, after)


def is_break_allowed(before: str, after: str) -> bool:
    """Tell whether a line may begin with what comes after, and end with what comes before."""
    if is_simple(before[-1] + after[0]):
        return True
    return not (_pattern(_NEVER_FIRST).match(after) or _pattern(_NEVER_LAST).fullmatch(before[-1]))


@cache
def _pattern(pattern: str) -> Any:
    import regex  # noqa: PLC0415  it takes longer to load than most titles do to draw

    return regex.compile(pattern, regex.V1)
