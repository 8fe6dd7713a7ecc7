"""What benchmarks read from the product, and how they format ratios. No test asserts a time."""

from itertools import islice

import pytest
from benchmarks.latency import read_page_pauses
from benchmarks.ratios import format_ratio, mark
from benchmarks.renderers import read_malloc_settings


def test_malloc_settings_are_read_from_terraform() -> None:
    terraform = (
        "variables = {\n  DEFAULT_TITLE = 3\n  MALLOC_TRIM_THRESHOLD_ = 128 * 1024 * 1024\n  MALLOC_TOP_PAD_ = 7\n}"
    )
    assert read_malloc_settings(terraform) == {"MALLOC_TRIM_THRESHOLD_": "134217728", "MALLOC_TOP_PAD_": "7"}


def test_the_pauses_between_polls_are_read_from_the_page() -> None:
    pauses = list(islice(read_page_pauses(), 30))
    assert pauses == sorted(pauses)
    assert 0 < pauses[0] < pauses[-1] == pauses[-2]


def test_a_ratio_is_the_median_of_the_pairwise_ratios() -> None:
    assert format_ratio([1.0, 2.0, 30.0], [2.0, 4.0, 10.0]).strip() == "0.50"


@pytest.mark.parametrize(
    ("value", "goal", "printed"), [(0.454, 0.45, "0.45 "), (0.46, 0.45, "0.46*"), (9.0, None, "9.00 ")]
)
def test_a_missed_goal_is_marked(value: float, goal: float | None, printed: str) -> None:
    assert mark(value, goal, ".2f") == printed
