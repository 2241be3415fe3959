"""Changing what a programme says. Each call locks the programme, changes it once and keeps what it says then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Hold, HoldUnit, Range
from clinic_app.dosage.codec import from_data, to_data
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, Exercise, PrescribedExercise, Programme, ProgrammeRevision, Protocol
from clinic_app.services import programme_clashes, programme_merge, programme_order, programme_safety, programmes
from clinic_app.services import programme_revisions as revisions
from clinic_app.services.programme_merge import ConflictLine, RowConflict
from clinic_app.services.programmes import MOST_EXERCISES

__all__ = ["ConflictLine", "RowConflict", "RowEdit", "Saved"]
NO_ANSWERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What a person wants one row to be. `confirmed` holds the messages of unusual numbers they stood by."""

    row_id: int
    dosage: Dosage
    note: str
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """`merged`: what other people had changed meanwhile and is kept beside the edits, one sentence each."""

    changed: bool
    merged: tuple[str, ...] = ()


def save(
    account: Account,
    programme: Programme,
    *,
    version: int,
    title: str,
    review_on: date | None,
    edits: Sequence[RowEdit],
    answers: Mapping[str, str] = NO_ANSWERS,
) -> Saved:
    """Put the edits, typed into what `version` showed, into the programme as it is now.

    What only one side changed is merged. `answers` maps the key of a conflict line to "mine" or "theirs". Rows that
    `edits` leaves out stay as they are.

    Raises:
        RowConflict: if somebody else changed the same fields to something else.
        Conflict: if that version is not known.
    """
    revisions.begin(account, programme)
    since = revisions.since(programme, version)
    base = since[0].content if since else revisions.content(programme)
    seen = {row["id"]: row for row in base["rows"]}
    edits = [edit for edit in edits if edit.row_id in seen]
    mine: dict[str, Any] = {"title": title, "review_on": review_on.isoformat() if review_on else None}
    for edit in edits:
        exercise = seen[edit.row_id]["exercise"]  # the one the person saw; the row may hold another by now
        mine[f"row-{edit.row_id}-dose"] = {"exercise": exercise, "dosage": to_data(edit.dosage)}
        mine[f"row-{edit.row_id}-note"] = {"exercise": exercise, "note": edit.note}
    if not since:
        if programme_merge.flat(base).items() >= mine.items():
            return Saved(changed=False)
        raise Conflict(revisions.CONFLICT)
    exercises = _exercises(since)
    wanted = programme_merge.merge(mine, since, account, answers, exercises)
    merged = programme_merge.told(since, account, exercises)
    done = [_write(programme, key, value, exercises) for key, value in wanted.items()]
    done += _confirm(programme, edits, seen)
    if done:
        what = done[0] if len(done) == 1 else f"{len(done)} changes"
        revisions.remember(account, programme, "programme.save", what)
    return Saved(changed=bool(done), merged=merged)


def add(account: Account, programme: Programme, exercise: Exercise, dosage: Dosage | None = None) -> PrescribedExercise:
    """Put an exercise at the end, with its usual dosage unless another is given; a removed one comes back.

    Raises:
        NotAllowed: if it is not published or in the programme already, the programme is full, or the dosage is refused.
    """
    revisions.begin(account, programme)
    programme_clashes.refuse_unusable(programme, exercise)
    if len(programme.exercises) >= MOST_EXERCISES:
        raise NotAllowed(f"A handout holds {MOST_EXERCISES} exercises at most. Remove one first.")
    if dosage is not None and (messages := programmes.refused(exercise, dosage)):
        raise NotAllowed(f"{exercise.name}: {messages[0]}")
    row = next((each for each in programme.removed if each.exercise_id == exercise.id), None)
    what = f"Put back {exercise.name}" if row else f"Added {exercise.name}"
    with programme_safety.following(programme):
        if row:
            row.is_removed, row.dosage = False, dosage or row.dosage
        else:
            row = _append(programme, exercise, dosage or exercise.usual)
    revisions.remember(account, programme, "programme.add", what)
    return row


def add_protocol(account: Account, programme: Programme, protocol: Protocol) -> int:
    """Put a protocol's exercises at the end, without those that are in the programme; returns how many came.

    An empty programme takes the protocol's title, safety advice and texts as well.

    Raises:
        NotAllowed: if they are too many for one handout.
    """
    revisions.begin(account, programme)
    there = {row.exercise_id for row in programme.exercises}
    new = [each for each in protocol.exercises if each.exercise_id not in there]
    if len(there) + len(new) > MOST_EXERCISES:
        raise NotAllowed(f"A handout holds {MOST_EXERCISES} exercises at most.")
    if not there:
        programme.title, programme.why, programme.safety = protocol.patient_title, protocol.why, protocol.safety
        programme.not_better_weeks, programme.protocol_id = protocol.not_better_weeks, protocol.id
    with programme_safety.following(programme):
        for each in new:
            removed = next((row for row in programme.removed if row.exercise_id == each.exercise_id), None)
            if removed:
                removed.is_removed = False
            else:
                _append(programme, each.exercise, each.dosage, each.group)
    if new:
        revisions.remember(account, programme, "programme.add_protocol", f"Added {protocol.name}")
    return len(new)


def change_all(
    account: Account,
    programme: Programme,
    *,
    times_per_day: Range | None = None,
    days_per_week: Range | None = None,
    weeks: Range | None = None,
    hold: Range | None = None,
    reps: Range | None = None,
) -> int:
    """Give every exercise the same numbers, where it has such a number; returns how many changed. None: leave it.

    `hold` is in seconds and leaves holds in breaths alone.

    Raises:
        NotAllowed: if a number cannot be given for one of them; then none is changed.
    """
    revisions.begin(account, programme)
    common = {"times_per_day": times_per_day, "days_per_week": days_per_week, "weeks": weeks}
    values = {name: value for name, value in common.items() if value is not None}
    changed: dict[PrescribedExercise, Dosage] = {}
    for row in programme.exercises:
        dosage = replace(row.dosage, **values)  # type: ignore[arg-type]
        if hold and dosage.hold and dosage.hold.unit is HoldUnit.SECONDS:
            dosage = replace(dosage, hold=Hold(hold))
        if reps and dosage.reps:
            dosage = replace(dosage, reps=reps)
        messages = programmes.refused(row.exercise, dosage)
        if messages and not programmes.refused(row.exercise, row.dosage):
            raise NotAllowed(f"{row.exercise.name}: {messages[0]}")
        if dosage != row.dosage:
            changed[row] = dosage
    for row, dosage in changed.items():
        row.dosage = dosage
    if changed:
        words = "1 exercise" if len(changed) == 1 else f"{len(changed)} exercises"
        revisions.remember(account, programme, "programme.change_all", f"Changed {words} together")
    return len(changed)


def move(account: Account, programme: Programme, row_id: int, step: int) -> None:
    """Move a row `step` places (-1 up, 1 down) among the exercises that are not removed."""
    revisions.begin(account, programme)
    order = [row.id for row in programme.exercises]
    if row_id not in order:
        return
    here = order.index(row_id)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    _arrange(account, programme, order, [row_id])


def arrange(account: Account, programme: Programme, row_ids: Sequence[int]) -> None:
    """Put the rows in this order (a drag). Unknown ids are ignored; rows that are not named keep their place."""
    revisions.begin(account, programme)
    before = [row.id for row in programme.exercises]
    order = programme_order.rearranged(before, row_ids)
    _arrange(account, programme, order, programme_order.moved(before, order))


def set_removed(account: Account, programme: Programme, row_id: int, *, removed: bool) -> None:
    """Take a row out of the programme, or put it back where it was. Raises NotAllowed if it cannot come back."""
    revisions.begin(account, programme)
    row = next((each for each in programme.rows if each.id == row_id), None)
    if row is None or row.is_removed == removed:
        return
    if not removed and any(each.exercise_id == row.exercise_id for each in programme.exercises):
        raise NotAllowed(f"{row.exercise.name} is in this programme already.")
    with programme_safety.following(programme):
        row.is_removed = removed
    action, what = ("programme.remove", "Removed") if removed else ("programme.put_back", "Put back")
    revisions.remember(account, programme, action, f"{what} {row.exercise.name}")


def set_safety(account: Account, programme: Programme, slug: str) -> None:
    """Choose the safety box. Raises NotAllowed if the clinic has no such advice."""
    revisions.begin(account, programme)
    if slug == programme.safety:
        return
    if slug not in {each.slug for each in programme_safety.choices(programme.clinic_id)}:
        raise NotAllowed("There is no such safety advice.")
    programme.safety = slug
    revisions.remember(account, programme, "programme.safety", "Changed the safety advice")


def _exercises(since: Sequence[ProgrammeRevision]) -> dict[int, Exercise]:
    keys = {row["exercise"] for each in since for row in each.content["rows"]}
    return {each.id: each for each in db.session.scalars(select(Exercise).where(Exercise.id.in_(keys)))}


def _write(programme: Programme, key: str, value: Any, exercises: Mapping[int, Exercise]) -> str:
    """Write one merged field; returns what was done, in words."""
    if key == "title":
        programme.title = value
        return "Changed the title"
    if key == "review_on":
        programme.review_on = date.fromisoformat(value) if value else None
        return "Changed the next review"
    _, row_id, field = key.split("-")
    exercise = exercises[value["exercise"]]
    row = next((each for each in programme.rows if each.id == int(row_id)), None)
    if row is None or (field == "dose" and row.exercise_id != exercise.id):
        row = _bring_back(programme, row, exercise)
    if field == "note":
        row.note = value["note"]
        return f"Changed the note at {exercise.name}"
    row.dosage, row.confirmed = from_data(value["dosage"]), []
    return f"Changed the dose of {exercise.name}"


def _bring_back(programme: Programme, row: PrescribedExercise | None, exercise: Exercise) -> PrescribedExercise:
    """The row of an exercise that somebody took out or swapped while another person answered "keep mine"."""
    elsewhere = next((each for each in programme.rows if each.exercise_id == exercise.id), None)
    if elsewhere:
        elsewhere.is_removed = False
        return elsewhere
    if row is None:
        return _append(programme, exercise, exercise.usual)
    row.exercise, row.kept = exercise, {}
    return row


def _confirm(programme: Programme, edits: Sequence[RowEdit], seen: Mapping[int, Any]) -> list[str]:
    """Keep which unusual numbers the person stood by, for doses that are theirs; returns what was done, in words."""
    rows = {row.id: row for row in programme.rows}
    done = []
    for edit in edits:
        row = rows.get(edit.row_id)
        if row is None or row.dosage != edit.dosage or list(edit.confirmed) == row.confirmed:
            continue
        before = seen[edit.row_id]
        if list(edit.confirmed) != before["confirmed"] or to_data(edit.dosage) != before["dosage"]:
            row.confirmed = list(edit.confirmed)
            done.append(f"Confirmed a number of {row.exercise.name}")
    return done


def _arrange(account: Account, programme: Programme, order: Sequence[int], moved: Sequence[int]) -> None:
    rows = {row.id: row for row in programme.exercises}
    if list(order) == list(rows):
        return
    groups = programme_order.regrouped({key: row.group for key, row in rows.items()}, order, moved)
    places = iter(order)
    for position, row in enumerate([row if row.is_removed else rows[next(places)] for row in programme.rows], 1):
        row.position, row.group = position, groups.get(row.id, row.group)
    what = f"Moved {rows[moved[0]].exercise.name}" if len(moved) == 1 else "Changed the order"
    revisions.remember(account, programme, "programme.move", what)
    db.session.expire(programme, ["rows"])  # their order


def _append(programme: Programme, exercise: Exercise, dosage: Dosage, group: str = "") -> PrescribedExercise:
    last = max((row.position for row in programme.rows), default=0)
    row = PrescribedExercise(exercise=exercise, position=last + 1, group=group, dosage=dosage, is_removed=False)
    programme.rows.append(row)
    return row
