"""The arms of a figure seen from the side: free, planted, leant on, or with the hand on the body or on a thing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, bend, between, direction, signed, step
from clinic_app.illustration.holds import OWN_LEGS, THINGS, hand_on_leg, hand_on_thing
from clinic_app.illustration.lying import elbow_below, elbow_out, kept_up, laid_forearm
from clinic_app.illustration.posture import Arm
from clinic_app.illustration.side_reading import SLACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Leg
    from clinic_app.illustration.scene import Contact
    from clinic_app.illustration.side_reading import Reading
    from clinic_app.illustration.side_trunk import Trunk

_WIDE_HAND: Final = 14.0  # degrees: a hand set wider than the shoulder makes the elbow look more bent from the side
_FOREHEAD_UP: Final = 4.5  # from the middle of the head towards the crown
_OVER_THE_HIP: Final = 12.0  # degrees that a hand on the hip bone falls towards the tummy
_BEHIND_THE_BACK: Final = 5.2  # from the middle of the low back to a wrist that lies on it
_BEHIND_THE_THIGH: Final = 2.6  # from the bone to a wrist whose hand reaches round the thigh
_ARM_BEHIND: Final = 25.0  # degrees: an elbow that also points sideways looks further behind the body than it is
_WRAPPED_HAND: Final = 25.0  # degrees: a hand that holds on is bent in its own joints too


class Arms:
    """Solves an arm from the shoulder, when trunk and legs are known."""

    def __init__(self, said: Reading, trunk: Trunk, legs: Mapping[str, Leg]) -> None:
        self.said = said
        self.turn = said.turn
        self.trunk = trunk
        self.legs = legs

    def arm(self, limb: Limb) -> Arm:
        """Elbow, wrist and hand. Raises ValueError when a hand cannot get there or a joint would bend too far."""
        shoulder = self.trunk.shoulder
        hand, elbow = self.said.contact(f"{limb}_hand"), self.said.contact(f"{limb}_elbow")
        forearm = self.said.contact(f"{limb}_forearm")
        if forearm:
            return self._forearm_on_mat(limb, shoulder, forearm)
        upright = self.said.scene.facing in ("left", "right")
        if hand and hand.on in ("forehead", "low_back", "hip_bone") and not upright:
            return self._elbow_out_arm(limb, shoulder, hand)
        if hand and (hand.on not in ("mat", "near_thigh")):
            return self._holding_arm(limb, shoulder, hand)
        if elbow:
            return self._resting_arm(limb, shoulder, hand)
        if hand:
            return self._planted_arm(limb, shoulder, hand)
        upper = self.trunk.thorax_angle + 180 + self.turn * self.said.angle(f"{limb}_shoulder")
        elbow_at = step(shoulder, upper, body.UPPER_ARM)
        return self._forearm(limb, shoulder, elbow_at)

    def _forearm(self, limb: Limb, shoulder: Point, elbow: Point) -> Arm:
        forearm = direction(shoulder, elbow) + self.turn * self.said.angle(f"{limb}_elbow")
        hand = forearm + self.turn * self.said.angle(f"{limb}_wrist")
        return Arm(shoulder, elbow, step(elbow, forearm, body.FOREARM), hand)

    def _resting_arm(self, limb: Limb, shoulder: Point, hand: Contact | None) -> Arm:
        """The elbow rests on the mat beside the trunk; the hand lies there too, or the forearm lifts from it.

        An elbow planted at an x lies further out to the side, so the upper arm looks shorter.
        """
        planted = self.said.contact(f"{limb}_elbow")
        if planted and planted.x is not None:
            elbow = (self.said.planted_x("elbow", planted), -body.ELBOW_REST)
            if hand or math.dist(shoulder, elbow) > body.UPPER_ARM:
                raise self.said.wrong(f"{limb}_elbow at x {planted.x:g} is out of reach, or the hand planted.")
            return self._forearm(limb, shoulder, elbow)
        drop = (-shoulder[1] - body.ELBOW_REST) / body.UPPER_ARM
        if not -1 < drop < 1:
            raise self.said.wrong(f"{limb}_elbow cannot reach the mat.")
        fall = math.degrees(math.asin(drop))
        feetwards = math.cos(math.radians(self.trunk.thorax_angle)) < 0
        upper = -fall if feetwards else 180 + fall
        elbow = step(shoulder, upper, body.UPPER_ARM)
        self.said.solved(f"{limb}_shoulder", self.turn * (upper - self.trunk.thorax_angle - 180))
        if hand is None:
            return self._forearm(limb, shoulder, elbow)
        if hand.on != "mat" or hand.x is not None or hand.along is not None:
            raise self.said.wrong(f"beside a planted elbow, {limb}_hand takes on mat and nothing else.")
        settle = math.degrees(math.asin((body.ELBOW_REST - body.PALM) / body.FOREARM))
        forearm = -settle if feetwards else 180 + settle
        self.said.solved(f"{limb}_elbow", max(0.0, signed(self.turn * (forearm - upper))))
        return Arm(shoulder, elbow, step(elbow, forearm, body.FOREARM), 0.0 if feetwards else 180.0)

    def _forearm_on_mat(self, limb: Limb, shoulder: Point, contact: Contact) -> Arm:
        """Propped on the forearm: the elbow where it is planted or falls, the hand flat in front of it."""
        if contact.x is None:
            elbow = elbow_below(shoulder, self.trunk.headwards)
        else:
            elbow = (self.said.planted_x("forearm", contact), -body.ELBOW_REST)
        if elbow is None or abs(math.dist(shoulder, elbow) - body.UPPER_ARM) > 0.1:
            raise self.said.wrong(f"{limb}_forearm cannot reach the mat.")
        wrist = laid_forearm(elbow, self.trunk.headwards)
        upper, forearm = direction(shoulder, elbow), direction(elbow, wrist)
        self.said.solved(f"{limb}_shoulder", self._lift(upper))
        self.said.solved(f"{limb}_elbow", self.turn * (forearm - upper))
        return Arm(shoulder, elbow, wrist, 180.0 if self.trunk.headwards < 0 else 0.0)

    def _elbow_out_arm(self, limb: Limb, shoulder: Point, hand: Contact) -> Arm:
        """A hand at the middle of the body, the elbow on the mat beside it: too much depth for angles in the plane."""
        if hand.x is not None or hand.along is not None:
            raise self.said.wrong(f"{limb}_hand on {hand.on} takes nothing else.")
        wrist, fingers = self._hand_at_the_middle(hand.on)
        elbow = elbow_out(shoulder, wrist)
        if elbow is None:
            raise self.said.wrong(f"{limb}_hand on {hand.on} is out of reach.")
        return Arm(shoulder, elbow, wrist, fingers)

    def _hand_at_the_middle(self, place: str) -> tuple[Point, float]:
        """The wrist and the direction of the fingers of a hand under the forehead, under the back or on the pelvis."""
        to_head, to_feet = (180.0, 0.0) if self.trunk.headwards < 0 else (0.0, 180.0)
        if place == "hip_bone":
            fingers = self.said.pelvis_angle + 180 + self.turn * _OVER_THE_HIP
            bone = step(step(self.trunk.hip, self.said.pelvis_angle, 5.5), self.said.pelvis_angle - 90 * self.turn, 8.0)
            return step(bone, fingers, -0.55 * body.HAND), fingers
        if place == "low_back":
            return (self.trunk.low_back[0] + self.trunk.headwards * 0.62 * body.HAND, -body.PALM), to_feet
        forehead = step(self.trunk.head, self.trunk.head_angle, _FOREHEAD_UP)
        return (forehead[0] - self.trunk.headwards * 0.4 * body.HAND, -body.PALM), to_head

    def _planted_arm(self, limb: Limb, shoulder: Point, hand: Contact) -> Arm:
        if hand.on == "near_thigh":
            wrist = self._behind_thigh(limb, hand, self.legs["near"])
        else:
            wrist = (self.said.planted_x("hand", hand), -body.PALM)
        elbow = bend(shoulder, wrist, body.UPPER_ARM, body.FOREARM, -self.turn)
        if elbow is None:
            raise self.said.wrong(f"{limb}_hand on {hand.on} is out of reach.")
        if hand.on == "mat":
            elbow = kept_up(elbow, wrist)
        upper, forearm = direction(shoulder, elbow), direction(elbow, wrist)
        self.said.solved(f"{limb}_shoulder", self._lift(upper))
        self.said.solved(f"{limb}_elbow", self.turn * (forearm - upper), _WIDE_HAND if hand.on == "mat" else SLACK)
        if hand.on == "near_thigh":
            return Arm(shoulder, elbow, wrist, forearm + self.turn * self.said.angle(f"{limb}_wrist"))
        headwards = 180.0 if math.cos(math.radians(self.trunk.thorax_angle)) < 0 else 0.0
        self.said.solved(f"{limb}_wrist", self.turn * (headwards - forearm))
        return Arm(shoulder, elbow, wrist, headwards)

    def _holding_arm(self, limb: Limb, shoulder: Point, hand: Contact) -> Arm:
        """The hand on a thing, on an own leg, at the low back of somebody upright or at a point of the picture."""
        wrist, fingers = self._hold(limb, hand)
        elbow = bend(shoulder, wrist, body.UPPER_ARM, body.FOREARM, -self.turn)
        if elbow is None:
            raise self.said.wrong(f"{limb}_hand on {hand.on} is out of reach.")
        upper, forearm = direction(shoulder, elbow), direction(elbow, wrist)
        self.said.solved(f"{limb}_shoulder", self._lift(upper), _ARM_BEHIND if hand.on == "low_back" else SLACK)
        self.said.solved(f"{limb}_elbow", self.turn * (forearm - upper))
        if fingers is None:
            fingers = forearm + self.turn * self.said.angle(f"{limb}_wrist")
        else:
            self.said.solved(f"{limb}_wrist", self.turn * (fingers - forearm), _WRAPPED_HAND)
        return Arm(shoulder, elbow, wrist, fingers)

    def _hold(self, limb: Limb, hand: Contact) -> tuple[Point, float | None]:
        try:
            if hand.on in THINGS:
                return hand_on_thing(hand, self.said.scene.props, self.turn)
            if hand.on in OWN_LEGS:
                return hand_on_leg(hand, self.legs, self.turn)
        except ValueError as problem:
            raise self.said.wrong(f"{limb}_hand {problem}") from None
        if hand.on == "low_back":
            return step(
                self.trunk.low_back, self.said.pelvis_angle + 90 * self.turn, _BEHIND_THE_BACK
            ), self.said.pelvis_angle + 180
        if hand.on == "hip_bone":
            return step(self.trunk.hip, self.said.pelvis_angle, body.PELVIS * 0.8), None
        if hand.on == "point" and hand.x is not None and hand.y is not None:
            return (hand.x, hand.y), None
        raise self.said.wrong(f"{limb}_hand cannot rest on {hand.on}.")

    def _lift(self, upper: float) -> float:
        """Shoulder flexion from 0 to 360, so that an arm overhead counts 180 and not -180."""
        lift = (self.turn * (upper - self.trunk.thorax_angle - 180)) % 360
        return lift - 360 if lift > 270 else lift

    def _behind_thigh(self, limb: Limb, hand: Contact, leg: Leg) -> Point:
        if hand.along is None or hand.x is not None:
            raise self.said.wrong(f"{limb}_hand on near_thigh needs along, and no x.")
        back = direction(leg.hip, leg.knee) - 90 * self.turn
        return step(between(leg.hip, leg.knee, hand.along), back, _BEHIND_THE_THIGH)
