"""Every route against everybody: a stranger, the clinic next door, and a clinician where only a manager may.

The list comes from the application, so a new route is in the test from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from clinic_app.database import db
from clinic_app.models import Account, Concern, Exercise, Patient, Programme, Protocol
from clinic_app.models.account import Role
from clinic_app.models.concern import ConcernKind
from clinic_app.services import (
    addresses,
    appointments,
    concerns,
    exercise_exports,
    exercise_import_reading,
    exercise_imports,
    print_desk,
)
from clinic_app.web.closed import OPEN, PATIENT
from tests.cast import Cast, sign_in
from tests.issuing import Issued

MANAGERS_ONLY = {
    "staff.branding",
    "staff.save_branding",
    "staff.patient_page_settings_form",
    "staff.save_patient_page_settings",
}
# Those who may change exercises: editors and managers.
KEEPERS_ONLY = {
    "staff.new_exercise",
    "staff.create_exercise",
    "staff.imports",
    "staff.start_import",
    "staff.exercise_import",
    "staff.continue_import",
    "staff.apply_import",
    "staff.cancel_import",
    "staff.import_report",
    "staff.import_example",
    "staff.export_exercises",
    "staff.poses",
    "staff.save_poses",
    "staff.preview_pose",
    "staff.moving_poses",
    "staff.poses_to_start_from",
}
# The door of the patient's page: it asks a stranger for the code and shows nothing else.
DOOR = {"patient.landing", "patient.open_page", "patient.by_code", "patient.open_by_code", "patient.close_page"}
# It has a secret of its own in the path; without it there is nothing.
FEED = "patient.calendar_feed"
# Arguments that name a clinic's own row.
OWNED = {
    "import_id",
    "patient_id",
    "programme_id",
    "handout_id",
    "exercise_id",
    "protocol_id",
    "delivery_id",
    "batch_id",
    "appointment_id",
    "address_id",
    "concern_id",
}
ABSENT = dict.fromkeys(OWNED, 999_999)
OTHERS = {
    "letter": "A",
    "public_id": "x",
    "filename": "x",
    "number": 1,
    "kind": "csv",
    "slug": "x",
    "digest": "x",
    "name": "x",
    "feed_id": "x",
    "secret": "x",
}


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address(app: Flask, rule: Rule, numbers: Mapping[str, int] = ABSENT) -> str:
    values: dict[str, Any] = {name: (OTHERS | dict(numbers))[name] for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def harbours(app: Flask, cast: Cast, issued: Issued) -> dict[str, int]:
    """One row of Harbour's for every argument that names a row."""
    with app.app_context():
        clinic = db.session.get_one(Account, cast.clinician).clinic_id
        exercise = db.session.scalars(select(Exercise).filter_by(clinic_id=clinic, slug="bridge")).one()
        numbers = {"patient_id": cast.patient, "programme_id": issued.programme_id, "handout_id": issued.id}
        numbers["exercise_id"] = exercise.id
        numbers["address_id"] = addresses.present(db.session.get_one(Programme, issued.programme_id)).id
    return (
        numbers
        | printed(app, cast, issued.id)
        | {
            "appointment_id": seen_today(app, cast),
            "import_id": brought_in(app, cast),
            "concern_id": told(app, issued.programme_id),
        }
    )


def brought_in(app: Flask, cast: Cast) -> int:
    """Edgar begins an import."""
    with app.app_context():
        edgar = db.session.get_one(Account, cast.editor)
        table = exercise_exports.csv_table(exercise_exports.example())
        found = exercise_imports.start(edgar, exercise_import_reading.prepare("a.csv", table, {}))
        db.session.commit()
        return found.id


def told(app: Flask, programme_id: int) -> int:
    """Something about Ada's programme needs a person."""
    with app.app_context():
        programme = db.session.get_one(Programme, programme_id)
        words = "The patient's page is locked."
        concerns.raise_once(programme.clinic_id, ConcernKind.LOCKED, "locked:1", words, programme=programme)
        db.session.commit()
        return db.session.scalars(select(Concern.id)).one()


def seen_today(app: Flask, cast: Cast) -> int:
    """Clara sees Ada."""
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        appointment = appointments.add(clara, db.session.get_one(Patient, cast.patient), date(2026, 11, 23), time(10))
        db.session.commit()
        return appointment.id


def printed(app: Flask, cast: Cast, handout_id: int) -> dict[str, int]:
    """The handout as printed at the desk, and a protocol."""
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        prepared = print_desk.prepare(clara, [print_desk.Choice(handout_id, 0)], both_sides=True)
        batch = print_desk.record(clara, prepared, "key")
        db.session.commit()
        protocol = db.session.scalars(select(Protocol).filter_by(clinic_id=clara.clinic_id, slug="low-back-six")).one()
        return {"batch_id": batch.id, "delivery_id": batch.deliveries[0].id, "protocol_id": protocol.id}


def test_a_stranger_gets_the_sign_in_page_and_nothing_else(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    for rule, method in rules(app):
        if rule.endpoint in OPEN or rule.endpoint == "static" or rule.endpoint.startswith(PATIENT):
            continue
        answer = client.open(address(app, rule), method=method)
        assert answer.status_code == 303, rule.endpoint
        assert answer.location.startswith("/sign-in"), rule.endpoint


def test_a_stranger_is_asked_for_the_code_on_every_page_of_a_patient(app: Flask, cast: Cast, issued: Issued) -> None:
    """With the address of a real programme, and signed in as staff too: a sign-in opens no patient's page."""
    public_id = ada_s_page(app, issued)
    asked = set()
    for client in (app.test_client(), sign_in(app.test_client(), "Clara")):
        for rule, method in rules(app):
            if not rule.endpoint.startswith(PATIENT):
                continue
            answer = client.open(address(app, rule).replace("/p/x", f"/p/{public_id}"), method=method)
            assert "Ada" not in answer.text, rule.endpoint
            if rule.endpoint == FEED:
                assert answer.status_code == 404, rule.endpoint
            elif rule.endpoint in DOOR:
                assert answer.status_code in {200, 303, 422}, rule.endpoint
            elif method == "GET":
                assert (answer.status_code, answer.location) == (303, f"/p/{public_id}"), rule.endpoint
            else:
                assert answer.status_code == 401, rule.endpoint
            asked.add(rule.endpoint)
    assert asked > DOOR


def ada_s_page(app: Flask, issued: Issued) -> str:
    with app.app_context():
        return addresses.present(db.session.get_one(Programme, issued.programme_id)).public_id


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


def test_only_editors_and_managers_reach_what_keeps_the_catalogue(app: Flask, cast: Cast, issued: Issued) -> None:
    numbers = harbours(app, cast, issued)
    clara = sign_in(app.test_client(), "Clara")
    for rule, method in rules(app):
        if rule.endpoint in KEEPERS_ONLY:
            assert clara.open(address(app, rule, numbers), method=method).status_code == 403, rule.endpoint


def test_the_clinic_next_door_finds_nothing(app: Flask, cast: Cast, issued: Issued) -> None:
    """Another clinic's number looks exactly like one that does not exist, and its own people do find it.

    Both are managers, so that no number is hidden by a role alone.
    """
    numbers = harbours(app, cast, issued)
    with app.app_context():
        db.session.get_one(Account, cast.neighbour).role = Role.MANAGER
        db.session.commit()
    nora, maya = (sign_in(app.test_client(), name) for name in ("Nora", "Maya"))
    asked = 0
    for rule, method in rules(app):
        if not rule.arguments & OWNED or not rule.endpoint.startswith("staff."):
            continue
        theirs, nobodys = address(app, rule, numbers), address(app, rule)
        answers = [nora.open(each, method=method).status_code for each in (theirs, nobodys)]
        assert answers == [404, 404], (rule.endpoint, method)
        if method == "GET":
            assert maya.get(theirs).status_code == 200, rule.endpoint
        asked += 1
    assert asked >= 10


@pytest.mark.parametrize("wanted", ["Ada", "H-014"])
def test_the_clinic_next_door_cannot_search_our_patients(app: Flask, cast: Cast, wanted: str) -> None:
    nora, clara = (sign_in(app.test_client(), name) for name in ("Nora", "Clara"))
    assert "Ada Example" not in nora.get("/staff/patients", query_string={"q": wanted}).text
    assert "Ada Example" in clara.get("/staff/patients", query_string={"q": wanted}).text


def test_showing_a_page_changes_nothing(app: Flask, cast: Cast, issued: Issued) -> None:
    """Every GET of a signed-in manager; the database refuses to be written to meanwhile."""
    numbers = harbours(app, cast, issued)
    maya = sign_in(app.test_client(), "Maya")
    before = fingerprint(app)
    for rule, method in rules(app):
        if method == "GET" and rule.endpoint != "static":
            assert maya.get(address(app, rule, numbers)).status_code in {200, 302, 303, 404}, rule.endpoint
    assert fingerprint(app) == before


def fingerprint(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            table.name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in db.metadata.sorted_tables
        }
