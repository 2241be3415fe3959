"""The joints of a figure seen from the side: where they are, what they are called, how far they bend."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, step


@dataclass(frozen=True, slots=True)
class Leg:
    hip: Point
    knee: Point
    ankle: Point
    foot_angle: float
    toes: float | None = None  # their own angle where the foot bends at the ball; None: in line with the foot


@dataclass(frozen=True, slots=True)
class Arm:
    shoulder: Point
    elbow: Point
    wrist: Point
    hand_angle: float


@dataclass(frozen=True, slots=True)
class Posture:
    """Joints in the picture's plane. `turn` is +1 when the front of an upright body would look right, else -1."""

    turn: int
    hip: Point
    waist: Point
    ribs: Point
    neck: Point
    crown_base: Point
    head: Point
    pelvis_angle: float
    lumbar_angle: float
    thorax_angle: float
    head_angle: float
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm

    def front(self, trunk_angle: float) -> float:
        """The direction that the belly looks where the trunk runs at `trunk_angle` towards the head."""
        return trunk_angle - 90 * self.turn


def points(posture: Posture) -> dict[str, Point]:
    """Where each joint is, by its name without a bend: "hip", "near_knee", "far_wrist", "near_hand" (fingertips)."""
    places = {part: getattr(posture, part) for part in ("hip", "waist", "ribs", "neck", "crown_base", "head")}
    for limb in ("near", "far"):
        leg, arm = (posture.near_leg, posture.near_arm) if limb == "near" else (posture.far_leg, posture.far_arm)
        places |= {f"{limb}_hip": leg.hip, f"{limb}_knee": leg.knee, f"{limb}_ankle": leg.ankle}
        places |= {f"{limb}_heel": step(leg.ankle, leg.foot_angle, -3.0), f"{limb}_toe": _toe(posture.turn, leg)}
        places[f"{limb}_sole"] = _under_foot(posture.turn, leg, 4.0, 3.0)
        places |= {f"{limb}_shoulder": arm.shoulder, f"{limb}_elbow": arm.elbow, f"{limb}_wrist": arm.wrist}
        places[f"{limb}_hand"] = step(arm.wrist, arm.hand_angle, body.HAND)
        places[f"{limb}_palm"] = step(arm.wrist, arm.hand_angle, body.HAND * 0.3)
    return places


def _toe(turn: int, leg: Leg) -> Point:
    return _under_foot(turn, leg, 8.0, body.SOLE - 1.0)


def _under_foot(turn: int, leg: Leg, along: float, down: float) -> Point:
    return step(step(leg.ankle, leg.foot_angle, along), leg.foot_angle - 90 * turn, down)


def check_angle(name: str, joint: str, angle: float, slack: float = 0.0) -> None:
    """Raises ValueError, one sentence, when the body has no such joint or the joint cannot bend so far."""
    if joint not in body.LIMITS:
        raise ValueError(f"{name}: {joint} is not a joint; the joints are {', '.join(body.LIMITS)}.")
    low, high = body.LIMITS[joint]
    if not low - slack <= angle <= high + slack:
        raise ValueError(f"{name}: {joint} at {angle:.4g} degrees is outside {low:g} to {high:g}.")
