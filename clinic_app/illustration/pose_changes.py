"""What an editor does to a pose beside moving a joint: planting parts, turning the figure, props, marks, the frame.

Each change is a mapping with `do` and what that needs, so that a page, a script and a test say it in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from clinic_app.illustration import measured, scene_frames
from clinic_app.illustration.first_poses import first_prop, standing
from clinic_app.illustration.handles import Moved, drag, set_number
from clinic_app.illustration.joint_words import SIDES_OF, in_words, place_of
from clinic_app.illustration.pose_fields import regions
from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.scene_numbers import read_without_solving, to_data

MOST_PROPS: Final = 4
_NEARBY: Final = (0, *(sign * by for by in (1, 2, 4, 6, 9, 12, 16, 20, 25, 30) for sign in (1, -1)))
_BENT: Final = (0, 0), (-6, -3), (-6, -9), (0, -13)  # an arrow upwards, from its tail
_ENDS: Final = ("_ankle", "_knee", "_wrist", "_elbow", "head")
_LARGEST: Final = 10_000.0
_YES_NO: Final = MappingProxyType({"yes": True, "no": False})
_WHOLE: Final = MappingProxyType({"view": "view", "facing": "face", "shape": "frame"})

Change = Mapping[str, Any]


def apply(scene: Scene, change: Change) -> Moved:
    """The pose after the change. What the body cannot do is not done, and the answer says why.

    Raises:
        ValueError: one sentence, when the change itself is not understood.
    """
    do = _CHANGES.get(str(change.get("do")))
    if do is None:
        raise ValueError("There is no such change of a picture.")
    try:
        moved = do(scene, change)
    except (KeyError, TypeError, IndexError, AttributeError):
        raise ValueError("This part of the picture is not there any more.") from None
    except ValueError as problem:
        return Moved(scene, in_words(str(problem)))
    try:
        return Moved(read_scene(to_data(moved.scene), "pose"), moved.said)
    except ValueError as problem:
        return Moved(scene, in_words(str(problem)))


def plant(scene: Scene, part: str, on: str) -> Scene:
    """Rest the part on something, where it is or as near to that as it can be.

    Raises ValueError if it cannot reach.
    """
    x = measured.places(scene).get(place_of(f"contacts.{part}.x", scene.view), (0.0, 0.0))[0]
    problem = None
    for where in ({}, {"along": 0.6}, *({"x": round(x + by, 1)} for by in _NEARBY)):
        if part.endswith(("_foot", "_toes", "_knee")) and "x" not in where:
            continue
        try:
            return _with_contacts(scene, {**_contacts(scene), part: {"on": on, **where}})
        except ValueError as found:
            problem = found
    raise problem or ValueError(f"{part} cannot be planted.")


def moves_most(first: Scene, last: Scene) -> str:
    """The name of the limb's end, or of the head, that goes farthest from one picture to the next."""
    was, now = measured.places(first), measured.places(last)
    ends = [name for name in now if name in was and name.endswith(_ENDS)]
    return max(ends, key=lambda name: math.dist(was[name], now[name]))


def lift(scene: Scene, part: str) -> Scene:
    """Take the part off what it rests on. The figure stays as it is, and the part's joints can be moved then."""
    left = _contacts(scene)
    del left[part]
    if part.endswith("_elbow"):  # a hand beside it lies on the floor only as long as the elbow does
        left.pop(part.replace("_elbow", "_hand"), None)
    return _with_contacts(scene, left)


def _contacts(scene: Scene) -> dict[str, Any]:
    return dict(to_data(scene).get("contacts", {}))


def _with_contacts(scene: Scene, contacts: dict[str, Any]) -> Scene:
    """The scene with these contacts, and with the joints and the height that they leave free."""
    angles = measured.angles(scene)
    height = max(round(-measured.places(scene)["hip"][1], 1), 0.1)
    problem = None
    for pelvis in ({**to_data(scene)["pelvis"], "height": height}, _without(to_data(scene)["pelvis"], "height")):
        data = to_data(scene) | {"contacts": contacts, "pelvis": pelvis}
        try:
            free = measured.needed(read_without_solving(data), angles)
            return read_scene(data | {"joints": free}, "pose")
        except ValueError as found:
            problem = problem or found
    raise problem or ValueError("it cannot be planted.")


def _without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {each: value for each, value in data.items() if each != key}


def _dragged(scene: Scene, change: Change) -> Moved:
    return drag(scene, str(change["handle"]), _number(change["x"]), _number(change["y"]))


def _set(scene: Scene, change: Change) -> Moved:
    name = str(change["name"])
    if name.startswith("frame."):
        return _framed(scene, {name.removeprefix("frame."): _number(change["value"])})
    return set_number(scene, name, _number(change["value"]))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= _LARGEST:
        raise ValueError("only numbers can be set.")
    return float(value)


def _chosen(scene: Scene, change: Change) -> Moved:
    """A word from a list, or yes and no: who exercises, a hand, where a chair faces, where it is felt."""
    data, name, value = to_data(scene), str(change["name"]), str(change["value"])
    if name in _WHOLE:
        return _CHANGES[_WHOLE[name]](scene, {name: value})
    if name.startswith("hands."):
        data.setdefault("hands", {})[name.removeprefix("hands.")] = value
    elif name == "acting_side":
        data[name] = value
    elif name.startswith(("props.", "marks.")):
        *way, last = name.split(".")
        data.setdefault("marks", {})
        inside: Any = data
        for key in way:
            inside = inside[_index(key)] if isinstance(inside, list) else inside[key]
        if last == "label" and value == "no":
            inside.pop(last, None)
        else:
            inside[_index(last) if isinstance(inside, list) else last] = _YES_NO.get(value, value)
    else:
        raise KeyError(name)
    return Moved(read_scene(data, "pose"), "")


def _added(scene: Scene, change: Change) -> Moved:
    """An arrow, a patch or a prop, where it can be seen and then moved to its place."""
    data, what = to_data(scene), str(change["what"])
    marks = data.setdefault("marks", {})
    where = measured.places(scene)
    if what == "arrow":
        x, y = where.get("near_ankle") or where.get("left_ankle") or where["hip"]
        points = [(x + 8 + across, y - 2 + up) for across, up in _BENT]
        marks["arrow"] = [list(scene_frames.inside(scene.frame, point)) for point in points]
    elif what == "feel":
        marks["feel"] = {"on": _felt(scene), "length": 12, "width": 8}
    elif what == "follow":
        marks["follow"] = {"part": str(change.get("part") or f"{SIDES_OF[scene.view][0]}_ankle"), "beside": 9}
    else:
        if len(scene.props) >= MOST_PROPS:
            return Moved(scene, f"A picture can have {MOST_PROPS} things around the figure. Take one away first.")
        data["props"] = [*data.get("props", []), first_prop(what, scene, where)]
    return Moved(read_scene(data, "pose"), "")


def _index(what: str) -> int:
    number = what.removeprefix("props.")
    if not number.isdecimal():
        raise KeyError(what)
    return int(number)


def _felt(scene: Scene) -> str:
    """A place to begin with that this view has."""
    known = regions(scene)
    return "low_back" if "low_back" in known else known[0]


def _removed(scene: Scene, change: Change) -> Moved:
    data, what = to_data(scene), str(change["what"])
    if what.startswith("props."):
        del data["props"][_index(what)]
    else:
        del data["marks"][what]
    return Moved(read_scene(data, "pose"), "")


def _framed(scene: Scene, change: Change) -> Moved:
    """Another shape or size of the picture; an arrow that would stand outside is moved in."""
    frame = scene_frames.framed(scene, change)
    data = to_data(scene) | {"frame": to_data(frame)}
    if scene.marks.arrow:
        data["marks"]["arrow"] = [list(scene_frames.inside(frame, point)) for point in scene.marks.arrow]
    return Moved(read_scene(data, "pose"), "")


def _fitted(scene: Scene, _change: Change) -> Moved:
    frame = scene_frames.fitted(scene)
    return _framed(scene, {"shape": scene_frames.shape_of(frame), **to_data(frame)})


def _viewed(scene: Scene, change: Change) -> Moved:
    """Seen from somewhere else the figure has other joints, so that it begins anew, upright."""
    if change["view"] == scene.view:
        return Moved(scene, "")
    return Moved(standing(str(change["view"]), scene.frame), "The figure begins anew in this view.")


def _faced(scene: Scene, change: Change) -> Moved:
    """Mirrored for the opposite side; else turned over or upright, where what was planted has to be planted again."""
    wanted, now = str(change["facing"]), scene.facing
    if now is None or wanted == now:
        return Moved(scene, "")
    if {wanted, now} == {"left", "right"} or change.get("mirror"):
        return Moved(scene_frames.mirrored(scene), "")
    free = scene
    for part in scene.contacts:
        free = lift(free, part) if part in free.contacts else free
    turned = scene_frames.turned(free, wanted)
    return Moved(turned, "Nothing is planted now. Plant hands, knees or feet where they should be.")


_CHANGES: Final[Mapping[str, Callable[[Scene, Change], Moved]]] = MappingProxyType(
    {
        "drag": _dragged,
        "set": _set,
        "choose": _chosen,
        "plant": lambda scene, change: Moved(plant(scene, str(change["part"]), str(change["on"])), ""),
        "lift": lambda scene, change: Moved(lift(scene, str(change["part"])), ""),
        "add": _added,
        "remove": _removed,
        "frame": _framed,
        "fit": _fitted,
        "view": _viewed,
        "face": _faced,
        "show": lambda scene, _change: Moved(scene, ""),
    }
)
