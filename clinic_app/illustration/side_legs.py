"""The legs of a figure seen from the side: hanging free, standing, kneeling, on tiptoe or laid on the mat."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, bend, direction, signed, step
from clinic_app.illustration.lying import laid_leg, tiptoe_leg
from clinic_app.illustration.posture import Leg

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.scene import Contact
    from clinic_app.illustration.side_reading import Reading

_HEEL_RISE: Final = 0.5  # how much higher the ankle is over the round heel than over the flat sole


class Legs:
    """Solves a leg from the hip. `headwards` is +1 where the head lies to the right of the hips, else -1."""

    def __init__(self, said: Reading, headwards: int) -> None:
        self.said = said
        self.turn = said.turn
        self.headwards = headwards

    def leg(self, limb: Limb, hip: Point) -> Leg:
        """Knee, ankle and foot. Raises ValueError when the mat is out of reach or a joint would bend too far."""
        foot, knee = self.said.contact(f"{limb}_foot"), self.said.contact(f"{limb}_knee")
        toes, laid = self.said.contact(f"{limb}_toes"), self.said.contact(f"{limb}_leg")
        if sum(contact is not None for contact in (foot, knee, toes, laid)) > 1:
            raise self.said.wrong(f"plant one part of the {limb} leg only.")
        if toes:
            return self._tiptoe_leg(limb, hip, toes)
        if laid:
            return self._laid_leg(limb, hip, laid)
        if foot:
            return self._standing_leg(limb, hip, foot)
        if knee:
            return self._kneeling_leg(limb, hip, knee)
        thigh = self.said.pelvis_angle + 180 + self.turn * self.said.angle(f"{limb}_hip")
        shank = thigh - self.turn * self.said.angle(f"{limb}_knee")
        knee_at = step(hip, thigh, body.THIGH)
        return Leg(hip, knee_at, step(knee_at, shank, body.SHANK), self._foot(limb, shank))

    def _foot(self, limb: Limb, shank: float) -> float:
        return shank + self.turn * (90 - self.said.angle(f"{limb}_ankle"))

    def _on_heel(self, limb: Limb) -> bool:
        """Whether a planted foot says how its ankle bends: then it stands on its heel, the toes lifted."""
        return f"{limb}_ankle" in self.said.scene.joints

    def ankle_over(self, limb: Limb, foot: Contact) -> Point:
        """The ankle of a planted foot."""
        return self.said.planted("foot", foot, body.SOLE + (_HEEL_RISE if self._on_heel(limb) else 0.0))

    def _standing_leg(self, limb: Limb, hip: Point, foot: Contact) -> Leg:
        """The sole lies flat, toes to the side that the bent knee points away from the head."""
        ankle = self.ankle_over(limb, foot)
        knee = bend(hip, ankle, body.THIGH, body.SHANK, self.turn)
        if knee is None:
            raise self.said.wrong(f"{limb}_foot at x {foot.x:g} is out of reach.")
        thigh, shank = direction(hip, knee), direction(knee, ankle)
        toes = 0.0 if self.turn > 0 else 180.0
        self.said.solved(f"{limb}_hip", self.turn * (thigh - self.said.pelvis_angle - 180))
        self.said.solved(f"{limb}_knee", self.turn * (thigh - shank))
        if self._on_heel(limb):
            return Leg(hip, knee, ankle, self._foot(limb, shank))
        self.said.solved(f"{limb}_ankle", 90 - self.turn * signed(toes - shank))
        return Leg(hip, knee, ankle, toes)

    def _tiptoe_leg(self, limb: Limb, hip: Point, contact: Contact) -> Leg:
        """The ball of the foot stands on the mat and the heel is up; how far the knee bends is given."""
        flexion = self.said.angle(f"{limb}_knee")
        found = tiptoe_leg(hip, self.said.planted_x("ball of the foot", contact), flexion, self.turn)
        if found is None:
            raise self.said.wrong(f"{limb}_toes at x {contact.x:g} are out of reach.")
        knee, ankle, foot_angle = found
        thigh, shank = direction(hip, knee), direction(knee, ankle)
        self.said.solved(f"{limb}_hip", self.turn * (thigh - self.said.pelvis_angle - 180))
        self.said.solved(f"{limb}_ankle", 90 - self.turn * signed(foot_angle - shank))
        return Leg(hip, knee, ankle, foot_angle, 0.0 if self.turn > 0 else 180.0)

    def _laid_leg(self, limb: Limb, hip: Point, contact: Contact) -> Leg:
        """A leg that lies straight on the mat, with no joint to choose but the ankle."""
        if contact.on != "mat" or contact.x is not None or contact.along is not None:
            raise self.said.wrong(f"{limb}_leg takes on mat and nothing else.")
        found = laid_leg(hip, -self.headwards, face_down=self.said.scene.facing == "down")
        if found is None:
            raise self.said.wrong(f"{limb}_leg cannot reach the mat.")
        knee, ankle = found
        thigh, shank = direction(hip, knee), direction(knee, ankle)
        self.said.solved(f"{limb}_hip", self.turn * (thigh - self.said.pelvis_angle - 180))
        self.said.solved(f"{limb}_knee", self.turn * (thigh - shank))
        return Leg(hip, knee, ankle, self._foot(limb, shank))

    def _kneeling_leg(self, limb: Limb, hip: Point, contact: Contact) -> Leg:
        """The shank lies on the mat and points away from the head."""
        knee = self.said.planted("knee", contact, body.KNEE_REST)
        if abs(math.dist(hip, knee) - body.THIGH) > 0.1:
            raise self.said.wrong("both planted knees must be at the same x.")
        rise = math.degrees(math.asin((-knee[1] - body.ANKLE_REST) / body.SHANK))
        shank = -rise if self.turn < 0 else 180 + rise
        thigh = direction(hip, knee)
        self.said.solved(f"{limb}_hip", self.turn * (thigh - self.said.pelvis_angle - 180))
        self.said.solved(f"{limb}_knee", self.turn * (thigh - shank))
        return Leg(hip, knee, step(knee, shank, body.SHANK), self._foot(limb, shank))
