"""Postures between two postures, for pictures that move: limbs turn in their joints, planted parts stay where they are.

Two solved postures are mixed and not two pose files, so that any way of solving a contact can be mixed with any other.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from clinic_app.illustration.front_motion import between_in_space
from clinic_app.illustration.front_posture import FrontPosture
from clinic_app.illustration.geometry import Point, step
from clinic_app.illustration.motion_limbs import Mix, bone, mixed_arm, mixed_leg
from clinic_app.illustration.posture import Posture
from clinic_app.illustration.views import AnyPosture, solve_view

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene

_TRUNK = ("hip", "waist", "ribs", "neck", "crown_base", "head")
_CARRIES = 2.0  # 1/100 stature; a neck that moves less than this carries the trunk while the hips move


def between(start: Scene, end: Scene, share: float) -> AnyPosture:
    """The posture `share` (0 to 1) of the way from one frame of an exercise to another of the same view.

    A part that rests on the same thing in both frames goes straight from the one place to the other; where it has one
    place, it does not move at all. All other limbs turn in their joints. At 0 and 1 it is the frame's own posture.

    Raises:
        ValueError: the frames do not show the body from the same side.
    """
    first, last = solve_view(start), solve_view(end)
    if share <= 0 or share >= 1:
        return first if share <= 0 else last
    rests = _rests(start)
    planted = {part: on for part, on in _rests(end).items() if rests.get(part) == on}
    if isinstance(first, FrontPosture) and isinstance(last, FrontPosture) and first.view == last.view:
        return between_in_space(first, last, share, planted)
    if not isinstance(first, Posture) or not isinstance(last, Posture) or first.turn != last.turn:
        raise ValueError("The frames of one exercise must show the body from the same side.")
    return _in_the_plane(Mix(first, last, share, planted))


def _rests(scene: Scene) -> dict[str, str]:
    """Part -> what it rests on. A foot rests on its sole or on its toes."""
    return {str(part).replace("_toes", "_foot"): str(contact.on) for part, contact in scene.contacts.items()}


def _in_the_plane(mix: Mix) -> Posture:
    """The trunk hangs on whatever holds still; then the limbs are put to it."""
    first, last = mix.both
    places = {"hip": (0.0, 0.0)}
    for joint, after in pairwise(_TRUNK):
        bones = [bone(getattr(posture, joint), getattr(posture, after)) for posture in mix.both]
        places[after] = step(places[joint], mix.angle(bones[0][1], bones[1][1]), mix.number(bones[0][0], bones[1][0]))
    by = _carried(mix, places)
    hip, waist, ribs, neck, crown_base, head = ((x + by[0], y + by[1]) for x, y in places.values())
    body = replace(
        first,
        hip=hip,
        waist=waist,
        ribs=ribs,
        neck=neck,
        crown_base=crown_base,
        head=head,
        pelvis_angle=mix.angle(first.pelvis_angle, last.pelvis_angle),
        lumbar_angle=mix.angle(first.lumbar_angle, last.lumbar_angle),
        thorax_angle=mix.angle(first.thorax_angle, last.thorax_angle),
        head_angle=mix.angle(first.head_angle, last.head_angle),
    )
    body = replace(body, near_leg=mixed_leg(mix, body, "near"), far_leg=mixed_leg(mix, body, "far"))
    return replace(body, near_arm=mixed_arm(mix, body, "near"), far_arm=mixed_arm(mix, body, "far"))


def _carried(mix: Mix, floating: dict[str, Point]) -> Point:
    """How far the floating trunk has to move, so that what carries it holds still."""
    for limb in ("near", "far"):
        if f"{limb}_knee" in mix.planted:  # a thigh turns about its planted knee
            legs = [getattr(posture, f"{limb}_leg") for posture in mix.both]
            (first_length, first), (last_length, last) = (bone(leg.hip, leg.knee) for leg in legs)
            knee = mix.point(legs[0].knee, legs[1].knee)
            return step(knee, mix.angle(first, last) + 180, mix.number(first_length, last_length))
    if math.dist(mix.first.neck, mix.last.neck) < min(math.dist(mix.first.hip, mix.last.hip), _CARRIES):
        at = mix.point(mix.first.neck, mix.last.neck)
        return (at[0] - floating["neck"][0], at[1] - floating["neck"][1])
    return mix.point(mix.first.hip, mix.last.hip)
