"""The facts of a view from the front, from behind or from above, read from its joints in space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.front_joints import SIDES
from clinic_app.illustration.front_measures import SpaceMeasures
from clinic_app.illustration.front_posture import FrontPosture
from clinic_app.illustration.front_solver import solve_front
from clinic_app.illustration.space import dot, minus, unit
from clinic_app.illustration.stance import LYING_HIP, Arm, Base, Leg, Stance
from clinic_app.illustration.stance_front_limbs import front_arm, front_leg

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.scene import Scene

TILT, TURN = 10.0, 15.0  # degrees from which a part counts as tilted or turned
ON_FLOOR = 8.0  # 1/100 stature: an elbow that is lower rests
SQUEEZED = 10.0  # degrees by which both shoulder blades are drawn back


def read_front(scene: Scene) -> Stance:
    """The facts about a view from the front, from behind or from above.

    Raises:
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    body = SpaceMeasures(scene, solve_front(scene))
    base = _base(body)
    first: Side = "right" if scene.acting_side == "right" else "left"
    second: Side = "left" if first == "right" else "right"
    legs = tuple(_leg(body, base, side) for side in (first, second))
    arms = tuple(_arm(body, base, side) for side in (first, second))
    return Stance(
        base=base,
        view=scene.view,
        legs=(legs[0], legs[1]),
        arms=(arms[0], arms[1]),
        hips_lifted=base is Base.SIDE_PLANK,
        back=_back(body, base),
        head=_head(body.posture, base),
        props=body.props,
    )


def _leg(body: SpaceMeasures, base: Base, side: Side) -> Leg:
    return Leg(front_leg(body, base, side), body.knee(side), body.hip_flexion(side), body.flat(side))


def _arm(body: SpaceMeasures, base: Base, side: Side) -> Arm:
    return Arm(front_arm(body, base, side), body.elbow(side), body.lift(side))


def _base(body: SpaceMeasures) -> Base:
    if body.tallness() < 0.6:
        return _lying(body)
    if not any(body.thigh_is_level(side) for side in SIDES):
        return Base.STANDING
    hips = body.rise(body.posture.hip)
    feet = min(body.rise(body.posture.leg(side).ankle) for side in SIDES)
    return Base.SITTING if hips - feet > 12 else Base.SITTING_ON_FLOOR


def _lying(body: SpaceMeasures) -> Base:
    belly_up = dot(body.posture.pelvis_frame.front, body.up)
    if belly_up > 0.6:
        return Base.SUPINE
    if belly_up < -0.6:
        return Base.PRONE
    lifted = body.rise(body.posture.hip) > LYING_HIP and _propped(body)
    return Base.SIDE_PLANK if lifted else Base.SIDE_LYING


def _propped(body: SpaceMeasures) -> bool:
    """An elbow on the floor holds the shoulder up."""
    elbows = [(body.rise(body.posture.arm(side).elbow), body.rise(body.posture.arm(side).shoulder)) for side in SIDES]
    seen_level = body.scene.view != "above"
    return seen_level and any(elbow < ON_FLOOR and shoulder > elbow + ON_FLOOR for elbow, shoulder in elbows)


def _back(body: SpaceMeasures, base: Base) -> str:
    posture = body.posture
    side = _angle(dot(posture.thorax_frame.up, posture.pelvis_frame.left))
    turned = _angle(dot(posture.thorax_frame.front, posture.pelvis_frame.left))
    if base is Base.SIDE_LYING:
        opened = dot(posture.thorax_frame.front, body.up) > 0.9
        return "propped_on_elbow" if _propped(body) else "opened" if opened else ""
    if abs(turned) > TURN:
        return "rolled" if base is Base.SUPINE else "turned"
    if abs(side) > TILT and base is not Base.SIDE_PLANK:
        return "side"
    if base in {Base.SITTING, Base.STANDING} and body.scene.joints.get("scapula_in", 0.0) >= SQUEEZED:
        return "squeezed"
    return "tall" if base in {Base.SITTING, Base.STANDING} and body.tallness() > 0.98 else ""


def _head(posture: FrontPosture, base: Base) -> str:
    turned = _angle(dot(posture.head_frame.front, posture.thorax_frame.left))
    side = _angle(dot(unit(minus(posture.head, posture.neck)), posture.thorax_frame.left))
    if base in {Base.SIDE_LYING, Base.SIDE_PLANK}:
        return ""
    return "turned" if abs(turned) > TURN else "side" if abs(side) > TILT else ""


def _angle(sine: float) -> float:
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))
