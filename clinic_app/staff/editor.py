"""The programme editor's form and page: reading what was sent, and showing it again with its sentences."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from clinic_app.dosage import Dosage, Side
from clinic_app.dosage.limits import Finding
from clinic_app.dosage.sentence import sentence
from clinic_app.dosage.session import minutes, seconds
from clinic_app.models import Account, PrescribedExercise, Programme
from clinic_app.rendering import snapshot
from clinic_app.services import programme_edits, programmes
from clinic_app.services.programme_edits import RowEdit
from clinic_app.services.programmes import is_open_side
from clinic_app.staff import summaries
from clinic_app.staff.forms.programme import ExerciseRowForm, ProgrammeForm, fit, read_dosage, shown
from clinic_app.web.filters import clock

PREVIEWS = 2  # pages; the first two always exist
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise as the page shows it beside its fields."""

    number: int
    name: str
    group: str
    picture_url: str
    has_sides: bool
    reps_words: str
    time: str
    sentence: str
    change_words: str
    findings: tuple[Finding, ...]
    confirm_words: str


def first_form(programme: Programme) -> ProgrammeForm:
    form = ProgrammeForm(formdata=None, data={**shown(programme), "idempotency_key": secrets.token_hex(16)})
    for entry, row in zip(form.exercises, programme.exercises, strict=True):
        fit(entry.form, row)
    return form


def read_form(programme: Programme) -> ProgrammeForm:
    """The sent form, its rows in the order they were sent; rows of another programme are ignored."""
    form = ProgrammeForm()
    rows = {str(row.id): row for row in programme.rows}
    form.exercises.entries = [entry for entry in form.exercises.entries[:MOST_ROWS] if entry.form.row_id.data in rows]
    for entry in form.exercises:
        fit(entry.form, rows[str(entry.form.row_id.data)])
    return form


def read_edits(form: ProgrammeForm, programme: Programme) -> list[RowEdit] | None:
    """What the form asks for, or None when a field is wrong, which the field then says."""
    rows = {str(row.id): row for row in programme.rows}
    valid = form.validate_on_submit()
    edits = []
    for entry in form.exercises:
        row = rows[str(entry.form.row_id.data)]
        dosage = read_dosage(entry.form, row.dosage)
        if dosage is None:
            valid = False
            continue
        confirmed = _confirmed(entry.form, row, dosage)
        if confirmed is None:
            valid = False
            continue
        edits.append(RowEdit(row.id, dosage, entry.form.note.data or "", confirmed))
    return edits if valid else None


def press(who: Account, programme: Programme, sent: Mapping[str, str]) -> None:
    """Carry out the button that was pressed besides saving: up, down, remove or put back."""
    rows = programme.exercises
    if "move" in sent:
        number, _, direction = sent["move"].partition(":")
        if number.isdigit() and 1 <= int(number) <= len(rows):
            programme_edits.move(who, programme, rows[int(number) - 1].id, -1 if direction == "up" else 1)
    elif sent.get("remove", "").isdigit() and 1 <= int(sent["remove"]) <= len(rows):
        programme_edits.set_removed(who, programme, rows[int(sent["remove"]) - 1].id, removed=True)
    elif sent.get("put_back", "").isdigit():
        programme_edits.set_removed(who, programme, int(sent["put_back"]), removed=False)


def context(programme: Programme, form: ProgrammeForm) -> dict[str, Any]:
    """Everything the page `staff/programmes/edit.html` shows."""
    gaps = programmes.gaps(programme)
    rows = {str(row.id): row for row in programme.rows}
    advice = programmes.safety_advice(programme)
    changed = _changed_since_last(programme)
    dosages = [row.dosage for row in programme.exercises]
    total = minutes(dosages) if dosages else 0
    most_often = max((dosage.times_per_day.maximum for dosage in dosages), default=1)
    previews = [] if gaps else range(1, PREVIEWS + 1)
    return {
        "programme": programme,
        "patient": programme.patient,
        "form": form,
        "rows": [
            _row(number, rows[str(entry.form.row_id.data)], changed, asked=bool(entry.form.confirm.errors))
            for number, entry in enumerate(form.exercises, 1)
        ],
        "removed": [{"id": row.id, "name": row.exercise.name} for row in programme.removed],
        "state_words": summaries.draft_words(programme)
        if programme.has_draft
        else f"Edition {programme.next_edition - 1}",
        "saved": clock(programme.saved_at),
        "total": {"minutes": total, "words": _total_words(total, most_often)},
        "gaps": gaps,
        "draft_url": "" if gaps else url_for("staff.draft_pdf", programme_id=programme.id),
        "previews": [
            url_for("staff.draft_page", programme_id=programme.id, number=number, v=programme.version)
            for number in previews
        ],
        "safety": {"name": advice.name if advice else "", "lines": _safety_lines(advice.content if advice else {})},
        "idempotency_key": form.idempotency_key.data or secrets.token_hex(16),
    }


def both_versions(programme: Programme, form: ProgrammeForm) -> list[dict[str, str]]:
    """For the conflict page: each exercise whose sentence differs, as typed and as saved by the other person."""
    saved = {str(row.id): row for row in programme.rows}
    lines = []
    for entry in form.exercises:
        row = saved.get(str(entry.form.row_id.data))
        if row is None:
            continue
        typed = read_dosage(entry.form, row.dosage)
        yours = _sentence(row, typed) if typed else "a number that cannot be read"
        theirs = "removed" if row.is_removed else _sentence(row, row.dosage)
        if yours != theirs or (entry.form.note.data or "") != row.note:
            lines.append(
                {"name": row.exercise.name, "yours": yours, "theirs": theirs, "your_note": entry.form.note.data or ""}
            )
    return lines


def _confirmed(form: ExerciseRowForm, row: PrescribedExercise, dosage: Dosage) -> tuple[str, ...] | None:
    """The unusual numbers the person stands by; None when one still has to be answered or is refused."""
    found = programmes.checked(row.exercise, dosage)
    refused = [each.message for each in found if each.severity == "refuse" and not is_open_side(each, dosage)]
    asked = tuple(each.message for each in found if each.severity == "confirm")
    if refused:
        first_number(form).errors = tuple(refused)
        return None
    said = "\n".join(asked)
    # A tick stands for the numbers that were asked about, and for no others.
    if asked and not (form.confirm.data and form.asked.data == said):
        form.asked.data, form.confirm.data, form.confirm.errors = said, False, asked
        return None
    return asked


def first_number(form: ExerciseRowForm) -> Any:
    return next(form[name] for name in ("hold_min", "duration_min", "reps_min") if name in form)


def _row(number: int, row: PrescribedExercise, changed: Mapping[str, str], *, asked: bool) -> Row:
    exercise, dosage = row.exercise, row.dosage
    said = _sentence(row, dosage)
    length = seconds(dosage).maximum if said else 0
    found = programmes.checked(exercise, dosage)
    return Row(
        number=number,
        name=exercise.name,
        group=row.group,
        picture_url=summaries.picture_url(exercise),
        has_sides=exercise.has_sides,
        reps_words=_reps_words(row),
        time=f"{length // 60}:{length % 60:02}" if length else "",
        sentence=said,
        change_words=changed.get(exercise.slug, ""),
        findings=tuple(each for each in found if each.severity == "warn"),
        confirm_words="Yes, I mean this number." if asked or row.confirmed else "",
    )


def _sentence(row: PrescribedExercise, dosage: Dosage) -> str:
    if row.exercise.has_sides and dosage.side is None:
        return ""
    try:
        return sentence(dosage, row.exercise.body_part)
    except ValueError:
        return ""


def _reps_words(row: PrescribedExercise) -> str:
    part = row.exercise.body_part
    return {Side.EACH: f"times each {part}", Side.ALTERNATE: "times in all"}.get(row.dosage.side or Side.NONE, "times")


def _changed_since_last(programme: Programme) -> dict[str, str]:
    last = programme.latest
    if last is None:
        return {}
    before = {each.slug: each for each in snapshot.from_json(last.snapshot).exercises}
    words = {}
    for row in programme.exercises:
        was = before.get(row.exercise.slug)
        if was is None:
            words[row.exercise.slug] = "New"
        elif was.dosage != row.dosage:
            words[row.exercise.slug] = "Changed"
    return words


def _total_words(total: int, most_often: int) -> str:
    times = "once a day" if most_often == 1 else f"up to {most_often} times a day"
    return f"About {total} min, {times}"


def _safety_lines(advice: Mapping[str, Any]) -> list[str]:
    if not advice:
        return []
    return [advice["title"], *advice["emergency"]]
