"""Time as it is spent: CPU of a process, rivals round by round, medians of ratios, and how far they scatter."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

NANOSECONDS = 1e9


@dataclass(frozen=True, slots=True)
class Comparison:
    """`ours` and `theirs` are CPU seconds of each round, `target` the most that ours / theirs may be."""

    name: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    target: float

    @property
    def ratios(self) -> tuple[float, ...]:
        return tuple(sorted(mine / yours for mine, yours in zip(self.ours, self.theirs, strict=True)))

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def middle_half(self) -> tuple[float, float]:
        """Half of the rounds lie between these two ratios."""
        low, _, high = quantiles(self.ratios, n=4)
        return low, high

    @property
    def verdict(self) -> str:
        """A miss is clear when three quarters of the rounds are above the target."""
        if self.ratio <= self.target:
            return "met"
        return "MISSED" if self.middle_half[0] > self.target else "not met, within the noise"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and CPU seconds of every process that worked for it: on a quiet machine nearly the same."""

    clock: float
    work: float


@dataclass(frozen=True, slots=True)
class Answers:
    """What each of many requests took, round by round. `target` bounds the slowest of twenty, in seconds."""

    name: str
    rounds: tuple[tuple[Spent, ...], ...]
    target: float

    @property
    def clock_p95(self) -> float:
        return _p95([each.clock for requests in self.rounds for each in requests])

    @property
    def work_p95(self) -> float:
        return _p95([each.work for requests in self.rounds for each in requests])

    @property
    def verdict(self) -> str:
        """A miss is clear when the work alone takes too long, even in the quietest round.

        The clock also counts what else the machine is doing, and that makes the work dearer, too.
        """
        if self.clock_p95 <= self.target:
            return "met"
        quietest = min(_p95([each.work for each in requests]) for requests in self.rounds)
        return "MISSED" if quietest > self.target else "not met, within the noise"


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads of a process so far, to the nanosecond where the kernel counts it."""
    spent = (int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(spent) / NANOSECONDS


def own_cpu(work: Callable[[], None], times: int) -> float:
    """CPU seconds that `work` takes in this process, on average over so many `times`."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def side_by_side(
    rounds: int, ours: Callable[[int], float], theirs: Callable[[int], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Run both in every round, each first in turn, so that what disturbs the machine disturbs both.

    Each gives what it had spent when it was called; the answer is what each round cost.
    """
    mine: list[float] = []
    yours: list[float] = []
    for number in range(rounds + 1):
        for run, readings in ((ours, mine), (theirs, yours)) if number % 2 else ((theirs, yours), (ours, mine)):
            readings.append(run(number))
    return _steps(mine), _steps(yours)


def _steps(readings: list[float]) -> tuple[float, ...]:
    return tuple(after - before for before, after in pairwise(readings))


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1]
