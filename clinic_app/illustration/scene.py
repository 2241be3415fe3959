"""A scene: one posture with its props and marks, as frozen values, and the strict reading of its JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from clinic_app.illustration.front_joints import FrontRegion, Side
from clinic_app.illustration.front_regions import front_regions
from clinic_app.illustration.joints import Limb
from clinic_app.illustration.posture import Posture
from clinic_app.illustration.props import PartName, Prop, Strap
from clinic_app.illustration.regions import SIDE_REGIONS
from clinic_app.illustration.values import Place, Value
from clinic_app.illustration.views import check_joints, points, solve_view

if TYPE_CHECKING:
    from clinic_app.illustration.geometry import Point
    from clinic_app.illustration.views import AnyPosture

SCHEMA = 1

Facing = Literal["up", "down", "left", "right"]
View = Literal["side", "front", "back", "above"]
JointName = Annotated[str, Field(max_length=40, pattern=r"^[a-z_0-9]+$")]  # which ones there are, the view says
ActingSide = Literal["near", "far", "left", "right", "none"]
Hand = Literal["flat", "grip", "thumb_up"]
SideRegion = Literal[
    "belly",
    "low_back",
    "middle_back",
    "upper_back",
    "between_shoulder_blades",
    "chest",
    "neck_back",
    "neck_front",
    "neck_left",
    "neck_right",
    "shoulder",
    "upper_arm",
    "waist_left",
    "waist_right",
    "buttock",
    "buttock_left",
    "buttock_right",
    "bottom",
    "hip_front",
    "outer_hip",
    "outer_hip_left",
    "outer_hip_right",
    "groin_left",
    "groin_right",
    "thigh_front",
    "thigh_back",
    "knee",
    "calf",
    "shin",
]
Region = Literal[SideRegion, FrontRegion]
Rests = Literal[
    "mat",
    "floor",
    "chair",
    "stool",
    "bed",
    "table",
    "step",
    "cushion",
    "wall",
    "near_thigh",
    "near_lap",
    "far_lap",
    "near_shin",
    "far_shin",
    "forehead",
    "low_back",
    "hip_bone",
    "point",
    "left_thigh",
    "right_thigh",
]
ContactName = Literal[
    "near_hand",
    "far_hand",
    "near_elbow",
    "far_elbow",
    "near_forearm",
    "far_forearm",
    "near_knee",
    "far_knee",
    "near_leg",
    "far_leg",
    "near_foot",
    "far_foot",
    "near_toes",
    "far_toes",
    "left_hand",
    "right_hand",
    "left_elbow",
    "right_elbow",
    "left_knee",
    "right_knee",
    "left_foot",
    "right_foot",
    "hips",
]


@dataclass(frozen=True, slots=True)
class Pelvis(Value):
    """Where the hips are. `angle` points from the hips to the waist; `height` is left out when a knee is planted."""

    x: Place
    angle: Annotated[float, Field(ge=0, lt=360)]
    height: Annotated[float, Field(gt=0, le=100)] | None = None


@dataclass(frozen=True, slots=True)
class Contact(Value):
    """What a part rests on: the mat, a thing among the props or a part of the own body.

    `x` and `y` are where; `along` is how far down a thigh or a shin, 0 at its upper end.
    """

    on: Rests
    x: Place | None = None
    along: Annotated[float, Field(ge=0.1, le=1)] | None = None
    y: Place | None = None
    z: Place | None = None


@dataclass(frozen=True, slots=True)
class Feel(Value):
    """The patch where the exercise should be felt: a region, its length and width.

    A region of a limb is that of the limb that does the exercise, else of the near one.
    """

    on: Region
    length: Annotated[float, Field(ge=4, le=30)]
    width: Annotated[float, Field(ge=4, le=16)]


@dataclass(frozen=True, slots=True)
class Follow(Value):
    """An arrow along the way that a point of the figure takes from the frame before to this one.

    It runs `beside` that way: to the left of who goes it when positive, to the right when negative.
    """

    part: PartName
    beside: Annotated[float, Field(ge=-30, le=30)]


@dataclass(frozen=True, slots=True)
class Marks(Value):
    """`arrow` has 4 points of one cubic curve, from its tail to its tip; `follow` has it worked out.

    `hold` is a small clock in a free corner. `label` is the letter L or R beside the leg or the arm that does the
    exercise: which letter follows from the drawing. With `pair`, arrow and patch stand on the other side of the
    figure's middle as well, for movements that both sides make alike in the views from the front, the back and above.
    """

    arrow: Annotated[tuple[tuple[Place, Place], ...], Field(min_length=4, max_length=4)] | None = None
    follow: Follow | None = None
    feel: Feel | None = None
    hold: bool = False
    label: Literal["leg", "arm"] | None = None
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Frame(Value):
    """The part of the plane that the picture shows (the SVG's viewBox)."""

    x: Place
    y: Place
    width: Annotated[float, Field(ge=20, le=200)]
    height: Annotated[float, Field(ge=10, le=200)]


@dataclass(frozen=True, slots=True)
class Scene(Value):
    """One frame of an exercise. Angles in degrees by anatomical joint (see `joints`), lengths in 1/100 stature.

    `facing` is the direction that the belly looks, of the side view only; `acting_side` is the limb that does the
    exercise: near or far from the side, the figure's own left or right in the other views ("above": lying, seen from
    the ceiling).
    A joint of a planted limb is solved from its contact and must not be given as well.
    """

    schema: Literal[1]
    view: View
    acting_side: ActingSide
    pelvis: Pelvis
    frame: Frame
    joints: dict[JointName, float] = field(default_factory=dict, hash=False)
    contacts: dict[ContactName, Contact] = field(default_factory=dict, hash=False)
    facing: Facing | None = None
    hands: dict[Limb | Side, Hand] = field(default_factory=dict, hash=False)
    props: Annotated[tuple[Prop, ...], Field(max_length=6)] = ()
    marks: Marks = Marks()
    shoes: bool = False


_SCENE = TypeAdapter(Scene)
_LONGEST_QUOTE = 40  # letters of a wrong key or value that a message repeats
_LARGEST = 6000  # characters; a pose file of the starter catalogue has about 900


def read_scene(data: dict[str, Any], name: str) -> Scene:
    """Read one pose file's JSON value; `name` (of the file) begins every message.

    Raises:
        ValueError: one sentence that names the file, the joint or key, the value and what is allowed.
    """
    try:
        text = json.dumps(data)
    except (TypeError, ValueError, RecursionError):
        raise ValueError(f"{name}: every value must be plain JSON.") from None
    if len(text) > _LARGEST:
        raise ValueError(f"{name}: {len(text)} characters are more than the {_LARGEST} that a pose may have.")
    try:
        scene = _SCENE.validate_json(text)
    except ValidationError as problem:
        raise ValueError(f"{name}: {_sentence(problem)}") from None
    _check_view(scene, name)
    check_joints(scene, name)
    for x, y in scene.marks.arrow or ():
        if not (0 <= x - scene.frame.x <= scene.frame.width and 0 <= y - scene.frame.y <= scene.frame.height):
            raise ValueError(f"{name}: the arrow's point {x:g}, {y:g} lies outside the frame.")
    posture = solve_view(scene, name)
    _check_marks(scene, posture, name)
    if scene.shoes and scene.view != "side":
        raise ValueError(f"{name}: shoes are drawn in the side view only.")
    for prop in scene.props:
        if isinstance(prop, Strap):
            _check_strap(prop, points(posture), name)
    return scene


def _check_view(scene: Scene, name: str) -> None:
    """From the side, limbs are near and far; from everywhere else they are the figure's own left and right."""
    seen_from_the_side = scene.view == "side"
    wrong = ("left", "right") if seen_from_the_side else ("near", "far")
    for key in (scene.acting_side, *scene.contacts, *scene.hands):
        if key.startswith(wrong):
            raise ValueError(f"{name}: {key} is no word of the {scene.view} view.")
    if seen_from_the_side and scene.facing is None:
        raise ValueError(f"{name}: facing is missing.")
    if not seen_from_the_side and scene.facing is not None:
        raise ValueError(f"{name}: facing is only for the side view.")


def _check_marks(scene: Scene, posture: AnyPosture, name: str) -> None:
    feel, follow, places = scene.marks.feel, scene.marks.follow, points(posture)
    allowed = SIDE_REGIONS if isinstance(posture, Posture) else front_regions(posture)
    if feel and feel.on not in allowed:
        raise ValueError(f"{name}: marks.feel.on is {feel.on}, which the {scene.view} view does not have.")
    if follow and scene.marks.arrow:
        raise ValueError(f"{name}: marks has an arrow already, so follow must not be given as well.")
    if follow and follow.part not in places:
        raise ValueError(f"{name}: marks.follow.part is {follow.part}, which is none of {', '.join(sorted(places))}.")
    if scene.marks.label and scene.acting_side == "none":
        raise ValueError(f"{name}: marks.label needs an acting_side, or there is nothing to name.")


def _check_strap(strap: Strap, places: dict[str, Point], name: str) -> None:
    for part in strap.through:
        if part not in places:
            raise ValueError(
                f"{name}: a {strap.kind} goes through {part}, which is none of {', '.join(sorted(places))}."
            )


def _sentence(problem: ValidationError) -> str:
    """The first complaint as one sentence: where, what was given, what is allowed."""
    first = problem.errors(include_url=False, include_context=False)[0]
    where = ".".join(_plain(part) for part in first["loc"]) or "the pose"
    given = first["input"]
    shown = f" is {_plain(repr(given))}" if isinstance(given, (str, int, float, bool)) else ""
    return f"{where}{shown}: {first['msg']}."


def _plain(given: object) -> str:
    """What somebody wrote, fit for one line of a message."""
    return "".join(letter if letter.isprintable() else " " for letter in str(given)[:_LONGEST_QUOTE])
