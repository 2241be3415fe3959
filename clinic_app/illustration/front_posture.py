"""Where every joint of a body is in space, for the views from the front, from the back and from above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from clinic_app.illustration import joints as body
from clinic_app.illustration.front_joints import SIDES
from clinic_app.illustration.space import (
    Frame3,
    Vector,
    across,
    flat,
    minus,
    plus,
    times,
    unit,
)

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.geometry import Point

View = Literal["front", "back", "above"]


@dataclass(frozen=True, slots=True)
class Leg3:
    """`foot` and `shank` are the directions that the parts look: their front is the instep and the shin."""

    hip: Vector
    knee: Vector
    ankle: Vector
    shank: Frame3
    foot: Frame3


@dataclass(frozen=True, slots=True)
class Arm3:
    """`hand`: its up points back to the elbow, its front to the thumb's side."""

    shoulder: Vector
    elbow: Vector
    wrist: Vector
    hand: Frame3


@dataclass(frozen=True, slots=True)
class FrontPosture:
    """Joints in space: x right, y up, z towards the reader. The left is the figure's own left."""

    view: View
    hip: Vector
    waist: Vector
    ribs: Vector
    neck: Vector
    crown_base: Vector
    head: Vector
    pelvis_frame: Frame3
    lumbar_frame: Frame3
    thorax_frame: Frame3
    neck_frame: Frame3
    head_frame: Frame3
    left_leg: Leg3
    right_leg: Leg3
    left_arm: Arm3
    right_arm: Arm3

    def leg(self, side: Side) -> Leg3:
        return self.left_leg if side == "left" else self.right_leg

    def arm(self, side: Side) -> Arm3:
        return self.left_arm if side == "left" else self.right_arm


def front_points(posture: FrontPosture) -> dict[str, Point]:
    """Joint name -> its place in the picture (x right, y down). Limbs' names begin with left_ or right_."""
    places = {
        "hip": posture.hip,
        "waist": posture.waist,
        "ribs": posture.ribs,
        "neck": posture.neck,
        "crown_base": posture.crown_base,
        "head": posture.head,
    }
    for side in SIDES:
        leg, arm = posture.leg(side), posture.arm(side)
        places |= {
            f"{side}_hip": leg.hip,
            f"{side}_knee": leg.knee,
            f"{side}_knee_side": plus(plus(leg.hip, times(minus(leg.knee, leg.hip), 0.84)), _thigh_side(leg, side)),
            f"{side}_ankle": leg.ankle,
            f"{side}_heel": plus(leg.ankle, leg.foot.place(0, -2.2, -2.6)),
            f"{side}_toe": toes(leg),
            f"{side}_shoulder": arm.shoulder,
            f"{side}_elbow": arm.elbow,
            f"{side}_wrist": arm.wrist,
            f"{side}_hand": fingertips(arm),
        }
    return {name: flat(place) for name, place in places.items()}


def _thigh_side(leg: Leg3, side: Side) -> Vector:
    """From the middle of the thigh to its outer side just above the knee, where a belt ends its way across."""
    along = unit(minus(leg.knee, leg.hip))
    return times(across(times(leg.shank.left, out(side)), along), 4.0)


def toes(leg: Leg3) -> Vector:
    return plus(leg.ankle, leg.foot.place(0, -2.2, 8.0))


def fingertips(arm: Arm3) -> Vector:
    return plus(arm.wrist, times(arm.hand.up, -body.HAND))


def out(side: Side) -> int:
    """+1 where the figure's left is outwards, -1 where its right is."""
    return 1 if side == "left" else -1
