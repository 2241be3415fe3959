"""Arrows along the way that a part of the body takes from one frame of an exercise to the next."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clinic_app.illustration.geometry import Point, between, direction, step
from clinic_app.illustration.motion import between as posture_between
from clinic_app.illustration.views import points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.scene import Frame, Scene

_SHORTEST: Final = 12.0  # 1/100 stature; a shorter way gets an arrow of this length, or it could not be seen
_LONGEST: Final = 30.0
_MARGIN: Final = 5.0  # between the arrow's points and the picture's edge: its head is 3.9 to either side
_STEPS: Final = (0.0, 1 / 3, 2 / 3, 1.0)

Arrow = tuple[Point, Point, Point, Point]


def with_arrows(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The frames of one exercise, every `follow` turned into the arrow that it asks for.

    The first frame has none before it: there the arrow is left out.

    Raises:
        ValueError: the frames do not show the body from the same side, or the part does not move.
    """
    drawn = []
    for i, scene in enumerate(scenes):
        follow = scene.marks.follow
        if follow is None:
            drawn.append(scene)
            continue
        arrow = path_arrow(scenes[i - 1], scene) if i else None
        drawn.append(replace(scene, marks=replace(scene.marks, follow=None, arrow=arrow)))
    return tuple(drawn)


def path_arrow(start: Scene, end: Scene) -> Arrow:
    """The four points of the curve beside the way of `end.marks.follow`, inside the frame.

    Raises:
        ValueError: as for `with_arrows`.
    """
    follow = end.marks.follow
    if follow is None:
        raise ValueError("The frame follows no part.")
    way = [points(posture_between(start, end, share))[follow.part] for share in _STEPS]
    if math.dist(way[0], way[3]) < 0.5:
        raise ValueError(f"{follow.part} does not move between the two frames, so no arrow can follow it.")
    beside = [step(at, _heading(way, i) + 90, follow.beside) for i, at in enumerate(way)]
    first, last = _through(_of_good_length(beside))
    lowest = end.frame.y + end.frame.height - _MARGIN
    if end.view != "above":
        lowest = min(lowest, -_MARGIN)  # never in the mat or in the floor
    fitted = [_inside(at, end.frame, lowest) for at in (first[0], first[1], last[0], last[1])]
    return (fitted[0], fitted[1], fitted[2], fitted[3])


def _heading(way: Sequence[Point], i: int) -> float:
    """The direction of the way at point `i`; a short way counts as straight, or its arrow would be a knot."""
    if math.dist(way[0], way[3]) < _SHORTEST:
        return direction(way[0], way[3])
    return direction(way[max(0, i - 1)], way[min(len(way) - 1, i + 1)])


def _of_good_length(way: Sequence[Point]) -> list[Point]:
    """The same curve about its middle, as long as an arrow should be."""
    long = math.dist(way[0], way[3])
    share = min(_LONGEST, max(_SHORTEST, 0.85 * long)) / long
    middle = between(way[1], way[2], 0.5)
    return [between(middle, at, share) for at in way]


def _through(way: Sequence[Point]) -> tuple[tuple[Point, Point], tuple[Point, Point]]:
    """End points and handles of the cubic curve that goes through four points at even steps."""
    a, p, q, d = way
    first = tuple((-5 * a[i] + 18 * p[i] - 9 * q[i] + 2 * d[i]) / 6 for i in (0, 1))
    second = tuple((2 * a[i] - 9 * p[i] + 18 * q[i] - 5 * d[i]) / 6 for i in (0, 1))
    return (a, (first[0], first[1])), ((second[0], second[1]), d)


def _inside(at: Point, frame: Frame, lowest: float) -> Point:
    x = min(max(at[0], frame.x + _MARGIN), frame.x + frame.width - _MARGIN)
    y = min(max(at[1], frame.y + _MARGIN), lowest)
    return (round(x, 2), round(y, 2))
