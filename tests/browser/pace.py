"""How busy the machine is: a bound in seconds is for a person at a desk, not for a machine that runs other things."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, process_time

SPIN = 0.2  # seconds of processor time


def busyness() -> float:
    """How much longer fixed work takes on the clock than on the processor: 1 when nobody else works."""
    began, used = monotonic(), process_time()
    while process_time() - used < SPIN:
        pass
    return max(1.0, (monotonic() - began) / SPIN)


def stopwatch() -> Callable[[], float]:
    """Starts now; the function it gives returns the seconds since then, as they would be on a machine of our own."""
    before, began = busyness(), monotonic()

    def seconds() -> float:
        passed = monotonic() - began
        return passed / max(before, busyness())

    return seconds
