"""What arms and legs in space share: tones, round parts, and the outline round several points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_posture import out
from clinic_app.illustration.geometry import Knot, direction, step
from clinic_app.illustration.nodes import Paint
from clinic_app.illustration.outline import Station
from clinic_app.illustration.space import Frame3, Vector, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.geometry import Point
    from clinic_app.illustration.looks import Cloth

_SEEN = 0.5  # of its length: a bone that looks shorter points at the reader
_STEPS = 5
_BALLS = 12
_TOGETHER = 1.3  # corners of an outline that are so near count as one


def tone(cloth: Cloth, *, near: bool) -> Paint:
    return Paint(cloth.near if near else cloth.far, cloth.contour)


def scaled(stations: Sequence[Station], factor: float) -> tuple[Station, ...]:
    return tuple((share, outer * factor, inner * factor) for share, outer, inner in stations)


def looks_long(start: Vector, end: Vector) -> bool:
    return math.dist(start[:2], end[:2]) >= _SEEN * math.dist(start, end)


def outer_turn(start: Vector, end: Vector, frame: Frame3, side: Side) -> float:
    """+90 or -90: the turn from a bone's direction in the picture to the outer side of the limb."""
    x, y = end[0] - start[0], end[1] - start[1]
    outwards = times(frame.left, out(side))
    return 90 if x * outwards[1] - y * outwards[0] > 0 else -90


def tube(start: Point, end: Point, widths: Sequence[float]) -> list[Knot]:
    """The outline of balls in a row: a limb that points at the reader is as wide as its thickest ball, never less."""
    length = math.dist(start, end)
    along = direction(start, end)
    balls = [(length * i / _BALLS, _even(widths, i / _BALLS)) for i in range(_BALLS + 1)]
    low = min(place - width for place, width in balls)
    high = max(place + width for place, width in balls)
    places = [low + (high - low) * (1 - math.cos(math.pi * i / _STEPS)) / 2 for i in range(_STEPS + 1)]

    def half(at: float) -> float:
        return math.sqrt(max(0.0, *(width**2 - (at - place) ** 2 for place, width in balls)))

    def edge(turn: float) -> list[Knot]:
        return [Knot(*step(step(start, along, at), along + turn, half(at))) for at in places[1:-1]]

    tip, tail = Knot(*step(start, along, high)), Knot(*step(start, along, low))
    return [tail, *edge(90), tip, *reversed(edge(-90))]


def _even(widths: Sequence[float], share: float) -> float:
    """The width at a share of the way, where the widths stand in equal steps."""
    at = share * (len(widths) - 1)
    i = min(int(at), len(widths) - 2)
    return widths[i] + (widths[i + 1] - widths[i]) * (at - i)


# Legs


def hull(points: Sequence[Point]) -> list[Knot]:
    """The outline round all points, from its leftmost one."""
    ordered = sorted(set(points))

    def chain(run: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for x, y in run:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept

    corners = [*chain(ordered)[:-1], *chain(ordered[::-1])[:-1]]
    apart = [at for i, at in enumerate(corners) if math.dist(at, corners[i - 1]) > _TOGETHER]
    return [Knot(*point) for point in apart]


# Arms
