"""What the page of the pose editor sends, read back into poses; what is wrong is one sentence, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from clinic_app.illustration.alt_text import describe
from clinic_app.illustration.handles import Slider, sliders
from clinic_app.illustration.joint_words import in_words
from clinic_app.illustration.pose_changes import apply
from clinic_app.illustration.pose_fields import (
    Choice,
    frame_sliders,
    hand_choices,
    mark_choices,
    picture_choices,
    things,
)
from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.side import draw_frames
from clinic_app.staff.forms.poses import DrawnForm, PosesForm

LETTERS = "ABCD"
MOST_LETTERS = 8000  # of a pose as JSON; `read_scene` bounds it again
NUMBER, CHOICE = "number-", "choice-"  # how the fields of the picture in work begin


@dataclass(slots=True)
class Read:
    """The poses of a sent form in order (None: only a photo), and what is wrong: by field, and as a whole."""

    scenes: list[Scene | None]
    wrong: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    said: str = ""

    @property
    def is_right(self) -> bool:
        return not self.wrong and not self.faults


def read(form: PosesForm, typed: Mapping[str, str]) -> Read:
    """The poses, the one in work with the numbers and choices that were typed."""
    found = Read([])
    while form.pictures.entries and not _is_there(form.pictures.entries[-1].form):
        form.pictures.pop_entry()
    for number, entry in enumerate(form.pictures):
        try:
            found.scenes.append(scene_from(entry.form.scene.data or "", f"Picture {LETTERS[number]}"))
        except ValueError as problem:
            found.scenes.append(None)
            found.faults.append(str(problem))
    at = form.at.data or 0
    if found.is_right and 0 <= at < len(found.scenes) and (scene := found.scenes[at]) is not None:
        found.scenes[at] = _typed_over(scene, typed, found, LETTERS[at])
    return found


def _is_there(picture: DrawnForm) -> bool:
    """A page shows places for four pictures; one that is neither drawn nor was there before is none."""
    return bool(picture.was.data or picture.scene.data)


def scene_from(text: str, picture: str) -> Scene | None:
    """A pose from its JSON; None from nothing. Raises ValueError: one sentence that begins with the picture's name."""
    if not text:
        return None
    if len(text) > MOST_LETTERS:
        raise ValueError(f"{picture}: the pose is too long.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{picture}: the pose cannot be read.") from None
    if not isinstance(data, dict):
        raise ValueError(f"{picture}: the pose cannot be read.")
    try:
        return read_scene(data, "pose")
    except ValueError as problem:
        raise ValueError(in_words(str(problem), picture)) from None


def fields_of(scene: Scene) -> tuple[tuple[Slider, ...], tuple[Choice, ...]]:
    """Every number and every choice that the page shows for a pose."""
    around = things(scene)
    numbers = (*sliders(scene), *frame_sliders(scene), *(each for thing in around for each in thing.sliders))
    whole = (*picture_choices(scene), *hand_choices(scene), *mark_choices(scene))
    chosen = (*whole, *(each for thing in around for each in thing.choices))
    return numbers, chosen


def together(scenes: list[Scene]) -> str:
    """Why the pictures cannot stand beside each other on one card, as a sentence, or ""."""
    try:
        draw_frames(scenes, None)
    except ValueError as problem:
        return in_words(str(problem))
    return ""


def alt_of(scene: Scene) -> str:
    """The description that the pose itself suggests."""
    return describe(scene)


def _typed_over(scene: Scene, typed: Mapping[str, str], found: Read, letter: str) -> Scene:
    numbers, chosen = fields_of(scene)
    values = {}
    for slider in numbers:
        text = typed.get(NUMBER + slider.name, "").strip().replace(",", ".")
        if not text:
            continue
        try:
            value = float(text)
            if abs(value) > 1000 or value != value:  # noqa: PLR0124 - not a number is not equal to itself
                raise ValueError
        except ValueError:
            found.wrong[slider.name] = f"{slider.label}: “{text[:20]}” is not a number."
            continue
        if abs(value - slider.value) < 0.051:
            continue  # shown rounded, and not touched
        if not slider.lowest <= value <= slider.highest:
            unit = " degrees" if slider.unit else ""
            limits = f"{slider.lowest:g} to {slider.highest:g}"
            found.wrong[slider.name] = f"{slider.label} at {value:g}{unit} is outside {limits}."
            continue
        values[slider.name] = value
    if found.wrong:
        return scene
    for name, value in values.items():
        moved = apply(scene, {"do": "set", "name": name, "value": value})
        if moved.said:
            found.faults.append(f"Picture {letter}: {moved.said}")
        scene = moved.scene
    for choice in chosen:
        value_now = typed.get(CHOICE + choice.name, choice.value)
        if value_now != choice.value and value_now in dict(choice.options):
            moved = apply(scene, {"do": "choose", "name": choice.name, "value": value_now})
            found.said = moved.said
            scene = moved.scene
    return scene
