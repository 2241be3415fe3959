"""Where an exercise is felt, on the body seen from the front, from the back or from above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_app.illustration import joints as body
from clinic_app.illustration.front_joints import SIDES
from clinic_app.illustration.front_posture import FrontPosture, out
from clinic_app.illustration.geometry import between, direction
from clinic_app.illustration.space import flat, plus, times

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.geometry import Point


def front_region(posture: FrontPosture, name: str) -> tuple[Point, float]:
    """The middle of a region of the body in the picture and the direction it runs in (0 = right, 90 = up).

    Raises:
        ValueError: this view has no such region.
    """
    places = front_regions(posture)
    if name not in places:
        raise ValueError(f"{name} is no region of the {posture.view} view; the regions are {', '.join(places)}.")
    return places[name]


def front_regions(posture: FrontPosture) -> dict[str, tuple[Point, float]]:
    """All regions of the body, by the figure's own left and right."""
    thorax, spine = posture.thorax_frame, direction(flat(posture.ribs), flat(posture.neck))
    blades = plus(posture.ribs, times(thorax.up, body.THORAX * 0.6))
    middle = plus(posture.ribs, times(thorax.up, body.THORAX * 0.2))
    regions = {
        "belly": (flat(posture.waist), direction(flat(posture.hip), flat(posture.waist))),
        "middle_back": (flat(middle), spine),
        "between_shoulder_blades": (flat(blades), spine),
    }
    for side in SIDES:
        regions |= _of_one_side(posture, side)
    return regions


def _of_one_side(posture: FrontPosture, side: Side) -> dict[str, tuple[Point, float]]:
    leg, pelvis = posture.leg(side), posture.pelvis_frame
    hips, spine = direction(flat(posture.hip), flat(posture.waist)), direction(flat(posture.ribs), flat(posture.neck))
    hip, knee = flat(leg.hip), flat(leg.knee)
    thigh = direction(hip, knee)
    neck = plus(posture.neck, posture.neck_frame.place(3.7 * out(side), 0.9, 0))
    chest = plus(posture.ribs, posture.thorax_frame.place(5.0 * out(side), body.THORAX * 0.6, 0))
    waist = plus(posture.waist, posture.lumbar_frame.place(6.4 * out(side), body.LUMBAR * 0.6, 0))
    return {
        f"neck_{side}": (flat(neck), direction(flat(posture.arm(side).shoulder), flat(posture.head))),
        f"chest_{side}": (flat(chest), spine),
        f"waist_{side}": (flat(waist), direction(flat(posture.waist), flat(posture.neck))),
        f"outer_hip_{side}": (flat(plus(leg.hip, pelvis.place(2.6 * out(side), 0.5, 0))), hips),
        f"buttock_{side}": (flat(plus(leg.hip, pelvis.place(0, 0.5, -3.0))), hips),
        f"groin_{side}": (between(hip, knee, 0.15), hips),
        f"inner_thigh_{side}": (flat(plus(leg.hip, _inwards(posture, side))), thigh),
    }


def _inwards(posture: FrontPosture, side: Side) -> tuple[float, float, float]:
    """From the hip along the thigh to its middle and towards its inner edge."""
    leg = posture.leg(side)
    down = times(plus(leg.knee, times(leg.hip, -1)), 0.6)
    return plus(down, times(posture.pelvis_frame.up, -1.2))
