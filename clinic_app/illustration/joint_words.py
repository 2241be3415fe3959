"""What a person calls each number of a pose, and where in the picture its handle sits."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final, NamedTuple

TRUNK: Final = "Trunk and head"
PLACE: Final = "Place and turn"
CONTACTS: Final = "What is planted"

SIDES: Final = ("near", "far", "left", "right")
SIDES_OF: Final = MappingProxyType(
    {"side": ("near", "far"), "front": ("left", "right"), "back": ("left", "right"), "above": ("left", "right")}
)


class Words(NamedTuple):
    """`label` without the side; `at` is the point (of `points`, without the side) that this number moves most."""

    label: str
    at: str


_TRUNK: Final = MappingProxyType(
    {
        "lumbar": Words("Low back, bend", "ribs"),
        "thoracic": Words("Upper back, bend", "neck"),
        "neck": Words("Neck, bend", "crown_base"),
        "head": Words("Head, nod", "head"),
        "lumbar_side": Words("Low back, to the side", ""),
        "thoracic_side": Words("Upper back, to the side", ""),
        "neck_side": Words("Neck, to the side", ""),
        "trunk_turn": Words("Trunk, turn", ""),
        "head_turn": Words("Head, turn", ""),
        "scapula_in": Words("Shoulder blades, together", ""),
        "scapula_up": Words("Shoulders, up", ""),
        "pelvis_turn": Words("Hips, turn", ""),
        "pelvis_tilt": Words("Hips, tilt forward", ""),
    }
)
_LIMB: Final = MappingProxyType(
    {
        "hip": Words("hip, lift", "knee"),
        "knee": Words("knee, bend", "ankle"),
        "ankle": Words("ankle, point", "toe"),
        "shoulder": Words("shoulder, lift", "elbow"),
        "elbow": Words("elbow, bend", "wrist"),
        "wrist": Words("wrist, bend", "hand"),
        "hip_flexion": Words("hip, lift", ""),
        "hip_abduction": Words("hip, out to the side", "knee"),
        "hip_rotation": Words("hip, turn out", "toes"),
        "shoulder_flexion": Words("shoulder, lift", ""),
        "shoulder_abduction": Words("shoulder, out to the side", "elbow"),
        "shoulder_rotation": Words("shoulder, turn out", ""),
        "forearm": Words("forearm, turn", ""),
    }
)
_SPACE: Final = MappingProxyType(  # where a body that is seen from the front differs from one seen from the side
    {"lumbar": "", "thoracic": "", "neck": "", "head": "", "ankle": "", "wrist": "fingertips"}
    | {"lumbar_side": "ribs", "thoracic_side": "neck", "neck_side": "head"}
)
_LEG: Final = ("hip", "knee", "ankle", "foot", "toe", "leg")
_PART_AT: Final = MappingProxyType(
    {"foot": "ankle", "hand": "wrist", "toes": "toe", "leg": "ankle", "forearm": "elbow"}
)
_PELVIS: Final = MappingProxyType(
    {
        "pelvis.x": "Whole figure, left to right",
        "pelvis.height": "Hips, height",
        "pelvis.angle": "Whole figure, turn",
    }
)


def label_of(name: str) -> str:
    """The number's name in plain anatomical words: "Near knee, bend"."""
    if name in _PELVIS:
        return _PELVIS[name]
    if name.startswith("contacts."):
        _, part, what = name.split(".", 2)
        return f"{plain(part)}, {_ALONG.get(what, what)}"
    side, _, joint = name.partition("_")
    if side in SIDES:
        words = _LIMB.get(joint)
        return f"{side.capitalize()} {words.label if words else joint.replace('_', ' ')}"
    return _TRUNK[name].label if name in _TRUNK else plain(name)


_ALONG: Final = MappingProxyType({"x": "left and right", "along": "along the thigh", "y": "up", "z": "to the front"})


def group_of(name: str) -> str:
    """The heading under which a number stands: "Near leg"."""
    if name in _PELVIS:
        return PLACE
    if name.startswith("contacts."):
        return CONTACTS
    side, _, joint = name.partition("_")
    if side not in SIDES:
        return TRUNK
    return f"{side.capitalize()} {'leg' if joint.startswith(_LEG) else 'arm'}"


def place_of(name: str, view: str) -> str:
    """The point that the number moves, by its name in `points`; "" if it has no handle of its own in this view."""
    if name == "pelvis.angle":
        return "waist"
    if name.startswith("contacts."):
        _, part, what = name.split(".")
        side, _, part = part.partition("_")
        return f"{side}_{_PART_AT.get(part, part)}" if what in ("x", "along") else ""
    side, _, joint = name.partition("_")
    if side not in SIDES:
        side, joint = "", name
    words = _LIMB.get(joint) if side else _TRUNK.get(joint)
    at = _SPACE[joint] if view != "side" and joint in _SPACE else words.at if words else ""
    return f"{side}_{at}" if at and side else at


def plain(name: str) -> str:
    """ "near_foot" as "Near foot"."""
    return name.replace("_", " ").capitalize()


def in_words(message: str, picture: str = "") -> str:
    """A message of the engine for a person: without the names of files and keys, beginning with `picture`."""
    text = re.sub(r"^[\w.-]+: ", "", message)
    text = re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", lambda found: found[0].replace("_", " "), text)
    return f"{picture}: {text}" if picture else text[:1].upper() + text[1:]
