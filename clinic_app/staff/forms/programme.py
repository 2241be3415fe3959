"""The programme editor: one row per exercise, numbers in fields, so that a dose is never typed as prose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import Optional

from clinic_app.dosage import Dosage, Hold, HoldUnit, Range, Side
from clinic_app.models import PrescribedExercise, Programme
from clinic_app.staff.forms.dosage import DosageFields, ends
from clinic_app.web.fields import AtMost, Needed, PlainTextArea, PlainTextField

SIDES = [
    SelectChoice(value=str(side), label=side.capitalize())
    for side in (Side.LEFT, Side.RIGHT, Side.EACH, Side.ALTERNATE)
]
# Field name of the dosage -> the two number fields that show it, and what they are called.
RANGES = {
    "reps": ("reps_min", "reps_max", "Repeat"),
    "duration": ("duration_min", "duration_max", "Keep going"),
    "sets": ("sets_min", "sets_max", "Rounds"),
    "times_per_day": ("times_per_day_min", "times_per_day_max", "Times a day"),
    "days_per_week": ("days_per_week_min", "days_per_week_max", "Days a week"),
    "weeks": ("weeks_min", "weeks_max", "Weeks"),
}


class ExerciseRowForm(DosageFields):
    row_id = HiddenField()
    side = RadioField("Side", [Optional()], choices=SIDES, validate_choice=False)
    note = PlainTextArea("Note for this patient", [AtMost(1000)])
    asked = HiddenField()  # the unusual numbers that the tick below stands for
    confirm = BooleanField("Yes, I mean this number")


class RowList(FieldList):  # type: ignore[type-arg] # generic in the stubs alone
    """Entries keep the number they were sent with, which is that of their row, and are not counted anew."""

    def _compact_indices(self) -> None:
        pass


class ProgrammeForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    version = IntegerField()
    idempotency_key = HiddenField()
    title = PlainTextField("Title", [Needed("Please give the programme a title."), AtMost(80)])
    review_on = DateField("Next review", [Optional()])
    exercises = RowList(FormField(ExerciseRowForm))


def first_form(programme: Programme, key: str) -> ProgrammeForm:
    """The form as the programme is saved. `key` makes a second click of Issue find the first one's edition."""
    form = ProgrammeForm(
        formdata=None,
        data={
            "version": programme.version,
            "title": programme.title,
            "review_on": programme.review_on,
            "idempotency_key": key,
        },
    )
    for row in programme.exercises:
        append(form, row)
    return form


def append(form: ProgrammeForm, row: PrescribedExercise) -> None:
    """Put the fields of `row` as saved at the end. They are named after the row, so that moving it renames nothing."""
    form.exercises.last_index = row.id - 1
    fit(form.exercises.append_entry(_row(row)).form, row)


def fit(form: ExerciseRowForm, row: PrescribedExercise) -> None:
    """Leave out the fields that this exercise's mode does not need, so that they are neither shown nor read."""
    dosage = row.dosage
    unneeded = ["hold_min", "hold_max", "hold_unit"] if dosage.hold is None else []
    for name in ("duration", "reps"):
        if getattr(dosage, name) is None:
            unneeded += RANGES[name][:2]
    for name in unneeded:
        del form[name]
    if not row.exercise.has_sides:
        del form["side"]


def read_dosage(form: ExerciseRowForm, before: Dosage) -> Dosage:
    """`before` with the numbers of the form. A number that is wrong stays as it was, and its field says why.

    Fields that the editor does not show (load, effort, tempo ...) stay as they were.
    """
    values: dict[str, Any] = {}
    for name, (low, high, words) in RANGES.items():
        if low not in form:
            continue
        amount = _range(form, low, high, words, needed=name != "weeks")
        if not _is_wrong(form, low, high):
            values[name] = amount
    if "hold_min" in form:
        amount = _range(form, "hold_min", "hold_max", "Hold", needed=True)
        if amount and not _is_wrong(form, "hold_min", "hold_max") and form.hold_unit.data in set(HoldUnit):
            values["hold"] = Hold(amount, HoldUnit(form.hold_unit.data))
    if not form.rest.errors:
        values["rest"] = form.rest.data
    if "side" in form:
        values["side"] = Side(form.side.data) if form.side.data in set(Side) else None
    return replace(before, **values)


def _is_wrong(form: ExerciseRowForm, low: str, high: str) -> bool:
    return bool(form[low].errors or form[high].errors)


def _range(form: ExerciseRowForm, low: str, high: str, words: str, *, needed: bool) -> Range | None:
    first, last = form[low], form[high]
    if first.errors or last.errors:
        return None
    if first.data is None:
        if needed or last.data is not None:
            first.errors = (f"{words}: please give a number.",)
        return None
    if last.data is not None and last.data < first.data:
        last.errors = (f"{words}: {first.data} to {last.data} runs backwards.",)
        return None
    return Range.of(first.data, last.data)


def _row(row: PrescribedExercise) -> dict[str, Any]:
    dosage = row.dosage
    values: dict[str, Any] = {
        "row_id": str(row.id),
        "note": row.note,
        "side": str(dosage.side) if dosage.side else None,
        "rest": dosage.rest,
        "asked": "\n".join(row.confirmed),
        "confirm": bool(row.confirmed),
    }
    for name in RANGES:
        values |= ends(name, getattr(dosage, name))
    if dosage.hold:
        values |= ends("hold", dosage.hold.amount)
        values["hold_unit"] = str(dosage.hold.unit)
    return values
