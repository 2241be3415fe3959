"""From a scene of a side view to its posture: the hips first, then trunk and legs, and the arms last."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point
from clinic_app.illustration.lying import leg_reach
from clinic_app.illustration.posture import Posture
from clinic_app.illustration.side_arms import Arms
from clinic_app.illustration.side_legs import Legs
from clinic_app.illustration.side_reading import Reading
from clinic_app.illustration.side_trunk import Spine, spine_of, trunk_at

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.scene import Contact, Scene


def solve(scene: Scene, name: str = "scene") -> Posture:
    """All joints of a scene.

    Raises:
        ValueError: one sentence, when a joint is missing or given twice, out of its range, or a contact out of reach.
    """
    said = Reading(scene, name)
    spine = spine_of(said)
    legs = Legs(said, spine.headwards)
    trunk = trunk_at(_Hips(said, spine, legs).place(), spine)
    near_leg, far_leg = legs.leg("near", trunk.hip), legs.leg("far", trunk.hip)
    arms = Arms(said, trunk, {"near": near_leg, "far": far_leg})
    posture = Posture(
        turn=said.turn,
        hip=trunk.hip,
        waist=trunk.waist,
        ribs=trunk.ribs,
        neck=trunk.neck,
        crown_base=trunk.crown_base,
        head=trunk.head,
        pelvis_angle=spine.pelvis,
        lumbar_angle=spine.lumbar,
        thorax_angle=spine.thorax,
        head_angle=spine.head,
        near_leg=near_leg,
        far_leg=far_leg,
        near_arm=arms.arm("near"),
        far_arm=arms.arm("far"),
    )
    said.refuse_unused()
    return posture


class _Hips:
    """Where the hips are: as high as the scene says, or as the part that carries the body lets them be."""

    def __init__(self, said: Reading, spine: Spine, legs: Legs) -> None:
        self.said = said
        self.spine = spine
        self.legs = legs
        self.x = said.scene.pelvis.x

    def place(self) -> Point:
        """Raises ValueError when nothing says the height, two things do, or what carries the body is out of reach."""
        found = self._carried()
        height = self.said.scene.pelvis.height
        if found is None and height is None:
            raise self.said.wrong("pelvis.height is missing and no knee is planted.")
        if found is not None:
            return found
        return (self.x, -(height or 0.0))

    def _carried(self) -> Point | None:
        seat, standing = self.said.contact("hips"), self._leg_to_stand_on()
        knee = self.said.contact("near_knee") or self.said.contact("far_knee")
        forearm = self.said.contact("near_forearm") or self.said.contact("far_forearm")
        if seat:
            self._refuse_height("a contact")
            return (self.x, -body.SEAT_REST - self.said.height("hips", seat))
        if standing:
            self._refuse_height("a contact")
            return self._over_foot(*standing)
        if knee:
            self._refuse_height("the planted knee")
            return self._over_knee(knee)
        if forearm and forearm.x is not None:
            self._refuse_height("the planted forearm")
            return self._over_elbow(forearm)
        return None

    def _refuse_height(self, carrier: str) -> None:
        if self.said.scene.pelvis.height is not None:
            raise self.said.wrong(f"pelvis.height is solved from {carrier} and must not be given as well.")

    def _leg_to_stand_on(self) -> tuple[Limb, Contact] | tuple[()]:
        """The planted foot that carries the body: the one whose knee is said and need not be solved."""
        limbs: tuple[Limb, ...] = ("near", "far")
        for limb in limbs:
            foot = self.said.contact(f"{limb}_foot")
            if foot and f"{limb}_knee" in self.said.scene.joints and self.said.scene.pelvis.height is None:
                return (limb, foot)
        return ()

    def _over_foot(self, limb: Limb, foot: Contact) -> Point:
        """As high as a knee that bends as said lets the hips be."""
        ankle = self.legs.ankle_over(limb, foot)
        across = self.x - ankle[0]
        reach = leg_reach(self.said.angle(f"{limb}_knee"))
        if reach <= abs(across):
            raise self.said.wrong(f"{limb}_foot at x {foot.x:g} is out of reach.")
        return (self.x, ankle[1] - math.sqrt(reach**2 - across**2))

    def _over_knee(self, knee: Contact) -> Point:
        planted = self.said.planted("knee", knee, body.KNEE_REST)
        reach = body.THIGH**2 - (self.x - planted[0]) ** 2
        if reach <= 0:
            raise self.said.wrong("the planted knee is out of reach of the hips.")
        return (self.x, planted[1] - math.sqrt(reach))

    def _over_elbow(self, forearm: Contact) -> Point:
        """The trunk hangs from the shoulder, and the shoulder stands on the upper arm."""
        shoulder = trunk_at((self.x, 0.0), self.spine).shoulder
        reach = body.UPPER_ARM**2 - (shoulder[0] - self.said.planted_x("forearm", forearm)) ** 2
        if reach <= 0:
            raise self.said.wrong("the planted forearm is out of reach of the shoulder.")
        return (self.x, -body.ELBOW_REST - math.sqrt(reach) - shoulder[1])
