"""A hand under the low back: the back is drawn once more over it, because the near arm lies over everything else."""

from __future__ import annotations

from clinic_app.illustration.figure import trunk_knots
from clinic_app.illustration.flesh import rested
from clinic_app.illustration.geometry import Knot, between, step
from clinic_app.illustration.looks import Look
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.path import smooth
from clinic_app.illustration.posture import Posture

_DEEP = 5.0  # how far into the trunk the cover reaches, more than a hand is thick


def draw_back_over_hand(posture: Posture, look: Look) -> list[str]:
    """The low back from the ribs to the waist: its cloth, then its edge. Two nodes."""
    knots = rested(trunk_knots(posture, look.build), trunk_knots(posture))
    waist, ribs = knots[-2], knots[-3]
    inwards = posture.front(posture.lumbar_angle)
    first = between((ribs.x, ribs.y), (waist.x, waist.y), 0.2)
    edge = [Knot(*first), Knot(waist.x, waist.y)]
    inner = [Knot(*step((knot.x, knot.y), inwards, _DEEP)) for knot in reversed(edge)]
    corners = [Knot(knot.x, knot.y, corner=True) for knot in (*edge, *inner)]
    tuck = Knot(*step(step(first, inwards, 3.4), posture.lumbar_angle, 2.2))
    return [
        closed(corners, Paint(look.shirt.near)),
        shape(smooth([tuck, *edge], closed=False).data(), Paint("none", look.shirt.contour, round_ends=True)),
    ]
