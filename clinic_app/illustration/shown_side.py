"""Which side of the body a picture shows. Nobody says it by hand: it follows from where head and belly are."""

from __future__ import annotations

from typing import Literal

from clinic_app.illustration.posture import Posture
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.views import solve_view

SideShown = Literal["left", "right", ""]
OTHER: dict[SideShown, SideShown] = {"left": "right", "right": "left", "": ""}


def side_shown(scene: Scene, *, mirrored: bool = False) -> SideShown:
    """The anatomical side of the limb that does the exercise, as drawn.

    With x to the right, y up and z towards the reader, a body's left is its head direction x its face direction.
    `turn` +1 means that the front lies clockwise of the head's direction, so the left points away from the reader and
    the near side is the right one: lying on the back with the head at the left of the picture. In the other views the
    limbs have anatomical names and `front_posture` places them by the same rule.
    """
    shown: SideShown
    if scene.acting_side == "none":
        return ""
    if scene.acting_side in ("left", "right"):
        shown = scene.acting_side
    else:
        near: SideShown = "right" if viewpoint(scene) == "near right" else "left"
        shown = near if scene.acting_side == "near" else OTHER[near]
    return OTHER[shown] if mirrored else shown


def viewpoint(scene: Scene) -> str:
    """From where the body is seen; from the side, which of its sides is near."""
    posture = solve_view(scene)
    if isinstance(posture, Posture):
        return "near right" if posture.turn > 0 else "near left"
    return posture.view
