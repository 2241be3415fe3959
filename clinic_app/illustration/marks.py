"""Marks on a picture: the arrow of the movement and the patch where it is felt."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from clinic_app.illustration.geometry import Knot, Point, between, direction, signed, step
from clinic_app.illustration.looks import FEEL, INK, MOVE, WHITE
from clinic_app.illustration.nodes import Paint, closed
from clinic_app.illustration.path import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clinic_app.illustration.scene import Feel


def draw_arrow(points: Sequence[Point], twin: Sequence[Point] | None = None) -> str:
    """One node: the outline of a curved arrow, edged in white so that it stands clear of what it crosses.

    `points` are those of a cubic curve from tail to tip; `twin` are those of a second arrow in the same node.
    """
    others = [_arrow_knots(twin)] if twin else []
    return closed(_arrow_knots(points), Paint(MOVE, WHITE, 1.2), *others)


def _arrow_knots(points: Sequence[Point], half: float = 1.6, head: float = 5.6, wing: float = 3.9) -> list[Knot]:
    """Widths and the head's length are in 1/100 stature."""
    tip = points[3]
    heading = direction(points[2], tip)
    neck = step(tip, heading, -head)
    curve = (points[0], points[1], step(points[2], heading, -head * 0.6), neck)
    straight = all(abs(signed(direction(points[0], at) - heading)) < 1 for at in points[1:])
    left, right = [], []
    for share in (0.0, 0.35, 0.7, 1.0):
        at, along = _on_curve(curve, share)
        left.append(Knot(*step(at, along + 90, half), corner=straight or share in (0, 1)))
        right.append(Knot(*step(at, along - 90, half), corner=straight or share in (0, 1)))
    barbs = [Knot(*step(neck, heading + turn, wing), corner=True) for turn in (90, -90)]
    return [*left, barbs[0], Knot(*tip, corner=True), barbs[1], *reversed(right)]


def _on_curve(curve: Sequence[Point], share: float) -> tuple[Point, float]:
    """The point of a cubic curve at `share` and the direction of the curve there."""
    first = [between(a, b, share) for a, b in pairwise(curve)]
    second = [between(a, b, share) for a, b in pairwise(first)]
    return between(second[0], second[1], share), direction(second[0], second[1])


def draw_feel(middle: Point, angle: float, feel: Feel) -> str:
    """A patch with a dashed ink edge, so that it reads without colour. The angle is that of the body's region."""
    tilt = -math.remainder(angle, 180)
    turn = f' transform="rotate({number(tilt)} {number(middle[0])} {number(middle[1])})"' if abs(tilt) >= 0.05 else ""
    return (
        f'<ellipse cx="{number(middle[0])}" cy="{number(middle[1])}" rx="{number(feel.length / 2)}"'
        f' ry="{number(feel.width / 2)}"{turn}{Paint(FEEL, INK, 0.9, dashes="2 1.3").attributes()}/>'
    )
