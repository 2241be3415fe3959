"""What each leg and each arm of a side view does, by what carries the body."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.geometry import direction, signed
from clinic_app.illustration.side_measures import LIMBS, other
from clinic_app.illustration.stance import BENT, DRAWN_IN, STRAIGHT, Base, Does

if TYPE_CHECKING:
    from clinic_app.illustration.side_measures import Measures

STRIDE = 12.0  # ankles that are further apart are one in front of the other
UPRIGHT = frozenset({Base.SITTING, Base.STANDING, Base.KNEELING, Base.HALF_KNEELING, Base.SITTING_ON_FLOOR})
_ON_ALL_FOURS = frozenset({Base.HANDS_AND_KNEES, Base.HEELS, Base.KNEELING})
_HELD = {
    "chair": Does.ON_CHAIR,
    "table": Does.ON_CHAIR,
    "bed": Does.ON_CHAIR,
    "step": Does.ON_CHAIR,
    "wall": Does.ON_WALL,
    "lap": Does.ON_THIGH,
    "shin": Does.ON_SHIN,
    "forehead": Does.UNDER_HEAD,
    "hip_bone": Does.ON_HIPS,
}


def leg_does(body: Measures, base: Base, limb: str) -> Does:
    if body.kneels(limb):
        return Does.KNEELS
    if base in _ON_ALL_FOURS:
        return Does.REACHES_BACK if body.knee(limb) < STRAIGHT and body.hip(limb) < 40 else Does.LIFTED
    if base is Base.STANDING:
        return _standing(body, limb)
    if base in {Base.PLANK, Base.PRONE}:
        return Does.ON_TOES if body.on_toes(limb) else Does.LONG
    if body.knee(limb) >= BENT:
        return _bent(body, base, limb)
    return _straight(body, base, limb) if body.knee(limb) < STRAIGHT else Does.NOTHING


def _standing(body: Measures, limb: str) -> Does:
    ahead, apart = body.ahead(f"{limb}_ankle"), body.ahead(f"{limb}_ankle", f"{other(limb)}_ankle")
    if abs(apart) > STRIDE:
        return Does.IN_FRONT if apart > 0 else Does.BEHIND
    if body.flat(limb):
        return Does.STANDS
    return Does.ON_TOES if body.on_toes(limb) and abs(ahead) < STRIDE else Does.LIFTED


def _bent(body: Measures, base: Base, limb: str) -> Does:
    if body.flat(limb):
        return Does.FLAT
    if base is not Base.SUPINE or body.hip(limb) < 70:
        return Does.LIFTED
    return Does.DRAWN_IN if body.hip(limb) >= DRAWN_IN else Does.OVER_HIP


def _straight(body: Measures, base: Base, limb: str) -> Does:
    if body.height(f"{limb}_ankle") < 6:
        return Does.LONG
    return Does.RAISED if base is Base.SUPINE and body.hip(limb) >= 45 else Does.STRAIGHT


def arm_does(body: Measures, base: Base, limb: str) -> Does:
    held = body.contact(f"{limb}_hand")
    if held.endswith("_thigh"):
        return Does.BEHIND_THIGH if base is Base.SUPINE else Does.ON_THIGH
    if held == "low_back":
        return Does.UNDER_BACK if base is Base.SUPINE else Does.ON_BACK
    place = held.partition("_")[2] if held.startswith(LIMBS) else held  # "near_lap" is a lap
    return _HELD.get(place) or _resting(body, base, limb) or _free(body, base, limb)


def _resting(body: Measures, base: Base, limb: str) -> Does:
    """What the hand lies on: the floor, the head, the trunk or a thigh."""
    wrist = body.at[f"{limb}_wrist"]
    if base not in UPRIGHT and math.dist(wrist, body.at["head"]) < 10:
        return Does.UNDER_HEAD
    if body.height(f"{limb}_wrist") < 5 and base in {*_ON_ALL_FOURS, Base.PRONE, Base.PLANK}:
        return _planted(body, base, limb)
    if math.dist(wrist, body.at["waist"]) < 11 and body.elbow(limb) > 35:
        aside = signed(direction(body.at["waist"], wrist) - body.posture.front(body.posture.lumbar_angle))
        return Does.ON_BELLY if abs(aside) < 100 else Does.ON_BACK
    sits = base in {Base.SITTING, Base.HALF_KNEELING}
    return Does.ON_THIGH if sits and body.to_thigh(f"{limb}_wrist") < 7.5 else Does.NOTHING


def _planted(body: Measures, base: Base, limb: str) -> Does:
    if base is Base.HEELS:
        return Does.FORWARD if body.lift(limb) > 90 else Does.BY_SIDE
    beside = math.dist(body.at[f"{limb}_wrist"], body.at[f"{limb}_shoulder"]) < 17
    if base is Base.PRONE and beside and body.height(f"{limb}_shoulder") < 12:
        return Does.BESIDE_SHOULDER
    return Does.FOREARM if body.height(f"{limb}_elbow") < 6 else Does.PLANTED


def _free(body: Measures, base: Base, limb: str) -> Does:
    lift = body.lift(limb)
    if lift > 140:
        return Does.FORWARD if base in {Base.HANDS_AND_KNEES, Base.PLANK} else Does.OVERHEAD
    if 55 < lift <= 125 and base is Base.SUPINE:
        return Does.UP
    if base in {Base.SITTING, Base.STANDING}:
        if body.rise() < 45:
            return Does.DOWN
        if 55 < lift <= 125:
            return Does.FORWARD
    rests = base in UPRIGHT or body.height(f"{limb}_wrist") < 5
    return Does.BY_SIDE if abs(lift) < 35 and rests else Does.NOTHING
