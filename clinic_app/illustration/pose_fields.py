"""What else of a pose can be chosen, in words: the view, the hands, what is planted, and the things around the figure.

Lists come from the types of the scene, so that a new prop or support can be chosen as soon as it can be drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from clinic_app.illustration.front_posture import FrontPosture
from clinic_app.illustration.front_regions import front_regions
from clinic_app.illustration.handles import Slider
from clinic_app.illustration.joint_words import SIDES_OF, plain
from clinic_app.illustration.measured import places
from clinic_app.illustration.props import AnyProp
from clinic_app.illustration.regions import SIDE_REGIONS
from clinic_app.illustration.scene import ActingSide, Contact, ContactName, Facing, Feel, Hand, Marks, Scene, View
from clinic_app.illustration.scene_frames import WIDTHS, shape_of
from clinic_app.illustration.scene_numbers import range_of
from clinic_app.illustration.views import solve_view

Options = tuple[tuple[str, str], ...]

_VIEWS: Final = {"side": "From the side", "front": "From the front", "back": "From the back", "above": "From above"}
_FACINGS: Final = {"up": "Up", "down": "Down", "left": "Left", "right": "Right"}
_SHAPES: Final = {"wide": "Wide, for lying and kneeling", "tall": "Tall, for standing and sitting"}
_ACTING: Final = {"none": "Both alike", "near": "The near one", "far": "The far one", "left": "Left", "right": "Right"}
_MARKS: Final = {
    "feel": "Where it is felt",
    "follow": "Arrow along the way from the picture before",
    "hold": "Clock for a hold",
    "label": "Letter of the side, L or R",
    "pair": "Arrow on both sides",
}
_BESIDE: Final = {"no": "No", "leg": "Beside the leg", "arm": "Beside the arm"}
_ARROW: Final = ("Tail", "First bend", "Second bend", "Tip")
_FIELDS: Final = {
    "x": "Place, left to right",
    "start": "Left end",
    "end": "Right end",
    "top": "Height of its top",
    "drop": "Length of its legs",
    "lift": "Height above the floor",
    "loop": "Size of the loop",
    "front": "In front of the figure",
    "room": "The room is on its",
    "faces": "It faces",
    "on": "Where it is felt",
    "part": "Way of the",
    "beside": "Beside its way",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list. `name` says which change it makes: "view", "facing", "shape", or a place in the scene."""

    name: str
    label: str
    options: Options
    value: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A prop or a mark, with its numbers and its choices. `name` is what takes it away: "props.0", "arrow"."""

    name: str
    label: str
    sliders: tuple[Slider, ...]
    choices: tuple[Choice, ...]


def picture_choices(scene: Scene) -> tuple[Choice, ...]:
    """How the whole picture is seen."""
    found = [_choice("view", "View", _VIEWS, get_args(View), scene.view)]
    if scene.facing is not None:
        found.append(_choice("facing", "Front of the body looks", _FACINGS, get_args(Facing), scene.facing))
    sides = ("none", "near", "far") if scene.view == "side" else ("none", "left", "right")
    acting = tuple(each for each in get_args(ActingSide) if each in sides)
    found.append(_choice("acting_side", "Limb that exercises", _ACTING, acting, scene.acting_side))
    found.append(_choice("shape", "Shape of the pictures", _SHAPES, tuple(WIDTHS), shape_of(scene.frame)))
    return tuple(found)


def hand_choices(scene: Scene) -> tuple[Choice, ...]:
    limbs = SIDES_OF[scene.view]
    hands = {str(limb): hand for limb, hand in scene.hands.items()}
    return tuple(
        _choice(f"hands.{limb}", f"{limb.capitalize()} hand", {}, get_args(Hand), hands.get(limb, "flat"))
        for limb in limbs
    )


def mark_choices(scene: Scene) -> tuple[Choice, ...]:
    """Marks that are there or not: the clock of a hold, the letter of the side, a second arrow for the other side."""
    found = []
    for each in fields(scene.marks):
        now, words = getattr(scene.marks, each.name), _literals(_hints(Marks)[each.name])
        label = _MARKS.get(each.name, plain(each.name))
        if isinstance(now, bool) and not (each.name == "pair" and scene.view == "side"):
            found.append(_yes_no(f"marks.{each.name}", label, on=now))
        elif words:
            found.append(_choice(f"marks.{each.name}", label, _BESIDE, ("no", *words), now or "no"))
    return tuple(found)


def frame_sliders(scene: Scene) -> tuple[Slider, ...]:
    """How large the figure is in the picture and where it stands; the same for all pictures of an exercise."""
    frame = scene.frame
    least, most, _ = WIDTHS[shape_of(frame)]
    shown = (("width", "How much is shown", frame.width, least, most), ("x", "Left edge", frame.x, -150.0, 50.0))
    return tuple(
        Slider(f"frame.{name}", label, "Picture", value, min(low, value), max(high, value), "")
        for name, label, value, low, high in (*shown, ("y", "Upper edge", frame.y, -150.0, 20.0))
    )


def plantable(scene: Scene) -> Options:
    """What of the body can be planted and is not."""
    limbs = ("near_", "far_") if scene.view == "side" else ("left_", "right_", "hips")
    parts = [each for each in get_args(ContactName) if each.startswith(limbs) and each not in scene.contacts]
    return tuple((each, plain(each)) for each in parts)


def supports(scene: Scene) -> Options:
    """What a part can rest on; whether it reaches is found out by trying."""
    there = {str(prop.kind) for prop in scene.props}
    kinds = dict(prop_kinds(scene))
    others = ("left_", "right_") if scene.view == "side" else ("near_", "far_")
    found = []
    for each in _literals(_hints(Contact)["on"]):
        if each.startswith(others) or each == "floor" or (each in kinds and each != "mat" and each not in there):
            continue
        found.append((each, "The floor or mat" if each == "mat" else plain(each)))
    return tuple(found)


def planted(scene: Scene) -> Options:
    """What is planted, and on what."""
    contacts = scene.contacts.items()
    return tuple((part, f"{plain(part)} on the {plain(contact.on).lower()}") for part, contact in contacts)


def prop_kinds(scene: Scene) -> Options:
    """The things that can stand around the figure in this view."""
    found: list[tuple[str, str]] = []
    for kind in get_args(AnyProp):
        found += [(each, plain(each)) for each in _literals(_hints(kind)["kind"])]
    return tuple(each for each in found if scene.view != "side" or not each[0].endswith(("_above", "_behind")))


def regions(scene: Scene) -> tuple[str, ...]:
    """Where an exercise can be felt in this view."""
    posture = solve_view(scene)
    return tuple(front_regions(posture)) if isinstance(posture, FrontPosture) else SIDE_REGIONS


def missing_marks(scene: Scene) -> Options:
    """Marks that can be added; of the two kinds of arrow only one."""
    marks = scene.marks
    arrows = () if marks.arrow or marks.follow else (("arrow", "Arrow"), ("follow", "Arrow along the way"))
    return (*arrows, *((("feel", "Where it is felt"),) if marks.feel is None else ()))


def things(scene: Scene) -> tuple[Thing, ...]:
    """The props and marks of the scene."""
    found = [_thing(scene, f"props.{n}", f"props.{n}", plain(prop.kind), prop) for n, prop in enumerate(scene.props)]
    if scene.marks.arrow:
        sliders = tuple(
            _slider(scene, f"marks.arrow.{n}.{axis}", f"{_ARROW[n]}, {'down' if axis else 'across'}", point[axis])
            for n, point in enumerate(scene.marks.arrow)
            for axis in (0, 1)
        )
        found.append(Thing("arrow", "Arrow", sliders, ()))
    for each in fields(scene.marks):
        value = getattr(scene.marks, each.name)
        if is_dataclass(value):
            label = _MARKS.get(each.name, plain(each.name))
            found.append(_thing(scene, each.name, f"marks.{each.name}", label, value))
    return tuple(found)


def _thing(scene: Scene, name: str, path: str, label: str, value: Any) -> Thing:
    sliders, choices = [], []
    kind: type = type(value)
    hints = _hints(kind)
    for each in fields(value):
        said, now = _FIELDS.get(each.name, plain(each.name)), getattr(value, each.name)
        options = _literals(hints[each.name])
        if isinstance(now, bool):
            choices.append(_yes_no(f"{path}.{each.name}", said, on=now))
        elif isinstance(now, (int, float)):
            sliders.append(_slider(scene, f"{path}.{each.name}", said, now))
        elif each.name == "through":
            ends = ("One end at the", *("Then round the" for _ in now[2:]), "Other end at the")
            parts = tuple(places(scene))
            choices += [_choice(f"{path}.through.{n}", ends[n], {}, parts, part) for n, part in enumerate(now)]
        elif each.name == "part":
            choices.append(_choice(f"{path}.part", said, {}, tuple(places(scene)), str(now)))
        elif isinstance(value, Feel) and each.name == "on":
            choices.append(_choice(f"{path}.on", said, {}, regions(scene), now))
        elif len(options) > 1 and each.name != "kind":
            choices.append(_choice(f"{path}.{each.name}", said, {}, options, now))
    return Thing(name, label, tuple(sliders), tuple(choices))


def _yes_no(name: str, label: str, *, on: bool) -> Choice:
    return _choice(name, label, {}, ("no", "yes"), "yes" if on else "no")


def _slider(scene: Scene, name: str, label: str, value: float) -> Slider:
    low, high = range_of(scene, name)
    if name.endswith((".x", ".start", ".end")):
        low, high = max(low, scene.frame.x - 20), min(high, scene.frame.x + scene.frame.width + 20)
    return Slider(name, label, "", value, round(min(low, value), 1), round(max(high, value), 1), "")


def _choice(name: str, label: str, words: dict[str, str], values: tuple[str, ...], now: str) -> Choice:
    return Choice(name, label, tuple((each, words.get(each, plain(each))) for each in values), now)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a value's fields; reading them takes longer than everything else here."""
    return get_type_hints(kind, include_extras=True)


def _literals(hint: Any) -> tuple[str, ...]:
    """The words that a type allows, also inside "or None"."""
    if get_origin(hint) is Literal:
        return tuple(each for each in get_args(hint) if isinstance(each, str))
    return tuple(word for each in get_args(hint) for word in _literals(each))
