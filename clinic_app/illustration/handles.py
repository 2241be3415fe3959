"""What a hand can take hold of in a picture: where the handles are, and what the pose becomes when one is moved.

A handle changes one number of the pose, a joint's angle or where a planted part stands, or moves a point as a whole.
One rule for all of them, whatever the view: the number changes in the direction that brings the handle nearer to the
hand, and stops at the joint's limit or where a planted part would be torn off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from clinic_app.illustration import measured
from clinic_app.illustration.front_props import PillowAbove
from clinic_app.illustration.geometry import Point
from clinic_app.illustration.joint_words import CONTACTS, group_of, in_words, label_of, place_of, plain
from clinic_app.illustration.nearest import KEPT, Distance, nearest
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.scene_numbers import number_at, range_of, with_number
from clinic_app.illustration.views import limits_of

_HALVINGS: Final = 7
_SUNK: Final = 1.0  # 1/100 stature under the floor; less is not seen
_ARROW: Final = ("Arrow, tail", "Arrow, first bend", "Arrow, second bend", "Arrow, tip")
_TURN: Final = "pelvis.angle"
_STANDS: Final = ("x", "y", "z", "along")
ROOT: Final = "pelvis"


@dataclass(frozen=True, slots=True)
class Handle:
    """A point of the picture that can be moved. `changes` names the number that follows, or two: across and up."""

    name: str
    label: str
    x: float
    y: float
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slider:
    """One number of the pose in words. `unit`: "degrees", or "" for hundredths of the stature."""

    name: str
    label: str
    group: str
    value: float
    lowest: float
    highest: float
    unit: str


class Moved(NamedTuple):
    """The pose afterwards, and one sentence if it could not follow all the way."""

    scene: Scene
    said: str


def sliders(scene: Scene) -> tuple[Slider, ...]:
    """Every number of the figure: where it is, its given joints, and where its planted parts stand."""
    names = [f"pelvis.{each}" for each in ("x", "height", "angle") if getattr(scene.pelvis, each) is not None]
    names += measured.free_joints(scene)
    for part, contact in scene.contacts.items():
        names += [f"contacts.{part}.{each}" for each in _STANDS if getattr(contact, each) is not None]
    return tuple(_slider(scene, name) for name in names)


def handles(scene: Scene) -> tuple[Handle, ...]:
    """All handles of a possible scene; the figure as a whole first, then what turns, slides, and is drawn beside it.

    Raises ValueError if the posture is impossible.
    """
    where = measured.places(scene)
    found = [Handle(ROOT, "Whole figure, place", *where["hip"], _root(scene))]
    taken = set()
    for each in sorted(sliders(scene), key=lambda slider: slider.group != CONTACTS):  # what is planted is held there
        at = place_of(each.name, scene.view)
        if at in where and at not in taken:
            found.append(Handle(each.name, each.label, *where[at], (each.name,)))
            taken.add(at)
    for number, point in enumerate(scene.marks.arrow or ()):
        name = f"marks.arrow.{number}"
        found.append(Handle(name, _ARROW[number], *point, (f"{name}.0", f"{name}.1")))
    for number, prop in enumerate(scene.props):
        name = f"props.{number}"
        if isinstance(prop, PillowAbove):
            found.append(Handle(name, f"{plain(prop.kind)}, place", prop.x, prop.y, (f"{name}.x", f"{name}.y")))
        elif hasattr(prop, "x"):
            found.append(Handle(name, f"{plain(prop.kind)}, place", prop.x, 0.0, (f"{name}.x",)))
    return tuple(found)


def below_floor(scene: Scene) -> str:
    """One sentence when a joint lies under what the figure stands or lies on, else ""."""
    if scene.view == "above":
        return ""
    lowest, name = max((place[1], name) for name, place in measured.places(scene).items())
    return f"{plain(name)} is below the floor." if lowest > _SUNK else ""


def outside(scene: Scene) -> str:
    """One sentence when a joint lies outside the picture, else ""."""
    frame = scene.frame
    for name, (x, y) in measured.places(scene).items():
        if not (0 <= x - frame.x <= frame.width and 0 <= y - frame.y <= frame.height):
            return f"{plain(name)} is outside the picture."
    return ""


def drag(scene: Scene, handle: str, x: float, y: float) -> Moved:
    """The pose that brings the handle as near to x, y as it can.

    Raises:
        KeyError: the scene has no such handle.
        ValueError: the posture was impossible before.
    """
    held = next((each for each in handles(scene) if each.name == handle), None)
    if held is None:
        raise KeyError(handle)
    if len(held.changes) == 2:
        return _shifted(scene, held, (x, y))
    name = held.changes[0]

    def distance(value: float) -> float | None:
        try:
            return math.dist(_place(_with(scene, name, value), held), (x, y))
        except ValueError:
            return None

    return _nearest(scene, name, distance)


def set_number(scene: Scene, name: str, value: float) -> Moved:
    """The pose with the number as near to `value` as it can be.

    Raises:
        KeyError: the scene has no such number.
    """
    goal = value % 360 if name == _TURN else value

    def distance(candidate: float) -> float | None:
        try:
            measured.places(_with(scene, name, candidate))
        except ValueError:
            return None
        return abs(candidate - goal)

    low, high = range_of(scene, name)
    kept = round(min(max(goal, low), high), KEPT)
    if distance(kept) is not None:  # nothing in between can stop it
        said = "" if kept == round(goal, KEPT) else _stops(scene, name, kept)
        return Moved(_with(scene, name, kept), said)
    return _nearest(scene, name, distance)


def _slider(scene: Scene, name: str) -> Slider:
    low, high = range_of(scene, name)
    if name.endswith(".x"):  # farther away nothing of it would be seen
        low, high = max(low, scene.frame.x), min(high, scene.frame.x + scene.frame.width)
    value = number_at(scene, name)
    unit = "degrees" if name in limits_of(scene.view) or name == _TURN else ""
    return Slider(name, label_of(name), group_of(name), value, min(low, value), max(high, value), unit)


def _root(scene: Scene) -> tuple[str, ...]:
    return ("pelvis.x",) if scene.pelvis.height is None else ("pelvis.x", "pelvis.height")


def _with(scene: Scene, name: str, value: float) -> Scene:
    """Both knees on the floor stand at one place, so that they move together. A turn goes round."""
    changed = with_number(scene, name, value % 360 if name == _TURN else value)
    other = {"contacts.near_knee.x": "contacts.far_knee.x", "contacts.far_knee.x": "contacts.near_knee.x"}.get(name)
    if other and other.split(".")[1] in scene.contacts:
        changed = with_number(changed, other, value)
    return changed


def _place(scene: Scene, handle: Handle) -> Point:
    """Where the handle is in another scene of the same kind."""
    if handle.name.startswith("props."):
        return (number_at(scene, handle.changes[0]), handle.y)
    where = measured.places(scene)
    return where["hip"] if handle.name == ROOT else where[place_of(handle.name, scene.view)]


def _shifted(scene: Scene, held: Handle, to: Point) -> Moved:
    """A point moved as a whole, as far towards `to` as its limits and the planted parts let it."""
    across, up = held.changes
    by = (to[0] - held.x, (held.y - to[1]) if up == "pelvis.height" else (to[1] - held.y))

    def moved(share: float) -> Scene:
        changed = scene
        for name, step in zip((across, up), by, strict=True):
            low, high = range_of(scene, name)
            value = round(min(max(number_at(scene, name) + share * step, low), high), KEPT)
            changed = with_number(changed, name, value)
        measured.places(changed)
        return changed

    try:
        return Moved(moved(1.0), "")
    except ValueError as problem:
        said = in_words(str(problem))
    found, good, bad = scene, 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (good + bad) / 2
        try:
            found, good = moved(middle), middle
        except ValueError:
            bad = middle
    return Moved(found, said)


def _nearest(scene: Scene, name: str, distance: Distance) -> Moved:
    now = number_at(scene, name)
    low, high = (now - 180, now + 180) if name == _TURN else range_of(scene, name)
    found = nearest(now, low, high, distance)
    stopped = found.stopped and name != _TURN
    return Moved(_with(scene, name, found.value), _stops(scene, name, found.value) if stopped else "")


def _stops(scene: Scene, name: str, value: float) -> str:
    unit = " degrees" if name in limits_of(scene.view) else ""
    return f"{label_of(name)}: it stops at {value:g}{unit}."
