"""Angles and heights of a body in space, by limb: what the facts of a stance are decided on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_joints import FOOT_REST, SIDES
from clinic_app.illustration.space import Vector, dot, minus, unit
from clinic_app.illustration.stance import things

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.front_posture import FrontPosture
    from clinic_app.illustration.scene import Scene

OUT = 14.0  # degrees from which a leg or a knee counts as moved out to the side


class SpaceMeasures:
    """A scene with its joints in space, and which way is up: towards the reader where one looks from the ceiling."""

    def __init__(self, scene: Scene, posture: FrontPosture) -> None:
        self.scene = scene
        self.posture = posture
        self.up: Vector = (0.0, 0.0, 1.0) if scene.view == "above" else (0.0, 1.0, 0.0)
        self.props = things(scene)

    def rise(self, place: Vector) -> float:
        return dot(place, self.up)

    def contact(self, part: str) -> str:
        """What the part rests on, or ""."""
        return next((str(each.on) for name, each in self.scene.contacts.items() if name == part), "")

    def tallness(self) -> float:
        """1 where the trunk stands upright, 0 where it lies."""
        return dot(unit(minus(self.posture.neck, self.posture.hip)), self.up)

    def knee(self, side: Side) -> float:
        leg = self.posture.leg(side)
        return _between(minus(leg.knee, leg.hip), minus(leg.ankle, leg.knee))

    def hip_flexion(self, side: Side) -> float:
        frame, thigh = self.posture.pelvis_frame, self._thigh(side)
        return math.degrees(math.atan2(dot(thigh, frame.front), -dot(thigh, frame.up)))

    def hip_out(self, side: Side) -> float:
        """How far the thigh has moved out from the middle of the body, in degrees."""
        sideways = dot(self._thigh(side), self.posture.pelvis_frame.left) * (1 if side == "left" else -1)
        return math.degrees(math.asin(max(-1.0, min(1.0, sideways))))

    def _thigh(self, side: Side) -> Vector:
        leg = self.posture.leg(side)
        return unit(minus(leg.knee, leg.hip))

    def thigh_is_level(self, side: Side) -> bool:
        return dot(self._thigh(side), self.up) > -0.5

    def elbow(self, side: Side) -> float:
        arm = self.posture.arm(side)
        return _between(minus(arm.elbow, arm.shoulder), minus(arm.wrist, arm.elbow))

    def lift(self, side: Side) -> float:
        """The upper arm's angle to the trunk: 0 hanging, 180 overhead, in whatever direction."""
        arm, frame = self.posture.arm(side), self.posture.thorax_frame
        return _between(minus(arm.elbow, arm.shoulder), (-frame.up[0], -frame.up[1], -frame.up[2]))

    def flat(self, side: Side) -> bool:
        """The sole looks down and is the lowest part of a leg that stands on it."""
        leg = self.posture.leg(side)
        shank = dot(unit(minus(leg.knee, leg.ankle)), self.up)
        return shank > 0.3 and abs(dot(leg.foot.up, self.up)) > 0.9 and self._foot_is_down(side)

    def _foot_is_down(self, side: Side) -> bool:
        if self.contact(f"{side}_foot"):
            return True
        lowest = min(self.rise(self.posture.leg(each).ankle) for each in SIDES)
        floor = max(lowest, FOOT_REST) if self.scene.view != "above" else lowest
        return self.rise(self.posture.leg(side).ankle) < floor + 1.5

    def knees_to_one_side(self) -> bool:
        """Both bent knees have sunk to the same side of the hips."""
        return (
            self.hip_out("left") * self.hip_out("right") < 0
            and min(abs(self.hip_out("left")), abs(self.hip_out("right"))) > OUT
        )


def _between(a: Vector, b: Vector) -> float:
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))
