"""Measure how long each step takes."""

import time


class StepTimer:
    """A stopwatch with splits. `milliseconds` maps each step to its duration, in order; repetitions add up."""

    def __init__(self) -> None:
        """Start the first step."""
        self.milliseconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def on_step(self, step: str) -> None:
        """End a step and start the next."""
        now = time.perf_counter()
        self.milliseconds[step] = round(self.milliseconds.get(step, 0) + 1000 * (now - self._last), 1)
        self._last = now
