"""The value of a number that brings something nearest to a place, among those that can be reached without a jump."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

Distance = Callable[[float], float | None]
"""How far from the goal a value leads; None where it is impossible."""

KEPT: Final = 1  # decimals of a pose's numbers
_STRIDE: Final = 4.0  # degrees, or hundredths of the stature: between the values that are tried first
_RISING: Final = 3  # strides that lead away before the search turns back
_NARROWINGS: Final = 10  # of two strides: to less than a tenth
_HALVINGS: Final = 7
_GOLDEN: Final = (math.sqrt(5) - 1) / 2
_AT_END: Final = 0.11
_NEAR: Final = 0.5  # nobody sees a smaller distance


class Found(NamedTuple):
    """`stopped`: there is no way on, although the goal is not reached."""

    value: float
    stopped: bool


def nearest(now: float, low: float, high: float, distance: Distance) -> Found:
    """The value between `low` and `high` whose distance is least, going from `now` through possible values only."""
    known: dict[float, float] = {}

    def far(value: float) -> float:
        if value not in known:
            found = distance(value)
            known[value] = math.inf if found is None else found
        return known[value]

    far(now)
    least, most = _reach(now, low, far), _reach(now, high, far)
    best = min(known, key=far)
    middle = round(_narrowed(max(least, best - _STRIDE), min(most, best + _STRIDE), far), KEPT)
    kept = min((each for each in (now, best, middle, least, most) if least <= each <= most), key=far)
    at_end = min(abs(kept - least), abs(kept - most)) < _AT_END
    return Found(kept, at_end and far(kept) > _NEAR)


def _narrowed(first: float, last: float, far: Callable[[float], float]) -> float:
    """The middle of what is left when the worse end is cut off again and again (golden section)."""
    left, right = last - _GOLDEN * (last - first), first + _GOLDEN * (last - first)
    for _ in range(_NARROWINGS):
        if far(left) <= far(right):
            last, right = right, left
            left = last - _GOLDEN * (last - first)
        else:
            first, left = left, right
            right = first + _GOLDEN * (last - first)
    return (first + last) / 2


def _reach(now: float, limit: float, far: Callable[[float], float]) -> float:
    """How far it is worth going from `now` towards `limit`, at most to where it becomes impossible."""
    way = 1 if limit > now else -1
    good, rising = now, 0
    while good != limit and rising < _RISING:
        following = limit if abs(limit - good) <= _STRIDE else good + way * _STRIDE
        if far(following) == math.inf:
            return _edge(good, following, far)
        rising = rising + 1 if far(following) > far(good) else 0
        good = following
    return good


def _edge(good: float, bad: float, far: Callable[[float], float]) -> float:
    """The last possible value between two, to a tenth where that is possible itself."""
    inwards = math.floor if bad > good else math.ceil
    for _ in range(_HALVINGS):
        middle = (good + bad) / 2
        if far(middle) == math.inf:
            bad = middle
        else:
            good = middle
    kept = round(inwards(good * 10) / 10, KEPT)
    return kept if far(kept) < math.inf else round(good, 3)
