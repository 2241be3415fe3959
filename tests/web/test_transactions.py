"""A request that only shows cannot write, whatever its code tries: the database refuses."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from clinic_app.database import db, reading
from clinic_app.models import Patient
from clinic_app.services import patients
from tests.cast import Cast, sign_in


@pytest.fixture
def careless(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Listing patients also writes, as a careless change might. Holds what the database said to it."""
    refusals: list[str] = []
    find = patients.find

    def write_too(*arguments: object, **values: object) -> object:
        try:
            db.session.execute(text("UPDATE patient SET name = 'Overwritten'"))
            db.session.commit()
        except DBAPIError as error:
            refusals.append(str(error.orig))
            db.session.rollback()
            raise
        return find(*arguments, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(patients, "find", write_too)
    app.test_client_class = FlaskClient
    return refusals


def names(app: Flask) -> set[str]:
    with app.app_context():
        return {patient.name for patient in db.session.scalars(select(Patient))}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_writes_is_refused_by_the_database(
    app: Flask, cast: Cast, careless: list[str], method: str
) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer: TestResponse = clara.open("/staff/patients", method=method)
    assert answer.status_code in {500, 503}
    assert len(careless) == 1
    assert "read-only" in careless[0] or "readonly" in careless[0]
    assert names(app) == {"Ada Example", "Grace Example"}


def test_a_form_may_write_after_a_page_was_shown(app: Flask, cast: Cast) -> None:
    """The two take turns on the same connection of the pool."""
    clara = sign_in(app.test_client(), "Clara")
    for number in range(3):
        assert clara.get("/staff/patients").status_code == 200
        answer = clara.post("/staff/patients", data={"name": f"Person {number}", "reference": f"R-{number}"})
        assert answer.status_code == 303
    assert {"Person 0", "Person 1", "Person 2"} <= names(app)


def test_a_reading_part_of_a_writing_request_cannot_write(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError), reading():
            db.session.execute(text("UPDATE patient SET name = 'Overwritten'"))
        db.session.execute(text("UPDATE patient SET name = 'Written' WHERE name = 'Ada Example'"))
        db.session.commit()
    assert names(app) == {"Written", "Grace Example"}


def test_a_reading_part_drops_what_was_not_committed(app: Flask, cast: Cast) -> None:
    """It begins a transaction of its own: nothing half done is carried into it or out of it."""
    with app.app_context():
        db.session.get_one(Patient, cast.patient).name = "Not committed"
        with reading():
            assert db.session.get_one(Patient, cast.patient).name == "Ada Example"
        db.session.commit()
    assert names(app) == {"Ada Example", "Grace Example"}
