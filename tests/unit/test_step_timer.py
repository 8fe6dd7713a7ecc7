"""A stopwatch with splits."""

import pytest

from process.step_timer import StepTimer


def test_each_step_takes_the_time_since_the_one_before_and_repetitions_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((10.0, 10.25, 11.0, 11.0625))
    monkeypatch.setattr("time.perf_counter", lambda: next(times))
    timer = StepTimer()
    for step in ("draw", "encode", "draw"):
        timer.on_step(step)
    assert timer.milliseconds == {"draw": 312.5, "encode": 750.0}
    assert list(timer.milliseconds) == ["draw", "encode"]
