"""A person to choose by: a figure that stands still, seen whole or head and shoulders."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from clinic_app.illustration.draw import draw
from clinic_app.illustration.looks import Look
from clinic_app.illustration.scene import Frame, read_scene

Cut = Literal["whole", "head"]

_ARM: Final = {"shoulder": 4.0, "elbow": 14.0, "wrist": 6.0}
_LEG: Final = {"hip": 0.0, "knee": 0.0, "ankle": 0.0}
_STANDING: Final = read_scene(
    {
        "schema": 1,
        "view": "side",
        "facing": "right",
        "acting_side": "none",
        "pelvis": {"x": 0, "angle": 90, "height": 51.1},
        "frame": {"x": -30.5, "y": -105, "width": 61, "height": 110},
        "joints": {"lumbar": 0, "thoracic": 3, "neck": 8, "head": -10}
        | {f"{limb}_{joint}": angle for limb in ("near", "far") for joint, angle in (_ARM | _LEG).items()},
    },
    "standing",
)
_FRAMES: Final[dict[Cut, Frame]] = {"whole": Frame(-17, -105, 34, 110), "head": Frame(-13, -104, 27, 27)}


def draw_portrait(look: Look, cut: Cut = "whole") -> str:
    """An SVG document without a mat or marks; "head" is square, "whole" as tall as a standing exercise."""
    return draw(replace(_STANDING, frame=_FRAMES[cut]), look)
