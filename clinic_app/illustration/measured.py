"""Where the joints of a scene are and how far each bends, whatever the view; those that a contact solves, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clinic_app.illustration import side_solver as side_view
from clinic_app.illustration.front_solver import solved_joints
from clinic_app.illustration.geometry import Point, direction, signed
from clinic_app.illustration.views import limits_of, points, solve_view

if TYPE_CHECKING:
    from clinic_app.illustration.scene import Scene


class _Asked(dict[str, float]):
    """Angles that note which of them a solver asks for. Whoever looks through them all finds none."""

    def __init__(self, angles: Mapping[str, float]) -> None:
        super().__init__(angles)
        self.names: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> float:
        self.names.add(name)
        return super().get(name, 0.0)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(())


def places(scene: Scene) -> dict[str, Point]:
    """Every joint's place in the picture by its name. Raises ValueError if the posture is impossible."""
    return points(solve_view(scene, "pose"))


def free_joints(scene: Scene) -> tuple[str, ...]:
    """The joints that may be bent: all of the view but those that a contact solves.

    Raises ValueError if the posture is impossible.
    """
    if scene.view == "side":
        return tuple(joint for joint in limits_of("side") if joint in scene.joints)
    solved = solved_joints(scene)
    return tuple(joint for joint in limits_of(scene.view) if joint not in solved)


def angles(scene: Scene) -> dict[str, float]:
    """Joint angles in degrees, rounded to 0.1 and within their limits; from the side also where a contact solves them.

    Raises ValueError if the posture is impossible.
    """
    found = dict(scene.joints)
    if scene.view != "side":
        return found
    posture = side_view.solve(scene, "pose")
    turn, limits = posture.turn, limits_of("side")
    limbs = (("near", posture.near_leg, posture.near_arm), ("far", posture.far_leg, posture.far_arm))
    for limb, leg, arm in limbs:
        thigh, shank = direction(leg.hip, leg.knee), direction(leg.knee, leg.ankle)
        upper, forearm = direction(arm.shoulder, arm.elbow), direction(arm.elbow, arm.wrist)
        lift = (turn * (upper - posture.thorax_angle - 180)) % 360
        solved = {
            "hip": signed(turn * (thigh - posture.pelvis_angle - 180)),
            "knee": signed(turn * (thigh - shank)),
            "ankle": 90 - turn * signed(leg.foot_angle - shank),
            "shoulder": lift - 360 if lift > 270 else lift,
            "elbow": signed(turn * (forearm - upper)),
            "wrist": signed(turn * (arm.hand_angle - forearm)),
        }
        for joint, angle in solved.items():
            low, high = limits[f"{limb}_{joint}"]
            found.setdefault(f"{limb}_{joint}", round(min(max(angle, low), high), 1))
    return found


def needed(scene: Scene, known: Mapping[str, float]) -> dict[str, float]:
    """Of the `known` angles those that the scene's contacts leave free. Raises ValueError if it is impossible."""
    if scene.view == "side":
        asked = _Asked(known)
        side_view.solve(replace(scene, joints=asked), "pose")
        return {joint: known.get(joint, 0.0) for joint in limits_of("side") if joint in asked.names}
    solved = solved_joints(replace(scene, joints={}))
    return {joint: angle for joint, angle in known.items() if joint not in solved}
