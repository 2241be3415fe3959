"""Solving a body in space: from the hips outwards by its angles, with what is planted or held solved by its place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clinic_app.illustration import front_joints as wide
from clinic_app.illustration import joints as body
from clinic_app.illustration.front_joints import SIDES, check_front_angle
from clinic_app.illustration.front_posture import Arm3, FrontPosture, Leg3, View, out
from clinic_app.illustration.space import (
    Frame3,
    Vector,
    across,
    cross,
    dot,
    minus,
    plus,
    times,
    two_bones,
    unit,
)

if TYPE_CHECKING:
    from clinic_app.illustration.front_joints import Side
    from clinic_app.illustration.scene import Contact, Scene

_SLACK = 2.0  # degrees that a solved joint may pass its limit
_ALMOST_STRAIGHT = 2.0  # degrees that a standing knee is bent when nobody says more


def solve_front(scene: Scene, name: str = "scene") -> FrontPosture:
    """All joints of a scene whose view is front, back or above.

    Raises:
        ValueError: one sentence, when a joint is out of its range, given twice, or a contact out of reach.
    """
    return _Solver(scene, name).posture()


def solved_joints(scene: Scene) -> frozenset[str]:
    """The joints that the scene's contacts solve, so that a pose must not give them. Raises as `solve_front`."""
    solver = _Solver(scene, "scene")
    solver.posture()
    return frozenset(solver.solved)


class _Solver:
    def __init__(self, scene: Scene, name: str) -> None:
        self.scene = scene
        self.name = name
        self.solved: set[str] = set()

    def posture(self) -> FrontPosture:
        pelvis = self._pelvis()
        height = self.scene.pelvis.height
        if height is None:
            height = self._standing_height(pelvis)
        if height is None:
            height = self._resting_height(self._body(pelvis, 0.0, planted=False))
        posture = self._body(pelvis, height, planted=True)
        for joint in self.scene.joints:
            if joint in self.solved:
                raise ValueError(f"{self.name}: {joint} is solved from a contact and must not be given as well.")
        return posture

    def _angle(self, joint: str) -> float:
        return self.scene.joints.get(joint, 0.0)

    def _pelvis(self) -> Frame3:
        """Upright in front of the reader, then as the scene turns it; in the back view the front looks away."""
        facing = -1.0 if self.scene.view == "back" else 1.0
        upright = Frame3((facing, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, facing))
        tilted = upright.leaned((90 - self.scene.pelvis.angle) * facing)
        return tilted.turned(self._angle("pelvis_turn")).flexed(self._angle("pelvis_tilt"))

    def _body(self, pelvis: Frame3, height: float, *, planted: bool) -> FrontPosture:
        angle = self._angle
        hip: Vector = (self.scene.pelvis.x, height, 0.0)
        waist = plus(hip, times(pelvis.up, body.PELVIS))
        lumbar = pelvis.turned(angle("trunk_turn") * 0.3).leaned(angle("lumbar_side")).flexed(angle("lumbar"))
        ribs = plus(waist, times(lumbar.up, body.LUMBAR))
        thorax = lumbar.turned(angle("trunk_turn") * 0.7).leaned(angle("thoracic_side")).flexed(angle("thoracic"))
        neck = plus(ribs, times(thorax.up, body.THORAX))
        neck_frame = thorax.turned(angle("head_turn") * 0.4).leaned(angle("neck_side") * 0.6).flexed(angle("neck"))
        crown_base = plus(neck, times(neck_frame.up, body.NECK))
        head = neck_frame.turned(angle("head_turn") * 0.6).leaned(angle("neck_side") * 0.4).flexed(angle("head"))
        left_leg, right_leg = (self._leg(side, hip, pelvis, planted=planted) for side in SIDES)
        level = plus(ribs, times(thorax.up, body.THORAX * body.SHOULDER_ALONG))
        legs: dict[Side, Leg3] = {"left": left_leg, "right": right_leg}
        left_arm, right_arm = (self._arm(side, level, thorax, legs, planted=planted) for side in SIDES)
        return FrontPosture(
            view=self._view(),
            hip=hip,
            waist=waist,
            ribs=ribs,
            neck=neck,
            crown_base=crown_base,
            head=plus(crown_base, times(head.up, body.HEAD)),
            pelvis_frame=pelvis,
            lumbar_frame=lumbar,
            thorax_frame=thorax,
            neck_frame=neck_frame,
            head_frame=head,
            left_leg=left_leg,
            right_leg=right_leg,
            left_arm=left_arm,
            right_arm=right_arm,
        )

    def _view(self) -> View:
        if self.scene.view == "side":
            raise ValueError(f"{self.name}: the side view is solved in its own plane.")
        return self.scene.view

    # Heights

    def _planted_feet(self) -> list[tuple[Side, Contact, float]]:
        found: list[tuple[Side, Contact, float]] = []
        for side in SIDES:
            foot = self._contact(f"{side}_foot")
            if foot is not None and foot.x is not None and foot.on != "point":
                found.append((side, foot, foot.x))
        return found

    def _standing_height(self, pelvis: Frame3) -> float | None:
        """As high as the planted feet let the hips go, with knees bent as given or almost straight."""
        heights = []
        for side, foot, x in self._planted_feet():
            knee = self.scene.joints.get(f"{side}_knee", _ALMOST_STRAIGHT)
            reach = body.THIGH**2 + body.SHANK**2 + 2 * body.THIGH * body.SHANK * math.cos(math.radians(knee))
            offset = times(pelvis.left, wide.HIP_OUT * out(side))
            away = (self.scene.pelvis.x + offset[0] - x) ** 2 + (offset[2] - (foot.z or 0.0)) ** 2
            if away >= reach:
                raise ValueError(f"{self.name}: {side}_foot at x {x:g} is out of reach.")
            heights.append(wide.FOOT_REST - (foot.y or 0.0) + math.sqrt(reach - away) - offset[1])
        return min(heights) if heights else None

    def _resting_height(self, posture: FrontPosture) -> float:
        """So high that the lowest part that the scene lets rest on the floor touches it."""
        rests = []
        for side in SIDES:
            leg, arm = posture.leg(side), posture.arm(side)
            parts = {
                f"{side}_foot": leg.ankle[1] - wide.FOOT_REST,
                f"{side}_knee": leg.knee[1] - wide.KNEE_REST,
                f"{side}_hand": arm.wrist[1] - wide.HAND_REST,
                f"{side}_elbow": arm.elbow[1] - wide.ELBOW_REST,
            }
            rests += [low for part, low in parts.items() if self._lies(part)]
        if self._lies("hips"):
            breadth, depth = wide.HIPS_HALF
            frame = posture.pelvis_frame
            rests.append(posture.hip[1] - math.hypot(breadth * frame.left[1], depth * frame.front[1]))
        if not rests:
            raise ValueError(f"{self.name}: pelvis.height is missing and nothing rests on the floor.")
        return -min(rests)

    def _lies(self, part: str) -> bool:
        contact = self._contact(part)
        return contact is not None and contact.on == "mat" and contact.x is None

    def _contact(self, part: str) -> Contact | None:
        found = [contact for key, contact in self.scene.contacts.items() if key == part]
        return found[0] if found else None

    # Legs

    def _leg(self, side: Side, hip: Vector, pelvis: Frame3, *, planted: bool) -> Leg3:
        start = plus(hip, times(pelvis.left, wide.HIP_OUT * out(side)))
        foot = self._contact(f"{side}_foot")
        if foot is not None and foot.x is not None and planted:
            rest = 0.0 if foot.on == "point" else wide.FOOT_REST
            ankle = (foot.x, rest - (foot.y or 0.0), foot.z or 0.0)
            return self._planted_leg(side, start, pelvis, ankle, level=foot.on != "point")
        thigh = self._limb(side, pelvis, "hip")
        knee = plus(start, times(thigh.up, -body.THIGH))
        shank = thigh.flexed(self._angle(f"{side}_knee"))
        ankle = plus(knee, times(shank.up, -body.SHANK))
        return Leg3(start, knee, ankle, shank, shank.flexed(self._angle(f"{side}_ankle")))

    def _limb(self, side: Side, root: Frame3, joint: str) -> Frame3:
        bent = root.flexed(-self._angle(f"{side}_{joint}_flexion"))
        outwards = bent.leaned(-self._angle(f"{side}_{joint}_abduction") * out(side))
        return outwards.turned(self._angle(f"{side}_{joint}_rotation") * out(side))

    def _planted_leg(self, side: Side, hip: Vector, pelvis: Frame3, ankle: Vector, *, level: bool) -> Leg3:
        """The knee looks where hip_rotation turns it. A foot on the floor has a flat sole."""
        self.solved |= {f"{side}_{joint}" for joint in ("hip_flexion", "hip_abduction", *(("ankle",) if level else ()))}
        ahead = pelvis.turned(self._angle(f"{side}_hip_rotation") * out(side)).front
        knee = two_bones(hip, ankle, body.THIGH, body.SHANK, ahead)
        if knee is None:
            raise ValueError(f"{self.name}: {side}_foot at x {ankle[0]:g} is out of reach.")
        up = unit(minus(knee, ankle))
        front = across(ahead, up)
        shank = Frame3(cross(up, front), up, front)
        foot = shank.flexed(self._angle(f"{side}_ankle"))
        if level:
            toes_to = across(ahead, (0.0, 1.0, 0.0))
            foot = Frame3(cross((0.0, 1.0, 0.0), toes_to), (0.0, 1.0, 0.0), toes_to)
        self._check_limb(side, "hip", pelvis, unit(minus(knee, hip)))
        return Leg3(hip, knee, ankle, shank, foot)

    def _check_limb(self, side: Side, joint: str, root: Frame3, along: Vector) -> None:
        outwards = math.degrees(math.asin(max(-1.0, min(1.0, dot(along, root.left) * out(side)))))
        forward = math.degrees(math.atan2(dot(along, root.front), -dot(along, root.up)))
        if forward < -120:
            forward += 360
        check_front_angle(self.name, f"{side}_{joint}_abduction", outwards, _SLACK)
        if abs(outwards) < 75:
            check_front_angle(self.name, f"{side}_{joint}_flexion", forward, _SLACK)

    # Arms

    def _arm(self, side: Side, level: Vector, thorax: Frame3, legs: dict[Side, Leg3], *, planted: bool) -> Arm3:
        girdle = thorax.turned(self._angle("scapula_in") * out(side)).leaned(-self._angle("scapula_up") * out(side))
        start = plus(level, times(thorax.left, wide.COLLARBONE_START * out(side)))
        shoulder = plus(start, girdle.place((wide.COLLARBONE - wide.COLLARBONE_START) * out(side), 0, 0))
        shoulder = plus(shoulder, times(thorax.front, -body.SHOULDER_BACK))
        hand = self._contact(f"{side}_hand")
        target = self._held(side, hand, legs) if hand is not None else None
        if target is not None and planted:
            return self._holding_arm(side, shoulder, thorax, target)
        upper = self._limb(side, thorax, "shoulder")
        elbow = plus(shoulder, times(upper.up, -body.UPPER_ARM))
        fore = upper.flexed(-self._angle(f"{side}_elbow"))
        return self._forearm(side, shoulder, elbow, fore)

    def _forearm(self, side: Side, shoulder: Vector, elbow: Vector, fore: Frame3) -> Arm3:
        turned = fore.turned(-self._angle(f"{side}_forearm") * out(side))
        hand = turned.leaned(-self._angle(f"{side}_wrist") * out(side))
        return Arm3(shoulder, elbow, plus(elbow, times(fore.up, -body.FOREARM)), hand)

    def _held(self, side: Side, hand: Contact, legs: dict[Side, Leg3]) -> Vector | None:
        """The wrist's place; None for a hand that only bears on the floor where its angles take it."""
        if hand.on == "point":
            if hand.x is None or hand.y is None:
                raise ValueError(f"{self.name}: {side}_hand on point needs x and y.")
            return (hand.x, -hand.y, hand.z or 0.0)
        if hand.on in {"left_thigh", "right_thigh"}:
            if hand.along is None:
                raise ValueError(f"{self.name}: {side}_hand on {hand.on} needs along.")
            leg = legs["left" if hand.on == "left_thigh" else "right"]
            on = plus(leg.hip, times(minus(leg.knee, leg.hip), hand.along))
            return plus(on, (hand.x or 0.0, -(hand.y or 0.0), hand.z or 0.0))
        return None

    def _holding_arm(self, side: Side, shoulder: Vector, thorax: Frame3, wrist: Vector) -> Arm3:
        """The elbow hangs outwards and to the back; shoulder_rotation swings it about the line to the hand."""
        self.solved |= {f"{side}_{joint}" for joint in ("shoulder_flexion", "shoulder_abduction", "elbow")}
        along = unit(minus(wrist, shoulder))
        rest = across(thorax.place(0.5 * out(side), -0.6, -0.6), along)
        swing = math.radians(self._angle(f"{side}_shoulder_rotation")) * out(side)
        pole = plus(times(rest, math.cos(swing)), times(cross(along, rest), math.sin(swing)))
        elbow = two_bones(shoulder, wrist, body.UPPER_ARM, body.FOREARM, pole)
        if elbow is None:
            raise ValueError(f"{self.name}: {side}_hand is {math.dist(shoulder, wrist):.1f} away, out of reach.")
        self._check_limb(side, "shoulder", thorax, unit(minus(elbow, shoulder)))
        upper, fore = unit(minus(elbow, shoulder)), unit(minus(wrist, elbow))
        up = times(fore, -1)
        front = across(times(upper, -1), up)  # the elbow's crease
        return self._forearm(side, shoulder, elbow, Frame3(cross(up, front), up, front))
