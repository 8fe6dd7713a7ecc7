"""What `make bench` reads from the code that it measures; how fast that is, no test asserts."""

from itertools import islice

import pytest
from benchmarks.engines import allocator
from benchmarks.latency import pages_pauses
from benchmarks.speed import marked, ratio

_MARKED = [(0.454, 0.45, "0.45 "), (0.46, 0.45, "0.46*"), (9.0, None, "9.00 ")]


def test_the_allocator_is_set_as_terraform_has_it() -> None:
    written = (
        "variables = {\n  DEFAULT_TITLE = 3\n  MALLOC_TRIM_THRESHOLD_ = 128 * 1024 * 1024\n  MALLOC_TOP_PAD_ = 7\n}"
    )
    assert allocator(written) == {"MALLOC_TRIM_THRESHOLD_": "134217728", "MALLOC_TOP_PAD_": "7"}


def test_the_pages_pauses_are_read_from_the_page() -> None:
    pauses = list(islice(pages_pauses(), 30))
    assert pauses == sorted(pauses)
    assert 0 < pauses[0] < pauses[-1] == pauses[-2]


def test_a_ratio_is_the_median_of_the_runs_own() -> None:
    assert ratio([1.0, 2.0, 30.0], [2.0, 4.0, 10.0], None).strip() == "0.50"


@pytest.mark.parametrize(
    ("value", "goal", "printed"), [(0.454, 0.45, "0.45 "), (0.46, 0.45, "0.46*"), (9.0, None, "9.00 ")]
)
def test_what_misses_its_goal_is_marked(value: float, goal: float | None, printed: str) -> None:
    assert marked(value, goal, ".2f") == printed
