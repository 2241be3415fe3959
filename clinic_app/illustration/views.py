"""One way into both skeletons: the flat one of the side view and the one in space of all other views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic_app.illustration import posture as side_posture
from clinic_app.illustration import side_solver
from clinic_app.illustration.front_joints import FRONT_LIMITS, check_front_angle
from clinic_app.illustration.front_posture import FrontPosture, front_points
from clinic_app.illustration.front_solver import solve_front
from clinic_app.illustration.joints import LIMITS
from clinic_app.illustration.posture import Posture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic_app.illustration.geometry import Point
    from clinic_app.illustration.joints import Range
    from clinic_app.illustration.scene import Scene

AnyPosture = Posture | FrontPosture


def limits_of(view: str) -> Mapping[str, Range]:
    """Joint name -> (lowest, highest) angle in degrees, of the joints that a scene of this view may name."""
    return LIMITS if view == "side" else FRONT_LIMITS


def check_joints(scene: Scene, name: str) -> None:
    """Raises ValueError, one sentence, when a joint is none of this view's or is out of its range."""
    for joint, angle in scene.joints.items():
        if scene.view == "side":
            side_posture.check_angle(name, joint, angle)
        else:
            check_front_angle(name, joint, angle)


def solve_view(scene: Scene, name: str = "scene") -> AnyPosture:
    """All joints of a scene of any view.

    Raises:
        ValueError: one sentence, when the body cannot stand like that.
    """
    return side_solver.solve(scene, name) if scene.view == "side" else solve_front(scene, name)


def points(posture: AnyPosture) -> dict[str, Point]:
    """Joint name -> its place in the picture (x right, y down, 1/100 stature), of any view."""
    return front_points(posture) if isinstance(posture, FrontPosture) else side_posture.points(posture)
