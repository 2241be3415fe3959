"""Every route against everybody: a stranger, the clinic next door, and a clinician where only a manager may.

The list comes from the application, so a new route is in the test from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from clinic_app.database import db
from clinic_app.models import Handout, Patient, Programme
from clinic_app.web.closed import OPEN
from tests.cast import Cast, sign_in
from tests.issuing import issued_handout

MANAGERS_ONLY = {"staff.branding", "staff.save_branding"}
# An argument of a route, and the row of Harbour that a neighbour must not reach by it.
OWNED = {"patient_id": Patient, "programme_id": Programme, "handout_id": Handout, "exercise_id": None}


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address(app: Flask, rule: Rule, number: int = 1) -> str:
    values = {name: "x" if name in {"letter", "public_id", "filename"} else number for name in rule.arguments}
    with app.test_request_context():
        return str(app.url_for(rule.endpoint, **values))


def test_a_stranger_gets_the_sign_in_page_and_nothing_else(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    for rule, method in rules(app):
        if rule.endpoint in OPEN or rule.endpoint == "static":
            continue
        answer = client.open(address(app, rule), method=method)
        assert answer.status_code == 303, rule.endpoint
        assert answer.location.startswith("/sign-in"), rule.endpoint


def test_what_is_open_is_named_and_exists(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= OPEN
    assert {name for name in OPEN if name.startswith("staff.")} == set()


def test_only_managers_reach_the_branding(app: Flask, cast: Cast) -> None:
    for person in ("Clara", "Edgar"):
        client = sign_in(app.test_client(), person)
        for rule, method in rules(app):
            if rule.endpoint in MANAGERS_ONLY:
                assert client.open(address(app, rule), method=method).status_code == 403, rule.endpoint


def test_the_clinic_next_door_finds_nothing(app: Flask, cast: Cast) -> None:
    """Another clinic's number looks exactly like one that does not exist."""
    handout = issued_handout(app, cast)
    with app.app_context():
        numbers = {
            "patient_id": cast.patient,
            "programme_id": handout.programme_id,
            "handout_id": handout.id,
            "exercise_id": 1,
        }
        assert db.session.get_one(Handout, handout.id).clinic_id
    nora = sign_in(app.test_client(), "Nora")
    asked = 0
    for rule, method in rules(app):
        owned = rule.arguments & OWNED.keys()
        if not owned or not rule.endpoint.startswith("staff."):
            continue
        values = {name: numbers.get(name, "A" if name == "letter" else 1) for name in rule.arguments}
        absent = {name: 999_999 if name in OWNED else value for name, value in values.items()}
        with app.test_request_context():
            theirs, nobodys = app.url_for(rule.endpoint, **values), app.url_for(rule.endpoint, **absent)
        answers = [nora.open(each, method=method) for each in (theirs, nobodys)]
        assert [each.status_code for each in answers] == [404, 404], (rule.endpoint, method)
        asked += 1
    assert asked >= 10


@pytest.mark.parametrize("text", ["Ada", "H-014"])
def test_the_clinic_next_door_cannot_search_our_patients(app: Flask, cast: Cast, text: str) -> None:
    nora = sign_in(app.test_client(), "Nora")
    assert "Ada Example" not in nora.get("/staff/patients", query_string={"q": text}).text
    clara = sign_in(app.test_client(), "Clara")
    assert "Ada Example" in clara.get("/staff/patients", query_string={"q": text}).text


def test_showing_a_page_changes_nothing(app: Flask, cast: Cast) -> None:
    """Every GET of a signed-in manager, twice; the database refuses to be written to meanwhile."""
    handout = issued_handout(app, cast)
    maya = sign_in(app.test_client(), "Maya")
    numbers = {"patient_id": cast.patient, "programme_id": handout.programme_id, "handout_id": handout.id}
    before = fingerprint(app)
    for rule, method in rules(app):
        if method != "GET" or rule.endpoint == "static":
            continue
        values = {name: numbers.get(name, "A" if name == "letter" else 1) for name in rule.arguments}
        with app.test_request_context():
            url = app.url_for(rule.endpoint, **values)
        assert maya.get(url).status_code in {200, 302, 303, 404}, rule.endpoint
    assert fingerprint(app) == before


def fingerprint(app: Flask) -> dict[str, int]:
    with app.app_context():
        from sqlalchemy import text

        return {
            table.name: db.session.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one()
            for table in db.metadata.sorted_tables
        }
