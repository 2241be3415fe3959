"""Two people save the same exercise at once: the words are those of the later one, whole, and nobody fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Exercise, ExerciseWord
from clinic_app.services import search
from clinic_app.services.favourites import favourites, set_favourite
from tests.cast import Cast

PATIENCE = 30.0  # seconds
ROUNDS = 5


def bridge(app: Flask, cast: Cast) -> int:
    with app.app_context():
        clinic = db.session.get_one(Account, cast.clinician).clinic_id
        return db.session.scalars(select(Exercise.id).filter_by(clinic_id=clinic, slug="bridge")).one()


def test_two_write_the_words_of_one_exercise(app: Flask, cast: Cast) -> None:
    number, start = bridge(app, cast), Barrier(2)

    def write(name: str) -> None:
        for turn in range(ROUNDS):
            start.wait(PATIENCE)
            with app.app_context():
                exercise = db.session.get_one(Exercise, number)
                exercise.name = f"{name} {name}{turn} shared{turn}"
                search.index(exercise)
                db.session.commit()
            start.wait(PATIENCE)
            with app.app_context():  # and once more when the exercise itself is not written, so nobody waits for it
                search.index(db.session.get_one(Exercise, number))
                db.session.commit()

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(write, name) for name in ("viaduct", "aqueduct")]:
            done.result(PATIENCE * 2)
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        name = db.session.get_one(Exercise, number).name
        assert [each.name for each in search.exercises(clara, name).rows] == [name]
        other = "viaduct" if name.startswith("aqueduct") else "aqueduct"
        assert search.exercises(clara, other).total == 0
        words = db.session.scalars(select(ExerciseWord.word).filter_by(exercise_id=number)).all()
        assert len(words) == len(set(words))


def test_two_bring_the_same_new_words_into_different_exercises(app: Flask, cast: Cast) -> None:
    start = Barrier(2)

    def write(slug: str) -> None:
        with app.app_context():
            clinic = db.session.get_one(Account, cast.clinician).clinic_id
            exercise = db.session.scalars(select(Exercise).filter_by(clinic_id=clinic, slug=slug)).one()
            db.session.rollback()
            start.wait(PATIENCE)
            exercise.name = " ".join(f"fresh{letter}" for letter in ("xyzabc" if slug == "bridge" else "cbazyx"))
            search.index(exercise)
            db.session.commit()

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(write, slug) for slug in ("bridge", "clam")]:
            done.result(PATIENCE * 2)
    with app.app_context():
        assert search.exercises(db.session.get_one(Account, cast.clinician), "freshx freshc").total == 2


def test_the_star_pressed_in_two_tabs_at_once(app: Flask, cast: Cast) -> None:
    number, start = bridge(app, cast), Barrier(2)

    def press() -> None:
        with app.app_context():
            clara = db.session.get_one(Account, cast.clinician)
            exercise = db.session.get_one(Exercise, number)
            assert clara.id
            db.session.rollback()
            start.wait(PATIENCE)
            set_favourite(clara, exercise, on=True)
            db.session.commit()

    with ThreadPoolExecutor(2) as tabs:
        for done in [tabs.submit(press) for _ in range(2)]:
            done.result(PATIENCE * 2)
    with app.app_context():
        assert favourites(db.session.get_one(Account, cast.clinician)) == {number}
