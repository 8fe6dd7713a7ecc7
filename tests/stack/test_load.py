"""Of many concurrent uploads, none is lost and none gets another's thumbnail."""

from collections import Counter

from benchmarks.load import DONE, check, load
from conftest import Stack


def test_twenty_uploads_five_at_a_time_each_become_their_own_thumbnail(stack: Stack) -> None:
    results = check(load(stack.api, uploads=20, at_once=5), exactly=True)
    assert Counter(result.outcome for result in results) == {DONE: 20}, [result.reason for result in results]
