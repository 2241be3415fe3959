"""What an editor begins with: an upright figure in each view, and each prop where it is seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from clinic_app.illustration import joints as body
from clinic_app.illustration.geometry import Point
from clinic_app.illustration.joint_words import SIDES_OF
from clinic_app.illustration.scene import Frame, Scene, read_scene
from clinic_app.illustration.scene_numbers import to_data

TALL_FRAME: Final = Frame(x=-33.5, y=-106.3, width=67, height=112.3)
_HEIGHT: Final = round(body.THIGH + body.SHANK + body.SOLE - 0.2, 1)
_SIDE_JOINTS: Final = MappingProxyType(
    {"lumbar": -4, "thoracic": 2, "neck": 2, "head": 0}
    | {f"{limb}_{joint}": angle for limb in ("near", "far") for joint, angle in (("shoulder", 2), ("elbow", 8))}
    | {f"{limb}_wrist": 0 for limb in ("near", "far")}
)


def standing(view: str, frame: Frame = TALL_FRAME) -> Scene:
    """An upright figure with nothing to do. Raises ValueError for a view that there is not."""
    shown = to_data(frame if frame.height > frame.width else TALL_FRAME)
    data: dict[str, Any] = {"schema": 1, "view": view, "acting_side": "none", "frame": shown}
    if view == "side":
        feet = {f"{limb}_foot": {"on": "mat", "x": -1} for limb in ("near", "far")}
        data |= {"facing": "right", "pelvis": {"x": 0, "angle": 90, "height": _HEIGHT}}
        data |= {"joints": dict(_SIDE_JOINTS), "contacts": feet}
    elif view in ("front", "back"):
        outwards = 1 if view == "front" else -1
        feet = {f"{side}_foot": {"on": "mat", "x": 6 * sign * outwards} for side, sign in (("left", 1), ("right", -1))}
        data |= {"pelvis": {"x": 0, "angle": 90}, "contacts": feet}
    else:
        data |= {"pelvis": {"x": 0, "angle": 90, "height": _HEIGHT}}
    return read_scene(data, "pose")


def first_prop(kind: str, scene: Scene, where: Mapping[str, Point]) -> dict[str, Any]:
    """A new prop of the kind near the part of the figure that it is mostly used by."""
    (hip, low), (head, top) = where["hip"], where["head"]
    frame = scene.frame
    whole = {"start": frame.x + 4, "end": frame.x + frame.width - 4}
    beside = {"start": hip + 12, "end": hip + 28}
    limbs = SIDES_OF[scene.view]
    tied = {"through": [f"{limb}_wrist" for limb in limbs]}
    facing = {"faces": scene.facing if scene.facing in ("left", "right") else "reader"}
    known: dict[str, dict[str, Any]] = {
        "mat": whole,
        "bed": whole,
        "mat_above": {**whole, "upper": low - 26, "lower": low + 26},
        "pillow": {"x": head},
        "pillow_above": {"x": head, "y": top},
        "table": beside,
        "step": beside,
        "wall": {"x": frame.x + 6, "room": "right"},
        "wall_behind": {"y": frame.y + frame.height * 0.7},
        "chair": {"x": hip, **facing},
        "strap": tied,
        "towel": tied,
        "band": tied,
    }
    made = known.get(kind, {"x": hip}).items()
    return {"kind": kind} | {name: round(value, 1) if isinstance(value, float) else value for name, value in made}
