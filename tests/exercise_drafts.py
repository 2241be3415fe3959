"""Exercises that nobody reviewed yet."""

from __future__ import annotations

from flask import Flask

from clinic_app.database import db
from clinic_app.models import Account, Exercise
from clinic_app.services import exercises
from clinic_app.services.exercise_entry import content_of
from clinic_app.services.exercise_start import copy_of
from tests.cast import Cast


def edgars_copy(app: Flask, cast: Cast) -> int:
    """The number of Edgar's copy of the bird-dog, a complete draft with its pictures."""
    with app.app_context():
        edgar = db.session.get_one(Account, cast.editor)
        source = db.session.query(Exercise).filter_by(clinic_id=edgar.clinic_id, slug="bird-dog").one()
        made = exercises.create(edgar, copy_of(content_of(source), "Bird-dog, slowly"))
        db.session.commit()
        return made.id
