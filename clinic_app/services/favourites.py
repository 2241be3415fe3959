"""Each person's own exercises: those they marked, and those they prescribe most."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select, text

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Exercise, Favourite, PrescribedExercise, Programme
from clinic_app.models.exercise import ExerciseState

LOOKING_BACK = timedelta(days=90)


def favourites(account: Account) -> set[int]:
    """The numbers of the exercises that this person marked."""
    return set(db.session.scalars(select(Favourite.exercise_id).where(Favourite.account_id == account.id)))


def set_favourite(account: Account, exercise: Exercise, on: bool) -> None:
    """Mark or unmark; doing it twice, or in two tabs at once, is the same as once."""
    key = {"account_id": account.id, "exercise_id": exercise.id}
    if on:
        db.session.execute(
            text(
                "INSERT INTO favourite (account_id, exercise_id) VALUES (:account_id, :exercise_id) "
                "ON CONFLICT DO NOTHING"
            ),
            key,
        )
    else:
        db.session.execute(delete(Favourite).filter_by(**key))


def most_used(account: Account, limit: int = 6) -> list[Exercise]:
    """The published exercises that this person put into most programmes of the last 90 days, the most used first."""
    times = func.count(PrescribedExercise.programme_id.distinct())
    query = (
        select(Exercise)
        .join(PrescribedExercise, PrescribedExercise.exercise_id == Exercise.id)
        .join(Programme, Programme.id == PrescribedExercise.programme_id)
        .where(
            Programme.account_id == account.id,
            Programme.saved_at >= utc_now() - LOOKING_BACK,
            PrescribedExercise.is_removed.is_(False),
            Exercise.clinic_id == account.clinic_id,
            Exercise.state == ExerciseState.PUBLISHED,
        )
        .group_by(Exercise.id)
        .order_by(times.desc(), Exercise.name)
        .limit(limit)
    )
    return list(db.session.scalars(query))
