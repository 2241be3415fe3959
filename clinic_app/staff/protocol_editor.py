"""The protocol editor's page: what was typed becomes a protocol, and is shown again with its readings."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from clinic_app.database import db
from clinic_app.dosage.session import minutes
from clinic_app.models import Account, Exercise, Protocol
from clinic_app.models.exercise import ExerciseState
from clinic_app.services import protocol_content, protocol_doses, search
from clinic_app.services.protocol_content import Content, Line
from clinic_app.services.protocol_doses import Reading
from clinic_app.staff import protocol_lines, summaries
from clinic_app.staff.forms.protocol import LineForm, ProtocolForm

MOST_FOUND = 8
BUTTONS = ("move", "remove", "put_back", "add")
LONGEST_KEY = 2**31


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise as the page shows it beside its fields. `index` is its number in the form, `number` on the page."""

    index: int
    number: int
    exercise: Exercise
    picture_url: str
    form: LineForm
    reading: Reading


def first_form(account: Account, content: Content, protocol: Protocol | None = None) -> ProtocolForm:
    rows = protocol_lines.of_lines(
        content.lines, [protocol_doses.shorthand(line.exercise, line.dosage) for line in content.lines]
    )
    form = ProtocolForm(
        formdata=None,
        data={
            "version": protocol.version if protocol else 0,
            "key": secrets.token_hex(12),
            "name": content.name,
            "patient_title": content.patient_title,
            "review_weeks": content.review_weeks,
            "not_better_weeks": content.not_better_weeks,
            "safety": content.safety,
            "why": content.why,
            "is_protected": protocol.is_protected if protocol else False,
            "lines": [
                {"exercise_id": row.exercise_id, "heading": row.heading, "dose": row.dose, "removed": ""}
                for row in rows
            ],
        },
    )
    return _fitted(account, form)


def empty(account: Account) -> Content:
    """What a new protocol begins with: the clinic's first safety advice and text, and usual weeks."""
    safety, why = protocol_content.safety_choices(account), protocol_content.why_choices(account)
    weeks = protocol_content.USUAL_WEEKS
    return Content("", "", safety[0][0] if safety else "", why[0][0] if why else "", weeks, weeks + 2)


def pressed(account: Account) -> tuple[ProtocolForm, str]:
    """The sent form after its button (up, down, remove, put back, add), and what happened in words.

    The words are "" when the button was none of these.
    """
    sent = request.form
    rows = protocol_lines.read(sent)
    words = ""
    names = {str(each.id): each.name for each in _exercises(account, (row.exercise_id for row in rows)).values()}
    button, value = next(
        ((name, sent[name]) for name in ("move", "remove", "put_back", "add") if name in sent), ("", "")
    )
    if not button and sent.get("action") == "enter" and sent.get("best") and sent.get("sought") == _sought():
        button, value = "add", sent["best"]
    index = int(value.partition(":")[0]) if value.partition(":")[0].isdigit() else -1
    name = names.get(rows[index].exercise_id, "") if 0 <= index < len(rows) and button != "add" else ""
    if button == "move":
        up = value.endswith(":up")
        rows = protocol_lines.move(rows, index, -1 if up else 1)
        words = f"{name} moved {'up' if up else 'down'}."
    elif button == "remove":
        rows = protocol_lines.remove(rows, index)
        words = f"{name} removed. It stands below the list until you save."
    elif button == "put_back":
        rows = protocol_lines.put_back(rows, index)
        words = f"{name} put back."
    elif button == "add":
        rows, words = _added(account, rows, value)
    made = protocol_lines.write(sent, rows)
    if button == "add":
        made["find"] = ""
    return _fitted(account, ProtocolForm(formdata=made)), words


def read(account: Account, form: ProtocolForm, protocol: Protocol | None) -> Content | None:
    """What the form asks for, or None when a field is wrong, which the field then says."""
    valid = form.validate()
    shown = [row for row in rows_of(account, form, protocol) if row.form.removed.data != "1"]
    for row in shown:
        if row.reading.wrong:
            row.form.dose.errors = row.reading.wrong
            valid = False
    if not valid:
        return None
    typed = [protocol_lines.Row("", row.form.heading.data or "", "") for row in shown]
    return Content(
        name=form.name.data or "",
        patient_title=form.patient_title.data or "",
        safety=form.safety.data or "",
        why=form.why.data or "",
        review_weeks=form.review_weeks.data or 0,
        not_better_weeks=form.not_better_weeks.data or 0,
        lines=tuple(
            Line(row.exercise, group, row.reading.dosage)
            for row, group in zip(shown, protocol_lines.groups(typed), strict=True)
            if row.reading.dosage is not None
        ),
    )


def rows_of(account: Account, form: ProtocolForm, protocol: Protocol | None) -> list[Row]:
    """The form's rows with their exercises and readings; exercises that are not the clinic's are left out."""
    exercises = _exercises(account, (entry.form.exercise_id.data for entry in form.lines))
    before = {each.exercise_id: each.dosage for each in protocol.exercises} if protocol else {}
    rows: list[Row] = []
    number = 0
    for index, entry in enumerate(form.lines):
        exercise = exercises.get(str(entry.form.exercise_id.data))
        if exercise is None:
            continue
        number += entry.form.removed.data != "1"
        reading = protocol_doses.read(exercise, entry.form.dose.data or "", before.get(exercise.id))
        rows.append(Row(index, number, exercise, summaries.picture_url(exercise), entry.form, reading))
    return rows


def context(account: Account, form: ProtocolForm, protocol: Protocol | None, words: str = "") -> dict[str, Any]:
    """Everything that the page `staff/protocols/edit.html` and its part `lines.html` show."""
    rows = rows_of(account, form, protocol)
    shown = [row for row in rows if row.form.removed.data != "1"]
    dosages = [row.reading.dosage for row in shown if row.reading.dosage and not row.reading.wrong]
    return {
        "protocol": protocol,
        "form": form,
        "rows": shown,
        "row_names_in_order": [row.exercise.name for row in rows],
        "removed": [row for row in rows if row.form.removed.data == "1"],
        "minutes": minutes(dosages),
        "words": words,
        "focus": _focus(shown),
        "action": form_address(protocol),
        **found(account),
    }


def found(account: Account) -> dict[str, Any]:
    """What the search box of the page finds: published exercises only."""
    sought = _sought()
    rows = []
    if sought and "add" not in request.form:
        filters = search.Filters(states=(ExerciseState.PUBLISHED,))
        rows = search.exercises(account, sought, filters, limit=MOST_FOUND).rows
    return {
        "sought": sought if "add" not in request.form else "",
        "found": [
            (exercise, summaries.picture_url(exercise), protocol_doses.shorthand(exercise, exercise.usual))
            for exercise in rows
        ],
    }


def form_address(protocol: Protocol | None) -> str:
    """Where the editor's form is sent."""
    return url_for("staff.save_protocol", protocol_id=protocol.id) if protocol else url_for("staff.create_protocol")


def _focus(rows: Sequence[Row]) -> str:
    """The element that goes on where the pressed button stood: its own, or its partner at the end of the list."""
    if "add" in request.form or request.form.get("action") == "enter":
        return "find"
    button = next((name for name in BUTTONS if name in request.form), "")
    index, _, direction = request.form.get(button, "").partition(":")
    key = request.form.get(f"lines-{index}-exercise_id", "")
    if button == "remove":
        return f"back-{key}"
    place = next((row.number for row in rows if str(row.exercise.id) == key), 0)
    if place == 1 and direction == "up":
        direction = "down"
    if place == len(rows) and direction == "down":
        direction = "up"
    return f"{direction or 'remove'}-{key}" if place else ""


def _sought() -> str:
    return request.values.get("find", "").strip()[: search.MOST_LETTERS]


def _added(account: Account, rows: list[protocol_lines.Row], value: str) -> tuple[list[protocol_lines.Row], str]:
    exercise = _exercises(account, [value]).get(value)
    if exercise is None:
        return rows, "This exercise is not in the catalogue any more."
    if any(row.exercise_id == value and not row.removed for row in rows):
        return rows, f"{exercise.name} is in already."
    dose = protocol_doses.shorthand(exercise, exercise.usual)
    return protocol_lines.add(rows, value, dose), f"{exercise.name} added."


def _exercises(account: Account, keys: Iterable[str | None]) -> dict[str, Exercise]:
    numbers = [int(key) for key in keys if key and key.isascii() and key.isdigit() and int(key) < LONGEST_KEY]
    query = select(Exercise).where(Exercise.clinic_id == account.clinic_id, Exercise.id.in_(numbers))
    return {str(each.id): each for each in db.session.scalars(query)}


def _fitted(account: Account, form: ProtocolForm) -> ProtocolForm:
    """With the clinic's own choices, and without what this person may not decide."""
    form.safety.choices = [
        SelectChoice(value=slug, label=name) for slug, name in protocol_content.safety_choices(account)
    ]
    form.why.choices = [SelectChoice(value=slug, label=name) for slug, name in protocol_content.why_choices(account)]
    if not account.keeps_catalogue:
        del form.is_protected
    return form
