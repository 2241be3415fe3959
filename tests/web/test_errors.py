"""What goes wrong is a page for people: what happened, what is safe, what to do, and a code for support."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge

from clinic_app import errors
from clinic_app.database import db
from clinic_app.models import Patient
from clinic_app.services import patients
from clinic_app.web import error_pages
from tests.cast import Cast, sign_in
from tests.pages import faults

DETAIL = "kept in the log only"


@pytest.fixture
def clara(app: Flask, cast: Cast) -> FlaskClient:
    """Clara, signed in; her client takes every answer as it comes."""
    app.test_client_class = FlaskClient
    return sign_in(app.test_client(), "Clara")


def code_of(page: str) -> str:
    found = re.search(r"Code for support: <b>([0-9a-f]{8})</b>", page)
    assert found, page
    return found[1]


def trouble(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From here on, listing patients fails with `error`."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(patients, "find", fail)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("There is nothing here."), 404),
        (errors.NotAllowed("Not now."), 409),
        (errors.Conflict("Somebody was first."), 409),
        (errors.RenderFailed("The pages took too long."), 503),
        (errors.NotReady((errors.Gap("A side is missing."),)), 400),
        (errors.NotPrintable(("A picture is missing.",)), 400),
        (errors.BrokenContent("bridge.toml: dosage: missing"), 400),
        (OperationalError("SELECT " + DETAIL, {}, Exception(DETAIL)), 503),
        (RequestEntityTooLarge(), 413),
        (ZeroDivisionError(DETAIL), 500),
        (FileNotFoundError(DETAIL), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_error_has_a_page_with_a_code_and_no_detail(
    clara: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
) -> None:
    trouble(monkeypatch, error)
    with caplog.at_level(logging.WARNING):
        answer = clara.get("/staff/patients?q=Ada+Example")
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert not faults(answer.text)
    code = code_of(answer.text)
    assert code in caplog.text, "the code does not find the log line"
    for leak in ("Traceback", "site-packages", "clinic_app/", DETAIL, type(error).__name__, "SELECT"):
        assert leak not in answer.text
    assert "Ada Example" not in caplog.text, "the log holds what was searched for"


def test_every_service_error_has_a_status() -> None:
    # Those of one area (a mail server's answer, a diary's line) are dealt with there and reach no page by themselves.
    kinds = {kind for kind in errors.ServiceError.__subclasses__() if kind.__module__ == errors.__name__}
    assert kinds == {
        *error_pages.STATUS,
        errors.NotReady,
        errors.NotPrintable,
        errors.BrokenContent,
    }, "a new error needs a status and a line in the test above"


def test_two_troubles_have_two_codes(clara: FlaskClient) -> None:
    assert code_of(clara.get("/nothing").text) != code_of(clara.get("/nothing").text)


def test_a_failed_page_leaves_nothing_half_done(
    app: Flask, clara: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error comes after the row was written and before the commit."""
    create = patients.create

    def fail(*arguments: object, **values: object) -> None:
        create(*arguments, **values)  # type: ignore[arg-type]
        raise ZeroDivisionError(DETAIL)

    monkeypatch.setattr(patients, "create", fail)
    answer = clara.post("/staff/patients", data={"name": "Half Done", "reference": "H-1"})
    assert answer.status_code == 500
    assert "was not saved" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Patient).filter_by(name="Half Done")).first() is None
    assert clara.get("/staff/today").status_code == 200


@pytest.mark.parametrize("url", ["/staff/today", "/staff/handouts/1.pdf", "/nothing"])
def test_the_error_page_needs_no_database(app: Flask, clara: FlaskClient, url: str) -> None:
    """Somebody signed in asks for a page while the table that says who they are cannot be read."""
    with app.app_context():
        db.session.execute(text("ALTER TABLE account RENAME TO account_gone"))
        db.session.commit()
    answer = clara.get(url)
    assert answer.status_code in {500, 503}
    assert not faults(answer.text)
    code_of(answer.text)


def test_health_says_when_the_database_is_not_ready(app: Flask) -> None:
    app.test_client_class = FlaskClient
    assert app.test_client().get("/healthz").status_code == 200
    with app.app_context():
        db.session.execute(text("ALTER TABLE clinic RENAME TO clinic_gone"))
        db.session.commit()
    assert app.test_client().get("/healthz").status_code >= 500


@pytest.mark.parametrize("method", ["DELETE", "PUT", "TRACE"])
def test_a_wrong_method_is_refused_with_a_page(clara: FlaskClient, method: str) -> None:
    answer = clara.open("/staff/today", method=method)
    assert answer.status_code == 405
    code_of(answer.text)


def test_an_address_that_is_no_number_is_not_found(clara: FlaskClient) -> None:
    for url in (
        "/staff/patients/1e9",
        "/staff/patients/-1",
        "/staff/patients/2147483648",
        "/staff/handouts/9999999999999999999999.pdf",
    ):
        assert clara.get(url).status_code == 404, url
