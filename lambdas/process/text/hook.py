"""Find a title's hook: the part that a thumbnail sets in another colour, because it catches the eye."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from process.text.amounts import Amount, AmountReader, Rank
from process.text.graphemes import is_simple
from process.text.hook_words import LEXICONS, NAME_BEGINNINGS, SHOUTED_STOP_WORDS, VERB_FINAL, Lexicon
from process.text.words import Span, Word, attach_marks, count_letters, is_unspaced, is_word_character, split_words

_MAX_SHARE = 0.67  # of the title's letters: what is much more than half of it does not stand out
_LEAST_WORDS = 3  # in a title of which any word is taken
_LEAST_LETTERS = 3  # in such a word, and in a number without its noun
_LEAST_LETTERS_IN_UNKNOWN = 5  # in such a word of an unknown language: function words are mostly shorter
_IN_WORDS = "'\u2019-\u2010\u200c\u200d\u2060\xad&"
# Where a line may end makes no difference here, except at a newline.
_SPACES = str.maketrans(dict.fromkeys("\xa0\u202f\u2007", " "))
_SUBTITLE = re.compile(r" [|•\u2013\u2014/-] | ?[(\[【]")
_LONGEST_ABBREVIATION = 3
_CONSONANTS = re.compile(r"[b-df-hj-np-tv-xz0-9]+")
# In letters: a word weighs as much as it has letters, up to a limit, more at the end, as a name, and less at the start.
# Tuned on titles in English.
_MOST_LETTERS = 8
_LAST_BONUS, _NAME_BONUS, _FIRST_PENALTY = 3, 2, 2


def find_hook(text: str) -> Span | None:
    """Return a title's hook: an amount, else the word that says most, with the marks attached to it.

    Returns:
        The hook; None where it is uncertain.
    """
    finder = _HookFinder(text)
    for list_candidates in (
        finder.list_amounts,
        finder.list_capitals,
        finder.list_counts,
        finder.list_strong_words,
        finder.list_content_words,
    ):
        hook = next(filter(finder.is_short, list_candidates()), None)
        if hook:
            return attach_marks(text, *hook)
    return None


def find_filler(text: str) -> tuple[Span, ...]:
    """Return the words of a title that say little: stop words, except those that creators shout."""
    finder = _HookFinder(text)
    return tuple(Span(word.start, word.end) for word in finder.words if finder.is_filler(word))


class _HookFinder:
    """Lists what could be a title's hook; each list begins with the best."""

    def __init__(self, text: str) -> None:
        self.text = text.translate(_SPACES)
        self.words = split_words(self.text.partition(" | ")[0])  # what follows is a channel or a series
        self.languages = _guess_languages(self.words)

    def is_short(self, span: Span) -> bool:
        """Tell whether a part of the title is little enough of it to stand out."""
        return self._share(span) <= _MAX_SHARE

    def is_filler(self, word: Word) -> bool:
        """Tell whether a word is a stop word that nobody would set large."""
        return (
            any(word.text in lexicon.stop_words for lexicon in self._lexicons)
            and not self._is_strong(word)
            and word.text not in SHOUTED_STOP_WORDS
        )

    def list_amounts(self) -> Iterator[Span]:
        """Return amounts of money, ratios, and quantities in a known unit, each with its noun and without it."""
        return _list_spans(amount for amount in self._amounts if amount.rank > Rank.COUNT)

    def list_counts(self) -> Iterator[Span]:
        """Return the numbers of other things."""
        return _list_spans(amount for amount in self._amounts if amount.rank == Rank.COUNT)

    def list_capitals(self) -> list[Span]:
        """Return stretches in capitals, if the rest of the title is not."""
        if 2 * sum(map(self._is_capitals, self.words)) > len(self.words):
            return []
        stretches = map(self._trim, self._list_stretches(self._is_capitals))
        return self._sort([stretch for stretch in stretches if stretch and not self._is_abbreviation(stretch)])

    def list_strong_words(self) -> list[Span]:
        """Return superlatives and other strong words, adjacent ones as one."""
        superlatives = (
            [word, following]
            for word, following in pairwise(self.words)
            if self._is_superlative(word) and self._is_content(following) and self._are_adjacent(word, following)
        )
        return self._sort([*superlatives, *self._list_stretches(self._is_strong)])

    def list_content_words(self) -> list[Span]:
        """Return words that say something: the last two if they belong together, such as a name, then each alone."""
        if len(self.words) < _LEAST_WORDS or is_unspaced(self.text) or not (self.languages or is_simple(self.text)):
            return []
        least = _LEAST_LETTERS if self.languages else _LEAST_LETTERS_IN_UNKNOWN
        words = [
            word for word in self._list_main_words() if self._is_content(word) and count_letters(word.text) >= least
        ]
        weights = {word: self._weigh(word, is_last=word is words[-1]) for word in words}
        ordered = sorted(words, key=lambda word: (-weights[word], -word.start))
        return [*filter(self._is_half, self._list_pair(words)), *map(self._complete_name, ordered)]

    def _list_pair(self, words: list[Word]) -> list[Span]:
        """Return the last two words as one if they could be a name, with capitals at their beginnings only."""
        if len(words) < 2 or self._is_verb_final or not self._are_adjacent(*words[-2:]):  # noqa: PLR2004  a pair
            return []
        span = Span(words[-2].start, words[-1].end)
        return [span] if self.text[span.start : span.end].istitle() else []

    def _complete_name(self, word: Word) -> Span:
        """Return a word with the beginning of its name: New York."""
        for previous, following in pairwise(self.words):
            if following is word and previous.text in NAME_BEGINNINGS and self.text[previous.start].isupper():
                return Span(previous.start, word.end)
        return Span(word.start, word.end)

    @cached_property
    def _amounts(self) -> list[Amount]:
        return AmountReader(self.text, self.words, self._is_content).list_amounts()

    def _list_main_words(self) -> list[Word]:
        """Return the words before a subtitle, such as in "Title | Channel" or "Title (Official Video)"."""
        subtitle = _SUBTITLE.search(self.text)
        main = [word for word in self.words if not subtitle or word.end <= subtitle.start()]
        return main if len(main) >= _LEAST_WORDS else self.words

    def _weigh(self, word: Word, *, is_last: bool) -> int:
        weight = min(count_letters(word.text), _MOST_LETTERS)
        if is_last and not self._is_verb_final:
            weight += _LAST_BONUS
        if word is self.words[0]:
            weight -= _FIRST_PENALTY
        elif self.text[word.start].isupper():
            weight += _NAME_BONUS
        return weight

    def _list_stretches(self, is_part: Callable[[Word], bool]) -> list[list[Word]]:
        """Return the longest stretches of words that fulfil a condition, with a single space between them."""
        stretches: list[list[Word]] = []
        for word in filter(is_part, self.words):
            if stretches and self._are_adjacent(stretches[-1][-1], word):
                stretches[-1].append(word)
            else:
                stretches.append([word])
        return stretches

    def _trim(self, stretch: list[Word]) -> list[Word]:
        """Return a stretch in capitals without stop words at its ends, such as I and THE."""
        while stretch and not self._is_loud(stretch[0]):
            stretch = stretch[1:]
        while stretch and not self._is_loud(stretch[-1]):
            stretch = stretch[:-1]
        return stretch

    def _are_adjacent(self, first: Word, second: Word) -> bool:
        return second.start == first.end + 1 and self.text[first.end] == " "

    def _sort(self, stretches: list[list[Word]]) -> list[Span]:
        """Sort stretches: those with strong words first, then the longest."""
        by_weight = sorted(
            stretches, key=lambda words: (not any(map(self._is_strong, words)), words[0].start - words[-1].end)
        )
        return [Span(words[0].start, words[-1].end) for words in by_weight]

    def _is_half(self, span: Span) -> bool:
        return self._share(span) <= 1 / 2

    def _share(self, span: Span) -> float:
        return count_letters(self.text[span.start : span.end]) / max(1, count_letters(self.text))

    def _is_capitals(self, word: Word) -> bool:
        return self.text[word.start : word.end].isupper()

    def _is_abbreviation(self, stretch: list[Word]) -> bool:
        """Tell whether a stretch is one word that is in capitals in any title: NFL, MKBHD."""
        word = stretch[0]
        is_common = self._is_strong(word) or word.text in SHOUTED_STOP_WORDS
        is_short = len(word.text) <= _LONGEST_ABBREVIATION or _CONSONANTS.fullmatch(word.text)
        return len(stretch) == 1 and bool(is_short) and not is_common

    def _is_loud(self, word: Word) -> bool:
        """Tell whether a word in capitals is so on purpose, unlike I."""
        return self._is_content(word) or self._is_strong(word) or word.text in SHOUTED_STOP_WORDS

    def _is_content(self, word: Word) -> bool:
        """Tell whether a word says something: no stop word, hashtag, address or number."""
        return (
            sum(map(str.isalpha, word.text)) > 1
            and not any(word.text in lexicon.stop_words for lexicon in self._lexicons)
            and self.text[max(0, word.start - 1)] not in "#@"
            and all(is_word_character(character) or character in _IN_WORDS for character in word.text)
        )

    def _is_strong(self, word: Word) -> bool:
        return any(
            word.text in lexicon.strong_words or word.text.startswith(lexicon.strong_stems)
            for lexicon in self._lexicons
        )

    def _is_superlative(self, word: Word) -> bool:
        return any(word.text in lexicon.superlatives for lexicon in self._lexicons)

    @cached_property
    def _is_verb_final(self) -> bool:
        return any(language in VERB_FINAL for language in self.languages)

    @cached_property
    def _lexicons(self) -> list[Lexicon]:
        """The lexicons of the title's language, or all if it is not known."""
        return [LEXICONS[language] for language in self.languages or LEXICONS]


def _list_spans(amounts: Iterable[Amount]) -> Iterator[Span]:
    """List amounts, the most striking first, and the longest of the same rank."""
    for amount in sorted(amounts, key=lambda amount: (-amount.rank, amount.start - amount.end)):
        yield Span(amount.start, amount.end)
        if amount.number_end - amount.start >= _LEAST_LETTERS:
            yield Span(amount.start, amount.number_end)


def _guess_languages(words: list[Word]) -> list[str]:
    """Return the languages of which a title has most stop words; none if it has none of any."""
    texts = {word.text for word in words}
    hits = {language: len(texts & lexicon.stop_words) for language, lexicon in LEXICONS.items()}
    most = max(hits.values())
    return [language for language, count in hits.items() if count == most] if most else []
