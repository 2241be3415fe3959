"""Where a programme meets what is known of its patient: clashes, and the two answers to one, swap or keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Side
from clinic_app.dosage.statements import share
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Exercise, ExerciseTag, PrescribedExercise, Programme
from clinic_app.models.exercise import ExerciseState
from clinic_app.models.exercise_search import Tag
from clinic_app.services import audit, precautions, programme_safety
from clinic_app.services import programme_revisions as revisions
from clinic_app.services.precautions import Clash
from clinic_app.starter.lists import Severity

SHORTEST_REASON = 3  # characters
LONGEST_REASON = 300
MOST_COMPARED = 60  # exercises of the same kind that are looked at for an alternative
NO_SUCH_ROW = "This exercise is no longer in the programme."


@dataclass(frozen=True, slots=True)
class RowClash:
    row: PrescribedExercise
    clash: Clash

    @property
    def where(self) -> str:
        """The element id of its question on the page."""
        return f"clash-{self.row.id}-{self.clash.code}"

    @property
    def needs_answer(self) -> bool:
        """Whether the programme cannot be issued before it is swapped or kept with a reason."""
        return self.clash.severity != Severity.INFO


def clashes(programme: Programme) -> tuple[RowClash, ...]:
    """What speaks against the exercises of this programme for its patient, without what was kept with a reason."""
    return tuple(
        RowClash(row, clash)
        for row in programme.exercises
        for clash in precautions.clashes(programme.patient, row.exercise)
        if clash.code not in row.kept
    )


def alternatives(programme: Programme, row: PrescribedExercise, limit: int = 4) -> list[Exercise]:
    """Exercises to put in the place of `row`: easier and harder ones first, then others of its kind and region.

    None of them is in the programme already, unpublished, without pictures, or needs an answer for this patient.
    """
    taken = {each.exercise_id for each in programme.exercises}
    found: list[Exercise] = []
    for exercise in (*_linked(row.exercise), *_alike(row.exercise)):
        if len(found) == limit:
            break
        usable = exercise.is_published and len(exercise.drawn) > 1 and exercise.id not in taken
        against = precautions.clashes(programme.patient, exercise)
        if usable and all(clash.severity == Severity.INFO for clash in against):
            found.append(exercise)
            taken.add(exercise.id)
    return found


def swap(account: Account, programme: Programme, row_id: int, exercise: Exercise) -> None:
    """Put `exercise` in the place of a row, with its usual dosage; a chosen left or right stays chosen.

    The note goes, because it was about the other exercise; Undo brings both back.

    Raises:
        NotAllowed: if the row is gone, or `exercise` is not published or in the programme already.
    """
    revisions.begin(account, programme)
    row = _row(programme, row_id)
    if row.exercise_id == exercise.id:
        return  # a second click
    refuse_unusable(programme, exercise)
    before = row.exercise.name
    with programme_safety.following(programme):
        row.dosage = _same_side(row.dosage, exercise)
        row.exercise, row.note, row.confirmed, row.kept = exercise, "", [], {}
    revisions.remember(account, programme, "programme.swap", f"Swapped {before} for {exercise.name}")


def keep(account: Account, programme: Programme, row_id: int, code: str, reason: str) -> None:
    """Prescribe a row against a clash, and record why.

    Raises:
        NotAllowed: if the row is gone or the reason is shorter than 3 characters.
    """
    revisions.begin(account, programme)
    row = _row(programme, row_id)
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        raise NotAllowed("Please say why this exercise is kept.")
    if len(words) > LONGEST_REASON:
        raise NotAllowed(f"Please say why in {LONGEST_REASON} letters or fewer.")
    if row.kept.get(code) == words:
        return
    row.kept = {**row.kept, code: words}
    # The reason may speak of the patient, so it stays with the programme; the event names row and code.
    audit.record(account, "programme.clash_kept", programme.id, f"row {row.id} exercise {row.exercise_id} {code}")
    revisions.remember(account, programme, "programme.keep", f"Kept {row.exercise.name}")


def refuse_unusable(programme: Programme, exercise: Exercise) -> None:
    """Raises NotAllowed if `exercise` cannot be put into the programme now."""
    if exercise.clinic_id != programme.clinic_id or not exercise.is_published:
        raise NotAllowed(f"{exercise.name} is not published, so it cannot be given to a patient.")
    if any(row.exercise_id == exercise.id for row in programme.exercises):
        raise NotAllowed(f"{exercise.name} is in this programme already.")


def _row(programme: Programme, row_id: int) -> PrescribedExercise:
    for row in programme.exercises:
        if row.id == row_id:
            return row
    raise NotAllowed(NO_SUCH_ROW)


def _same_side(before: Dosage, exercise: Exercise) -> Dosage:
    usual = exercise.usual
    if not exercise.has_sides or before.side not in {Side.LEFT, Side.RIGHT}:
        return usual
    if usual.side is Side.ALTERNATE and usual.reps is not None:  # its number is the total of both sides
        return replace(usual, side=before.side, reps=share(usual.reps))
    return replace(usual, side=before.side)


def _linked(exercise: Exercise) -> list[Exercise]:
    slugs = [link["slug"] for name in ("easier", "harder") for link in exercise.details.get(name, ())]
    query = select(Exercise).where(Exercise.clinic_id == exercise.clinic_id, Exercise.slug.in_(slugs))
    return sorted(db.session.scalars(query), key=lambda each: slugs.index(each.slug))


def _alike(exercise: Exercise) -> Iterable[Exercise]:
    """Of the same kind and a common region, from another starting position."""
    regions = exercise.details.get("body_regions", ())
    near = select(ExerciseTag.exercise_id).where(
        ExerciseTag.clinic_id == exercise.clinic_id, ExerciseTag.kind == Tag.REGION, ExerciseTag.value.in_(regions)
    )
    query = (
        select(Exercise)
        .where(
            Exercise.clinic_id == exercise.clinic_id,
            Exercise.state == ExerciseState.PUBLISHED,
            Exercise.kind == exercise.kind,
            Exercise.starting_position != exercise.starting_position,
            Exercise.id.in_(near),
        )
        .order_by(Exercise.name)
        .limit(MOST_COMPARED)
    )
    return db.session.scalars(query)
