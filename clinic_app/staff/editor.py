"""What the programme's form asks for: read row by row, so that one wrong field never costs the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clinic_app.dosage import Dosage
from clinic_app.models import PrescribedExercise, Programme
from clinic_app.services import programmes
from clinic_app.services.programme_edits import RowEdit
from clinic_app.staff.forms.programme import ExerciseRowForm, ProgrammeForm, append, fit, read_dosage

MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as far as it can be saved. A field that cannot be saved says why and stays as it was typed."""

    title: str
    edits: tuple[RowEdit, ...]
    wrong: int  # fields that cannot be saved
    unanswered: int  # rows with an unusual number that nobody has stood by yet

    @property
    def dosages(self) -> dict[int, Dosage]:
        return {edit.row_id: edit.dosage for edit in self.edits}


def read_form(programme: Programme) -> ProgrammeForm:
    """The sent form, its rows in the programme's order; rows of another programme are ignored."""
    form = ProgrammeForm()
    rows = {str(row.id): row for row in programme.rows}
    sent = {entry.form.row_id.data or "": entry for entry in form.exercises.entries[:MOST_ROWS]}
    form.exercises.entries = [sent[number] for number in rows if number in sent]
    for entry in form.exercises:
        fit(entry.form, rows[str(entry.form.row_id.data)])
    return form


def read(form: ProgrammeForm, programme: Programme) -> Typed:
    """Check every field; those that are wrong say so."""
    form.validate_on_submit()
    rows = {str(row.id): row for row in programme.rows}
    edits, wrong, unanswered = [], 0, 0
    for entry in form.exercises:
        row = rows[str(entry.form.row_id.data)]
        dosage = _allowed(entry.form, row, read_dosage(entry.form, row.dosage))
        confirmed = _confirmed(entry.form, row, dosage)
        note = row.note if entry.form.note.errors else entry.form.note.data or ""
        edits.append(RowEdit(row.id, dosage, note, confirmed))
        wrong += sum(1 for field in entry.form if field.errors and field is not entry.form.confirm)
        unanswered += bool(entry.form.confirm.errors)
    wrong += sum(1 for field in form if field.errors and field is not form.exercises)
    return Typed(programme.title if form.title.errors else form.title.data or "", tuple(edits), wrong, unanswered)


def as_saved(form: ProgrammeForm, programme: Programme) -> None:
    """Show the rows as they are saved now, in their new order; only a row with a wrong field stays as it was typed."""
    typed = {entry.form.row_id.data: entry for entry in form.exercises}
    form.exercises.entries = []
    for row in programme.exercises:
        entry = typed.get(str(row.id))
        if entry is not None and entry.form.errors:
            form.exercises.entries.append(entry)
        else:
            append(form, row)


def first_number(form: ExerciseRowForm) -> Any:
    return next(form[name] for name in ("hold_min", "duration_min", "reps_min") if name in form)


def _allowed(form: ExerciseRowForm, row: PrescribedExercise, dosage: Dosage) -> Dosage:
    """The dosage, or the one before when the limits refuse it, which the first number then says."""
    refused = programmes.refused(row.exercise, dosage)
    if not refused:
        return dosage
    first_number(form).errors = (*first_number(form).errors, *refused)
    return row.dosage


def _confirmed(form: ExerciseRowForm, row: PrescribedExercise, dosage: Dosage) -> tuple[str, ...]:
    """The unusual numbers the person stands by. One that still has to be answered is asked at its tick."""
    found = programmes.checked(row.exercise, dosage)
    asked = tuple(each.message for each in found if each.severity == "confirm")
    said = "\n".join(asked)
    # A tick stands for the numbers that were asked about, and for no others.
    if asked and not (form.confirm.data and form.asked.data == said):
        form.asked.data, form.confirm.data, form.confirm.errors = said, False, asked
        return ()
    return asked
