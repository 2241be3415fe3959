"""One's own exercises: marked ones, and those used most."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Exercise, Patient, PrescribedExercise
from clinic_app.services.favourites import LOOKING_BACK, favourites, most_used, set_favourite
from tests.cast import Cast
from tests.issuing import started_programme


def bridge(account: Account) -> Exercise:
    return db.session.scalars(select(Exercise).filter_by(clinic_id=account.clinic_id, slug="bridge")).one()


def test_a_favourite_is_ones_own_and_marking_twice_is_once(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara, colin = (db.session.get_one(Account, number) for number in (cast.clinician, cast.colleague))
        exercise = bridge(clara)
        for _ in range(2):
            set_favourite(clara, exercise, on=True)
        assert (favourites(clara), favourites(colin)) == ({exercise.id}, set())
        for _ in range(2):
            set_favourite(clara, exercise, on=False)
        assert favourites(clara) == set()


def test_most_used_counts_ones_own_programmes(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara, colin = (db.session.get_one(Account, number) for number in (cast.clinician, cast.colleague))
        ada = db.session.get_one(Patient, cast.patient)
        assert most_used(clara) == []
        started_programme(clara, ada, "low-back-six")
        second = started_programme(clara, ada, "low-back-first-days")
        both = {row.exercise.name for row in second.rows}
        db.session.flush()
        used = [each.name for each in most_used(clara)]
        twice = {row.exercise.name for row in second.rows} & set(used[: len(both)])
        assert twice, used
        assert len(used) == 6
        assert most_used(colin) == []
        assert len(most_used(clara, limit=2)) == 2


def test_what_was_removed_archived_or_long_ago_is_not_used(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        programme = started_programme(clara, db.session.get_one(Patient, cast.patient))
        first, second, third = programme.rows[:3]
        first.is_removed = True
        second.exercise.state = "archived"
        db.session.flush()
        names = {each.name for each in most_used(clara)}
        assert not names & {first.exercise.name, second.exercise.name}
        assert third.exercise.name in names
        programme.saved_at = utc_now() - LOOKING_BACK - timedelta(days=1)
        db.session.flush()
        assert most_used(clara) == []


def test_the_order_is_how_often(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        ada = db.session.get_one(Patient, cast.patient)
        one, two = (started_programme(clara, ada) for _ in range(2))
        wanted = bridge(clara)
        for row in list(two.rows):
            if row.exercise_id != wanted.id:
                two.rows.remove(row)
        # Twice in one programme is one programme.
        one.rows += [
            PrescribedExercise(exercise=one.rows[0].exercise, position=20 + number, dosage=one.rows[0].dosage)
            for number in range(3)
        ]
        db.session.flush()
        assert most_used(clara)[0].id == wanted.id
