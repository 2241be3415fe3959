"""A programme for one patient: started, looked at, stopped. `programme_edits` changes what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_app.database import db
from clinic_app.dosage import BodyPart, Dosage
from clinic_app.dosage.limits import Finding, Severity, check
from clinic_app.errors import Gap, NotAllowed
from clinic_app.models import (
    Account,
    Exercise,
    Handout,
    Patient,
    PrescribedExercise,
    Programme,
    Protocol,
)
from clinic_app.rendering import content, snapshot
from clinic_app.services import addresses, audit, changes, programme_clashes, programme_safety
from clinic_app.services import programme_revisions as revisions

MOST_EXERCISES = 20  # on one handout
# A programme from scratch, until its clinician says otherwise.
TITLE = "Your exercises"
WHY = "why-stretching-helps"
REVIEW_WEEKS, NOT_BETTER_WEEKS = 2, 6
LONGEST_REASON = 300


def start(account: Account, patient: Patient, protocol: Protocol | None, now: datetime) -> Programme:
    """A new draft for `patient`: with the protocol's exercises and dosages, or empty.

    A protocol may say "each side" or "alternate": its author chose so. Left and right are chosen per patient only.
    """
    programme = _new(account, patient, now, protocol.review_weeks if protocol else REVIEW_WEEKS)
    if protocol:
        programme.protocol_id = protocol.id
        programme.title, programme.why, programme.safety = protocol.patient_title, protocol.why, protocol.safety
        programme.not_better_weeks = protocol.not_better_weeks
        programme.rows = [
            PrescribedExercise(exercise=each.exercise, position=each.position, group=each.group, dosage=each.dosage)
            for each in protocol.exercises
        ]
    return _begun(account, programme)


def start_again(account: Account, patient: Patient, earlier: Programme, now: datetime) -> Programme:
    """A new draft with what an earlier programme of the same patient says, and a new review date.

    Exercises that are not published any more are left out. Reasons to keep an exercise are asked for again: what is
    known of the patient may have changed.

    Raises:
        NotAllowed: if `earlier` is another patient's: its sides and notes were chosen for that person.
    """
    if earlier.patient_id != patient.id:
        raise NotAllowed("This programme was made for another patient. Save it as a protocol to use it again.")
    programme = _new(account, patient, now, REVIEW_WEEKS)
    programme.title, programme.why, programme.safety = earlier.title, earlier.why, earlier.safety
    programme.not_better_weeks, programme.protocol_id = earlier.not_better_weeks, earlier.protocol_id
    rows = [row for row in earlier.exercises if row.exercise.is_published]
    programme.rows = [
        PrescribedExercise(
            exercise=row.exercise,
            position=position,
            group=row.group,
            dosage=row.dosage,
            note=row.note,
            confirmed=list(row.confirmed),
        )
        for position, row in enumerate(rows, 1)
    ]
    return _begun(account, programme)


def end(account: Account, programme: Programme, reason: str = "") -> None:
    """Stop the programme: nothing more is issued from it until it is opened again."""
    revisions.begin(account, programme)
    if programme.ended:
        return
    programme.ended, programme.ended_reason = True, " ".join(reason.split())[:LONGEST_REASON]
    revisions.remember(account, programme, "programme.end", "Stopped the programme")


def reopen(account: Account, programme: Programme) -> None:
    revisions.begin(account, programme)
    if not programme.ended:
        return
    programme.ended, programme.ended_reason = False, ""
    revisions.remember(account, programme, "programme.reopen", "Opened the programme again")


def findings(row: PrescribedExercise) -> tuple[Finding, ...]:
    """What the limits say about a row's dosage, without the numbers its clinician has stood by."""
    found = checked(row.exercise, row.dosage)
    return tuple(each for each in found if not (each.severity == "confirm" and each.message in row.confirmed))


def checked(exercise: Exercise, dosage: Dosage) -> tuple[Finding, ...]:
    """What the limits say about a dosage of this exercise of the catalogue."""
    return check(dosage, has_sides=exercise.has_sides, usual=exercise.usual, kind=exercise.kind)


def refused(exercise: Exercise, dosage: Dosage) -> list[str]:
    """Why this dosage cannot even be kept in a draft, in words; a side that is not chosen yet can."""
    found = checked(exercise, dosage)
    return [each.message for each in found if each.severity is Severity.REFUSE and not is_open_side(each, dosage)]


def is_open_side(finding: Finding, dosage: Dosage) -> bool:
    """Whether the finding only says that no side is chosen yet: a draft may be saved so, but not issued."""
    return finding.field == "side" and dosage.side is None


def compare(programme: Programme, handout: Handout) -> tuple[content.Change, ...]:
    """What the programme says now against any of its editions."""
    before = snapshot.from_json(handout.snapshot).exercises
    now = [
        _Said(row.exercise.slug, row.exercise.name, row.dosage, row.exercise.body_part) for row in programme.exercises
    ]
    return changes.changes(before, now)


def gaps(programme: Programme) -> tuple[Gap, ...]:
    """Everything that keeps the programme from being issued, each with the field where it is put right."""
    found = list(unprintable(programme))
    for index, row in enumerate(programme.exercises):
        found += [
            Gap(f"{row.exercise.name}: {finding.message}", f"row-{index + 1}")
            for finding in findings(row)
            if finding.severity is Severity.CONFIRM
        ]
    for each in programme_clashes.clashes(programme):
        if each.needs_answer:
            found.append(Gap(f"{each.clash.what} {each.clash.why} Swap it, or keep it and say why.", each.where))
    if programme.ended:
        found.append(Gap("The programme has ended."))
    return tuple(found)


def unprintable(programme: Programme) -> tuple[Gap, ...]:
    """The gaps without which not even draft pages can be made; what only waits for an answer is not among them."""
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
    if programme_safety.advice(programme) is None:
        found.append(Gap(f"There is no safety advice called “{programme.safety}”.", "safety"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Said:
    """As much of a row as a comparison needs; its pictures need not be drawn for it."""

    slug: str
    name: str
    dosage: Dosage
    body_part: BodyPart


def _new(account: Account, patient: Patient, now: datetime, review_weeks: int) -> Programme:
    return Programme(
        clinic_id=account.clinic_id,
        patient_id=patient.id,
        account_id=account.id,
        title=TITLE,
        why=WHY,
        safety=programme_safety.BACK,
        review_on=account.clinic.today(now) + timedelta(weeks=review_weeks),
        not_better_weeks=NOT_BETTER_WEEKS,
    )


def _begun(account: Account, programme: Programme) -> Programme:
    db.session.add(programme)
    db.session.flush()
    addresses.create(programme)
    revisions.first(account, programme)
    audit.record(account, "programme.start", programme.id, f"patient {programme.patient_id}")
    return programme


def _row_gaps(index: int, row: PrescribedExercise) -> list[Gap]:
    name, exercise = row.exercise.name, row.exercise
    found = []
    if not exercise.is_published:
        found.append(Gap(f"{name} is not published yet. Remove it or choose another.", f"row-{index + 1}"))
    elif len(exercise.drawn) < 2:
        found.append(Gap(f"{name} has no start and end picture.", f"row-{index + 1}"))
    for finding in findings(row):
        if finding.severity is Severity.REFUSE and is_open_side(finding, row.dosage):
            found.append(Gap(f"{name}: choose a side.", f"exercises-{index}-side"))
        elif finding.severity is Severity.REFUSE:
            found.append(Gap(f"{name}: {finding.message}", f"row-{index + 1}"))
    return found
