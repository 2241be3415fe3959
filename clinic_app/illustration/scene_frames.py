"""The whole picture changed at once: its shape and size, mirrored, or the figure turned round in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from clinic_app.illustration.geometry import Point
from clinic_app.illustration.measured import places
from clinic_app.illustration.scene import Frame, Scene, read_scene
from clinic_app.illustration.scene_numbers import to_data

WIDE, TALL = 76 / 33, 37 / 62  # width by height of a picture on the card
WIDTHS: Final = MappingProxyType({"wide": (100.0, 160.0, 136.0), "tall": (60.0, 82.0, 67.0)})
"""Least, most and usual width of each shape in 1/100 stature; the most holds arms overhead."""
_ANGLES: Final = MappingProxyType({"right": 0, "up": 90, "left": 180, "down": 270})
_BELOW: Final = 6.0  # of the picture that lies under the top of the mat
_FLESH: Final = 4.0  # between a joint and what it rests on
_AROUND: Final = 3.0  # between a joint and the picture's edge
_HEAD: Final = 8.0  # the same from the middle of the head
_MIRRORED: Final = MappingProxyType({"left": "right", "right": "left"})


def shape_of(frame: Frame) -> str:
    """ "wide" or "tall"."""
    return "wide" if frame.width > frame.height else "tall"


def framed(scene: Scene, change: Mapping[str, Any]) -> Frame:
    """The frame with the `shape`, `width`, `x` or `y` of the change; widths are kept within those that print well."""
    now = scene.frame
    shape = str(change.get("shape") or shape_of(now))
    least, most, usual = WIDTHS[shape]
    width = float(change.get("width") or (now.width if shape == shape_of(now) else usual))
    width = min(max(width, least), most)
    height = round(width / (WIDE if shape == "wide" else TALL), 1)
    if shape == shape_of(now):
        middle, foot = now.x + now.width / 2, now.y + now.height
    else:
        middle, foot = scene.pelvis.x, _BELOW
    x = float(change["x"]) if "x" in change else round(middle - width / 2, 1)
    y = float(change["y"]) if "y" in change else round(foot - height, 1)
    return Frame(x=x, y=y, width=width, height=height)


def fitted(scene: Scene) -> Frame:
    """The frame of the same shape that holds the whole figure, as near as its least and most width let it."""
    now, shape = scene.frame, shape_of(scene.frame)
    reach = [(place, _HEAD if name == "head" else _AROUND) for name, place in places(scene).items()]
    left, right = min(x - air for (x, _), air in reach), max(x + air for (x, _), air in reach)
    top = min(y - air for (_, y), air in reach)
    foot = max(now.y + now.height, *(y + air for (_, y), air in reach))
    width = max(right - left, (foot - top) * (WIDE if shape == "wide" else TALL))
    least, most, _ = WIDTHS[shape]
    width = round(min(max(width, least), most), 1)
    height = round(width / (WIDE if shape == "wide" else TALL), 1)
    return Frame(x=round((left + right - width) / 2, 1), y=round(foot - height, 1), width=width, height=height)


def inside(frame: Frame, point: Point) -> Point:
    """The nearest point that lies in the picture."""
    x = min(max(point[0], frame.x + 1), frame.x + frame.width - 1)
    y = min(max(point[1], frame.y + 1), frame.y + frame.height - 1)
    return (round(x, 1), round(y, 1))


def mirrored(scene: Scene) -> Scene:
    """Everything on the other side of the picture. The near limb is then the body's other one."""
    data = to_data(scene)
    twice = 2 * scene.frame.x + scene.frame.width

    def across(x: float) -> float:
        return round(twice - x, 2)

    data["pelvis"] |= {"x": across(data["pelvis"]["x"]), "angle": round((180 - scene.pelvis.angle) % 360, 2)}
    data["facing"] = _MIRRORED.get(data["facing"], data["facing"])
    for contact in data.get("contacts", {}).values():
        if "x" in contact:
            contact["x"] = across(contact["x"])
    for prop in data.get("props", []):
        if "x" in prop:
            prop["x"] = across(prop["x"])
        if "start" in prop:
            prop["start"], prop["end"] = across(prop["end"]), across(prop["start"])
        for key in ("faces", "room"):
            if key in prop:
                prop[key] = _MIRRORED.get(prop[key], prop[key])
    if scene.marks.arrow:
        data["marks"]["arrow"] = [[across(x), y] for x, y in scene.marks.arrow]
    return read_scene(data, "pose")


def turned(scene: Scene, facing: str) -> Scene:
    """The figure of a side view, with nothing planted, turned so that its front looks to `facing`, on the floor."""
    if scene.facing is None:
        raise ValueError("only the side view can be turned.")
    by = _ANGLES[facing] - _ANGLES[scene.facing]
    over = abs(by) == 180  # from the back onto the front: the head stays where it is
    angle = (-scene.pelvis.angle if over else scene.pelvis.angle + by) % 360
    data = to_data(scene) | {"facing": facing}
    data["pelvis"] |= {"angle": round(angle, 2), "height": 50.0}
    data["marks"] = {key: value for key, value in data.get("marks", {}).items() if key != "arrow"}
    if facing in ("up", "down") and shape_of(scene.frame) == "tall":
        data["frame"] = to_data(framed(scene, {"shape": "wide"}))
    upright = read_scene(data, "pose")
    lowest = max(y for _, y in places(upright).values())
    return replace(upright, pelvis=replace(upright.pelvis, height=round(max(50.0 + lowest + _FLESH, 1.0), 1)))
