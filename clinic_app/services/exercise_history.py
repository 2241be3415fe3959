"""The revisions of an exercise: what each save said, and which one is newest. Rows are only added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.errors import NotFound
from clinic_app.models import Account, AuditEvent, Exercise, ExerciseRevision
from clinic_app.services.exercise_entry import Content, content_of

LOADED = "As it came with the content pack"
SENT_BACK = "Sent back"
# What changes where an exercise stands and not what it says, so that no revision tells of it.
STEPS = {
    "exercise.submit": "Sent to review",
    "exercise.archive": "Archived",
    "exercise.reopen": "Taken out of the archive",
}


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history. `number` is that of the revision it made, None if it made none."""

    number: int | None
    what: str
    by: str  # "" for what came with the content pack
    at: datetime
    reason: str = ""


def keep(account: Account | None, exercise: Exercise, what: str, content: Content | None = None) -> ExerciseRevision:
    """Add a revision that says what the columns say, or `content`. The history tells `what` ("Imported")."""
    revision = ExerciseRevision(
        clinic_id=exercise.clinic_id,
        exercise_id=exercise.id,
        number=_stored(exercise) + 1,
        account_id=account.id if account else None,
        what=what[:120],
        content=content_of(exercise) if content is None else content,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def remember_first(exercise: Exercise) -> None:
    """Before its first change, keep what an exercise said when it was loaded."""
    if _stored(exercise) == 0:
        keep(None, exercise, LOADED).at = exercise.created_at


def newest(exercise: Exercise) -> int:
    """The number of the newest revision; what was loaded and never changed is revision 1."""
    return _stored(exercise) or 1


def revisions(exercise: Exercise) -> list[ExerciseRevision]:
    """The stored revisions, newest first; none if the exercise was never changed."""
    query = select(ExerciseRevision).where(ExerciseRevision.exercise_id == exercise.id)
    return list(db.session.scalars(query.order_by(ExerciseRevision.number.desc())))


def events(exercise: Exercise) -> list[Event]:
    """All that happened to the exercise, newest first: its revisions, and the steps between them."""
    steps = (
        select(AuditEvent.action, AuditEvent.at, Account.name)
        .join(Account, Account.id == AuditEvent.account_id)
        .where(AuditEvent.clinic_id == exercise.clinic_id, AuditEvent.object_id == exercise.id)
        .where(AuditEvent.action.in_(STEPS))
        .order_by(AuditEvent.id.desc())
    )
    told = [Event(None, STEPS[action], name, at) for action, at, name in db.session.execute(steps)]
    stored = revisions(exercise)
    if not stored:
        told.append(Event(1, LOADED, "", exercise.created_at))
    for each in stored:
        reason = each.content.get("state_reason", "") if each.what == SENT_BACK else ""
        told.append(Event(each.number, each.what, each.account.name if each.account else "", each.at, reason))
    return sorted(told, key=lambda event: event.at, reverse=True)


def content_now(exercise: Exercise) -> Content:
    """The newest content: the proposed revision's, else the columns'."""
    if exercise.proposed is None:
        return content_of(exercise)
    return {**content_at(exercise, exercise.proposed), "state": exercise.proposed_state}


def content_at(exercise: Exercise, number: int) -> Content:
    """What revision `number` said.

    Raises:
        NotFound: if there is none.
    """
    query = select(ExerciseRevision).filter_by(exercise_id=exercise.id, number=number)
    revision = db.session.scalars(query).one_or_none()
    if revision is not None:
        return dict(revision.content)
    if number == newest(exercise):
        return content_of(exercise)
    raise NotFound("There is no such revision.")


def state_now(exercise: Exercise) -> str:
    """Where the newest revision stands: that of the proposed one, else of the exercise."""
    return exercise.proposed_state if exercise.proposed is not None else str(exercise.state)


def in_use(exercise: Exercise) -> int:
    """The number of the revision that the columns say."""
    if exercise.proposed is None:
        return newest(exercise)
    query = select(func.max(ExerciseRevision.number)).where(
        ExerciseRevision.exercise_id == exercise.id,
        ExerciseRevision.content["state"].as_string() == "published",
    )
    return db.session.scalar(query) or 1


def _stored(exercise: Exercise) -> int:
    query = select(func.max(ExerciseRevision.number)).where(ExerciseRevision.exercise_id == exercise.id)
    return db.session.scalar(query) or 0
