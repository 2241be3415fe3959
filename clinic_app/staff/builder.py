"""What the builder shows: rows with their sentences, the total, what is missing, what the record speaks against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from clinic_app.database import db
from clinic_app.dosage import Dosage, Side
from clinic_app.dosage.limits import Finding, check_together
from clinic_app.dosage.sentence import sentence
from clinic_app.dosage.session import how_often, minutes, seconds
from clinic_app.errors import Gap
from clinic_app.models import Account, Exercise, PrescribedExercise, Programme
from clinic_app.rendering import snapshot
from clinic_app.services import programme_clashes, programme_revisions, programme_safety, programmes
from clinic_app.services.programme_clashes import RowClash
from clinic_app.staff import summaries
from clinic_app.staff.editor import Typed
from clinic_app.staff.forms.programme import ProgrammeForm, append
from clinic_app.web.filters import clock

# Longer programmes, and those of more exercises, are followed less often (facts/users.md): said, never refused.
LONG_MINUTES = 15
MANY_EXERCISES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise as the page shows it beside its fields. `id` is that of the prescribed exercise."""

    id: int
    exercise_id: int
    number: int
    name: str
    group: str
    picture_url: str
    has_sides: bool
    reps_words: str
    time: str  # "2:30"
    sentence: str
    change_words: str  # "New", "Changed" or ""
    findings: tuple[Finding, ...]
    confirm_words: str
    is_open: bool  # something in its folded part needs an answer


@dataclass(frozen=True, slots=True)
class Total:
    """How long it takes. `minutes` is the longest session; `is_long` colours it, and nothing more."""

    words: str  # "About 12 min"
    often: str  # "2 times a day, about 24 min a day"
    sittings: tuple[str, ...]  # "Morning: 1 to 6, 12 min"
    advice: str
    minutes: int
    is_long: bool


def page(account: Account, programme: Programme, form: ProgrammeForm, typed: Typed | None = None) -> dict[str, Any]:
    """Everything `staff/programmes/edit.html` and its parts show. `typed`: what the form says, when it was sent."""
    load_pictures([row.exercise_id for row in programme.rows])
    _fill(form, programme)
    dosages = typed.dosages if typed else {}
    rows = [(row, dosages.get(row.id, row.dosage)) for row in programme.exercises]
    changed = _changed_since_last(programme, rows)
    asked = {entry.form.row_id.data for entry in form.exercises if entry.form.confirm.errors}
    found = programme_clashes.clashes(programme)
    clashes = sorted(found, key=lambda each: not each.needs_answer)  # what waits for an answer first
    boxes = programme_safety.choices(programme.clinic_id)
    advice = next((each for each in boxes if each.slug == programme.safety), None)
    latest = programme.latest
    return {
        "programme": programme,
        "patient": programme.patient,
        "form": form,
        "entries": {row.id: entry.form for row, entry in zip(programme.exercises, form.exercises, strict=True)},
        "rows": [
            _row(number, row, dosage, changed, asked=str(row.id) in asked)
            for number, (row, dosage) in enumerate(rows, 1)
        ],
        "removed": [{"id": row.id, "name": row.exercise.name} for row in programme.removed],
        "clashes": clashes,
        "state": "draft" if programme.has_draft else "current",
        "state_words": summaries.draft_words(programme)
        if programme.has_draft
        else f"Edition {programme.next_edition - 1}",
        "saved": clock(programme.saved_at),
        "wrong": typed.wrong if typed else 0,
        "total": total([dosage for _row, dosage in rows]),
        "gaps": gaps(programme, clashes),
        "undo_words": programme_revisions.undoable(programme) or "",
        "latest_edition": latest.edition if latest else 0,
        "in_programme": {row.exercise_id for row in programme.exercises},
        "safety": {"name": advice.name if advice else "", "lines": _safety_lines(advice.content if advice else {})},
        "other_safety": [each for each in boxes if each is not advice],
        "protocol_url": url_for("staff.new_protocol_from_programme", programme=programme.id),
    }


def _fill(form: ProgrammeForm, programme: Programme) -> None:
    """One entry for each row in the programme's order; a row that somebody else added meanwhile shows as saved."""
    for row in programme.exercises:
        if str(row.id) not in {entry.form.row_id.data for entry in form.exercises}:
            append(form, row)
    entries = {entry.form.row_id.data: entry for entry in form.exercises}
    form.exercises.entries = [entries[str(row.id)] for row in programme.exercises]


def load_pictures(exercise_ids: Sequence[int]) -> None:
    """Read the pictures of these exercises in one question, before each asks for its own."""
    query = select(Exercise).where(Exercise.id.in_(exercise_ids)).options(selectinload(Exercise.illustrations))
    db.session.scalars(query).all()


def gaps(programme: Programme, clashes: Sequence[RowClash]) -> list[Gap]:
    """What keeps the programme from being issued, each leading to an element of this page.

    A clash is named in short: its reason and its two answers stand where the link leads.
    """
    short = {each.where: f"{each.clash.what} Swap it, or say why it is kept." for each in clashes}
    here = {"exercises": "add-box"}
    for index, row in enumerate(programme.exercises):
        here |= {f"exercises-{index}-side": f"exercises-{row.id}-side", f"row-{index + 1}": f"row-{row.id}"}
    return [Gap(short.get(gap.where, gap.what), here.get(gap.where, gap.where)) for gap in programmes.gaps(programme)]


def total(dosages: Sequence[Dosage]) -> Total:
    """How long a session and a day of these dosages take."""
    if not dosages:
        return Total("0 min", "", (), "", 0, is_long=False)
    often = how_often(dosages)
    length = minutes(dosages)
    most = max(dosage.times_per_day.maximum for dosage in dosages)
    day = sum(each.minutes for each in often.sittings) or sum(
        group.minutes * group.times_per_day.maximum for group in often.groups
    )
    advice = []
    if length > LONG_MINUTES:
        advice.append(f"Over {LONG_MINUTES} minutes, fewer people keep it up.")
    advice += [each.message for each in check_together(dosages)]
    if len(dosages) > MANY_EXERCISES:
        advice.append(f"{len(dosages)} exercises: over {MANY_EXERCISES}, fewer people keep it up.")
    times = "once a day" if most == 1 else f"{'' if often.agreed else 'up to '}{most} times a day"
    return Total(
        words=f"About {length} min",
        often=times if most == 1 else f"{times}, about {day} min a day",
        sittings=_sittings([(each.positions, each.minutes) for each in often.sittings], len(dosages)),
        advice=" ".join(advice),
        minutes=length,
        is_long=bool(advice),
    )


def _sittings(sittings: Sequence[tuple[tuple[int, ...], int]], count: int) -> tuple[str, ...]:
    """The split of the day in words, when it is one: the same exercises each time need no split."""
    if all(len(positions) == count for positions, _length in sittings):
        return ()
    names = {2: ("Morning", "Evening"), 3: ("Morning", "Noon", "Evening")}.get(len(sittings))
    if names is None:
        names = tuple(f"Time {number}" for number in range(1, len(sittings) + 1))
    return tuple(
        f"{name}: {_places(positions)}, {length} min" for name, (positions, length) in zip(names, sittings, strict=True)
    )


def _places(positions: Sequence[int]) -> str:
    """1 to 4, 6"""
    runs: list[list[int]] = []
    for each in positions:
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _row(number: int, row: PrescribedExercise, dosage: Dosage, changed: Mapping[str, str], *, asked: bool) -> Row:
    exercise = row.exercise
    said = row_sentence(row, dosage)
    length = seconds(dosage).maximum if said else 0
    found = programmes.checked(exercise, dosage)
    confirm = any(each.severity == "confirm" for each in found)
    return Row(
        id=row.id,
        exercise_id=exercise.id,
        number=number,
        name=exercise.name,
        group=row.group,
        picture_url=summaries.picture_url(exercise),
        has_sides=exercise.has_sides,
        reps_words=_reps_words(row, dosage),
        time=f"{length // 60}:{length % 60:02}" if length else "",
        sentence=said,
        change_words=changed.get(exercise.slug, ""),
        findings=tuple(each for each in found if each.severity == "warn" or (each.severity == "confirm" and not asked)),
        confirm_words="Yes, I mean this number." if confirm else "",
        is_open=exercise.has_sides and dosage.side is None,
    )


def row_sentence(row: PrescribedExercise, dosage: Dosage) -> str:
    """What the patient reads, or "" while it cannot be said."""
    if row.exercise.has_sides and dosage.side is None:
        return ""
    try:
        return sentence(dosage, row.exercise.body_part)
    except ValueError:
        return ""


def _reps_words(row: PrescribedExercise, dosage: Dosage) -> str:
    part = row.exercise.body_part
    return {Side.EACH: f"times each {part}", Side.ALTERNATE: "times in all"}.get(dosage.side or Side.NONE, "times")


def _changed_since_last(programme: Programme, rows: Sequence[tuple[PrescribedExercise, Dosage]]) -> dict[str, str]:
    last = programme.latest
    if last is None:
        return {}
    before = {each.slug: each for each in snapshot.from_json(last.snapshot).exercises}
    words = {}
    for row, dosage in rows:
        was = before.get(row.exercise.slug)
        if was is None:
            words[row.exercise.slug] = "New"
        elif was.dosage != dosage:
            words[row.exercise.slug] = "Changed"
    return words


def _safety_lines(advice: Mapping[str, Any]) -> list[str]:
    if not advice:
        return []
    return [advice["title"], *advice["emergency"]]
