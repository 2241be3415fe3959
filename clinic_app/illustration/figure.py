"""The figure from the side: every part of the body as one node, drawn from the far side to the near side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clinic_app.illustration import joints as body
from clinic_app.illustration.arms import draw_arm
from clinic_app.illustration.flesh import fleshed, rested
from clinic_app.illustration.geometry import Knot, Point, between, direction, signed, step
from clinic_app.illustration.head import draw_head
from clinic_app.illustration.looks import Build, Cloth, Look
from clinic_app.illustration.lying import ball_of_foot
from clinic_app.illustration.nodes import Paint, closed
from clinic_app.illustration.outline import Bone, Station, limb_sides, ribbon, square_ends
from clinic_app.illustration.shoes import draw_shoe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Leg, Posture
    from clinic_app.illustration.scene import Hand

# Half-widths along each bone: share, front, back; the weights say how much of a build's factor each place takes.
_SEAT: Final[tuple[Station, ...]] = ((0.12, 6.4, 6.0), (0.6, 6.4, 7.0), (1, 6.0, 7.2))
_THIGH: Final[tuple[Station, ...]] = ((0.06, 6.2, 7.0), (0.35, 5.9, 5.7), (0.7, 4.9, 4.5), (0.9, 4.3, 4.0))
_SHANK: Final[tuple[Station, ...]] = ((0.1, 3.9, 3.8), (0.3, 3.4, 4.6), (0.62, 2.9, 3.5), (0.88, 2.6, 2.7))
_SEAT_FRONT_WEIGHTS, _SEAT_BACK_WEIGHTS = (1.0, 0.6, 0.25), (0.5, 1.0, 1.0)
_THIGH_WEIGHTS, _SHANK_WEIGHTS = (1.0, 1.0, 0.6, 0.2), (0.2, 1.0, 0.7, 0.1)

# The trunk from the hem over waist, ribs, breast and shoulders to the neck: half-widths to the front and to the back.
_TRUNK_FRONT: Final = (6.4, 6.4, 6.5, 6.9, 5.7, 3.5)
_TRUNK_BACK: Final = (6.0, 5.5, 5.6, 6.4, 5.7, 3.3)
_AVERAGE: Final = Build()


def draw_body(
    posture: Posture, look: Look, hands: Mapping[str, Hand], support: float = 0.0, *, shoes: bool = False
) -> list[str]:
    """All but the near arm, in the order in which the parts cover each other: about 13 nodes.

    `support` is the height of what the hips rest on, 0 for the mat and whenever they rest on nothing.
    """
    return [
        *draw_arm(posture, posture.far_arm, look, "far", hands.get("far", "flat")),
        *_leg(posture, posture.far_leg, look, "far", support, shoes=shoes),
        _neck(posture, look),
        *draw_head(look, posture.head, posture.head_angle, posture.turn),
        _trunk(posture, look, support),
        *_leg(posture, posture.near_leg, look, "near", support, shoes=shoes),
    ]


def draw_near_arm(posture: Posture, look: Look, hands: Mapping[str, Hand]) -> list[str]:
    """The arm that lies over everything, even over the patch where the exercise is felt."""
    return draw_arm(posture, posture.near_arm, look, "near", hands.get("near", "flat"))


def _tone(cloth: Cloth, limb: Limb) -> Paint:
    return Paint(cloth.near if limb == "near" else cloth.far, cloth.contour)


def _neck(posture: Posture, look: Look) -> str:
    start = between(posture.ribs, posture.neck, 0.9)
    points = [start, posture.neck, posture.crown_base, between(posture.crown_base, posture.head, 0.5)]
    wide = look.build.neck
    fronts, backs = (3.6, 3.2 * wide, 2.8 * wide, 2.6), (3.6, 3.3 * wide, 3.1 * wide, 3.0)
    return closed(ribbon(points, fronts, backs, -90 * posture.turn), _tone(look.skin, "near"))


def trunk_knots(posture: Posture, build: Build = _AVERAGE) -> list[Knot]:
    """The shirt from the hem to the neck."""
    thorax = posture.thorax_angle
    points = [
        between(posture.hip, posture.waist, 0.45),
        posture.waist,
        posture.ribs,
        step(posture.ribs, thorax, body.THORAX * 0.5),
        step(posture.ribs, thorax, body.THORAX * 0.8),
        posture.neck,
    ]
    belly, chest, seat, neck = build.belly, build.chest, build.seat, build.neck
    fronts = ((1 + belly) / 2, belly, (belly + chest) / 2, chest, chest**0.5, neck)
    backs = (seat, (seat + chest) / 2, chest, chest, chest**0.5, neck)
    return ribbon(
        points,
        [width * factor for width, factor in zip(_TRUNK_FRONT, fronts, strict=True)],
        [width * factor for width, factor in zip(_TRUNK_BACK, backs, strict=True)],
        -90 * posture.turn,
    )


def _trunk(posture: Posture, look: Look, support: float) -> str:
    knots = rested(trunk_knots(posture, look.build), trunk_knots(posture), support)
    rounded = posture.turn * signed(posture.pelvis_angle - posture.thorax_angle)
    fold = _crease(posture.ribs, posture.front(posture.lumbar_angle), rounded * 1.4, 5.6, 4.0)
    return closed(knots, _tone(look.shirt, "near"), fold)


def leg_knots(posture: Posture, leg: Leg, limb: Limb, build: Build = _AVERAGE) -> list[Knot]:
    """The trouser leg; the near one begins at the waist, so that seat and thigh are one part."""
    thigh = fleshed(_THIGH, _THIGH_WEIGHTS, build.thigh, (build.thigh + build.seat) / 2)
    bones = [
        Bone(leg.hip, leg.knee, thigh, caps=(4.2, 4.2)),
        Bone(leg.knee, leg.ankle, fleshed(_SHANK, _SHANK_WEIGHTS, 1.0, build.calf)),
    ]
    if limb == "near":
        seat = [
            (share, front * (1 + (build.belly - 1) * ahead), back * (1 + (build.seat - 1) * behind))
            for (share, front, back), ahead, behind in zip(_SEAT, _SEAT_FRONT_WEIGHTS, _SEAT_BACK_WEIGHTS, strict=True)
        ]
        bones.insert(0, Bone(posture.waist, leg.hip, tuple(seat), caps=(6.2 * build.thigh, 7.3 * build.seat)))
    front, back = limb_sides(bones, 90 * posture.turn)
    return square_ends(front, back)


def _leg(posture: Posture, leg: Leg, look: Look, limb: Limb, support: float, *, shoes: bool) -> list[str]:
    knots = rested(leg_knots(posture, leg, limb, look.build), leg_knots(posture, leg, limb), support)
    return [
        draw_shoe(leg, posture.turn, limb) if shoes else closed(foot_knots(leg, posture.turn), _tone(look.skin, limb)),
        closed(knots, _tone(look.trousers, limb), *_creases(posture, leg)),
    ]


def _creases(posture: Posture, leg: Leg) -> list[list[Knot]]:
    """Where the trousers fold, in the groin and behind the knee."""
    turn = posture.turn
    thigh, shank = direction(leg.hip, leg.knee), direction(leg.knee, leg.ankle)
    lifted, bent = turn * signed(thigh - posture.pelvis_angle - 180), turn * signed(thigh - shank)
    return [
        _crease(leg.hip, posture.pelvis_angle - turn * (180 - lifted) / 2, lifted, 6.2, 4.5),
        _crease(leg.knee, thigh + 180 + turn * (180 - bent) / 2, bent, 4.2, 4.0),
    ]


def _crease(joint: Point, towards: float, bend: float, width: float, longest: float) -> list[Knot]:
    """A line from the fold of a bent joint into the flesh: it grows with the bend and is nothing when straight.

    `towards` halves the angle inside the bend; the fold lies in this direction, `width` away when straight.
    """
    inside = math.radians(max(40.0, 180 - max(0.0, bend)) / 2)
    depth = width / math.sin(inside)
    share = max(0.0, min(1.0, (bend - 30) / 60))
    return [
        Knot(*step(joint, towards + 14 * share * along, depth - 0.3 - longest * share * along**0.5))
        for along in (0.0, 0.35, 1.0)
    ]


def foot_knots(leg: Leg, turn: int) -> list[Knot]:
    """From the shin over the instep to the toes, along the sole to the heel and up behind the ankle."""
    shank = direction(leg.knee, leg.ankle)
    cuff = between(leg.knee, leg.ankle, 0.8)

    ball = ball_of_foot(leg.ankle, leg.foot_angle, turn)
    toes = leg.foot_angle if leg.toes is None else leg.toes

    def at(along: float, down: float) -> Knot:
        return Knot(*step(step(leg.ankle, leg.foot_angle, along), leg.foot_angle - 90 * turn, down))

    def toe(ahead: float, down: float) -> Knot:
        return Knot(*step(step(ball, toes, ahead), toes - 90 * turn, down))

    shin = step(cuff, shank + 90 * turn, 2.0)
    calf = step(cuff, shank - 90 * turn, 2.0)
    return [
        Knot(*shin, corner=True),
        at(2.4, -1.4),
        at(4.8, 0.3),
        toe(2.2, -0.4),
        toe(3.3, 0.5),
        toe(2.3, 1.3),
        toe(-0.8, 1.2),
        at(1.6, 2.1),
        at(-1.4, 2.7),
        at(-3.2, 1.9),
        at(-2.7, -0.4),
        Knot(*calf, corner=True),
    ]
