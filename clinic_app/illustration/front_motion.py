"""Postures between two postures of the views from the front, the back and above: bones turn in space."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from clinic_app.illustration.front_posture import Arm3, FrontPosture, Leg3
from clinic_app.illustration.space import Frame3, Vector, across, cross, dot, minus, plus, times, two_bones, unit

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side

_STILL = 0.3  # 1/100 stature; a joint that moves less is taken for planted
_TRUNK = ("hip", "waist", "ribs", "neck", "crown_base", "head")


def between_in_space(first: FrontPosture, last: FrontPosture, share: float, planted: Mapping[str, str]) -> FrontPosture:
    """The posture `share` of the way from `first` to `last`. `planted`: parts that rest on the same thing in both."""
    places = {"hip": mixed(first.hip, last.hip, share)}
    for joint, after in pairwise(_TRUNK):
        bones = [minus(getattr(posture, after), getattr(posture, joint)) for posture in (first, last)]
        places[after] = plus(places[joint], swung(bones[0], bones[1], share))
    hip, waist, ribs, neck, crown_base, head = places.values()
    body = replace(
        first,
        hip=hip,
        waist=waist,
        ribs=ribs,
        neck=neck,
        crown_base=crown_base,
        head=head,
        pelvis_frame=mixed_frame(first.pelvis_frame, last.pelvis_frame, share),
        lumbar_frame=mixed_frame(first.lumbar_frame, last.lumbar_frame, share),
        thorax_frame=mixed_frame(first.thorax_frame, last.thorax_frame, share),
        neck_frame=mixed_frame(first.neck_frame, last.neck_frame, share),
        head_frame=mixed_frame(first.head_frame, last.head_frame, share),
    )
    body = replace(body, left_leg=_leg(first, last, share, planted, body, "left"))
    body = replace(body, right_leg=_leg(first, last, share, planted, body, "right"))
    body = replace(body, left_arm=_arm(first, last, share, planted, body, "left"))
    return replace(body, right_arm=_arm(first, last, share, planted, body, "right"))


def mixed(a: Vector, b: Vector, share: float) -> Vector:
    return plus(a, times(minus(b, a), share))


def swung(a: Vector, b: Vector, share: float) -> Vector:
    """From one bone to another: the direction turns evenly and the length changes evenly."""
    first, last = unit(a), unit(b)
    angle = math.acos(max(-1.0, min(1.0, dot(first, last))))
    length = math.sqrt(dot(a, a)) * (1 - share) + math.sqrt(dot(b, b)) * share
    if math.sin(angle) < 1e-4:
        return times(unit(mixed(first, last, share)), length)
    parts = (math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle))
    return times(plus(times(first, parts[0]), times(last, parts[1])), length)


def mixed_frame(a: Frame3, b: Frame3, share: float) -> Frame3:
    """Up turns on a great circle, and the front is turned about it as far as it has come."""
    up = unit(swung(a.up, b.up, share))
    front = across(swung(a.front, b.front, share), up)
    if dot(front, front) < 0.5:
        front = across(mixed(a.left, b.left, share), up)
        front = cross(front, up)
    return Frame3(cross(up, front), up, front)


def _local(frame: Frame3, way: Vector) -> Vector:
    return (dot(way, frame.left), dot(way, frame.up), dot(way, frame.front))


def _carried(frames: tuple[Frame3, Frame3, Frame3], ways: tuple[Vector, Vector], share: float) -> Vector:
    """A bone that turns in the joint by which it hangs on a part of the body."""
    local = swung(_local(frames[0], ways[0]), _local(frames[1], ways[1]), share)
    return frames[2].place(*local)


def _carried_frame(roots: tuple[Frame3, Frame3, Frame3], parts: tuple[Frame3, Frame3], share: float) -> Frame3:
    seen = [
        Frame3(*(_local(root, way) for way in (part.left, part.up, part.front)))
        for root, part in zip(roots, parts, strict=False)
    ]
    local = mixed_frame(seen[0], seen[1], share)
    return Frame3(*(roots[2].place(*way) for way in (local.left, local.up, local.front)))


def _still(a: Vector, b: Vector) -> bool:
    return math.dist(a, b) < _STILL


def _leg(
    first: FrontPosture, last: FrontPosture, share: float, planted: Mapping[str, str], body: FrontPosture, side: Side
) -> Leg3:
    a, b = first.leg(side), last.leg(side)
    pelvis = (first.pelvis_frame, last.pelvis_frame, body.pelvis_frame)
    offsets = (minus(a.hip, first.hip), minus(b.hip, last.hip))
    hip = plus(body.hip, _carried(pelvis, offsets, share))
    thigh = _carried(pelvis, (minus(a.knee, a.hip), minus(b.knee, b.hip)), share)
    shank = _carried(pelvis, (minus(a.ankle, a.knee), minus(b.ankle, b.knee)), share)
    knee, frame = plus(hip, thigh), _carried_frame(pelvis, (a.shank, b.shank), share)
    ankle = plus(knee, shank)
    foot = _carried_frame((a.shank, b.shank, frame), (a.foot, b.foot), share)
    if f"{side}_foot" in planted or _still(a.ankle, b.ankle):
        ankle = mixed(a.ankle, b.ankle, share)
        knee = _middle(hip, ankle, knee, thigh, shank)
        up = unit(minus(knee, ankle))
        front = across(frame.front, up)
        return Leg3(hip, knee, ankle, Frame3(cross(up, front), up, front), mixed_frame(a.foot, b.foot, share))
    return Leg3(hip, knee, ankle, frame, foot)


def _arm(
    first: FrontPosture, last: FrontPosture, share: float, planted: Mapping[str, str], body: FrontPosture, side: Side
) -> Arm3:
    a, b = first.arm(side), last.arm(side)
    thorax = (first.thorax_frame, last.thorax_frame, body.thorax_frame)
    shoulder = plus(body.ribs, _carried(thorax, (minus(a.shoulder, first.ribs), minus(b.shoulder, last.ribs)), share))
    upper = _carried(thorax, (minus(a.elbow, a.shoulder), minus(b.elbow, b.shoulder)), share)
    fore = _carried(thorax, (minus(a.wrist, a.elbow), minus(b.wrist, b.elbow)), share)
    elbow = plus(shoulder, upper)
    wrist = plus(elbow, fore)
    hand = _carried_frame(thorax, (a.hand, b.hand), share)
    on = planted.get(f"{side}_hand", "")
    if on or _still(a.wrist, b.wrist):
        wrist = _held(first, last, share, body, on, (a.wrist, b.wrist))
        elbow = _middle(shoulder, wrist, elbow, upper, fore)
    elif f"{side}_elbow" in planted or _still(a.elbow, b.elbow):
        elbow = mixed(a.elbow, b.elbow, share)
        wrist = plus(elbow, fore)
    return Arm3(shoulder, elbow, wrist, hand)


def _held(
    first: FrontPosture,
    last: FrontPosture,
    share: float,
    body: FrontPosture,
    on: str,
    wrists: tuple[Vector, Vector],
) -> Vector:
    """A hand on a thigh moves with it; any other goes straight."""
    if on not in ("left_thigh", "right_thigh"):
        return mixed(wrists[0], wrists[1], share)
    legs = [posture.left_leg if on == "left_thigh" else posture.right_leg for posture in (first, last, body)]
    along = [times(plus(leg.hip, leg.knee), 0.5) for leg in legs]
    return plus(along[2], mixed(minus(wrists[0], along[0]), minus(wrists[1], along[1]), share))


def _middle(start: Vector, end: Vector, free: Vector, first: Vector, second: Vector) -> Vector:
    """The middle joint of a limb whose end is planted, bent to the side where it would be without the plant."""
    lengths = [math.sqrt(dot(way, way)) for way in (first, second)]
    along = mixed(start, end, lengths[0] / (sum(lengths) or 1))
    found = two_bones(start, end, lengths[0], lengths[1], minus(free, along))
    return found or along
