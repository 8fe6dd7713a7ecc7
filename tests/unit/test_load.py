"""The load benchmark judges and counts results correctly. tests/stack/test_load.py runs the benchmark itself."""

import sys
from dataclasses import replace

import pytest
from benchmarks import load
from benchmarks.load import DONE, FAILED, LOST, WRONG, Result, check, format_report, make_expected, percentile

from process.thumbnail import make_thumbnail
from user_error import UserError

SECONDS = dict.fromkeys(load.STEPS, 1.0)


def make_done(number: int, thumbnail: bytes) -> Result:
    return Result(number, DONE, SECONDS, thumbnail)


@pytest.mark.parametrize("exactly", [True, False])
def test_swapped_thumbnails_count_as_wrong(*, exactly: bool) -> None:
    first, second = make_expected(1), make_expected(2)
    right = check([make_done(1, first), make_done(2, second)], exactly=exactly)
    swapped = check([make_done(1, second), make_done(2, first)], exactly=exactly)
    assert [result.outcome for result in right + swapped] == [DONE, DONE, WRONG, WRONG]


@pytest.mark.parametrize("exactly", [True, False])
def test_a_thumbnail_with_another_uploads_title_counts_as_wrong(*, exactly: bool) -> None:
    mixed = make_thumbnail(load.make_picture(1), load.make_title(2))
    assert check([make_done(1, mixed)], exactly=exactly)[0].outcome == WRONG


def test_the_report_counts_outcomes_and_reasons() -> None:
    results = [
        make_done(0, b""),
        replace(make_done(1, b""), outcome=WRONG, reason="another's"),
        Result(2, LOST, {"presign": 1.0, "send": 1.0}, reason="timed out"),
        *(Result(number, FAILED, {"presign": 1.0}, reason="refused with 403") for number in (3, 4)),
    ]
    first, *rest = format_report(results).splitlines()
    assert first == "sent 3, done 1, failed 2, lost 1, wrong 1"
    assert rest[:3] == ["2 failed: refused with 403", "1 wrong: another's", "1 lost: timed out"]
    assert rest[-1].split() == ["total", "4.00", "4.00", "4.00"]


def test_percentiles_are_measured_values() -> None:
    values = [float(value) for value in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.9, 0.99)] == [50, 90, 99]
    assert percentile([7.0], 0.99) == 7.0


@pytest.mark.parametrize("outcome", [FAILED, LOST])
def test_a_failed_or_lost_upload_fails_the_command(monkeypatch: pytest.MonkeyPatch, outcome: str) -> None:
    monkeypatch.setattr(sys, "argv", ["load.py", "--uploads=1", "--api-url=http://localhost:1"])
    monkeypatch.setattr(load, "load", lambda *_: iter([Result(0, outcome, reason="x")]))
    with pytest.raises(UserError, match="not every upload became its thumbnail"):
        load.main()
