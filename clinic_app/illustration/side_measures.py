"""Angles and heights of a solved side view, by limb: what the facts of a stance are decided on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, direction, signed
from clinic_app.illustration.posture import points
from clinic_app.illustration.props import Cushion
from clinic_app.illustration.side_solver import solve
from clinic_app.illustration.stance import BENT, things

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene

LIMBS = ("near", "far")


class Measures:
    """A scene with its joints solved. Angles in degrees, heights above the mat and distances in 1/100 stature.

    Raises ValueError when made of a scene whose posture is impossible.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.posture = solve(scene)
        self.at = points(self.posture)
        self.turn = self.posture.turn
        self.props = things(scene)

    def height(self, joint: str) -> float:
        return -self.at[joint][1]

    def contact(self, part: str) -> str:
        """What the part rests on, or ""."""
        return next((str(each.on) for name, each in self.scene.contacts.items() if name == part), "")

    def knee(self, limb: str) -> float:
        thigh = direction(self.at[f"{limb}_hip"], self.at[f"{limb}_knee"])
        return signed(self.turn * (thigh - direction(self.at[f"{limb}_knee"], self.at[f"{limb}_ankle"])))

    def hip(self, limb: str) -> float:
        thigh = direction(self.at[f"{limb}_hip"], self.at[f"{limb}_knee"])
        return signed(self.turn * (thigh - self.posture.pelvis_angle - 180))

    def lift(self, limb: str) -> float:
        """The upper arm's angle to the trunk, from -90 to 270, so that overhead is 180."""
        upper = direction(self.at[f"{limb}_shoulder"], self.at[f"{limb}_elbow"])
        return (self.turn * (upper - self.posture.thorax_angle - 180) + 90) % 360 - 90

    def elbow(self, limb: str) -> float:
        upper = direction(self.at[f"{limb}_shoulder"], self.at[f"{limb}_elbow"])
        return abs(signed(direction(self.at[f"{limb}_elbow"], self.at[f"{limb}_wrist"]) - upper))

    def flat(self, limb: str) -> bool:
        """The whole sole rests on the ground."""
        ankle, heel = self.at[f"{limb}_ankle"], self.at[f"{limb}_heel"]
        return abs(-ankle[1] - body.SOLE) < 1.2 and abs(heel[1] - ankle[1]) < 0.8

    def on_toes(self, limb: str) -> bool:
        """The toes are on the ground and bent, or the heel is well above them."""
        leg = self.posture.near_leg if limb == "near" else self.posture.far_leg
        return self.height(f"{limb}_toe") < 3 and (leg.toes is not None or self.height(f"{limb}_heel") > 5)

    def kneels(self, limb: str) -> bool:
        """The knee and the shin carry weight: the knee lies on the mat and the thigh stands on it."""
        cushion = max((prop.height for prop in self.scene.props if isinstance(prop, Cushion)), default=0.0)
        low = (
            self.height(f"{limb}_knee") < body.KNEE_REST + 1.5 + cushion and self.height(f"{limb}_ankle") < 8 + cushion
        )
        return low and self.knee(limb) > BENT and self.height("hip") > self.height(f"{limb}_knee") + 4

    def rise(self) -> float:
        """How steep the trunk is: 90 upright, 0 level, negative head down."""
        (x, y), (to_x, to_y) = self.at["hip"], self.at["neck"]
        return math.degrees(math.atan2(y - to_y, abs(to_x - x)))

    def ahead(self, joint: str, of: str = "hip") -> float:
        """How far a joint of an upright body lies in front of another."""
        return self.turn * (self.at[joint][0] - self.at[of][0])

    def rounding(self) -> float:
        """How far the whole back bends forward; hollow is negative."""
        return signed(self.turn * (self.posture.pelvis_angle - self.posture.thorax_angle))

    def low_back(self) -> float:
        return signed(self.turn * (self.posture.pelvis_angle - self.posture.lumbar_angle))

    def gaze(self) -> float:
        """The direction in which the face looks, in the picture."""
        return self.posture.front(self.posture.head_angle) % 360

    def to_thigh(self, joint: str) -> float:
        """The distance to the nearer thigh bone."""
        return min(_to_bone(self.at[joint], self.at[f"{limb}_hip"], self.at[f"{limb}_knee"]) for limb in LIMBS)


def other(limb: str) -> str:
    return "far" if limb == "near" else "near"


def _to_bone(point: Point, start: Point, end: Point) -> float:
    across = ((point[0] - start[0]) * (end[0] - start[0]), (point[1] - start[1]) * (end[1] - start[1]))
    share = max(0.0, min(1.0, sum(across) / math.dist(start, end) ** 2))
    return math.dist(point, (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
