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
    tuck = Knot(*step(step(first, inwards, 3.8), posture.lumbar_angle, 2.0), corner=True)
    edge = [tuck, Knot(*first), Knot(waist.x, waist.y, corner=True)]
    inside = Knot(*step((waist.x, waist.y), inwards, _DEEP), corner=True)
    return [
        closed([*edge, inside], Paint(look.shirt.near)),
        shape(smooth(edge, closed=False).data(), Paint("none", look.shirt.contour, round_ends=True)),
    ]
