"""The arm: bare from the sleeve to the fingertips, a hand that lies flat, holds or points its thumb up; the sleeve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_app.illustration import joints as body
from clinic_app.illustration.flesh import fleshed, rested
from clinic_app.illustration.geometry import Knot, between, direction, signed, step
from clinic_app.illustration.looks import Build, Cloth, Look
from clinic_app.illustration.nodes import Paint, closed, shape
from clinic_app.illustration.outline import Bone, Station, limb_sides, square_ends
from clinic_app.illustration.path import smooth

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Arm, Posture
    from clinic_app.illustration.scene import Hand

# Half-widths along each bone: share, front, back; the weights say how much of a build's factor each place takes.
_UPPER_ARM: Final[tuple[Station, ...]] = ((0.3, 3.3, 3.3), (0.65, 3.0, 3.1), (0.95, 2.6, 2.6))
_FOREARM: Final[tuple[Station, ...]] = ((0.06, 2.7, 2.6), (0.32, 2.8, 2.6), (0.92, 1.8, 1.8))
_PALM: Final[tuple[Station, ...]] = ((0.1, 1.9, 1.8), (0.5, 1.5, 1.8), (0.88, 0.8, 1.6))
_GRIP: Final[tuple[Station, ...]] = ((0.12, 1.9, 1.9), (0.5, 2.3, 2.2), (0.88, 2.0, 1.9))
_SLEEVE: Final[tuple[Station, ...]] = ((0.3, 4.2, 4.0), (0.62, 3.9, 3.6))
_UPPER_ARM_WEIGHTS, _FOREARM_WEIGHTS, _SLEEVE_WEIGHTS = (1.0, 0.8, 0.1), (0.2, 0.8, 0.0), (0.9, 1.0)
_GRIP_LENGTH: Final = 5.0
_AVERAGE: Final = Build()


def draw_arm(posture: Posture, arm: Arm, look: Look, limb: Limb, hand: Hand) -> list[str]:
    """The arm with the lines of the hand and the sleeve over it; beside long sleeves the hand is a third."""
    skin, turn = _tone(look.skin, limb), posture.turn
    fingers = _fingers(arm, turn, hand)
    sleeve = _sleeve(posture, arm, _tone(look.shirt, limb), look.build)
    if look.sleeves is None:
        knots = rested(arm_knots(arm, turn, hand, look.build), arm_knots(arm, turn, hand))
        return [closed(knots, skin, *fingers), sleeve]
    covered = rested(_covered_knots(arm, turn, look.build), _covered_knots(arm, turn, _AVERAGE))
    return [closed(hand_knots(arm, turn, hand), skin, *fingers), closed(covered, _tone(look.sleeves, limb)), sleeve]


def arm_knots(arm: Arm, turn: int, hand: Hand, build: Build = _AVERAGE) -> list[Knot]:
    """The bare arm from the sleeve to the fingertips, as one part."""
    front, back = limb_sides([*_bones(arm, build), _hand(arm, hand)], 90 * turn)
    return _round_tip([*front, _tip(arm, turn, hand), *reversed(back)])


def hand_knots(arm: Arm, turn: int, hand: Hand) -> list[Knot]:
    """The hand alone, from the cuff of a long sleeve at the wrist to the fingertips."""
    front, back = limb_sides([_wrist(arm), _hand(arm, hand)], 90 * turn)
    return _round_tip([*front, _tip(arm, turn, hand), *reversed(back)])


def _round_tip(knots: list[Knot]) -> list[Knot]:
    """An outline with corners only where it begins and ends."""
    last = len(knots) - 1
    return [Knot(k.x, k.y, corner=i in (0, last)) for i, k in enumerate(knots)]


def _covered_knots(arm: Arm, turn: int, build: Build) -> list[Knot]:
    """The arm as far as the wrist, where a long sleeve ends."""
    return square_ends(*limb_sides(_bones(arm, build), 90 * turn))


def _bones(arm: Arm, build: Build) -> list[Bone]:
    return [
        Bone(arm.shoulder, arm.elbow, fleshed(_UPPER_ARM, _UPPER_ARM_WEIGHTS, build.arm), caps=(2.7, 2.8)),
        Bone(arm.elbow, arm.wrist, fleshed(_FOREARM, _FOREARM_WEIGHTS, build.arm), caps=(2.0, 2.1)),
    ]


def _wrist(arm: Arm) -> Bone:
    return Bone(between(arm.elbow, arm.wrist, 0.86), arm.wrist, ((0.0, 1.9, 1.9), (0.8, 1.8, 1.8)), caps=(2.0, 2.1))


def _hand(arm: Arm, hand: Hand) -> Bone:
    fingertips = step(arm.wrist, arm.hand_angle, _GRIP_LENGTH if hand == "grip" else body.HAND)
    return Bone(arm.wrist, fingertips, _GRIP if hand == "grip" else _PALM)


def _tip(arm: Arm, turn: int, hand: Hand) -> Knot:
    """Where the outline closes round the fingertips."""
    end = _hand(arm, hand).end
    return Knot(*step(end, arm.hand_angle - 90 * turn, 0 if hand == "grip" else 0.8))


def _fingers(arm: Arm, turn: int, hand: Hand) -> list[list[Knot]]:
    """One line of five knots on every hand, so that it can open and close: the thumb, or a finger that holds."""
    side = 1 if hand == "thumb_up" else -1
    lines = {
        "flat": ((1.4, 0), (2.2, 0.1), (3, 0.3), (3.6, 0.7), (4.2, 1.3)),
        "grip": ((4.8, 0.9), (3.2, 0.9), (2.7, 0.1), (3.2, -0.7), (4.7, -0.8)),
        "thumb_up": ((0.6, 1.4), (2, 3), (3.3, 3.6), (3.6, 2.7), (2.9, 1.2)),
    }

    def at(along: float, up: float) -> Knot:
        return Knot(*step(step(arm.wrist, arm.hand_angle, along), arm.hand_angle + 90 * turn * side, up))

    return [[at(along, up) for along, up in lines[hand]]]


def _sleeve(posture: Posture, arm: Arm, paint: Paint, build: Build) -> str:
    """Filled like the shirt, with lines on both sides and at the cuff that fade out before they reach the shoulder.

    The further the arm is lifted, the sooner it leaves the trunk, and the higher its lines begin.
    """
    upper = direction(arm.shoulder, arm.elbow)
    lifted = min(1.0, abs(signed(upper - posture.thorax_angle - 180)) / 120)
    stations = ((0.24 - 0.2 * lifted, 3.6 - 1.2 * lifted, 3.3 - 1.2 * lifted), *_SLEEVE)

    def edges(worn: Build) -> list[Knot]:
        wide = fleshed(stations, (0.5, *_SLEEVE_WEIGHTS), worn.arm)
        front, back = limb_sides([Bone(arm.shoulder, arm.elbow, wide)], 90 * posture.turn)
        front[-1], back[-1] = (Knot(k.x, k.y, corner=True) for k in (front[-1], back[-1]))
        return [*front, *reversed(back)]

    return shape(smooth(rested(edges(build), edges(_AVERAGE)), closed=False).data(), paint)


def _tone(cloth: Cloth, limb: Limb) -> Paint:
    return Paint(cloth.near if limb == "near" else cloth.far, cloth.contour)
