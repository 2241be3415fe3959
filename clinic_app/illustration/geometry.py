"""Points, bones and curves in a picture: x to the right, y down, angles in degrees, 0 = right, 90 = up.

The unit of length is 1/100 of the figure's stature. The top of the mat is y = 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Knot:
    """A point that an outline passes through; at a `corner` it may change direction at once."""

    x: float
    y: float
    corner: bool = False


def step(start: Point, angle: float, length: float) -> Point:
    """The point `length` away from `start` in the direction `angle`."""
    turn = math.radians(angle)
    return (start[0] + length * math.cos(turn), start[1] - length * math.sin(turn))


def direction(start: Point, end: Point) -> float:
    """The angle from `start` to `end`, from 0 up to 360."""
    return math.degrees(math.atan2(start[1] - end[1], end[0] - start[0])) % 360


def between(start: Point, end: Point, share: float) -> Point:
    """The point that lies `share` (0 to 1) of the way from `start` to `end`."""
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def signed(angle: float) -> float:
    """The same turn as a number above -180 and up to 180."""
    turn = angle % 360
    return turn - 360 if turn > 180 else turn


def bend(start: Point, end: Point, first: float, second: float, side: int) -> Point | None:
    """The middle joint of two bones of lengths `first` and `second` that reach from `start` to `end`.

    `side` is +1 when the joint lies to the left of the line from start to end (seen with y up), -1 for the right.
    None when the bones are too short or too long for the distance.
    """
    distance = math.dist(start, end)
    if not abs(first - second) < distance <= first + second:
        return None
    cosine = (first**2 + distance**2 - second**2) / (2 * first * distance)
    opening = math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
    return step(start, direction(start, end) + side * opening, first)


def crossing(path: Sequence[Point], other: Sequence[Point]) -> tuple[int, int, Point] | None:
    """Where two broken lines first cross: the index of each segment and the point."""
    for i, (a, b) in enumerate(pairwise(path)):
        for k, (c, d) in enumerate(pairwise(other)):
            across = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
            if abs(across) < 1e-9:
                continue
            t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / across
            u = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / across
            if 0 <= t <= 1 and 0 <= u <= 1:
                return i, k, between(a, b, t)
    return None
