"""Shoes, for exercises that are done in them: a light trainer over the foot, with the line of its sole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_app.illustration.geometry import Knot, between, direction, step
from clinic_app.illustration.looks import Cloth
from clinic_app.illustration.lying import ball_of_foot
from clinic_app.illustration.nodes import Paint, closed

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Leg

TRAINER: Final = Cloth("#D3DADE", "#A3AEB5", "#2B363E")

# Along the foot from the ankle and down from it; the toes from the ball of the foot and down from that.
_INSTEP: Final = ((2.6, -1.6), (4.6, 0.0))
_TOES: Final = ((2.0, -0.8), (3.7, 0.2), (3.6, 1.3), (-0.6, 1.3))
_HEEL: Final = ((1.4, 2.7), (-2.6, 2.7), (-3.5, 1.4), (-2.7, -1.2))
# These lines run the way round that keeps their fill from cutting a hole into the shoe.
_COLLAR: Final = ((2.6, -1.6), (0.2, -0.7), (-2.7, -1.2))
_SOLE: Final = ((-3.5, 1.4), (0.6, 1.7))
_SOLE_AHEAD: Final = (3.8, 0.4)


def draw_shoe(leg: Leg, turn: int, limb: Limb) -> str:
    """One node: sock and shoe, bent at the ball of the foot as the foot is, with the lines of collar and sole."""
    ball = ball_of_foot(leg.ankle, leg.foot_angle, turn)
    toes = leg.foot_angle if leg.toes is None else leg.toes
    shank, cuff = direction(leg.knee, leg.ankle), between(leg.knee, leg.ankle, 0.8)

    def at(along: float, down: float) -> Knot:
        return Knot(*step(step(leg.ankle, leg.foot_angle, along), leg.foot_angle - 90 * turn, down))

    def toe(along: float, down: float) -> Knot:
        return Knot(*step(step(ball, toes, along), toes - 90 * turn, down))

    outline = [
        Knot(*step(cuff, shank + 90 * turn, 2.0), corner=True),
        *(at(*place) for place in _INSTEP),
        *(toe(*place) for place in _TOES),
        *(at(*place) for place in _HEEL),
        Knot(*step(cuff, shank - 90 * turn, 2.0), corner=True),
    ]
    fill = TRAINER.near if limb == "near" else TRAINER.far
    sole = [*(at(*place) for place in _SOLE), toe(*_SOLE_AHEAD)]
    return closed(outline, Paint(fill, TRAINER.contour), [at(*place) for place in _COLLAR], sole)
