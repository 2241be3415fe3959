"""Search: what is typed is found in names, aliases, tags and steps, with errors forgiven, in one's own clinic only."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Exercise
from clinic_app.services import search
from clinic_app.services.search import Filters, Found
from tests.cast import Cast


def find(app: Flask, person: int, text: str = "", filters: Filters = Filters(), **more: int) -> Found:
    with app.app_context():
        found = search.exercises(db.session.get_one(Account, person), text, filters, **more)
        db.session.expunge_all()
        return found


def names(found: Found) -> list[str]:
    return [each.name for each in found.rows]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bridge", "Bridge"),
        ("BRI", "Bridge"),
        ("kn", "Knee rolls"),
        ("knee ch", "Knee to chest"),
        ("chest knee", "Knee to chest"),
        ("childs", "Child's pose"),
        ("child's pose", "Child's pose"),
        ("child’s", "Child's pose"),
        ("prayer", "Child's pose"),
        ("bird dog", "Bird-dog"),
        ("birddog", "Bird-dog"),
        ("pélvic", "Pelvic tilt"),
        ("sit to stand", "Sit to stand"),
    ],
)
def test_what_is_typed_is_found_first(app: Flask, cast: Cast, typed: str, first: str) -> None:
    found = find(app, cast.clinician, typed)
    assert names(found)[:1] == [first]
    assert not found.forgiven


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("brige", "Bridge"),
        ("bidge", "Bridge"),
        ("brdige", "Bridge"),
        ("peliv ti", "Pelvic tilt"),
        ("hamstirng", "Back of thigh stretch"),
    ],
)
def test_a_typing_error_is_forgiven_and_said(app: Flask, cast: Cast, typed: str, first: str) -> None:
    found = find(app, cast.clinician, typed)
    assert first in names(found)
    assert found.forgiven
