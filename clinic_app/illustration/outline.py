"""Outlines of body parts: one line round a bent limb, so that one path carries both its fill and its contour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_app.illustration.geometry import Knot, Point, between, crossing, direction, signed, step

Station = tuple[float, float, float]
"""Share along the bone, half-width towards the front, half-width towards the back."""


@dataclass(frozen=True, slots=True)
class Bone:
    """From one joint to the next. `caps`: radii of the far joint where it bulges to the front and to the back."""

    start: Point
    end: Point
    stations: tuple[Station, ...]
    caps: tuple[float, float] = (0.0, 0.0)


def limb_sides(bones: Sequence[Bone], front_turn: float) -> tuple[list[Knot], list[Knot]]:
    """Both edges of a chain of bones from start to end: the front edge, then the back edge.

    `front_turn` (+90 or -90) is the turn from a bone's direction to its front.
    """
    return _side(bones, front_turn, 1), _side(bones, -front_turn, 2)


def _side(bones: Sequence[Bone], turn: float, width: int) -> list[Knot]:
    runs = [_run(bone, turn, width) for bone in bones]
    knots = runs[0]
    for bone, after, run in zip(bones, bones[1:], runs[1:], strict=False):
        angle = direction(bone.start, bone.end)
        change = signed(direction(after.start, after.end) - angle)
        outside = change * turn < 0
        if abs(change) < 25:
            knots = [*knots[:-1], _middle(knots[-1], run[0]), *run[1:]]
        elif outside:
            knots = [*knots, *_round_the_joint(bone.end, angle + turn, change, bone.caps[width - 1]), *run]
        else:
            knots = _inside(knots, run)
    return knots


def _run(bone: Bone, turn: float, width: int) -> list[Knot]:
    across = direction(bone.start, bone.end) + turn
    points = [step(between(bone.start, bone.end, s[0]), across, s[width]) for s in bone.stations]
    return [Knot(x, y) for x, y in points]


def _round_the_joint(centre: Point, across: float, change: float, radius: float) -> list[Knot]:
    shares = (0.5,) if abs(change) < 50 else (0.2, 0.5, 0.8)
    return [Knot(*step(centre, across + change * share, radius)) for share in shares]


def _inside(knots: list[Knot], run: list[Knot]) -> list[Knot]:
    """Where the skin folds: both edges end at the point where they meet.

    Both are prolonged for the search: a slight bend folds past their last stations, and a thigh drawn to the chest
    folds beyond the waist, where the upper edge begins.
    """
    upper = _prolonged([(k.x, k.y) for k in knots], before=9, after=2)
    lower = _prolonged([(k.x, k.y) for k in run], before=2, after=0)
    met = crossing(upper[::-1], lower)
    if met is None:
        return [*knots[:-1], _middle(knots[-1], run[0]), *run[1:]]
    segment, after, (x, y) = met
    kept = len(upper) - 2 - segment  # knots before the crossing; the first point of `upper` is not one of them
    return [*knots[:kept], Knot(x, y, corner=True), *run[after:]]


def _prolonged(points: list[Point], before: float, after: float) -> list[Point]:
    first = step(points[0], direction(points[1], points[0]), before)
    last = step(points[-1], direction(points[-2], points[-1]), after)
    return [first, *points, last]


def _middle(a: Knot, b: Knot) -> Knot:
    return Knot((a.x + b.x) / 2, (a.y + b.y) / 2)


def ribbon(points: Sequence[Point], fronts: Sequence[float], backs: Sequence[float], front_turn: float) -> list[Knot]:
    """A closed band along a curved line: up the front edge and down the back edge."""
    front, back = [], []
    for i, at in enumerate(points):
        along = direction(points[max(0, i - 1)], points[min(len(points) - 1, i + 1)])
        front.append(Knot(*step(at, along + front_turn, fronts[i])))
        back.append(Knot(*step(at, along - front_turn, backs[i])))
    return square_ends(front, back)


def square_ends(front: Sequence[Knot], back: Sequence[Knot]) -> list[Knot]:
    """One closed outline from two edges, with corners where they begin and end."""
    ends = (front[0], front[-1], back[0], back[-1])
    return [Knot(k.x, k.y, corner=True) if k in ends else k for k in (*front, *reversed(back))]
