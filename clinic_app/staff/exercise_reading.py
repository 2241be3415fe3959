"""The exercise form: filled from a content, and read back into one. What cannot be read says so beside its field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from clinic_app.database import db
from clinic_app.dosage import Dosage, Hold, HoldUnit, Mode, Range, Side, shorthand
from clinic_app.dosage.codec import from_data, to_data
from clinic_app.errors import NotAllowed
from clinic_app.illustration.alt_text import described
from clinic_app.models import Exercise
from clinic_app.services import photos
from clinic_app.services.exercise_entry import Content
from clinic_app.staff.exercise_lists import Sent, indexes
from clinic_app.staff.forms.dosage import ends
from clinic_app.staff.forms.exercise import LINE, NAME, DoseForm, ExerciseForm, PictureForm, PrecautionForm

LETTERS = "ABCD"
FEWEST_LINES = 3  # steps shown in an empty form
RANGES = ("reps", "duration", "sets", "times_per_day", "days_per_week", "weeks")
PLAIN = ("name", "kind", "starting_position", "feel", "take_care", "easier_tip", "benefit", "targets")
PLAIN_TOO = ("author", "licence")


def shown(content: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The content as the form's first values; `names` gives the name of an exercise for its slug."""
    steps = [*content["steps"]]
    return {
        **{name: content[name] for name in (*PLAIN, *PLAIN_TOO)},
        "aliases": "\n".join(content["aliases"]),
        "mistakes": "\n".join(content["mistakes"]),
        "body_part": content.get("body_part", ""),
        "body_regions": content["body_regions"],
        "equipment": content["equipment"],
        "steps": steps + [""] * (FEWEST_LINES - len(steps)),
        "both_sides_step": content.get("both_sides_step", ""),
        "precautions": content["precautions"],
        **{
            name: [{"name": names.get(each["slug"], each["slug"]), "rule": each["rule"]} for each in content[name]]
            for name in ("easier", "harder")
        },
        "dose": dose_shown(from_data(content["dosage"])),
        "side": content["dosage"]["side"] or "",
        "pictures": [
            {"was": each["letter"], "caption": each["caption"], "alt": each["alt"], "side": each["photo_side"]}
            for each in content["pictures"]
        ],
        "evidence_source": content["evidence"]["source"],
        "evidence_grade": content["evidence"]["grade"],
    }


def dose_shown(dosage: Dosage) -> dict[str, Any]:
    values: dict[str, Any] = {"mode": str(dosage.mode), "rest": dosage.rest, "rest_of_it": json.dumps(to_data(dosage))}
    for name in RANGES:
        values |= ends(name, getattr(dosage, name))
    values |= ends("hold", dosage.hold.amount if dosage.hold else None)
    values["hold_unit"] = str(dosage.hold.unit if dosage.hold else HoldUnit.SECONDS)
    return values


def with_uploads(sent: Sent, files: Mapping[str, FileStorage]) -> tuple[Sent, dict[int, str]]:
    """What was sent, with the photos cleaned, stored and named in it, so that they survive whatever else is wrong.

    Also why a picture's upload was refused, by the picture's number.
    """
    changed, refused = sent.copy(), {}
    for number in indexes(sent, "pictures"):
        upload = files.get(f"pictures-{number}-photo")
        if upload is None or not upload.filename:
            continue
        try:
            kept = photos.keep(upload.read())
        except NotAllowed as error:
            refused[number] = str(error)
        else:
            changed[f"pictures-{number}-kept"] = str(seal().dumps([kept.name, kept.media_type]))
            changed.poplist(f"pictures-{number}-drop_photo")
    return changed, refused


def seal() -> URLSafeSerializer:
    """Signs the name of a stored photo, so that no other stored file can be asked for."""
    return URLSafeSerializer(current_app.secret_key or "", salt="photo of an exercise")


def read(form: ExerciseForm, exercise: Exercise, base: Mapping[str, Any]) -> Content | None:
    """What the form says, as content; None when a field is wrong, which the field then says.

    `base` is the revision that the form began with: drawings and photos that stay come from it.
    """
    dosage = read_dose(form.dose.form, form)
    links = {name: _links(form[name], exercise) for name in ("easier", "harder")}
    pictures = [
        _picture(number, entry.form, base, bool(form.body_part.data)) for number, entry in enumerate(form.pictures)
    ]
    precautions = [_precaution(entry.form) for entry in form.precautions]
    if dosage is None or None in [*links.values(), *pictures, *precautions]:
        return None
    content: Content = {name: form[name].data or "" for name in (*PLAIN, *PLAIN_TOO)}
    content |= {
        "aliases": _lines(form.aliases, NAME),
        "mistakes": _lines(form.mistakes, LINE),
        "body_regions": _ticked(form.body_regions.data, base["body_regions"]),
        "equipment": _ticked(form.equipment.data, base["equipment"]),
        "steps": [entry.data for entry in form.steps if entry.data],
        "precautions": [each for each in precautions if each],
        **links,
        "dosage": to_data(dosage),
        "pictures": pictures,
        "evidence": {"source": form.evidence_source.data or "", "grade": form.evidence_grade.data},
    }
    if form.body_part.data:
        content["body_part"] = form.body_part.data
        content["both_sides_step"] = form.both_sides_step.data or ""
    return None if form.errors else content


def read_dose(form: DoseForm, whole: ExerciseForm) -> Dosage | None:
    """The usual dosage of the number fields; parts without a field of their own stay as they were."""
    values: dict[str, Any] = {name: _range(form, name) for name in RANGES}
    amount = _range(form, "hold")
    values["hold"] = Hold(amount, HoldUnit(form.hold_unit.data)) if amount else None
    values["rest"] = form.rest.data
    for name in ("sets", "times_per_day", "days_per_week"):
        if values[name] is None and not form.errors:
            form[f"{name}_min"].errors = ("Please give a number.",)
    if form.errors:
        return None
    side = Side(whole.side.data) if whole.side.data else None
    values["side"] = side if whole.body_part.data else Side.NONE
    return replace(_before(form), mode=Mode(form.mode.data), **values)


def fill_dose(form: ExerciseForm) -> None:
    """Put what is written in shorthand into the number fields; what cannot be read says so."""
    dose = form.dose.form
    try:
        dosage = shorthand.parse(dose.shorthand.data or "", usual=_before(dose))
    except ValueError as error:
        dose.shorthand.errors = (str(error),)
        return
    for name, value in dose_shown(dosage).items():
        dose[name].data = value
        dose[name].raw_data = None
        dose[name].errors = ()
    if dosage.side in {Side.EACH, Side.ALTERNATE}:
        form.side.data = str(dosage.side)
    dose.shorthand.data = ""


def _before(form: DoseForm) -> Dosage:
    try:
        return from_data(json.loads(form.rest_of_it.data or "{}"))
    except ValueError:
        return Dosage(mode=Mode(form.mode.data))


def _range(form: DoseForm, name: str) -> Range | None:
    first, last = form[f"{name}_min"], form[f"{name}_max"]
    if first.errors or last.errors:
        return None
    if first.data is None:
        if last.data is not None:
            first.errors = ("Please give the smaller number too.",)
        return None
    if last.data is not None and last.data < first.data:
        last.errors = (f"{first.data} to {last.data} runs backwards.",)
        return None
    return Range.of(first.data, last.data)


def _links(entries: Any, exercise: Exercise) -> list[dict[str, str]] | None:
    found = []
    for entry in entries:
        name, rule = (entry.form.name.data or "").strip(), entry.form.rule.data or ""
        if not name and not rule:
            continue
        query = select(Exercise).where(Exercise.clinic_id == exercise.clinic_id, Exercise.name == name)
        other = db.session.scalars(query.limit(1)).one_or_none()
        if other is None:
            entry.form.name.errors = (f"There is no exercise called “{name}”. Choose one from the list.",)
        elif other.id == exercise.id:
            entry.form.name.errors = ("An exercise cannot lead to itself.",)
        elif not rule:
            entry.form.rule.errors = ("Say when to change to it.",)
        else:
            found.append({"slug": other.slug, "rule": rule})
            continue
        return None
    return found


def _precaution(form: PrecautionForm) -> dict[str, str] | None:
    """The row's precaution; {} for an empty row, None for half a one."""
    if form.text.data and not form.code.data:
        form.code.errors = ("Choose which precaution this is.",)
        return None
    if form.code.data and not form.text.data:
        form.text.errors = ("Say in words what staff should know.",)
        return None
    if not form.code.data:
        return {}
    return {"code": form.code.data, "severity": form.severity.data, "text": form.text.data or ""}


def _picture(number: int, form: PictureForm, base: Mapping[str, Any], has_sides: bool) -> dict[str, Any] | None:
    before: Mapping[str, Any] = next((each for each in base["pictures"] if each["letter"] == form.was.data), {})
    picture = {
        "letter": LETTERS[number],
        "caption": form.caption.data or "",
        "alt": form.alt.data or "",
        "scene": before.get("scene"),
        "photo": before.get("photo"),
        "photo_type": before.get("photo_type", ""),
        "photo_side": "",
    }
    if form.kept.data:
        try:
            picture["photo"], picture["photo_type"] = seal().loads(form.kept.data)
        except BadSignature:
            form.photo.errors = ("Please choose the photo again.",)
            return None
    if form.drop_photo.data:
        picture["photo"], picture["photo_type"] = None, ""
    if picture["photo"]:
        if not picture["alt"]:
            form.alt.errors = ("Describe the photo for people who cannot see it.",)
            return None
        if has_sides and not form.side.data:
            form.side.errors = ("Choose which side of the body the photo shows.",)
            return None
        picture["photo_side"] = form.side.data or "" if has_sides else ""
    elif not picture["alt"]:  # a drawing is never without words
        picture["alt"] = described(picture["scene"])
    return picture


def _ticked(data: list[str] | None, before: list[str]) -> list[str]:
    """What is ticked, in the order it had before: the most important first."""
    ticked = data or []
    return [*(each for each in before if each in ticked), *(each for each in ticked if each not in before)]


def _lines(field: Any, most: int) -> list[str]:
    lines = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
    for line in lines:
        if len(line) > most:
            field.errors = (f"A line has {len(line)} characters; at most {most} fit.",)
    return lines
