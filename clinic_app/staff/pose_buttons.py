"""What the buttons of the pose editor do where there are no scripts: other pictures, and changes of the one in work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from clinic_app.illustration.first_poses import standing
from clinic_app.illustration.pose_changes import apply, moves_most
from clinic_app.services import exercises
from clinic_app.staff.blueprint import account
from clinic_app.staff.forms.poses import PosesForm
from clinic_app.staff.pose_page import drawn_pictures, nothing_to_start_from
from clinic_app.staff.pose_reading import LETTERS, Read, alt_of, scene_from


def pressed(form: PosesForm, found: Read, sent: Mapping[str, str]) -> None:
    """What the button `do` does to the pictures: picture:1, add, copy, remove, start, or a change of the pose."""
    what, _, which = sent["do"].partition(":")
    at = min(max(form.at.data or 0, 0), max(len(found.scenes) - 1, 0))
    if what == "picture" and which.isdecimal() and int(which) < len(found.scenes):
        form.at.data = int(which)
    elif what == "copy":
        _copy(form, found, at)
    elif what == "remove" and which == "picture":
        _drop(form, found, at)
    elif what == "start":
        _start(form, found)
    elif (scene := found.scenes[at] if found.scenes else None) is not None:
        change: dict[str, Any] = {"do": what, "part": which or sent.get("part", ""), "on": sent.get("on", "mat")}
        change["what"] = which or sent.get("what", "")
        earlier = found.scenes[at - 1] if at else None
        if change["what"] == "follow" and earlier:
            change["part"] = moves_most(earlier, scene)
        try:
            moved = apply(scene, change)
        except ValueError as problem:
            found.faults.append(str(problem))
            return
        found.scenes[at], found.said = moved.scene, moved.said


def _copy(form: PosesForm, found: Read, at: int) -> None:
    if len(found.scenes) >= len(LETTERS):
        found.said = f"An exercise has at most {len(LETTERS)} pictures."
        return
    scene = found.scenes[at] if found.scenes else standing("side")
    form.pictures.append_entry({"was": "", "scene": "", "caption": "", "alt": alt_of(scene) if scene else ""})
    found.scenes.append(scene)
    form.at.data = len(found.scenes) - 1


def _drop(form: PosesForm, found: Read, at: int) -> None:
    if len(found.scenes) < 2:
        found.said = "An exercise needs a picture. Change this one instead."
        return
    kept = [entry.form for number, entry in enumerate(form.pictures) if number != at]
    words = [{name: each[name].data for name in ("was", "scene", "caption", "alt")} for each in kept]
    while form.pictures.entries:
        form.pictures.pop_entry()
    for each in words:
        form.pictures.append_entry(each)
    del found.scenes[at]
    form.at.data = max(at - 1, 0)


def _start(form: PosesForm, found: Read) -> None:
    name = (form.start_from.data or "").strip()
    other = exercises.with_name(account().clinic_id, name)
    there = drawn_pictures(other) if other else []
    if not there:
        form.start_from.errors = (nothing_to_start_from(name, there=other is not None),)
        found.faults.append(form.start_from.errors[0])
        return
    was = [entry.form.was.data for entry in form.pictures]
    while form.pictures.entries:
        form.pictures.pop_entry()
    found.scenes.clear()
    for number, each in enumerate(there):
        text = json.dumps(each["scene"])
        form.pictures.append_entry({**each, "scene": text, "was": was[number] if number < len(was) else ""})
        found.scenes.append(scene_from(text, "The picture"))
    form.at.data = 0
