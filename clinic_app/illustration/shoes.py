"""Shoes, for exercises that are done in them: a light trainer over the foot, with the line of its sole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_app.illustration.geometry import Knot, step
from clinic_app.illustration.looks import Cloth
from clinic_app.illustration.lying import ball_of_foot
from clinic_app.illustration.nodes import Paint, closed

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Leg

TRAINER: Final = Cloth("#D3DADE", "#A3AEB5", "#2B363E")

# Along the foot from the ankle and down from it; the toes from the ball of the foot and down from that.
_COLLAR_AND_INSTEP: Final = ((-2.2, -1.9), (0.4, -1.5), (2.4, -1.9), (4.4, 0.0))
_TOES: Final = ((2.0, -0.8), (3.7, 0.2), (3.7, 1.3), (-0.6, 1.3))
_HEEL: Final = ((1.4, 2.7), (-3.1, 2.7), (-3.6, 1.0))
_SOLE_BEHIND: Final = ((-3.5, 1.5), (0.6, 1.7))
_SOLE_AHEAD: Final = ((0.2, 0.3), (3.8, 0.4))


def draw_shoe(leg: Leg, turn: int, limb: Limb) -> str:
    """One node: the shoe bends at the ball of the foot as the foot does."""
    ball = ball_of_foot(leg.ankle, leg.foot_angle, turn)
    toes = leg.foot_angle if leg.toes is None else leg.toes

    def at(along: float, down: float) -> Knot:
        return Knot(*step(step(leg.ankle, leg.foot_angle, along), leg.foot_angle - 90 * turn, down))

    def toe(along: float, down: float) -> Knot:
        return Knot(*step(step(ball, toes, along), toes - 90 * turn, down))

    upper = [at(*place) for place in _COLLAR_AND_INSTEP]
    outline = [Knot(upper[0].x, upper[0].y, corner=True), *upper[1:]]
    outline += [toe(*place) for place in _TOES] + [at(*place) for place in _HEEL]
    sole = [*(at(*place) for place in _SOLE_BEHIND), *(toe(*place) for place in _SOLE_AHEAD)]
    fill = TRAINER.near if limb == "near" else TRAINER.far
    return closed(outline, Paint(fill, TRAINER.contour), sole)
