"""Outlines of body parts: one line round a bent limb, so that one path carries both its fill and its contour.

Every limb has the same knots in the same order at every angle, so that a browser can change one posture into another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clinic_app.illustration.geometry import Knot, Point, between, crossing, direction, signed, step

Station = tuple[float, float, float]
"""Share along the bone, half-width towards the front, half-width towards the back."""

_ROUND = 60.0  # degrees of bend from which a joint is as round as its cap, and a fold as sharp as it gets
_APART = 0.6  # between a joint and the knots beside it
_CREASE = 0.12  # the same in a sharp fold
_BEFORE = 9.0  # how far before its first bone an edge may fold: a thigh drawn to the chest folds beyond the waist


@dataclass(frozen=True, slots=True)
class Bone:
    """From one joint to the next. `caps`: radii of the far joint where it bulges to the front and to the back."""

    start: Point
    end: Point
    stations: tuple[Station, ...]
    caps: tuple[float, float] = (0.0, 0.0)


def limb_sides(bones: Sequence[Bone], front_turn: float) -> tuple[list[Knot], list[Knot]]:
    """Both edges of a chain of bones from start to end: the front edge, then the back edge.

    `front_turn` (+90 or -90) is the turn from a bone's direction to its front. Each edge has one knot for every
    station and two for every joint between bones, whatever the angles are.
    """
    return _side(bones, front_turn, 1), _side(bones, -front_turn, 2)


@dataclass(frozen=True, slots=True)
class _Edge:
    """One side of one bone: places along it and half-widths there. A place is a length from the bone's start."""

    start: Point
    angle: float
    turn: float
    length: float
    places: tuple[float, ...]
    widths: tuple[float, ...]

    def at(self, place: float, width: float) -> Point:
        return step(step(self.start, self.angle, place), self.angle + self.turn, width)

    def width(self, place: float) -> float:
        """Between stations the width runs on evenly, before the first and after the last it stays."""
        for (a, from_width), (b, to_width) in pairwise(zip(self.places, self.widths, strict=True)):
            if place <= b:
                return from_width + (to_width - from_width) * max(0.0, (place - a) / (b - a))
        return self.widths[-1]

    def point(self, place: float) -> Point:
        return self.at(place, self.width(place))

    @property
    def gap(self) -> float:
        """What is kept free on both sides of a joint; a bone seen end on is short and keeps less."""
        return min(_APART, 0.05 * self.length)


@dataclass(frozen=True, slots=True)
class _Joint:
    """Two knots between two edges, and the places where the edges end for them."""

    upper: float
    lower: float
    knots: tuple[Knot, Knot]


def _side(bones: Sequence[Bone], turn: float, width: int) -> list[Knot]:
    edges = [_edge(bone, turn, width) for bone in bones]
    joints = [
        _joint(bone, edge, after, width, first=i == 0, last=i == len(edges) - 2)
        for i, (bone, (edge, after)) in enumerate(zip(bones, pairwise(edges), strict=False))
    ]
    knots: list[Knot] = []
    for i, edge in enumerate(edges):
        low = joints[i - 1].lower if i else -_BEFORE
        high = joints[i].upper if i < len(joints) else edge.length
        knots += [Knot(*edge.point(place)) for place in _within(edge.places, low, high)]
        knots += joints[i].knots if i < len(joints) else ()
    return knots


def _edge(bone: Bone, turn: float, width: int) -> _Edge:
    length = max(math.dist(bone.start, bone.end), 0.01)
    return _Edge(
        bone.start,
        direction(bone.start, bone.end),
        turn,
        length,
        tuple(station[0] * length for station in bone.stations),
        tuple(station[width] for station in bone.stations),
    )


def _within(places: Sequence[float], low: float, high: float) -> list[float]:
    """The places, drawn together where a fold has taken the first or the last of them."""
    first, last = max(places[0], low), min(places[-1], high)
    if first > last:
        first = last = high if low < places[0] else (first + last) / 2
    span = (last - first) / ((places[-1] - places[0]) or 1)
    return [first + (place - places[0]) * span for place in places]


def _joint(bone: Bone, edge: _Edge, after: _Edge, width: int, *, first: bool, last: bool) -> _Joint:
    change = signed(after.angle - edge.angle)
    middle = (edge.widths[-1] + after.widths[0]) / 2
    if change * edge.turn < 0:
        return _bulge(edge, after, change, middle, bone.caps[width - 1] or middle)
    return _fold(edge, after, change, middle, (-_BEFORE if first else 0.05 * edge.length, last))


def _bulge(edge: _Edge, after: _Edge, change: float, middle: float, cap: float) -> _Joint:
    """Outside the bend: part of a circle. In a straight limb the two knots lie a little before and after the joint."""
    bent = min(1.0, abs(change) / _ROUND)
    radius = middle + (cap - middle) * bent
    centre = edge.at(edge.length, 0)
    across = edge.angle + edge.turn
    knots = []
    for share, along, back in ((0.25, edge.angle, -edge.gap), (0.75, after.angle, after.gap)):
        knots.append(Knot(*step(step(centre, across + change * share, radius), along, back * (1 - bent))))
    return _Joint(edge.length - 2 * edge.gap, 2 * after.gap, (knots[0], knots[1]))


def _fold(edge: _Edge, after: _Edge, change: float, middle: float, ends: tuple[float, bool]) -> _Joint:
    """Inside the bend, where the skin folds: both edges end close to the place where they meet."""
    lowest, last = ends
    highest = after.length if last else 0.95 * after.length
    upper_places = [edge.length, *(p for p in reversed(edge.places) if p < edge.length), lowest]
    lower_places = [0.0, *(p for p in after.places if p > 0), highest]
    upper = [edge.at(p, middle if p == edge.length else edge.width(p)) for p in upper_places]
    lower = [after.at(p, middle if p == 0 else after.width(p)) for p in lower_places]
    met = crossing(upper, lower)
    sharp = min(1.0, abs(change) / _ROUND)
    if met is None and abs(change) < _ROUND:
        return _bulge(edge, after, change, middle, middle)
    if met is None:  # the limb is folded so closely that its edges nowhere part
        up, down = max(lowest, 0.15 * edge.length), highest
        at = between(edge.point(up), after.point(down), 0.5)
    else:
        i, k, at = met
        up = upper_places[i] + (upper_places[i + 1] - upper_places[i]) * _share(upper[i], upper[i + 1], at)
        down = lower_places[k] + (lower_places[k + 1] - lower_places[k]) * _share(lower[k], lower[k + 1], at)
    high = max(up - 2 * edge.gap, min(up, edge.places[0]))
    low = min(down + 2 * after.gap, max(down, after.places[-1]))
    before = min(edge.gap + (_CREASE - edge.gap) * sharp, (up - high) / 2)
    behind = min(after.gap + (_CREASE - after.gap) * sharp, (low - down) / 2)
    return _Joint(high, low, (Knot(*step(at, edge.angle, -before)), Knot(*step(at, after.angle, behind))))


def _share(start: Point, end: Point, at: Point) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    square = along[0] ** 2 + along[1] ** 2
    return ((at[0] - start[0]) * along[0] + (at[1] - start[1]) * along[1]) / square if square else 0.0


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
    knots = [*front, *reversed(back)]
    ends = {0, len(front) - 1, len(front), len(knots) - 1}
    return [Knot(k.x, k.y, corner=True) if i in ends else Knot(k.x, k.y) for i, k in enumerate(knots)]
