"""The made-up catalogue: the same from the same seed, readable as entries, and found by the search."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from benchmarks import catalogue as made_up
from clinic_app.database import db
from clinic_app.models import Account, Exercise
from clinic_app.services import catalogue, search
from clinic_app.starter import schema
from tests.cast import Cast

SIZE = 600  # more than one portion of the index


def test_a_seed_makes_one_catalogue(app: Flask, cast: Cast) -> None:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        nora = db.session.get_one(Account, cast.neighbour)
        for account in (clara, nora):
            made_up.fill(account.clinic, SIZE)
        ours, theirs = (_entries(account) for account in (clara, nora))
        assert len(ours) == SIZE
        assert ours == theirs
        made = search.index_all(clara.clinic_id, missing_only=True)
        assert made == SIZE
        for typed, everywhere in (("leg", True), ("xylophone", False)):
            assert bool(search.exercises(clara, typed).total) is everywhere
        assert search.exercises(clara, limit=1).total == SIZE + 41


def test_people_type_the_same_from_the_same_seed() -> None:
    assert made_up.searches(50) == made_up.searches(50)
    assert max(map(len, made_up.searches(200))) <= search.MOST_LETTERS


def _entries(account: Account) -> list[schema.Exercise]:
    query = select(Exercise).where(Exercise.clinic_id == account.clinic_id, Exercise.slug.startswith("made-"))
    return [catalogue.entry_of(each) for each in db.session.scalars(query.order_by(Exercise.slug))]
