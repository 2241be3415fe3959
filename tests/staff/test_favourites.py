"""The star: one's own, as a form and as a part of an open page, and never a way to another site."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Exercise
from clinic_app.services.favourites import favourites
from tests.cast import Cast, sign_in


@pytest.fixture
def bridge(app: Flask, cast: Cast) -> int:
    with app.app_context():
        clinic = db.session.get_one(Account, cast.clinician).clinic_id
        return db.session.scalars(select(Exercise.id).filter_by(clinic_id=clinic, slug="bridge")).one()


def marked(app: Flask, account: int) -> set[int]:
    with app.app_context():
        return favourites(db.session.get_one(Account, account))


def test_marked_and_unmarked_without_scripts(app: Flask, cast: Cast, clara: FlaskClient, bridge: int) -> None:
    address = f"/staff/exercises/{bridge}/favourite"
    answer = clara.post(address, data={"on": "1", "back": "/staff/exercises?q=br&page=2"})
    assert (answer.status_code, answer.location) == (303, "/staff/exercises?q=br&page=2")
    assert (marked(app, cast.clinician), marked(app, cast.colleague)) == ({bridge}, set())
    assert clara.post(address, data={"on": "0"}).location == f"/staff/exercises/{bridge}"
    assert marked(app, cast.clinician) == set()


def test_the_star_answers_with_itself(clara: FlaskClient, bridge: int) -> None:
    address = f"/staff/exercises/{bridge}/favourite"
    on = clara.post(address, data={"on": "1", "place": "used"}, headers={"HX-Request": "true"}).text
    assert 'aria-pressed="true"' in on
    assert 'name="on" value="0"' in on
    assert f'id="star-used-{bridge}"' in on
    off = clara.post(address, data={"on": "0", "place": '"><b>'}, headers={"HX-Request": "true"}).text
    assert 'aria-pressed="false"' in off
    assert "<b>" not in off
    assert f'id="star-{bridge}"' in off


def test_it_leads_to_no_other_site(clara: FlaskClient, bridge: int) -> None:
    for back in (
        "https://evil.example/",
        "//evil.example/staff",
        "/\\evil.example",
        "/staff//evil.example",
        "/staff/../sign-out",
        "/staff/exercises\r\nX-Header: 1",
        "/staff/exercises?next=https://evil.example",
        "javascript:alert(1)",
        "/staffing",
        "",
    ):
        answer = clara.post(f"/staff/exercises/{bridge}/favourite", data={"on": "1", "back": back})
        assert answer.location == f"/staff/exercises/{bridge}", back


def test_another_clinics_exercise_cannot_be_marked(app: Flask, cast: Cast, bridge: int) -> None:
    nora = sign_in(app.test_client(), "Nora")
    assert nora.post(f"/staff/exercises/{bridge}/favourite", data={"on": "1"}).status_code == 404
    assert marked(app, cast.neighbour) == set()
