"""The facts of a side view, read from its solved joints and from what the hands rest on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration.side_measures import LIMBS, Measures
from clinic_app.illustration.stance import DIPPED, LYING_HIP, ROUNDED, Arm, Base, Does, Leg, Stance
from clinic_app.illustration.stance_limbs import UPRIGHT, arm_does, leg_does

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene

SHIFTED = 5.0  # 1/100 stature by which the hips lie in front of the knee that is knelt on
SEATS = frozenset({"chair", "stool", "bench", "bed"})


def read_side(scene: Scene) -> Stance:
    """The facts about a side view.

    Raises:
        ValueError: the posture is impossible (a scene from `read_scene` never is).
    """
    body = Measures(scene)
    base = _base(body)
    first, second = ("far", "near") if scene.acting_side == "far" else LIMBS
    legs = (_leg(body, base, first), _leg(body, base, second))
    lifted = base is Base.SUPINE and body.height("hip") > LYING_HIP
    return Stance(
        base=base,
        view="side",
        legs=legs,
        arms=(_arm(body, base, first), _arm(body, base, second)),
        hips_lifted=lifted,
        back=_lying_back(body, legs) if base is Base.SUPINE and not lifted else _back(body, base),
        head=_head(body, base),
        props=body.props,
    )


def _leg(body: Measures, base: Base, limb: str) -> Leg:
    return Leg(leg_does(body, base, limb), body.knee(limb), body.hip(limb), body.flat(limb))


def _arm(body: Measures, base: Base, limb: str) -> Arm:
    return Arm(arm_does(body, base, limb), body.elbow(limb), body.lift(limb))


def _base(body: Measures) -> Base:
    if _on_seat(body):
        return Base.SITTING
    if any(body.kneels(limb) for limb in LIMBS):
        return _kneeling(body)
    if body.height("hip") > 35 and body.height("near_ankle") + body.height("far_ankle") < 40:
        return Base.STANDING
    if body.rise() > 45 and body.height("hip") < LYING_HIP + 4 and not _belly_down(body):
        return Base.SITTING_ON_FLOOR
    return Base.SUPINE if body.scene.facing == "up" else _on_front(body)


def _on_seat(body: Measures) -> bool:
    """A thigh lies about level at the height of a seat, and there is one in the scene."""
    level = any(abs(body.height("hip") - body.height(f"{limb}_knee")) < 9 for limb in LIMBS)
    return bool(body.props & SEATS) and level and 18 < body.height("hip") < 40


def _kneeling(body: Measures) -> Base:
    if any(body.flat(limb) for limb in LIMBS if not body.kneels(limb)):
        return Base.HALF_KNEELING
    if body.rise() > 45:
        return Base.KNEELING
    sits_back = max(body.knee(limb) for limb in LIMBS if body.kneels(limb)) > 130
    return Base.HEELS if sits_back else Base.HANDS_AND_KNEES


def _belly_down(body: Measures) -> bool:
    return math.sin(math.radians(body.posture.front(body.posture.pelvis_angle))) < -0.25


def _on_front(body: Measures) -> Base:
    carried = any(body.height(f"{limb}_wrist") < 4 and body.height(f"{limb}_shoulder") > 8 for limb in LIMBS)
    return Base.PLANK if carried and body.height("hip") > LYING_HIP else Base.PRONE


def _lying_back(body: Measures, legs: tuple[Leg, Leg]) -> str:
    """With both feet flat, what the lower back does is the exercise; otherwise the legs are."""
    if any(leg.does is not Does.FLAT for leg in legs):
        return ""
    if body.low_back() < DIPPED:
        return "gap"
    return "pressed" if body.low_back() > 2 else ""


def _back(body: Measures, base: Base) -> str:
    bend = body.rounding()
    if base is Base.HANDS_AND_KNEES and bend < DIPPED:
        return "dipped"
    if base is Base.HANDS_AND_KNEES and abs(bend) < 12:
        return "level"
    if base in UPRIGHT | {Base.HANDS_AND_KNEES} and bend > ROUNDED:
        return "rounded"
    if base in UPRIGHT:
        return _upright_back(body, base)
    return "propped" if base is Base.PRONE and body.rise() > 12 else ""


def _upright_back(body: Measures, base: Base) -> str:
    if base is Base.HALF_KNEELING and any(body.ahead("hip", f"{limb}_knee") > SHIFTED for limb in LIMBS):
        return "shifted"
    lean = body.ahead("neck")
    if lean > 14:
        return "forward"
    if body.rounding() < DIPPED:
        return "backward"
    return "tall" if body.rise() > 83 and abs(body.rounding()) < 18 else ""


def _head(body: Measures, base: Base) -> str:
    if base is Base.HANDS_AND_KNEES:
        headwards = math.copysign(1, body.at["neck"][0] - body.at["hip"][0])
        looks = math.cos(math.radians(body.gaze())) * headwards
        return "hanging" if looks < -0.25 else "forward" if looks > 0.6 else ""
    if base in UPRIGHT:
        rise = math.degrees(math.asin(math.sin(math.radians(body.gaze()))))
        return "down" if rise < -35 else "up" if rise > 18 else _chin(body, base) if abs(rise) < 12 else ""
    if base is Base.HEELS:
        return "rests" if body.height("head") < 7.5 else ""
    lifted = base is Base.SUPINE and _lowest_back(body) > 3 and body.height("hip") <= LYING_HIP
    return "lifted" if lifted else ""


def _chin(body: Measures, base: Base) -> str:
    """Whether the head sits over the neck, in front of it, or is drawn back."""
    ahead = body.ahead("head", "neck")
    if base is not Base.SITTING or body.rise() < 83:
        return ""
    return "drawn_back" if ahead < 0 else "poked" if ahead > 2.5 else ""


def _lowest_back(body: Measures) -> float:
    """How far the upper end of the chest is off the floor, measured from its back."""
    return body.height("neck") - 5.9
