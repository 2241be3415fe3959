"""Where on a figure seen from the side an exercise is felt: the middle of a region and the direction it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, between, direction, step

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.posture import Leg, Posture

SIDE_REGIONS: Final = (
    "belly",
    "low_back",
    "upper_back",
    "chest",
    "neck_back",
    "neck_front",
    "shoulder",
    "upper_arm",
    "buttock",
    "bottom",
    "hip_front",
    "outer_hip",
    "thigh_front",
    "thigh_back",
    "knee",
    "calf",
    "shin",
)


def region(posture: Posture, name: str, limb: Limb = "near") -> tuple[Point, float]:
    """The patch's middle and its angle in degrees. `limb` is the leg or arm that is meant.

    Raises:
        KeyError: there is no such region in a side view.
    """
    leg = posture.near_leg if limb == "near" else posture.far_leg
    return (_of_the_trunk(posture) | _of_the_arm(posture, limb) | _of_the_leg(posture, leg))[name]


def _of_the_trunk(posture: Posture) -> dict[str, tuple[Point, float]]:
    lumbar = between(posture.waist, posture.ribs, 0.5)
    navel = between(posture.waist, posture.ribs, 0.1)
    neck = direction(posture.neck, posture.crown_base)
    blades = step(posture.ribs, posture.thorax_angle, body.THORAX * 0.62)
    nape = between(posture.neck, posture.crown_base, 0.25)
    front, chest = posture.front(posture.lumbar_angle), posture.front(posture.thorax_angle)
    return {
        "belly": (step(navel, front, 3.2), posture.lumbar_angle),
        "low_back": (step(lumbar, front + 180, 3.0), posture.lumbar_angle),
        "upper_back": (step(blades, chest + 180, 3.6), posture.thorax_angle),
        "chest": (step(blades, chest, 4.0), posture.thorax_angle),
        "neck_back": (step(nape, posture.front(neck) + 180, 1.8), neck),
        "neck_front": (step(nape, posture.front(neck), 1.6), neck),
    }


def _of_the_arm(posture: Posture, limb: Limb) -> dict[str, tuple[Point, float]]:
    arm = posture.near_arm if limb == "near" else posture.far_arm
    upper = direction(arm.shoulder, arm.elbow)
    return {"shoulder": (arm.shoulder, upper), "upper_arm": (between(arm.shoulder, arm.elbow, 0.55), upper)}


def _of_the_leg(posture: Posture, leg: Leg) -> dict[str, tuple[Point, float]]:
    """The front of a leg is where the shin and the kneecap are."""
    thigh, shank = direction(leg.hip, leg.knee), direction(leg.knee, leg.ankle)
    front = 90 * posture.turn
    upper, middle = between(leg.hip, leg.knee, 0.2), between(leg.hip, leg.knee, 0.55)
    pelvis = posture.front(posture.pelvis_angle)
    return {
        "buttock": (step(posture.hip, pelvis + 180, 2.5), posture.pelvis_angle),
        "bottom": (step(posture.hip, thigh - front, 3.0), thigh),
        "hip_front": (step(upper, thigh + front, 2.2), thigh),
        "outer_hip": (step(posture.hip, posture.pelvis_angle, 1.5), posture.pelvis_angle),
        "thigh_front": (step(middle, thigh + front, 2.0), thigh),
        "thigh_back": (step(middle, thigh - front, 1.8), thigh),
        "knee": (step(leg.knee, (thigh + front), 1.5), thigh),
        "calf": (step(between(leg.knee, leg.ankle, 0.34), shank - front, 2.2), shank),
        "shin": (step(between(leg.knee, leg.ankle, 0.4), shank + front, 1.4), shank),
    }
