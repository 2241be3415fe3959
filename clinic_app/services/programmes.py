"""Assembling a programme: from a protocol, row by row, until nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from clinic_app.database import db, utc_now
from clinic_app.dosage import Dosage
from clinic_app.dosage.limits import Finding, check
from clinic_app.errors import Conflict, Gap
from clinic_app.models import Account, Exercise, Patient, PrescribedExercise, Programme, Protocol, SafetyAdvice
from clinic_app.services import addresses, audit

MOST_EXERCISES = 20  # on one handout


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What a person wants one row to be. `confirmed` holds the messages of unusual numbers they stood by."""

    row_id: int
    dosage: Dosage
    note: str
    confirmed: tuple[str, ...] = ()


def start(account: Account, patient: Patient, protocol: Protocol, now: datetime) -> Programme:
    """A new draft for `patient` with the protocol's exercises and dosages.

    A protocol may say "each side" or "alternate": its author chose so. Left and right are chosen per patient only.
    """
    programme = Programme(
        clinic_id=account.clinic_id,
        patient_id=patient.id,
        account_id=account.id,
        protocol_id=protocol.id,
        title=protocol.patient_title,
        why=protocol.why,
        safety=protocol.safety,
        review_on=account.clinic.today(now) + timedelta(weeks=protocol.review_weeks),
        not_better_weeks=protocol.not_better_weeks,
        rows=[
            PrescribedExercise(
                exercise=each.exercise,
                position=each.position,
                group=each.group,
                dosage=each.dosage,
            )
            for each in protocol.exercises
        ],
    )
    db.session.add(programme)
    db.session.flush()
    addresses.create(programme)
    audit.record(account, "programme.start", programme.id, f"patient {patient.id}")
    return programme


def save(
    account: Account,
    programme: Programme,
    *,
    version: int,
    title: str,
    review_on: date | None,
    edits: Sequence[RowEdit],
) -> bool:
    """Put the edits into the programme; returns whether anything changed.

    Raises:
        Conflict: if somebody saved since `version` was shown.
    """
    rows = {row.id: row for row in programme.rows}
    changed = (programme.title, programme.review_on) != (title, review_on) or any(
        edit.row_id not in rows or _is_change(rows[edit.row_id], edit) for edit in edits
    )
    if not changed:
        return False  # also a second click of the same button, whose version is old by now
    if version != programme.version or any(edit.row_id not in rows for edit in edits):
        raise Conflict("Somebody else saved this programme while you were editing it.")
    programme.title, programme.review_on = title, review_on
    for edit in edits:
        row = rows[edit.row_id]
        row.dosage, row.note, row.confirmed = edit.dosage, edit.note, list(edit.confirmed)
    _changed(account, programme, "programme.save")
    return True


def move(account: Account, programme: Programme, row_id: int, step: int) -> None:
    """Move a row `step` places (-1 up, 1 down) among the exercises that are not removed."""
    rows = programme.exercises
    places = [row.id for row in rows]
    if row_id not in places:
        return
    here = places.index(row_id)
    there = here + step
    if not 0 <= there < len(rows):
        return
    rows[here].group, rows[there].group = rows[there].group, rows[here].group
    rows[here].position, rows[there].position = rows[there].position, rows[here].position
    _changed(account, programme, "programme.move")


def set_removed(account: Account, programme: Programme, row_id: int, *, removed: bool) -> None:
    """Take a row out of the programme, or put it back where it was."""
    for row in programme.rows:
        if row.id == row_id and row.is_removed != removed:
            row.is_removed = removed
            _changed(account, programme, "programme.remove" if removed else "programme.put_back")


def findings(row: PrescribedExercise) -> tuple[Finding, ...]:
    """What the limits say about a row's dosage, without the numbers its clinician has stood by."""
    found = checked(row.exercise, row.dosage)
    return tuple(each for each in found if not (each.severity == "confirm" and each.message in row.confirmed))


def checked(exercise: Exercise, dosage: Dosage) -> tuple[Finding, ...]:
    """What the limits say about a dosage of this exercise of the catalogue."""
    return check(dosage, has_sides=exercise.has_sides, usual=exercise.usual, kind=exercise.kind)


def is_open_side(finding: Finding, dosage: Dosage) -> bool:
    """Whether the finding only says that no side is chosen yet: a draft may be saved so, but not issued."""
    return finding.field == "side" and dosage.side is None


def gaps(programme: Programme) -> tuple[Gap, ...]:
    """Everything that keeps the programme from being issued, each with the field where it is put right."""
    found: list[Gap] = []
    rows = programme.exercises
    if not programme.title.strip():
        found.append(Gap("The programme has no title.", "title"))
    if not rows:
        found.append(Gap("The programme has no exercises.", "exercises"))
    if len(rows) > MOST_EXERCISES:
        found.append(Gap(f"{len(rows)} exercises are too many for one handout: at most {MOST_EXERCISES}.", "exercises"))
    for index, row in enumerate(rows):
        found += _row_gaps(index, row)
    if safety_advice(programme) is None:
        found.append(Gap(f"There is no safety advice called “{programme.safety}”.", "safety"))
    if programme.ended:
        found.append(Gap("The programme has ended."))
    return tuple(found)


def safety_advice(programme: Programme) -> SafetyAdvice | None:
    """The newest version of the programme's safety advice in its clinic."""
    return db.session.scalars(
        select(SafetyAdvice)
        .where(SafetyAdvice.clinic_id == programme.clinic_id, SafetyAdvice.slug == programme.safety)
        .order_by(SafetyAdvice.version.desc())
        .limit(1)
    ).one_or_none()


def _is_change(row: PrescribedExercise, edit: RowEdit) -> bool:
    return (row.dosage, row.note, row.confirmed) != (edit.dosage, edit.note, list(edit.confirmed))


def _row_gaps(index: int, row: PrescribedExercise) -> list[Gap]:
    name, exercise = row.exercise.name, row.exercise
    found = []
    if not exercise.is_published:
        found.append(Gap(f"{name} is not published yet. Remove it or choose another.", f"row-{index + 1}"))
    elif len(exercise.drawn) < 2:
        found.append(Gap(f"{name} has no start and end picture.", f"row-{index + 1}"))
    for finding in findings(row):
        if finding.severity == "refuse" and is_open_side(finding, row.dosage):
            found.append(Gap(f"{name}: choose a side.", f"exercises-{index}-side"))
        elif finding.severity in {"refuse", "confirm"}:
            found.append(Gap(f"{name}: {finding.message}", f"row-{index + 1}"))
    return found


def _changed(account: Account, programme: Programme, action: str) -> None:
    _next_version(programme)
    audit.record(account, action, programme.id, f"version {programme.version}")


def _next_version(programme: Programme) -> None:
    """Count the save in the database itself, so that of two savers exactly one wins.

    Raises:
        Conflict: if the row's version is no longer the one that was read.
    """
    seen = programme.version
    counted = db.session.execute(
        update(Programme)
        .where(Programme.id == programme.id, Programme.version == seen)
        .values(version=seen + 1, saved_at=utc_now())
        .execution_options(synchronize_session="fetch")
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("Somebody else saved this programme while you were editing it.")
