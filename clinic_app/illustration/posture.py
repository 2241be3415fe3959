"""Where every joint of a scene is: the chain of angles from the hips, and planted limbs solved by their contacts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point, bend, between, direction, signed, step
from clinic_app.illustration.holds import OWN_LEGS, THINGS, hand_on_leg, hand_on_thing
from clinic_app.illustration.lying import (
    elbow_below,
    elbow_out,
    kept_up,
    laid_forearm,
    laid_leg,
    leg_reach,
    tiptoe_leg,
)
from clinic_app.illustration.props import top_of

if TYPE_CHECKING:
    from clinic_app.illustration.joints import Limb
    from clinic_app.illustration.scene import Contact, Scene

_LOOKS_TO = {"right": 0.0, "up": 90.0, "left": 180.0, "down": 270.0}
_WIDE_HAND = 14.0  # degrees: a hand set wider than the shoulder makes the elbow look more bent from the side
_FOREHEAD_UP = 4.5  # from the middle of the head towards the crown
_OVER_THE_HIP = 12.0  # degrees that a hand on the hip bone falls towards the tummy
_GROUNDS = ("mat", "floor", "chair", "stool", "bed", "table", "step", "cushion")
_BEHIND_THE_BACK = 5.2  # from the middle of the low back to a wrist that lies on it
_ARM_BEHIND = 25.0  # degrees: an elbow that also points sideways looks further behind the body than it is
_WRAPPED_HAND = 25.0  # degrees: a hand that holds on is bent in its own joints too
_HEEL_RISE = 0.5  # how much higher the ankle is over the round heel than over the flat sole
_SLACK = 1.0  # degrees that a solved joint may pass its limit by rounding


@dataclass(frozen=True, slots=True)
class Leg:
    hip: Point
    knee: Point
    ankle: Point
    foot_angle: float
    toes: float | None = None  # their own angle where the foot bends at the ball; None: in line with the foot


@dataclass(frozen=True, slots=True)
class Arm:
    shoulder: Point
    elbow: Point
    wrist: Point
    hand_angle: float


@dataclass(frozen=True, slots=True)
class Posture:
    """Joints in the picture's plane. `turn` is +1 when the front of an upright body would look right, else -1."""

    turn: int
    hip: Point
    waist: Point
    ribs: Point
    neck: Point
    crown_base: Point
    head: Point
    pelvis_angle: float
    lumbar_angle: float
    thorax_angle: float
    head_angle: float
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm

    def front(self, trunk_angle: float) -> float:
        """The direction that the belly looks where the trunk runs at `trunk_angle` towards the head."""
        return trunk_angle - 90 * self.turn


def points(posture: Posture) -> dict[str, Point]:
    """Where each joint is, by its name without a bend: "hip", "near_knee", "far_wrist", "near_hand" (fingertips)."""
    places = {part: getattr(posture, part) for part in ("hip", "waist", "ribs", "neck", "crown_base", "head")}
    for limb in ("near", "far"):
        leg, arm = (posture.near_leg, posture.near_arm) if limb == "near" else (posture.far_leg, posture.far_arm)
        places |= {f"{limb}_hip": leg.hip, f"{limb}_knee": leg.knee, f"{limb}_ankle": leg.ankle}
        places |= {f"{limb}_heel": step(leg.ankle, leg.foot_angle, -3.0), f"{limb}_toe": _toe(posture.turn, leg)}
        places[f"{limb}_sole"] = _under_foot(posture.turn, leg, 4.0, 3.0)
        places |= {f"{limb}_shoulder": arm.shoulder, f"{limb}_elbow": arm.elbow, f"{limb}_wrist": arm.wrist}
        places[f"{limb}_hand"] = step(arm.wrist, arm.hand_angle, body.HAND)
        places[f"{limb}_palm"] = step(arm.wrist, arm.hand_angle, body.HAND * 0.3)
    return places


def _toe(turn: int, leg: Leg) -> Point:
    return _under_foot(turn, leg, 8.0, body.SOLE - 1.0)


def _under_foot(turn: int, leg: Leg, along: float, down: float) -> Point:
    return step(step(leg.ankle, leg.foot_angle, along), leg.foot_angle - 90 * turn, down)


def check_angle(name: str, joint: str, angle: float, slack: float = 0.0) -> None:
    """Raises ValueError, one sentence, when the body has no such joint or the joint cannot bend so far."""
    if joint not in body.LIMITS:
        raise ValueError(f"{name}: {joint} is not a joint; the joints are {', '.join(body.LIMITS)}.")
    low, high = body.LIMITS[joint]
    if not low - slack <= angle <= high + slack:
        raise ValueError(f"{name}: {joint} at {angle:.4g} degrees is outside {low:g} to {high:g}.")


def solve(scene: Scene, name: str = "scene") -> Posture:
    """All joints of a scene.

    Raises:
        ValueError: one sentence, when a joint is missing or given twice, out of its range, or a contact out of reach.
    """
    return _Solver(scene, name).posture()


class _Solver:
    """Solves one scene from the hips outwards; `used` notes which of the given angles had a purpose."""

    def __init__(self, scene: Scene, name: str) -> None:
        self.scene = scene
        self.name = name
        self.used: set[str] = set()
        self.legs: dict[str, Leg] = {}
        self.turn = self._turn()
        self.pelvis_angle = scene.pelvis.angle
        self.thorax_angle = self.head_angle = self.pelvis_angle
        self.hip = self.head = self.low_back = (0.0, 0.0)

    def posture(self) -> Posture:
        lumbar = self.pelvis_angle - self.turn * self._angle("lumbar")
        self.thorax_angle = lumbar - self.turn * self._angle("thoracic")
        hip = self.hip = self._hip(lumbar)
        waist = step(hip, self.pelvis_angle, body.PELVIS)
        ribs = step(waist, lumbar, body.LUMBAR)
        shoulder = self._shoulder(hip, lumbar)
        neck = step(ribs, self.thorax_angle, body.THORAX)
        neck_angle = self.thorax_angle - self.turn * self._angle("neck")
        crown_base = step(neck, neck_angle, body.NECK)
        self.head_angle = neck_angle - self.turn * self._angle("head")
        self.head = step(crown_base, self.head_angle, body.HEAD)
        self.low_back = between(waist, ribs, 0.5)
        near_leg, far_leg = self._leg("near", hip), self._leg("far", hip)
        self.legs = {"near": near_leg, "far": far_leg}
        posture = Posture(
            turn=self.turn,
            hip=hip,
            waist=waist,
            ribs=ribs,
            neck=neck,
            crown_base=crown_base,
            head=self.head,
            pelvis_angle=self.pelvis_angle,
            lumbar_angle=lumbar,
            thorax_angle=self.thorax_angle,
            head_angle=self.head_angle,
            near_leg=near_leg,
            far_leg=far_leg,
            near_arm=self._arm("near", shoulder, near_leg),
            far_arm=self._arm("far", shoulder, near_leg),
        )
        self._refuse_unused()
        return posture

    def _turn(self) -> int:
        """The belly looks 90 degrees to one side of the trunk; `facing` says to which."""
        if self.scene.facing is None:
            raise ValueError(f"{self.name}: facing is missing.")
        across = signed(self.scene.pelvis.angle - _LOOKS_TO[self.scene.facing])
        if not 30 <= abs(across) <= 150:
            raise ValueError(
                f"{self.name}: facing is {self.scene.facing} but the pelvis points to "
                f"{self.scene.pelvis.angle:g} degrees, so which side is near cannot be told."
            )
        return 1 if across > 0 else -1

    def _angle(self, joint: str) -> float:
        self.used.add(joint)
        if joint not in self.scene.joints:
            raise ValueError(f"{self.name}: {joint} is missing.")
        return self.scene.joints[joint]

    def _solved(self, joint: str, angle: float, slack: float = _SLACK) -> None:
        check_angle(self.name, joint, signed(angle), slack)

    def _refuse_unused(self) -> None:
        for joint in self.scene.joints:
            if joint not in self.used:
                raise ValueError(f"{self.name}: {joint} is solved from a contact and must not be given as well.")

    def _contact(self, part: str) -> Contact | None:
        found = [contact for key, contact in self.scene.contacts.items() if key == part]
        return found[0] if found else None

    def _shoulder(self, hip: Point, lumbar: float) -> Point:
        ribs = step(step(hip, self.pelvis_angle, body.PELVIS), lumbar, body.LUMBAR)
        level = step(ribs, self.thorax_angle, body.THORAX * body.SHOULDER_ALONG)
        return step(level, self.thorax_angle + 90 * self.turn, body.SHOULDER_BACK)

    @property
    def _headwards(self) -> int:
        return -1 if math.cos(math.radians(self.thorax_angle)) < 0 else 1

    def _hip(self, lumbar: float) -> Point:
        pelvis = self.scene.pelvis
        seat = self._contact("hips")
        standing = self._leg_to_stand_on()
        if seat or standing:
            if pelvis.height is not None:
                raise ValueError(f"{self.name}: pelvis.height is solved from a contact and must not be given as well.")
            return self._hip_on_seat(seat) if seat else self._hip_over_foot(*standing)
        knee = self._contact("near_knee") or self._contact("far_knee")
        forearm = self._contact("near_forearm") or self._contact("far_forearm")
        propped = forearm is not None and forearm.x is not None
        if knee is None and not propped:
            if pelvis.height is None:
                raise ValueError(f"{self.name}: pelvis.height is missing and no knee is planted.")
            return (pelvis.x, -pelvis.height)
        if pelvis.height is not None:
            part = "knee" if knee else "forearm"
            raise ValueError(
                f"{self.name}: pelvis.height is solved from the planted {part} and must not be given as well."
            )
        if knee is None:
            return self._hip_over_elbow(forearm, lumbar)
        planted = self._planted("knee", knee, body.KNEE_REST)
        reach = body.THIGH**2 - (pelvis.x - planted[0]) ** 2
        if reach <= 0:
            raise ValueError(f"{self.name}: the planted knee is out of reach of the hips.")
        return (pelvis.x, planted[1] - math.sqrt(reach))

    def _leg_to_stand_on(self) -> tuple[Limb, Contact] | tuple[()]:
        """The planted foot that carries the body: the one whose knee is said and need not be solved."""
        limbs: tuple[Limb, ...] = ("near", "far")
        for limb in limbs:
            foot = self._contact(f"{limb}_foot")
            if foot and f"{limb}_knee" in self.scene.joints and self.scene.pelvis.height is None:
                return (limb, foot)
        return ()

    def _hip_on_seat(self, seat: Contact) -> Point:
        return (self.scene.pelvis.x, -body.SEAT_REST - self._height("hips", seat))

    def _hip_over_foot(self, limb: Limb, foot: Contact) -> Point:
        """As high as a knee that bends as said lets the hips be."""
        ankle = self._ankle_over(limb, foot)
        across = self.scene.pelvis.x - ankle[0]
        reach = leg_reach(self._angle(f"{limb}_knee"))
        if reach <= abs(across):
            raise ValueError(f"{self.name}: {limb}_foot at x {foot.x:g} is out of reach.")
        return (self.scene.pelvis.x, ankle[1] - math.sqrt(reach**2 - across**2))

    def _hip_over_elbow(self, forearm: Contact | None, lumbar: float) -> Point:
        """The trunk hangs from the shoulder, and the shoulder stands on the upper arm."""
        x = self.scene.pelvis.x
        shoulder = self._shoulder((x, 0.0), lumbar)
        elbow_x = self._planted_x("forearm", forearm) if forearm else 0.0
        reach = body.UPPER_ARM**2 - (shoulder[0] - elbow_x) ** 2
        if reach <= 0:
            raise ValueError(f"{self.name}: the planted forearm is out of reach of the shoulder.")
        return (x, -body.ELBOW_REST - math.sqrt(reach) - shoulder[1])

    def _planted_x(self, part: str, contact: Contact) -> float:
        return self._planted(part, contact, 0.0)[0]

    def _planted(self, part: str, contact: Contact, rest: float) -> Point:
        """Where a joint is whose centre lies `rest` above what it is planted on."""
        if contact.x is None or contact.along is not None or contact.on not in _GROUNDS:
            raise ValueError(f"{self.name}: a planted {part} needs on mat and x, and nothing else.")
        return (contact.x, -rest - self._height(part, contact))

    def _height(self, part: str, contact: Contact) -> float:
        found = top_of(self.scene.props, contact.on)
        if found is None:
            raise ValueError(f"{self.name}: {part} on {contact.on} needs such a thing among the props.")
        return found

    def _leg(self, limb: Limb, hip: Point) -> Leg:
        foot, knee = self._contact(f"{limb}_foot"), self._contact(f"{limb}_knee")
        toes, laid = self._contact(f"{limb}_toes"), self._contact(f"{limb}_leg")
        if sum(contact is not None for contact in (foot, knee, toes, laid)) > 1:
            raise ValueError(f"{self.name}: plant one part of the {limb} leg only.")
        if toes:
            return self._tiptoe_leg(limb, hip, toes)
        if laid:
            return self._laid_leg(limb, hip, laid)
        if foot:
            return self._standing_leg(limb, hip, foot)
        if knee:
            return self._kneeling_leg(limb, hip, knee)
        thigh = self.pelvis_angle + 180 + self.turn * self._angle(f"{limb}_hip")
        shank = thigh - self.turn * self._angle(f"{limb}_knee")
        knee_at = step(hip, thigh, body.THIGH)
        return Leg(hip, knee_at, step(knee_at, shank, body.SHANK), self._foot(limb, shank))

    def _foot(self, limb: Limb, shank: float) -> float:
        return shank + self.turn * (90 - self._angle(f"{limb}_ankle"))

    def _on_heel(self, limb: Limb) -> bool:
        """Whether a planted foot says how its ankle bends: then it stands on its heel, the toes lifted."""
        return f"{limb}_ankle" in self.scene.joints

    def _ankle_over(self, limb: Limb, foot: Contact) -> Point:
        return self._planted("foot", foot, body.SOLE + (_HEEL_RISE if self._on_heel(limb) else 0.0))

    def _standing_leg(self, limb: Limb, hip: Point, foot: Contact) -> Leg:
        """The sole lies flat, toes to the side that the bent knee points away from the head."""
        ankle = self._ankle_over(limb, foot)
        knee = bend(hip, ankle, body.THIGH, body.SHANK, self.turn)
        if knee is None:
            raise ValueError(f"{self.name}: {limb}_foot at x {foot.x:g} is out of reach.")
        thigh, shank = direction(hip, knee), direction(knee, ankle)
        toes = 0.0 if self.turn > 0 else 180.0
        self._solved(f"{limb}_hip", self.turn * (thigh - self.pelvis_angle - 180))
        self._solved(f"{limb}_knee", self.turn * (thigh - shank))
        if self._on_heel(limb):
            return Leg(hip, knee, ankle, self._foot(limb, shank))
        self._solved(f"{limb}_ankle", 90 - self.turn * signed(toes - shank))
        return Leg(hip, knee, ankle, toes)

    def _tiptoe_leg(self, limb: Limb, hip: Point, contact: Contact) -> Leg:
        """The ball of the foot stands on the mat and the heel is up; how far the knee bends is given."""
        flexion = self._angle(f"{limb}_knee")
        found = tiptoe_leg(hip, self._planted_x("ball of the foot", contact), flexion, self.turn)
        if found is None:
            raise ValueError(f"{self.name}: {limb}_toes at x {contact.x:g} are out of reach.")
        knee, ankle, foot_angle = found
        thigh, shank = direction(hip, knee), direction(knee, ankle)
        self._solved(f"{limb}_hip", self.turn * (thigh - self.pelvis_angle - 180))
        self._solved(f"{limb}_ankle", 90 - self.turn * signed(foot_angle - shank))
        return Leg(hip, knee, ankle, foot_angle, 0.0 if self.turn > 0 else 180.0)

    def _laid_leg(self, limb: Limb, hip: Point, contact: Contact) -> Leg:
        """A leg that lies straight on the mat, with no joint to choose but the ankle."""
        if contact.on != "mat" or contact.x is not None or contact.along is not None:
            raise ValueError(f"{self.name}: {limb}_leg takes on mat and nothing else.")
        found = laid_leg(hip, -self._headwards, face_down=self.scene.facing == "down")
        if found is None:
            raise ValueError(f"{self.name}: {limb}_leg cannot reach the mat.")
        knee, ankle = found
        thigh, shank = direction(hip, knee), direction(knee, ankle)
        self._solved(f"{limb}_hip", self.turn * (thigh - self.pelvis_angle - 180))
        self._solved(f"{limb}_knee", self.turn * (thigh - shank))
        return Leg(hip, knee, ankle, self._foot(limb, shank))

    def _kneeling_leg(self, limb: Limb, hip: Point, contact: Contact) -> Leg:
        """The shank lies on the mat and points away from the head."""
        knee = self._planted("knee", contact, body.KNEE_REST)
        if abs(math.dist(hip, knee) - body.THIGH) > 0.1:
            raise ValueError(f"{self.name}: both planted knees must be at the same x.")
        rise = math.degrees(math.asin((-knee[1] - body.ANKLE_REST) / body.SHANK))
        shank = -rise if self.turn < 0 else 180 + rise
        thigh = direction(hip, knee)
        self._solved(f"{limb}_hip", self.turn * (thigh - self.pelvis_angle - 180))
        self._solved(f"{limb}_knee", self.turn * (thigh - shank))
        return Leg(hip, knee, step(knee, shank, body.SHANK), self._foot(limb, shank))

    def _arm(self, limb: Limb, shoulder: Point, near_leg: Leg) -> Arm:
        hand, elbow = self._contact(f"{limb}_hand"), self._contact(f"{limb}_elbow")
        forearm = self._contact(f"{limb}_forearm")
        if forearm:
            return self._forearm_on_mat(limb, shoulder, forearm)
        upright = self.scene.facing in ("left", "right")
        if hand and hand.on in ("forehead", "low_back", "hip_bone") and not upright:
            return self._elbow_out_arm(limb, shoulder, hand)
        if hand and (hand.on not in ("mat", "near_thigh")):
            return self._holding_arm(limb, shoulder, hand)
        if elbow:
            return self._resting_arm(limb, shoulder, hand)
        if hand:
            return self._planted_arm(limb, shoulder, hand, near_leg)
        upper = self.thorax_angle + 180 + self.turn * self._angle(f"{limb}_shoulder")
        elbow_at = step(shoulder, upper, body.UPPER_ARM)
        return self._forearm(limb, shoulder, elbow_at)

    def _forearm(self, limb: Limb, shoulder: Point, elbow: Point) -> Arm:
        forearm = direction(shoulder, elbow) + self.turn * self._angle(f"{limb}_elbow")
        hand = forearm + self.turn * self._angle(f"{limb}_wrist")
        return Arm(shoulder, elbow, step(elbow, forearm, body.FOREARM), hand)

    def _resting_arm(self, limb: Limb, shoulder: Point, hand: Contact | None) -> Arm:
        """The elbow rests on the mat beside the trunk; the hand lies there too, or the forearm lifts from it.

        An elbow planted at an x lies further out to the side, so the upper arm looks shorter.
        """
        planted = self._contact(f"{limb}_elbow")
        if planted and planted.x is not None:
            elbow = (self._planted_x("elbow", planted), -body.ELBOW_REST)
            if hand or math.dist(shoulder, elbow) > body.UPPER_ARM:
                raise ValueError(f"{self.name}: {limb}_elbow at x {planted.x:g} is out of reach, or the hand planted.")
            return self._forearm(limb, shoulder, elbow)
        drop = (-shoulder[1] - body.ELBOW_REST) / body.UPPER_ARM
        if not -1 < drop < 1:
            raise ValueError(f"{self.name}: {limb}_elbow cannot reach the mat.")
        fall = math.degrees(math.asin(drop))
        feetwards = math.cos(math.radians(self.thorax_angle)) < 0
        upper = -fall if feetwards else 180 + fall
        elbow = step(shoulder, upper, body.UPPER_ARM)
        self._solved(f"{limb}_shoulder", self.turn * (upper - self.thorax_angle - 180))
        if hand is None:
            return self._forearm(limb, shoulder, elbow)
        if hand.on != "mat" or hand.x is not None or hand.along is not None:
            raise ValueError(f"{self.name}: beside a planted elbow, {limb}_hand takes on mat and nothing else.")
        settle = math.degrees(math.asin((body.ELBOW_REST - body.PALM) / body.FOREARM))
        forearm = -settle if feetwards else 180 + settle
        self._solved(f"{limb}_elbow", max(0.0, signed(self.turn * (forearm - upper))))
        return Arm(shoulder, elbow, step(elbow, forearm, body.FOREARM), 0.0 if feetwards else 180.0)

    def _forearm_on_mat(self, limb: Limb, shoulder: Point, contact: Contact) -> Arm:
        """Propped on the forearm: the elbow where it is planted or falls, the hand flat in front of it."""
        if contact.x is None:
            elbow = elbow_below(shoulder, self._headwards)
        else:
            elbow = (self._planted_x("forearm", contact), -body.ELBOW_REST)
        if elbow is None or abs(math.dist(shoulder, elbow) - body.UPPER_ARM) > 0.1:
            raise ValueError(f"{self.name}: {limb}_forearm cannot reach the mat.")
        wrist = laid_forearm(elbow, self._headwards)
        upper, forearm = direction(shoulder, elbow), direction(elbow, wrist)
        self._solved(f"{limb}_shoulder", self._lift(upper))
        self._solved(f"{limb}_elbow", self.turn * (forearm - upper))
        return Arm(shoulder, elbow, wrist, 180.0 if self._headwards < 0 else 0.0)

    def _elbow_out_arm(self, limb: Limb, shoulder: Point, hand: Contact) -> Arm:
        """A hand at the middle of the body, the elbow on the mat beside it: too much depth for angles in the plane."""
        if hand.x is not None or hand.along is not None:
            raise ValueError(f"{self.name}: {limb}_hand on {hand.on} takes nothing else.")
        wrist, fingers = self._hand_at_the_middle(hand.on)
        elbow = elbow_out(shoulder, wrist)
        if elbow is None:
            raise ValueError(f"{self.name}: {limb}_hand on {hand.on} is out of reach.")
        return Arm(shoulder, elbow, wrist, fingers)

    def _hand_at_the_middle(self, place: str) -> tuple[Point, float]:
        """The wrist and the direction of the fingers of a hand under the forehead, under the back or on the pelvis."""
        to_head, to_feet = (180.0, 0.0) if self._headwards < 0 else (0.0, 180.0)
        if place == "hip_bone":
            fingers = self.pelvis_angle + 180 + self.turn * _OVER_THE_HIP
            bone = step(step(self.hip, self.pelvis_angle, 5.5), self.pelvis_angle - 90 * self.turn, 8.0)
            return step(bone, fingers, -0.55 * body.HAND), fingers
        if place == "low_back":
            return (self.low_back[0] + self._headwards * 0.62 * body.HAND, -body.PALM), to_feet
        forehead = step(self.head, self.head_angle, _FOREHEAD_UP)
        return (forehead[0] - self._headwards * 0.4 * body.HAND, -body.PALM), to_head

    def _planted_arm(self, limb: Limb, shoulder: Point, hand: Contact, near_leg: Leg) -> Arm:
        if hand.on == "near_thigh":
            wrist = self._behind_thigh(limb, hand, near_leg)
        else:
            wrist = (self._planted_x("hand", hand), -body.PALM)
        elbow = bend(shoulder, wrist, body.UPPER_ARM, body.FOREARM, -self.turn)
        if elbow is None:
            raise ValueError(f"{self.name}: {limb}_hand on {hand.on} is out of reach.")
        if hand.on == "mat":
            elbow = kept_up(elbow, wrist)
        upper, forearm = direction(shoulder, elbow), direction(elbow, wrist)
        self._solved(f"{limb}_shoulder", self._lift(upper))
        self._solved(f"{limb}_elbow", self.turn * (forearm - upper), _WIDE_HAND if hand.on == "mat" else _SLACK)
        if hand.on == "near_thigh":
            return Arm(shoulder, elbow, wrist, forearm + self.turn * self._angle(f"{limb}_wrist"))
        headwards = 180.0 if math.cos(math.radians(self.thorax_angle)) < 0 else 0.0
        self._solved(f"{limb}_wrist", self.turn * (headwards - forearm))
        return Arm(shoulder, elbow, wrist, headwards)

    def _holding_arm(self, limb: Limb, shoulder: Point, hand: Contact) -> Arm:
        """The hand on a thing, on an own leg, at the low back of somebody upright or at a point of the picture."""
        wrist, fingers = self._hold(limb, hand)
        elbow = bend(shoulder, wrist, body.UPPER_ARM, body.FOREARM, -self.turn)
        if elbow is None:
            raise ValueError(f"{self.name}: {limb}_hand on {hand.on} is out of reach.")
        upper, forearm = direction(shoulder, elbow), direction(elbow, wrist)
        self._solved(f"{limb}_shoulder", self._lift(upper), _ARM_BEHIND if hand.on == "low_back" else _SLACK)
        self._solved(f"{limb}_elbow", self.turn * (forearm - upper))
        if fingers is None:
            fingers = forearm + self.turn * self._angle(f"{limb}_wrist")
        else:
            self._solved(f"{limb}_wrist", self.turn * (fingers - forearm), _WRAPPED_HAND)
        return Arm(shoulder, elbow, wrist, fingers)

    def _hold(self, limb: Limb, hand: Contact) -> tuple[Point, float | None]:
        try:
            if hand.on in THINGS:
                return hand_on_thing(hand, self.scene.props, self.turn)
            if hand.on in OWN_LEGS:
                return hand_on_leg(hand, self.legs, self.turn)
        except ValueError as problem:
            raise ValueError(f"{self.name}: {limb}_hand {problem}") from None
        if hand.on == "low_back":
            return step(self.low_back, self.pelvis_angle + 90 * self.turn, _BEHIND_THE_BACK), self.pelvis_angle + 180
        if hand.on == "hip_bone":
            return step(self.hip, self.pelvis_angle, body.PELVIS * 0.8), None
        if hand.on == "point" and hand.x is not None and hand.y is not None:
            return (hand.x, hand.y), None
        raise ValueError(f"{self.name}: {limb}_hand cannot rest on {hand.on}.")

    def _lift(self, upper: float) -> float:
        """Shoulder flexion from 0 to 360, so that an arm overhead counts 180 and not -180."""
        lift = (self.turn * (upper - self.thorax_angle - 180)) % 360
        return lift - 360 if lift > 270 else lift

    def _behind_thigh(self, limb: Limb, hand: Contact, leg: Leg) -> Point:
        if hand.along is None or hand.x is not None:
            raise ValueError(f"{self.name}: {limb}_hand on near_thigh needs along, and no x.")
        back = direction(leg.hip, leg.knee) - 90 * self.turn
        return step(between(leg.hip, leg.knee, hand.along), back, 2.6)
