"""A form that did not come from our own page is refused before anything happens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from clinic_app.database import db
from clinic_app.models import AuditEvent
from tests.cast import PASSWORD, Cast, email
from tests.issuing import Issued

OTHER_SITE = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}


@pytest.fixture
def guarded(app: Flask) -> Flask:
    """The application as it is served."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def token(client: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found[1]


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    form = {"email": email(name), "password": PASSWORD, "csrf_token": token(client, "/sign-in")}
    assert client.post("/sign-in", data=form).status_code in {302, 303}
    return client


def everything(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as text."""
    with app.app_context():
        return {
            table.name: sorted((str(row),) for row in db.session.execute(text(f"SELECT * FROM {table.name}")))
            for table in db.metadata.sorted_tables
        }


def test_every_form_needs_its_token(guarded: Flask, cast: Cast, issued: Issued) -> None:
    maya = signed_in(guarded, "Maya")
    numbers = {"patient_id": cast.patient, "programme_id": issued.programme_id, "handout_id": issued.id}
    fields = {"name": "Mallory", "reference": "M-1", "reason": "a forged reason", "protocol": "low-back-six", **numbers}
    before = everything(guarded)
    asked = []
    for rule in guarded.url_map.iter_rules():
        if "POST" not in (rule.methods or set()):
            continue
        with guarded.test_request_context():
            values: dict[str, Any] = {name: numbers.get(name, 1) for name in rule.arguments}
            url = guarded.url_for(rule.endpoint, **values)
        for forged in ({}, {"csrf_token": ""}, {"csrf_token": "made-up"}):
            answer = maya.post(url, data={**fields, **forged}, headers=OTHER_SITE)
            # A patient's form has no token, which would need a cookie; it is asked where it comes from.
            refused = 403 if rule.endpoint.startswith("patient.") else 400
            assert answer.status_code == refused, f"{rule.endpoint} took a form without its token"
        asked.append(rule.endpoint)
    assert {"staff.issue_programme", "staff.withdraw_handout", "security.logout", "security.login"} <= set(asked)
    assert everything(guarded) == before
    assert maya.get("/staff/today").status_code == 200, "signed out by a forged form"


def test_the_token_of_the_page_is_taken(guarded: Flask, cast: Cast) -> None:
    clara = signed_in(guarded, "Clara")
    form = {"name": "Łucja Żółć", "reference": "K-1", "csrf_token": token(clara, "/staff/patients/new")}
    assert clara.post("/staff/patients", data=form).status_code == 303


def test_another_persons_token_is_refused(guarded: Flask, cast: Cast) -> None:
    clara, colin = signed_in(guarded, "Clara"), signed_in(guarded, "Colin")
    form = {"name": "Łucja Żółć", "reference": "K-1", "csrf_token": token(colin, "/staff/patients/new")}
    answer = clara.post("/staff/patients", data=form)
    assert answer.status_code == 400
    assert "Nothing was changed." in answer.text


def test_no_route_does_anything_by_get_under_a_form_address(guarded: Flask, cast: Cast) -> None:
    """An address that only takes forms answers a plain visit with 405, so a link or a picture can do nothing."""
    maya = signed_in(guarded, "Maya")
    for url in ("/sign-out", "/staff/programmes", "/staff/handouts/1/printings", "/staff/programmes/1/handouts"):
        assert maya.get(url).status_code == 405, url
    with guarded.app_context():
        assert db.session.scalars(select(AuditEvent)).first() is None


def test_sign_out_by_form_ends_the_session(guarded: Flask, cast: Cast) -> None:
    clara = signed_in(guarded, "Clara")
    answer = clara.post("/sign-out", data={"csrf_token": token(clara, "/staff/today")})
    assert answer.status_code in {302, 303}
    assert clara.get("/staff/today").status_code == 303
