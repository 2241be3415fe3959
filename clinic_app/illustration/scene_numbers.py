"""A scene as data, and the numbers in it by name: "near_knee", "pelvis.height", "contacts.near_foot.x", "props.0.x"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, Final, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from clinic_app.illustration.scene import Frame, Scene
from clinic_app.illustration.views import limits_of

Range = tuple[float, float]

_SCENE: Final = TypeAdapter(Scene)
_LEAST: Final = 0.1  # beside a limit that itself is not allowed
_OPEN: Final = (-150.0, 150.0)  # where nothing narrower is said


def to_data(scene: Scene | Frame) -> dict[str, Any]:
    """The scene, or a part of it, as plain JSON values, as a pose file has them: what is not given is left out."""
    data: dict[str, Any] = _plain(scene)
    return data


def read_without_solving(data: dict[str, Any]) -> Scene:
    """A scene that may still lack joints. Raises ValueError, as one sentence, if a part of it is of the wrong kind."""
    try:
        return _SCENE.validate_json(json.dumps(data))
    except ValidationError:
        raise ValueError("this part cannot rest there.") from None


def number_at(scene: Scene, name: str) -> float:
    """Raises KeyError if the scene has no such number."""
    if name in limits_of(scene.view):
        return scene.joints.get(name, 0.0)
    found: Any = scene
    for key in name.split("."):
        found = _inside(found, key)
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise KeyError(name)
    return float(found)


def with_number(scene: Scene, name: str, value: float) -> Scene:
    """The scene with another number there; limits are not looked at. Raises KeyError as `number_at`."""
    number_at(scene, name)
    if name in limits_of(scene.view):
        return replace(scene, joints={**scene.joints, name: value})
    changed: Scene = _put(scene, name.split("."), value)
    return changed


def range_of(scene: Scene, name: str) -> Range:
    """The lowest and highest value that the number may have: of a joint in degrees, else in 1/100 stature."""
    limits = limits_of(scene.view)
    if name in limits:
        return limits[name]
    if name.startswith("marks.arrow."):
        frame = scene.frame
        start, size = (frame.x, frame.width) if name.endswith(".0") else (frame.y, frame.height)
        return (start, start + size)
    *way, last = name.split(".")
    owner: Any = scene
    for key in way:
        owner = _inside(owner, key)
    kind: type = type(owner)
    return field_limits(kind, last) if is_dataclass(owner) else _OPEN


@lru_cache(maxsize=256)
def field_limits(kind: type, field: str) -> Range:
    """The limits in the annotation of a dataclass' number."""
    low, high = _OPEN
    for each in _metadata(get_type_hints(kind, include_extras=True)[field]):
        low = getattr(each, "ge", getattr(each, "gt", low - _LEAST) + _LEAST)
        high = getattr(each, "le", getattr(each, "lt", high + _LEAST) - _LEAST)
    return low, high


def _metadata(hint: Any) -> list[Any]:
    """What is said about a type, also inside "or None"."""
    found: list[Any] = []
    for each in (hint, *get_args(hint)):
        for said in getattr(each, "__metadata__", ()):
            found += getattr(said, "metadata", [said])
    return found


def _inside(value: Any, key: str) -> Any:
    if isinstance(value, Mapping):
        return value[key]
    if isinstance(value, tuple):
        if not key.isdecimal() or int(key) >= len(value):
            raise KeyError(key)
        return value[int(key)]
    if not is_dataclass(value) or key not in {each.name for each in fields(value)}:
        raise KeyError(key)
    return getattr(value, key)


def _put(value: Any, path: list[str], number: float) -> Any:
    if not path:
        return number
    key, *rest = path
    inside = _put(_inside(value, key), rest, number)
    if isinstance(value, Mapping):
        return {**value, key: inside}
    if isinstance(value, tuple):
        return (*value[: int(key)], inside, *value[int(key) + 1 :])
    return replace(value, **{key: inside})


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        given = [each for each in fields(value) if getattr(value, each.name) != each.default]
        found = {each.name: _plain(getattr(value, each.name)) for each in given}
        return {key: said for key, said in found.items() if said not in ({}, [])}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
