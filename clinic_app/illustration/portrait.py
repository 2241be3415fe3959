"""A person to choose by: a figure that stands still, seen whole or head and shoulders."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from clinic_app.illustration.draw import draw
from clinic_app.illustration.looks import Look
from clinic_app.illustration.scene import Frame, read_scene

Cut = Literal["whole", "head"]

_FRONT: Final = read_scene(
    {
        "schema": 1,
        "view": "front",
        "acting_side": "none",
        "pelvis": {"x": 0, "angle": 90},
        "frame": {"x": -24, "y": -109, "width": 48, "height": 114},
        "joints": {
            f"{side}_{joint}": angle
            for side in ("left", "right")
            for joint, angle in (("shoulder_abduction", 7), ("elbow", 6), ("hip_rotation", 8))
        },
        "contacts": {"left_foot": {"on": "mat", "x": 7.5}, "right_foot": {"on": "mat", "x": -7.5}},
    },
    "portrait",
)
_HEAD: Final = Frame(-14.5, -109, 29, 29)


def draw_portrait(look: Look, cut: Cut = "whole") -> str:
    """An SVG document without a mat or marks; "head" is square."""
    return draw(_FRONT if cut == "whole" else replace(_FRONT, frame=_HEAD), look)
