"""Where the time goes: how long each step of a thumbnail took."""

import time


class StepTimer:
    """Takes the time from its making to the first on_step, and from each on_step to the next.

    `milliseconds` holds them by step, in the order of the laps.
    """

    def __init__(self) -> None:
        """Start."""
        self.milliseconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def on_step(self, step: str) -> None:
        """Say that a step is done."""
        now = time.perf_counter()
        self.milliseconds[step] = round(1000 * (now - self._last), 1)
        self._last = now
