"""Find the amounts in a title, with their unit or currency: $200, 7 days, 10x, 1.000 €, 100万円."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from process.text.unit_words import (
    CURRENCIES,
    NUMBERS,
    SCALES,
    SERIES,
    UNITS,
    UNSPACED_CURRENCIES,
    UNSPACED_SCALES,
    UNSPACED_UNITS,
)
from process.text.words import UNSPACED, Word, is_unspaced

_CURRENCY = "$¢£¤¥฿₠-\u20c0﷼＄￠￡￥￦"
# Not inside a word or a name (PS5, COVID-19), a date, a time, a score or a version; not the digit of a keycap emoji.
_NUMBER = rf"""
    (?<![^\W{UNSPACED}]) (?<![A-Za-z]-) (?<![\d.,/:–-][.,/:–-]) (?<!\d[.,/:–-]) (?<![第月])
    (?P<prefix>(?:[A-Z]{{0,3}}[{_CURRENCY}]|(?:Rs|Rp|RM|CHF|USD|EUR|GBP|INR)\.?)\ ?|[#№]\ ?)?
    (?P<digits>\d{{1,3}}(?:\ \d{{3}})+(?!\d) | \d++(?:[.,'’٫٬]\d++)*+(?:[-–]\d++)?+)
    (?![./:]\d) (?!\ufe0f?\u20e3) (?!(?<=(?:19|20)\d\d)[年년](?![間间]))
    (?P<suffix>\ ?[{_CURRENCY}](?!\d)|\ ?[%％٪‰]|[xX×](?!\w)|\ ?°(?:[CF]\b)?|\+)?
"""
_AFTER_SCALE = re.compile(rf"\.?\+?(\ ?[{_CURRENCY}](?!\d))?")
_GROUPED = re.compile(r"\d{1,3}(?:[., '’٬]\d{3})+|\d{5,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HYPHENS = ("-", "\N{NON-BREAKING HYPHEN}")
_GAPS = ("", " ", *_HYPHENS)
_ATTACHED_ONLY = ("am", "b", "h", "k", "l", "m", "s", "t", "v", "w")  # 5 k is rather a name than 5k
# Below this number, one that follows a name is rather that of a model or an episode: iPhone 15, GTA 6.
_LEAST_COUNT_AFTER_NAME = 20
_MAX_NOUN_WORDS = 2


class Rank(IntEnum):
    """How much an amount catches the eye."""

    COUNT = 0  # of anything: 100 layers
    QUANTITY = 1  # in a known unit, or large: 7 days, 100K
    RATIO = 2  # 10x, 50%
    MONEY = 3


class Amount(NamedTuple):
    """An amount, as offsets in the title: up to `number_end` without its noun, up to `end` with it."""

    rank: Rank
    start: int
    number_end: int
    end: int


@dataclass(frozen=True)
class AmountReader:
    """Reads the amounts of one title.

    Attributes:
        text: the title.
        words: its words.
        is_content: tells whether a word can be what is counted: not an article or the like.
    """

    text: str
    words: list[Word]
    is_content: Callable[[Word], bool]

    def list_amounts(self) -> list[Amount]:
        """Return the amounts in digits, then those in words."""
        numbers = _compile_number().finditer(self.text) if any(map(str.isdigit, self.text)) else ()
        return [amount for amount in (*map(self._read, numbers), *map(self._read_spelled, self.words)) if amount]

    def _read(self, match: re.Match[str]) -> Amount | None:
        prefix, suffix = (match["prefix"] or "").strip(), (match["suffix"] or "").strip()
        if prefix in ("#", "№"):
            return self._read_place(match)
        start, end = match.span()
        if suffix.startswith(("%", "％", "٪", "‰", "x", "X", "×", "°")):
            return Amount(Rank.RATIO, start, end, end)
        rank = Rank.QUANTITY if suffix == "+" or _GROUPED.fullmatch(match["digits"]) else Rank.COUNT
        amount = Amount(Rank.MONEY if prefix or (suffix and suffix != "+") else rank, start, end, end)
        amount = self._read_unspaced(amount) or self._read_unit(self._read_scale(amount))
        if amount.end > match.end() or (amount.rank > Rank.COUNT and not self._is_inside_word(amount.end)):
            return amount
        return self._read_noun(amount, match["digits"])

    def _read_place(self, match: re.Match[str]) -> Amount | None:
        """Read a place such as "#1"; at the end, it is rather the number of an episode."""
        following = self._find_word(match.end())
        is_place = following is not None and following.start == match.end() + 1 and self.is_content(following)
        return Amount(Rank.QUANTITY, *match.span(), match.end()) if is_place else None

    def _read_unspaced(self, amount: Amount) -> Amount | None:
        """Read scale and unit in a script without spaces."""
        match = _compile_unspaced().match(self.text, amount.end) if is_unspaced(self.text) else None
        if not match:
            return None
        rank = Rank.MONEY if match["currency"] else max(amount.rank, Rank.QUANTITY)
        return Amount(rank, amount.start, match.end(), match.end())

    def _read_scale(self, amount: Amount) -> Amount:
        word = self._find_word(amount.end)
        if not word or word.text not in SCALES or self._is_apart(word, amount.end):
            return amount
        match = _AFTER_SCALE.match(self.text, word.end)
        end = match.end() if match else word.end
        rank = Rank.MONEY if match and match[1] else max(amount.rank, Rank.QUANTITY)
        return Amount(rank, amount.start, end, end)

    def _read_unit(self, amount: Amount) -> Amount:
        word = self._find_word(amount.end)
        if word and word.text in CURRENCIES:
            return Amount(Rank.MONEY, amount.start, amount.number_end, word.end)
        if not word or amount.rank == Rank.MONEY or self._is_apart(word, amount.end):
            return amount
        if word.text in UNITS or self._is_hyphenated(word, amount.end):
            return Amount(Rank.QUANTITY, amount.start, amount.number_end, word.end)
        return amount

    def _read_noun(self, amount: Amount, digits: str) -> Amount | None:
        """Read what is counted: the words up to the next stop word, or up to one that ends like a plural."""
        noun = self._list_noun(amount.end)
        if not noun or not digits.isdigit() or _YEAR.fullmatch(digits) or self._is_model(amount.start, int(digits)):
            return None
        return Amount(amount.rank, amount.start, amount.number_end, noun[-1].end)

    def _list_noun(self, end: int) -> list[Word]:
        noun: list[Word] = []
        while (word := self._find_word(end)) and word.start == end + 1 and self.is_content(word):
            noun.append(word)
            if len(noun) > _MAX_NOUN_WORDS:
                return []
            if word.text.endswith("s") and not word.text.endswith("ss"):
                break
            end = word.end
        return noun

    def _is_model(self, start: int, number: int) -> bool:
        """Tell whether a number belongs to the name before it."""
        before = [word for word in self.words if word.end < start]
        if not before or before[-1].end < start - 1:
            return False
        name, original = before[-1], self.text[before[-1].start : before[-1].end]
        if name.text in SERIES:
            return True
        is_name = original[1:] != original[1:].lower() or (len(before) == 1 and not name.text.endswith("ing"))
        return number < _LEAST_COUNT_AFTER_NAME and is_name and self.is_content(name)

    def _read_spelled(self, word: Word) -> Amount | None:
        """Read an amount that begins with a number in words: two weeks, million dollars."""
        if word.text not in NUMBERS:
            return None
        bare = Amount(Rank.QUANTITY if word.text in SCALES else Rank.COUNT, word.start, word.end, word.end)
        amount = self._read_unit(self._read_scale(bare))
        return amount if amount.rank > Rank.COUNT else None

    def _find_word(self, end: int) -> Word | None:
        """Return the word that follows an offset, or the rest of the word around it."""
        for word in self.words:
            if word.end > end:
                start = max(word.start, end)
                gap = self.text[end:start]
                if start == end and self.text[start] in _HYPHENS:
                    start, gap = start + 1, "-"
                return Word(self.text[start : word.end].lower(), start, word.end) if gap in _GAPS else None
        return None

    def _is_apart(self, word: Word, end: int) -> bool:
        return word.text in _ATTACHED_ONLY and word.start > end

    def _is_hyphenated(self, word: Word, end: int) -> bool:
        """Tell whether a word is joined to a number before it, as in 5-star."""
        return self.text[end] in _HYPHENS and word.text[0].isalpha()

    def _is_inside_word(self, end: int) -> bool:
        return any(word.start < end < word.end for word in self.words)


@cache
def _compile_number() -> re.Pattern[str]:
    """Compile on demand: many titles do not need it, and it takes milliseconds."""
    return re.compile(_NUMBER, re.VERBOSE)


@cache
def _compile_unspaced() -> re.Pattern[str]:
    """Compile on demand, too."""
    counted = rf"\ ?(?:(?P<currency>{UNSPACED_CURRENCIES})|{UNSPACED_UNITS})"
    return re.compile(rf"(?:{UNSPACED_SCALES})?\+?{counted}|(?:{UNSPACED_SCALES})\+?")
