"""What each leg and each arm does, seen from the front, from behind or from above."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_measures import OUT
from clinic_app.illustration.space import dot, minus, unit
from clinic_app.illustration.stance import BENT, DRAWN_IN, STRAIGHT, Base, Does

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.front_measures import SpaceMeasures


HELD = 13.0  # a wrist that is nearer to the hip has its hand there
CROSSING = 14.0  # an ankle that is nearer to the other knee rests on it


def other_side(side: Side) -> Side:
    return "right" if side == "left" else "left"


def front_leg(body: SpaceMeasures, base: Base, side: Side) -> Does:
    if base is Base.STANDING:
        return _standing(body, side)
    if base in {Base.SIDE_LYING, Base.SIDE_PLANK}:
        return _on_side(body, side)
    if body.knee(side) <= BENT:
        return Does.LONG if body.knee(side) < STRAIGHT else Does.NOTHING
    return _bent(body, base, side)


def _bent(body: SpaceMeasures, base: Base, side: Side) -> Does:
    leg, other = body.posture.leg(side), body.posture.leg(other_side(side))
    if math.dist(leg.ankle, other.knee) < CROSSING:
        return Does.CROSSED
    if base is Base.SITTING_ON_FLOOR and math.dist(leg.ankle, other.ankle) < 11:
        up = body.rise(leg.knee) > body.rise(body.posture.hip)
        return Does.SOLES_KNEES_UP if up else Does.SOLES_KNEES_LOW
    if base is Base.SUPINE:
        return _supine(body, side)
    return Does.FLAT if body.flat(side) or body.contact(f"{side}_foot") else Does.LIFTED


def _standing(body: SpaceMeasures, side: Side) -> Does:
    leg, other = body.posture.leg(side), body.posture.leg(other_side(side))
    outwards = 1 if side == "left" else -1
    across = dot(minus(leg.ankle, other.ankle), body.posture.pelvis_frame.left) * outwards
    if body.hip_out(side) > OUT and body.rise(leg.ankle) > body.rise(other.ankle) + 1.5:
        return Does.OUT
    if across < 0:
        behind = dot(minus(leg.ankle, other.ankle), body.posture.pelvis_frame.front) < 0
        return Does.CROSSES_BEHIND if behind else Does.STANDS
    return Does.STANDS


def _on_side(body: SpaceMeasures, side: Side) -> Does:
    leg, other = body.posture.leg(side), body.posture.leg(other_side(side))
    if body.knee(side) < STRAIGHT:
        return Does.LONG
    apart = body.rise(leg.knee) - body.rise(other.knee)
    return Does.TOP_LIFTED if apart > 12 else Does.BENT


def _supine(body: SpaceMeasures, side: Side) -> Does:
    if body.hip_flexion(side) >= DRAWN_IN:
        return Does.DRAWN_IN
    if body.knees_to_one_side():
        return Does.BENT
    if body.hip_out(side) > OUT * 1.5:
        return Does.FALLS_OUT
    if body.flat(side) or body.contact(f"{side}_foot"):
        return Does.FLAT
    return Does.OVER_HIP if body.hip_flexion(side) >= 70 else Does.FLAT


def front_arm(body: SpaceMeasures, base: Base, side: Side) -> Does:
    held = body.contact(f"{side}_hand")
    if held.endswith("_thigh"):
        return Does.BEHIND_THIGH if base is Base.SUPINE else Does.ON_THIGH
    found = _support(body, side) if held == "point" else Does.NOTHING
    return found or _free_arm(body, base, side)


def _free_arm(body: SpaceMeasures, base: Base, side: Side) -> Does:
    lift, wrist = body.lift(side), body.posture.arm(side).wrist
    if base is Base.SIDE_LYING and math.dist(wrist, body.posture.head) < 14:
        return Does.UNDER_HEAD
    if base is not Base.SUPINE and body.elbow(side) > BENT and math.dist(wrist, body.posture.leg(side).hip) < HELD:
        return Does.ON_HIPS
    if lift > 140:
        return Does.OVERHEAD
    if lift > 45:
        return _reaching(body, base, side)
    return Does.BY_SIDE if lift < 35 and (body.elbow(side) < 40 or base is Base.SUPINE) else Does.NOTHING


def _reaching(body: SpaceMeasures, base: Base, side: Side) -> Does:
    """Of somebody on their side it matters where the hips look, for the chest turns with the arm."""
    arm = body.posture.arm(side)
    reach = unit(minus(arm.wrist, arm.shoulder))
    if base is Base.SIDE_LYING:
        ahead = dot(reach, body.posture.pelvis_frame.front)
        return Does.FORWARD if ahead > 0.5 else Does.OPENS_BEHIND if ahead < 0.1 else Does.UP
    return Does.FORWARD if dot(reach, body.posture.thorax_frame.front) > 0.7 else Does.OUT_TO_SIDE


def _support(body: SpaceMeasures, side: Side) -> Does:
    """What stands where the hand holds on."""
    x = body.posture.arm(side).wrist[0]
    for prop in body.scene.props:
        if prop.kind == "wall" and abs(prop.x - x) < 6:
            return Does.ON_WALL
        if prop.kind == "chair" and abs(prop.x - x) < 14:
            return Does.ON_CHAIR
    return Does.NOTHING
