"""The figure: every part of the body as one node, drawn from the far side to the near side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Knot, Point, between, direction, step
from clinic_app.illustration.head import draw_head
from clinic_app.illustration.looks import Cloth, Look
from clinic_app.illustration.lying import ball_of_foot
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.outline import Bone, Station, limb_sides, ribbon, square_ends
from clinic_app.illustration.path import smooth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Arm, Leg, Posture
    from clinic_app.illustration.scene import Hand

# Half-widths along each bone: share, front, back.
_SEAT: tuple[Station, ...] = ((0.12, 6.4, 6.0), (0.6, 6.4, 7.0), (1, 6.0, 7.2))
_THIGH: tuple[Station, ...] = ((0.06, 6.2, 7.0), (0.35, 5.9, 5.7), (0.7, 4.9, 4.5), (0.9, 4.3, 4.0))
_SHANK: tuple[Station, ...] = ((0.1, 3.9, 3.8), (0.3, 3.4, 4.6), (0.62, 2.9, 3.5), (0.88, 2.6, 2.7))
_UPPER_ARM: tuple[Station, ...] = ((0.3, 3.4, 3.4), (0.65, 3.0, 3.1), (0.95, 2.6, 2.6))
_FOREARM: tuple[Station, ...] = ((0.06, 2.7, 2.6), (0.32, 2.8, 2.6), (0.92, 1.8, 1.8))
_PALM: tuple[Station, ...] = ((0.1, 1.9, 1.8), (0.5, 1.5, 1.8), (0.88, 0.8, 1.6))
_GRIP: tuple[Station, ...] = ((0.2, 2.1, 1.9), (0.75, 2.2, 1.9))
_SLEEVE: tuple[Station, ...] = ((0.05, 4.6, 4.4), (0.35, 4.2, 3.8), (0.62, 3.9, 3.4))

# The trunk from the hem to the neck: half-widths to the front and to the back.
_TRUNK_FRONT = (6.4, 6.2, 6.2, 7.2, 6.2, 3.6)
_TRUNK_BACK = (6.0, 5.5, 5.5, 6.5, 5.9, 3.3)


def draw_body(posture: Posture, look: Look, hands: Mapping[Limb, Hand]) -> list[str]:
    """All but the near arm, in the order in which the parts cover each other: about 13 nodes."""
    return [
        *_arm(posture, posture.far_arm, look, "far", hands.get("far", "flat")),
        *_leg(posture, posture.far_leg, look, "far"),
        _neck(posture, look),
        *draw_head(look, posture.head, posture.head_angle, posture.turn),
        _trunk(posture, look.shirt),
        *_leg(posture, posture.near_leg, look, "near"),
    ]


def draw_near_arm(posture: Posture, look: Look, hands: Mapping[Limb, Hand]) -> list[str]:
    """The arm that lies over everything, even over the patch where the exercise is felt."""
    return _arm(posture, posture.near_arm, look, "near", hands.get("near", "flat"))


def _tone(cloth: Cloth, limb: Limb) -> Paint:
    return Paint(cloth.near if limb == "near" else cloth.far, cloth.contour)


def _neck(posture: Posture, look: Look) -> str:
    start = between(posture.ribs, posture.neck, 0.9)
    points = [start, posture.neck, posture.crown_base, between(posture.crown_base, posture.head, 0.5)]
    knots = ribbon(points, (3.6, 3.2, 2.8, 2.6), (3.6, 3.3, 3.1, 3.0), -90 * posture.turn)
    return closed(knots, _tone(look.skin, "near"))


def trunk_knots(posture: Posture) -> list[Knot]:
    hem = between(posture.hip, posture.waist, 0.45)
    thorax = posture.thorax_angle
    points = [
        hem,
        posture.waist,
        posture.ribs,
        step(posture.ribs, thorax, body.THORAX * 0.5),
        step(posture.ribs, thorax, body.THORAX * 0.82),
        posture.neck,
    ]
    return ribbon(points, _TRUNK_FRONT, _TRUNK_BACK, -90 * posture.turn)


def _trunk(posture: Posture, shirt: Cloth) -> str:
    return closed(trunk_knots(posture), _tone(shirt, "near"))


def leg_knots(posture: Posture, leg: Leg, limb: Limb) -> list[Knot]:
    """The trouser leg; the near one begins at the waist, so that seat and thigh are one part."""
    bones = [
        Bone(leg.hip, leg.knee, _THIGH, caps=(4.2, 4.2)),
        Bone(leg.knee, leg.ankle, _SHANK),
    ]
    if limb == "near":
        bones.insert(0, Bone(posture.waist, leg.hip, _SEAT, caps=(6.2, 7.3)))
    front, back = limb_sides(bones, 90 * posture.turn)
    return square_ends(front, back)


def _leg(posture: Posture, leg: Leg, look: Look, limb: Limb) -> list[str]:
    return [
        closed(foot_knots(leg, posture.turn), _tone(look.skin, limb)),
        closed(leg_knots(posture, leg, limb), _tone(look.trousers, limb)),
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


def _arm(posture: Posture, arm: Arm, look: Look, limb: Limb, hand: Hand) -> list[str]:
    return [
        closed(arm_knots(arm, posture.turn, hand), _tone(look.skin, limb), *_thumb(arm, posture.turn, hand)),
        _sleeve(posture, arm, _tone(look.shirt, limb)),
    ]


def arm_knots(arm: Arm, turn: int, hand: Hand) -> list[Knot]:
    """The bare arm from the sleeve to the fingertips, as one part."""
    length = body.HAND if hand != "grip" else 4.4
    fingertips = step(arm.wrist, arm.hand_angle, length)
    bones = [
        Bone(arm.shoulder, arm.elbow, _UPPER_ARM, caps=(2.7, 2.8)),
        Bone(arm.elbow, arm.wrist, _FOREARM, caps=(2.0, 2.1)),
        Bone(arm.wrist, fingertips, _PALM if hand != "grip" else _GRIP),
    ]
    front, back = limb_sides(bones, 90 * turn)
    tip = step(fingertips, arm.hand_angle - 90 * turn, 0.8 if hand != "grip" else 0)
    knots = square_ends(front, [*back, Knot(*tip)])
    return [Knot(k.x, k.y, k.corner and i in (0, len(knots) - 1)) for i, k in enumerate(knots)]


def _thumb(arm: Arm, turn: int, hand: Hand) -> list[list[Knot]]:
    if hand == "grip":
        return []
    side = 1 if hand == "thumb_up" else -1

    def at(along: float, up: float) -> Knot:
        return Knot(*step(step(arm.wrist, arm.hand_angle, along), arm.hand_angle + 90 * turn * side, up))

    if hand == "thumb_up":
        return [[at(0.6, 1.4), at(2, 3), at(3.3, 3.6), at(3.6, 2.7), at(2.9, 1.2)]]
    return [[at(1.4, 0), at(3, 0.3), at(4, 1.2)]]


def _sleeve(posture: Posture, arm: Arm, paint: Paint) -> str:
    """Open at the shoulder: filled like the shirt, with no line where it joins the trunk."""
    bone = Bone(arm.shoulder, arm.elbow, _SLEEVE)
    front, back = limb_sides([bone], 90 * posture.turn)
    top = step(arm.shoulder, direction(arm.elbow, arm.shoulder), 2.5)
    front[-1], back[-1] = (Knot(k.x, k.y, corner=True) for k in (front[-1], back[-1]))
    crown = Knot(*step(top, direction(arm.shoulder, arm.elbow) + 90 * posture.turn, 3.2))
    return shape(smooth([crown, *front, *reversed(back)], closed=False).data(), paint)


def region(posture: Posture, name: str) -> tuple[Point, float]:
    """The middle of a region of the near side and the direction it runs in."""
    lumbar = between(posture.waist, posture.ribs, 0.5)
    navel = between(posture.waist, posture.ribs, 0.1)
    thigh = direction(posture.near_leg.hip, posture.near_leg.knee)
    places: dict[str, tuple[Point, float]] = {
        "belly": (step(navel, posture.front(posture.lumbar_angle), 3.2), posture.lumbar_angle),
        "low_back": (step(lumbar, posture.front(posture.lumbar_angle) + 180, 3.0), posture.lumbar_angle),
        "buttock": (step(posture.hip, posture.front(posture.pelvis_angle) + 180, 2.5), posture.pelvis_angle),
        "bottom": (step(posture.hip, thigh - 90 * posture.turn, 3.0), thigh),
    }
    return places[name]
