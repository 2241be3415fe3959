"""What the page of the pose editor shows, and what its buttons do where there are no scripts."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from flask import url_for

from clinic_app.illustration.alt_text import described
from clinic_app.illustration.draw import draw
from clinic_app.illustration.first_poses import standing
from clinic_app.illustration.follow import with_arrows
from clinic_app.illustration.handles import Slider, sliders
from clinic_app.illustration.joint_words import CONTACTS, PLACE, TRUNK, in_words
from clinic_app.illustration.looks import Look
from clinic_app.illustration.pose_fields import (
    frame_sliders,
    hand_choices,
    mark_choices,
    missing_marks,
    picture_choices,
    plantable,
    planted,
    prop_kinds,
    supports,
    things,
)
from clinic_app.illustration.scene import Scene
from clinic_app.illustration.scene_numbers import to_data
from clinic_app.illustration.timing import timing_of
from clinic_app.models import Exercise
from clinic_app.services import figures
from clinic_app.services.exercise_history import content_now, newest, revisions
from clinic_app.services.exercise_start import LONGEST_SLUG
from clinic_app.staff.blueprint import account
from clinic_app.staff.forms.poses import PosesForm
from clinic_app.staff.pose_reading import LETTERS, Read, alt_of

NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 136 59"/>'
FIRST_CAPTIONS = ("Start", "Move and hold")


def first_form(exercise: Exercise, content: Mapping[str, Any], letter: str) -> PosesForm:
    """The form as the newest revision says; an exercise without pictures begins with a start and an end."""
    pictures = [
        {
            "was": each["letter"],
            "scene": json.dumps(each["scene"]) if each.get("scene") else "",
            "caption": each["caption"],
            "alt": each["alt"],
        }
        for each in content["pictures"]
    ]
    if not pictures:
        pictures = [{"was": "", "scene": "", "caption": each, "alt": ""} for each in FIRST_CAPTIONS]
    photos = {each["letter"] for each in content["pictures"] if each.get("photo")}
    drawn_first = next((each["scene"] for each in pictures if each["scene"]), json.dumps(to_data(standing("side"))))
    for each in pictures:
        if not each["scene"] and each["was"] not in photos:
            each["scene"] = drawn_first
    letters = [each["was"] for each in pictures]
    drawn = [number for number, each in enumerate(pictures) if each["scene"]]
    at = letters.index(letter) if letter and letter in letters else (drawn or [0])[0]
    number = newest(exercise)
    data = {"revision": number, "base": number, "at": at, "pictures": pictures}
    return PosesForm(formdata=None, data=data)


def drawn_pictures(exercise: Exercise) -> list[dict[str, Any]]:
    """The drawings of the newest revision with their words; photos cannot be moved and are left out."""
    return [
        {"caption": each["caption"], "alt": each["alt"], "scene": each["scene"]}
        for each in content_now(exercise)["pictures"]
        if each.get("scene")
    ]


def nothing_to_start_from(name: str, *, there: bool) -> str:
    return f"“{name}” has no drawing yet." if there else f"There is no exercise called “{name}”."


def pictures(form: PosesForm, scenes: list[Scene | None], base: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pictures as content. A photo stays beside its drawing; an empty description becomes the pose's own."""
    before = {each["letter"]: each for each in base["pictures"]}
    found = []
    for number, (entry, scene) in enumerate(zip(form.pictures, scenes, strict=True)):
        kept = before.get(entry.form.was.data or "", {})
        alt = entry.form.alt.data or ("" if scene else kept.get("alt", ""))
        if scene and alt in ("", described(kept.get("scene"))):  # nobody wrote it, so that it follows the pose
            alt = alt_of(scene)
        found.append(
            {
                "letter": LETTERS[number],
                "caption": entry.form.caption.data or "",
                "alt": alt,
                "scene": to_data(scene) if scene else None,
                "photo": kept.get("photo"),
                "photo_type": kept.get("photo_type", ""),
                "photo_side": kept.get("photo_side", ""),
            }
        )
    return found


def theirs(exercise: Exercise) -> dict[str, Any]:
    """What somebody else saved meanwhile, to be seen beside one's own."""
    last = next(iter(revisions(exercise)), None)
    drawn = [each for each in content_now(exercise)["pictures"] if each.get("scene") or each.get("photo")]
    return {"last": last, "number": newest(exercise), "pictures": drawn}


def fields(scene: Scene) -> dict[str, Any]:
    """Everything of `staff/poses/fields.html`: the numbers in groups, what is planted, and the things around."""
    groups: dict[str, list[Slider]] = {}
    for each in sorted(sliders(scene), key=_in_sight):
        groups.setdefault(each.group, []).append(each)
    return {
        "standing": groups.pop(CONTACTS, []),
        "groups": groups,
        "frame": frame_sliders(scene),
        "chosen": picture_choices(scene),
        "hands": hand_choices(scene),
        "planted": planted(scene),
        "plantable": plantable(scene),
        "supports": supports(scene),
        "things": things(scene),
        "prop_kinds": prop_kinds(scene),
        "marks": missing_marks(scene),
        "mark_choices": mark_choices(scene),
        "wrong": {},
        "typed": {},
    }


def _in_sight(slider: Slider) -> tuple[int, str]:
    """The figure as a whole, the trunk, then the limbs, those that are seen best first."""
    order = (PLACE, TRUNK, "Near arm", "Near leg", "Left arm", "Left leg")
    return (order.index(slider.group) if slider.group in order else len(order), slider.group)


def page(exercise: Exercise, form: PosesForm, found: Read, sent: Mapping[str, str]) -> dict[str, Any]:
    """Everything of `staff/poses/edit.html`."""
    at = min(max(form.at.data or 0, 0), max(len(found.scenes) - 1, 0))
    scene = found.scenes[at] if found.scenes else None
    photos = {each["letter"] for each in content_now(exercise)["pictures"] if each.get("photo")}
    around = fields(scene) if scene else {}
    if around:
        around |= {"wrong": found.wrong, "typed": sent if found.wrong else {}}
    return {
        "exercise": exercise,
        "form": form,
        "pictures": _shown(exercise, form, found, photos),
        "is_tall": scene is not None and scene.frame.height > scene.frame.width,
        "at": at,
        "found": found,
        "revision": newest(exercise),
        "came_back": bool(sent),
        "timing": asdict(timing_of(exercise.usual)),
        "has_scene": scene is not None,
        **around,
    }


def figure(slug: str) -> Look:
    """Who is drawn in the pictures of an exercise, when they are not for a certain patient."""
    return figures.look_for(account().clinic.branding, None, slug[:LONGEST_SLUG])


def follow_problem(scenes: Sequence[Scene]) -> str:
    """Why no arrow can follow a way between these pictures, as a sentence, or ""."""
    try:
        with_arrows(scenes)
    except ValueError as problem:
        return in_words(str(problem))
    return ""


def drawings(scenes: Sequence[Scene | None], slug: str) -> list[str]:
    """Each picture's SVG as the exercise `slug` is printed for this clinic; "" for a photo.

    An arrow may follow the way from the picture before.
    """
    there = [scene for scene in scenes if scene]
    with suppress(ValueError):  # the parts do not move yet, so there is no way to follow
        there = list(with_arrows(there))
    made, look = iter(there), figure(slug)
    return [draw(next(made), look) if scene else "" for scene in scenes]


def image(svg: str) -> str:
    """A drawing as the address of a picture, in which nothing can run."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _shown(exercise: Exercise, form: PosesForm, found: Read, photos: set[str]) -> list[dict[str, Any]]:
    """All four pictures; those that there are not are hidden and not sent."""
    drawn = drawings(found.scenes, exercise.slug)
    while len(form.pictures.entries) < len(LETTERS):
        form.pictures.append_entry()
    shown = []
    for number, entry in enumerate(form.pictures):
        used = number < len(found.scenes)
        scene = found.scenes[number] if used else None
        was = entry.form.was.data or ""
        if scene:
            shown_as = image(drawn[number])
        elif used and was in photos:
            shown_as = url_for("staff.exercise_picture", exercise_id=exercise.id, letter=was, revision=form.base.data)
        else:
            shown_as = image(NOTHING)
        shown.append(
            {
                "letter": LETTERS[number],
                "form": entry.form,
                "used": used,
                "scene": json.dumps(to_data(scene)) if scene else (entry.form.scene.data or "") if used else "",
                "image": shown_as,
                "alt": alt_of(scene) if scene else "",
                "has_photo": used and was in photos,
            }
        )
    return shown
