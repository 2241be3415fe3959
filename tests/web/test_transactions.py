"""A request that only shows cannot write, whatever its code tries: the database refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from clinic_app import database
from clinic_app.database import db, reading
from clinic_app.models import Patient
from clinic_app.rendering.pool import Pool
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


@pytest.mark.parametrize("sheet", ["draft.pdf", "draft/1.png"])
def test_nobody_waits_while_pages_are_made(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, sheet: str) -> None:
    """Making pages takes seconds. A reader's transaction must not be open for so long: a commit would wait for it."""
    clara = sign_in(app.test_client(), "Clara")
    editor = clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"}).location
    with app.app_context():
        engine = db.engine
    at_work: list[int] = []
    pool: Pool = app.extensions["render_pool"]

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: object, **options: object) -> object:
            at_work.append(engine.pool.checkedout())  # type: ignore[attr-defined]
            return work(*arguments, **options)

        return run

    monkeypatch.setattr(pool, "render", watched(pool.render))
    monkeypatch.setattr(pool, "pages_as_png", watched(pool.pages_as_png))
    assert clara.get(f"{editor}/{sheet}").status_code == 200
    assert at_work
    assert set(at_work) == {0}, "a transaction was open"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_commit_that_found_the_database_busy_locks_nobody_out(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger reads the file for longer than anybody waits; afterwards everything goes on."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    app.test_client_class = FlaskClient
    clara = sign_in(app.test_client(), "Clara")
    with app.app_context():
        db.engine.dispose()  # the next connections wait 50 ms
    stranger = sqlite3.connect(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database or "", isolation_level=None)
    stranger.execute("BEGIN")
    stranger.execute("SELECT count(*) FROM patient").fetchall()
    refused = clara.post("/staff/patients", data={"name": "Too Soon", "reference": "T-1"})
    stranger.execute("ROLLBACK")
    stranger.close()
    assert refused.status_code == 503
    for number in range(3):
        again = clara.post("/staff/patients", data={"name": f"In Time {number}", "reference": f"T-{number}"})
        assert again.status_code == 303
    assert names(app) == {"Ada Example", "Grace Example", "In Time 0", "In Time 1", "In Time 2"}
