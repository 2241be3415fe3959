"""Limbs that lie on the mat, worked out from the joint they hang from: points in, points out.

The picture has no depth. A limb that also reaches towards the reader is drawn as short as it looks from the side.
"""

from __future__ import annotations

import math

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, bend, direction, step

HEEL_REST = 3.7  # height of the ankle when the heel lies on the mat and the toes point up
BALL_REST = 1.6  # height of the joint at the base of the toes when the toes stand on the mat

_BALL_ALONG = 5.4  # from the ankle along the foot to the joint of the big toe
_BALL_DOWN = 1.4  # from the ankle's level down to that joint
_BALL_REACH = math.hypot(_BALL_ALONG, _BALL_DOWN)
_BALL_ANGLE = math.degrees(math.atan2(_BALL_DOWN, _BALL_ALONG))


def ball_of_foot(ankle: Point, foot_angle: float, turn: int) -> Point:
    """The joint at the base of the toes, where a foot bends when the heel lifts."""
    return step(ankle, foot_angle - turn * _BALL_ANGLE, _BALL_REACH)


def laid_leg(hip: Point, feetwards: int, *, face_down: bool) -> tuple[Point, Point] | None:
    """Knee and ankle of a leg that lies straight on the mat: on knee and instep, or on the heel.

    `feetwards` is +1 where the feet lie to the right of the hip. None when the hip is too high.
    """
    if not face_down:
        knee_and_ankle = _down_to(hip, HEEL_REST, body.THIGH + body.SHANK, feetwards)
        if knee_and_ankle is None:
            return None
        angle = direction(hip, knee_and_ankle)
        return step(hip, angle, body.THIGH), knee_and_ankle
    knee = _down_to(hip, body.KNEE_REST, body.THIGH, feetwards)
    ankle = knee and _down_to(knee, body.ANKLE_REST, body.SHANK, feetwards)
    return (knee, ankle) if knee and ankle else None


def _down_to(start: Point, height: float, length: float, ahead: int) -> Point | None:
    """The end of a bone that goes from `start` down, or up, to `height` above the mat."""
    across = length**2 - (start[1] + height) ** 2
    return (start[0] + ahead * math.sqrt(across), -height) if across > 0 else None


def leg_reach(knee_flexion: float) -> float:
    """How far the ankle is from the hip when the knee bends so many degrees."""
    bent = 2 * body.THIGH * body.SHANK * math.cos(math.radians(knee_flexion))
    return math.sqrt(body.THIGH**2 + body.SHANK**2 + bent)


def tiptoe_leg(hip: Point, ball_x: float, knee_flexion: float, turn: int) -> tuple[Point, Point, float] | None:
    """Knee, ankle and the foot's angle when the ball of the foot stands on the mat at `ball_x` and the heel is up.

    None when the foot is out of reach.
    """
    reach = leg_reach(knee_flexion)
    ball = (ball_x, -BALL_REST)
    ankle = bend(hip, ball, reach, _BALL_REACH, -turn)
    if ankle is None:
        return None
    near_enough = min(reach, math.dist(hip, ankle)) - 1e-6  # the sum of both bones is never a hair too short
    knee = bend(hip, step(hip, direction(hip, ankle), near_enough), body.THIGH, body.SHANK, turn)
    return None if knee is None else (knee, ankle, direction(ankle, ball) + turn * _BALL_ANGLE)


def laid_forearm(elbow: Point, headwards: int) -> Point:
    """The wrist of a forearm that lies flat on the mat and points to the head."""
    drop = body.ELBOW_REST - body.PALM
    return (elbow[0] + headwards * math.sqrt(body.FOREARM**2 - drop**2), -body.PALM)


def elbow_below(shoulder: Point, headwards: int) -> Point | None:
    """The elbow on the mat under a shoulder that is propped up, or as far towards the head as the arm is long."""
    return _down_to(shoulder, body.ELBOW_REST, body.UPPER_ARM, headwards)


def elbow_out(shoulder: Point, wrist: Point) -> Point | None:
    """The elbow on the mat beside the body of an arm whose hand is at the body's middle: under it, or on top of it.

    Seen from the side both bones look shorter than they are, and both by the same depth. None when out of reach.
    """
    apart = shoulder[0] - wrist[0]
    if abs(apart) < 1:
        return None
    rises = (shoulder[1] + body.ELBOW_REST, wrist[1] + body.ELBOW_REST)
    longer = body.UPPER_ARM**2 - rises[0] ** 2 - body.FOREARM**2 + rises[1] ** 2
    elbow = ((shoulder[0] + wrist[0]) / 2 - longer / (2 * apart), -body.ELBOW_REST)
    return elbow if math.dist(shoulder, elbow) <= body.UPPER_ARM else None


def kept_up(elbow: Point, wrist: Point) -> Point:
    """The elbow of a planted hand, lifted on to the mat if it would sink into it.

    It then lies further out to the side, and the upper arm looks shorter than it is.
    """
    if elbow[1] <= -body.ELBOW_REST:
        return elbow
    drop = body.ELBOW_REST - body.PALM
    along = math.copysign(math.sqrt(body.FOREARM**2 - drop**2), elbow[0] - wrist[0])
    return (wrist[0] + along, -body.ELBOW_REST)
