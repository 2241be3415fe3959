"""Directions in space: x to the right, y up, z towards the reader; the unit is 1/100 of the figure's stature."""

from __future__ import annotations

import math
from dataclasses import dataclass

from clinic_app.illustration.geometry import Point

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Frame3:
    """How a part of the body stands in space: its own left, up (towards the head) and front, each of length 1."""

    left: Vector
    up: Vector
    front: Vector

    def flexed(self, angle: float) -> Frame3:
        """Bent forward: the head end moves to the front."""
        return Frame3(self.left, mix(self.up, self.front, angle), mix(self.front, self.up, -angle))

    def leaned(self, angle: float) -> Frame3:
        """Bent sideways: the head end moves to the left."""
        return Frame3(mix(self.left, self.up, -angle), mix(self.up, self.left, angle), self.front)

    def turned(self, angle: float) -> Frame3:
        """Turned about its own length: the front moves to the left."""
        return Frame3(mix(self.left, self.front, -angle), self.up, mix(self.front, self.left, angle))

    def place(self, left: float, up: float, front: float) -> Vector:
        """The way that is so far to the left, up and to the front of this part."""
        return plus(plus(times(self.left, left), times(self.up, up)), times(self.front, front))


def mix(a: Vector, b: Vector, angle: float) -> Vector:
    """`a` turned by `angle` degrees towards `b`, which stands square to it."""
    turn = math.radians(angle)
    return plus(times(a, math.cos(turn)), times(b, math.sin(turn)))


def plus(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vector, factor: float) -> Vector:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a: Vector) -> Vector:
    length = math.sqrt(dot(a, a))
    return times(a, 1 / length) if length > 1e-9 else (0.0, 0.0, 0.0)


def across(a: Vector, along: Vector) -> Vector:
    """The part of `a` that stands square to the direction `along`, with length 1."""
    return unit(minus(a, times(along, dot(a, along))))


def flat(a: Vector) -> Point:
    """Where the reader sees a point: the picture's y runs down."""
    return (a[0], -a[1])


def two_bones(start: Vector, end: Vector, first: float, second: float, pole: Vector) -> Vector | None:
    """The middle joint of two bones that reach from `start` to `end`, bent towards the direction `pole`.

    None when the bones are too short or too long for the distance.
    """
    distance = math.dist(start, end)
    if not abs(first - second) < distance <= first + second:
        return None
    along = unit(minus(end, start))
    share = (first**2 + distance**2 - second**2) / (2 * distance)
    out = math.sqrt(max(0.0, first**2 - share**2))
    return plus(plus(start, times(along, share)), times(across(pole, along), out))
