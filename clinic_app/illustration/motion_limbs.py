"""Legs and arms of a posture between two postures, seen from the side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic_app.illustration import geometry
from clinic_app.illustration.geometry import Point, bend, direction, signed, step
from clinic_app.illustration.lying import ball_of_foot
from clinic_app.illustration.posture import Arm, Leg, Posture

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb

STILL = 0.3  # 1/100 stature; a joint that moves less from one frame to the other is taken for planted
GIVES = 0.04  # of a bone's length
STEPS_FROM = 6.0  # a foot of somebody who stands steps when it goes further than this
LIFTED = 3.0
_STANDS = 35.0  # height of the hips of somebody who stands


@dataclass(frozen=True, slots=True)
class Mix:
    """`share` of the way from `first` to `last`. `planted`: parts that rest on the same thing in both, and on what."""

    first: Posture
    last: Posture
    share: float
    planted: Mapping[str, str]

    @property
    def both(self) -> tuple[Posture, Posture]:
        return self.first, self.last

    def number(self, start: float, end: float) -> float:
        return start + (end - start) * self.share

    def point(self, start: Point, end: Point) -> Point:
        return geometry.between(start, end, self.share)

    def angle(self, start: float, end: float) -> float:
        """By the shorter way round."""
        return start + signed(end - start) * self.share

    def bend(self, start: float, end: float) -> float:
        """Between two bends of one joint, in degrees of the world.

        Bends count forward from -90 to 270, because a raised arm has 180: none of them ever passes through 270.
        """
        turn = self.first.turn
        low, high = ((turn * angle + 90) % 360 - 90 for angle in (start, end))
        return turn * self.number(low, high)


def bone(start: Point, end: Point) -> tuple[float, float]:
    """Length and direction."""
    return math.dist(start, end), direction(start, end)


def mixed_leg(mix: Mix, body: Posture, limb: Limb) -> Leg:
    legs = [posture.near_leg if limb == "near" else posture.far_leg for posture in mix.both]
    first, last = legs
    thighs, shanks = [bone(leg.hip, leg.knee) for leg in legs], [bone(leg.knee, leg.ankle) for leg in legs]
    lengths = [mix.number(ends[0][0], ends[1][0]) for ends in (thighs, shanks)]
    thigh = body.pelvis_angle + 180
    thigh += mix.bend(*(end[1] - of.pelvis_angle - 180 for end, of in zip(thighs, mix.both, strict=True)))
    shank = thigh - mix.bend(*(a[1] - b[1] for a, b in zip(thighs, shanks, strict=True)))
    knee = step(body.hip, thigh, lengths[0])
    ankle = step(knee, shank, lengths[1])
    if f"{limb}_knee" in mix.planted or _still(first.knee, last.knee):
        knee = mix.point(first.knee, last.knee)
        still = _still(first.ankle, last.ankle)
        ankle = mix.point(first.ankle, last.ankle) if still else step(knee, shank, lengths[1])
    else:
        stands = any(f"{limb}_{part}" in mix.planted for part in ("foot", "leg"))
        goal = _ankle_goal(mix, first, last, ankle, stands=stands)
        if goal is not None:
            knee = _reach(mix, body.hip, (goal, ankle), lengths, [_side(leg.hip, leg.knee, leg.ankle) for leg in legs])
            ankle = goal
    ends = [leg.foot_angle if leg.toes is None else leg.toes for leg in legs]
    toes = None if first.toes is None and last.toes is None else mix.angle(*ends)
    return Leg(body.hip, knee, ankle, _foot_angle(mix, first, last, direction(knee, ankle)), toes)


def _ankle_goal(mix: Mix, first: Leg, last: Leg, free: Point, *, stands: bool) -> Point | None:
    """Where the ankle has to be: over a ball of the foot that holds still, on its way on the floor, or above it."""
    if _on_its_ball(mix, first, last):
        turn = mix.first.turn
        at = mix.point(*(ball_of_foot(leg.ankle, leg.foot_angle, turn) for leg in (first, last)))
        off = ball_of_foot((0.0, 0.0), mix.angle(first.foot_angle, last.foot_angle), turn)
        return (at[0] - off[0], at[1] - off[1])
    if stands or _still(first.ankle, last.ankle):
        x, y = mix.point(first.ankle, last.ankle)
        return (x, y - _step(mix, first, last))
    return _not_below(free, first.ankle, last.ankle)


def _step(mix: Mix, first: Leg, last: Leg) -> float:
    """How high a foot is lifted that steps to another place. Walking on the spot, only the one that goes forward is."""
    ways = [end.ankle[0] - start.ankle[0] for start, end in zip(*(_legs(of) for of in mix.both), strict=True)]
    way = last.ankle[0] - first.ankle[0]
    walks = ways[0] * ways[1] < 0 and min(abs(ways[0]), abs(ways[1])) > STEPS_FROM
    stands = all(-of.hip[1] > _STANDS for of in mix.both)
    if not stands or abs(way) < STEPS_FROM or (walks and way * mix.first.turn < 0):
        return 0.0
    return 4 * LIFTED * mix.share * (1 - mix.share)


def _legs(of: Posture) -> tuple[Leg, Leg]:
    return of.near_leg, of.far_leg


def _foot_angle(mix: Mix, first: Leg, last: Leg, shank: float) -> float:
    """A foot that stands keeps its angle to the floor; any other turns in the ankle."""
    if abs(signed(first.foot_angle - last.foot_angle)) < 1 or _on_its_ball(mix, first, last):
        return mix.angle(first.foot_angle, last.foot_angle)
    turns = [leg.foot_angle - direction(leg.knee, leg.ankle) for leg in (first, last)]
    return shank + mix.angle(turns[0], turns[1])


def _on_its_ball(mix: Mix, first: Leg, last: Leg) -> bool:
    return _still(*(ball_of_foot(leg.ankle, leg.foot_angle, mix.first.turn) for leg in (first, last)))


def mixed_arm(mix: Mix, body: Posture, limb: Limb) -> Arm:
    arms = [posture.near_arm if limb == "near" else posture.far_arm for posture in mix.both]
    first, last = arms
    uppers, fores = [bone(arm.shoulder, arm.elbow) for arm in arms], [bone(arm.elbow, arm.wrist) for arm in arms]
    lengths = [mix.number(ends[0][0], ends[1][0]) for ends in (uppers, fores)]
    shoulder = _fixed_to(mix, [(of.ribs, of.thorax_angle) for of in (*mix.both, body)], [arm.shoulder for arm in arms])
    upper = body.thorax_angle + 180
    upper += mix.bend(*(end[1] - of.thorax_angle - 180 for end, of in zip(uppers, mix.both, strict=True)))
    fore = upper + mix.bend(*(b[1] - a[1] for a, b in zip(uppers, fores, strict=True)))
    elbow = step(shoulder, upper, lengths[0])
    wrist = step(elbow, fore, lengths[1])
    hand_rests = f"{limb}_hand" in mix.planted or _still(first.wrist, last.wrist)
    if f"{limb}_elbow" in mix.planted or f"{limb}_forearm" in mix.planted or _still(first.elbow, last.elbow):
        elbow = mix.point(first.elbow, last.elbow)
        hand_rests = hand_rests or f"{limb}_forearm" in mix.planted
        wrist = mix.point(first.wrist, last.wrist) if hand_rests else step(elbow, fore, lengths[1])
    else:
        part = _held(mix, body, mix.planted.get(f"{limb}_hand", ""))
        if part and hand_rests:
            goal: Point | None = _fixed_to(mix, part, [arm.wrist for arm in arms])
        elif hand_rests:
            goal = mix.point(first.wrist, last.wrist)
        else:
            goal = _not_below(wrist, first.wrist, last.wrist)
        if goal is not None:
            elbow = _reach(
                mix, shoulder, (goal, wrist), lengths, [_side(arm.shoulder, arm.elbow, arm.wrist) for arm in arms]
            )
            wrist = goal
    if abs(signed(first.hand_angle - last.hand_angle)) < 1:
        return Arm(shoulder, elbow, wrist, mix.angle(first.hand_angle, last.hand_angle))
    turns = [arm.hand_angle - direction(arm.elbow, arm.wrist) for arm in arms]
    return Arm(shoulder, elbow, wrist, direction(elbow, wrist) + mix.angle(turns[0], turns[1]))


Place = tuple[Point, float]
"""A point of a part of the body and the direction in which the part runs."""


def _held(mix: Mix, body: Posture, on: str) -> list[Place]:
    """The part of the body that a hand holds: in both postures and in the one between; empty for the floor."""
    three = (*mix.both, body)
    if on == "near_thigh":
        return [(of.near_leg.hip, direction(of.near_leg.hip, of.near_leg.knee)) for of in three]
    if on == "forehead":
        return [(of.head, of.head_angle) for of in three]
    if on == "low_back":
        return [(of.waist, of.lumbar_angle) for of in three]
    return [(of.hip, of.pelvis_angle) for of in three] if on == "hip_bone" else []


def _fixed_to(mix: Mix, part: Sequence[Place], ends: Sequence[Point]) -> Point:
    """A point that keeps its place on a part of the body, or moves along it."""
    seen = [bone(at, end) for (at, _), end in zip(part[:2], ends, strict=True)]
    turns = [turn - angle for (_, turn), (_, angle) in zip(seen, part[:2], strict=True)]
    at, angle = part[2]
    return step(at, angle + mix.angle(turns[0], turns[1]), mix.number(seen[0][0], seen[1][0]))


def _still(start: Point, end: Point) -> bool:
    return math.dist(start, end) < STILL


def _not_below(free: Point, first: Point, last: Point) -> Point | None:
    """A limb that swings never goes lower than it lies in one of its frames; None when it does not."""
    lowest = max(first[1], last[1])
    return (free[0], lowest) if free[1] > lowest else None


def _side(start: Point, middle: Point, end: Point) -> float:
    """How far the middle joint stands to the left of the line through the others: below 0 is to the right."""
    across = signed(direction(start, middle) - direction(start, end))
    return math.sin(math.radians(across)) * math.dist(start, middle)


def _reach(mix: Mix, start: Point, ends: Sequence[Point], lengths: Sequence[float], sides: Sequence[float]) -> Point:
    """The middle joint of a limb that has to reach the first of `ends`, and would reach the second by its joints alone.

    Bones give way by a few per cent before the joint bends more or less than by itself: a limb that is straight in both
    frames would else buckle and snap back. One that is still too short is straight.
    """
    end, free = ends
    on_line = geometry.between(start, end, lengths[0] / (lengths[0] + lengths[1]))
    if sides[0] * sides[1] < 0:  # such as a knee that is a little bent in one frame and pushed through in the other
        return step(on_line, direction(start, end) + 90, mix.number(sides[0], sides[1]))
    by_itself = math.dist(start, free) or 1.0
    give = min(max(math.dist(start, end) / by_itself, 1 - GIVES), 1 + GIVES)
    middle = bend(start, end, lengths[0] * give, lengths[1] * give, 1 if sides[0] + sides[1] > 0 else -1)
    return middle or on_line
