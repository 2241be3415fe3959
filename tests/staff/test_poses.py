"""The pose editor: who may draw, what a page without scripts can do, and that nothing drawn is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic_app.database import db
from clinic_app.models import Exercise
from clinic_app.services import exercise_history
from tests.cast import Cast, sign_in
from tests.exercise_form import begun, fields


@pytest.fixture
def edgar(app: Flask, cast: Cast) -> FlaskClient:
    return sign_in(app.test_client(), "Edgar")


def address(number: int) -> str:
    return f"/staff/exercises/{number}/poses"


def form_of(html: str) -> dict[str, Any]:
    return fields(html, "pose-form")


def pose_of(data: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data[f"pictures-{number}-scene"][0])
    return found


def pictures(app: Flask, number: int) -> list[dict[str, Any]]:
    with app.app_context():
        found: list[dict[str, Any]] = exercise_history.content_now(db.session.get_one(Exercise, number))["pictures"]
        return found


def test_a_joint_is_changed_shown_and_saved_without_scripts(app: Flask, edgar: FlaskClient) -> None:
    number = begun(edgar, app)
    data = form_of(edgar.get(address(number)).text)
    before = pictures(app, number)
    name = "number-pelvis.height"
    shown = edgar.post(address(number), data={**data, name: "9.5", "action": "show"})
    assert shown.status_code == 200, shown.text
    changed = form_of(shown.text)
    assert pose_of(changed, 0)["pelvis"]["height"] == 9.5
    assert pictures(app, number) == before
    saved = edgar.post(address(number), data={**changed, "action": "save"})
    assert saved.status_code == 303, saved.text
    assert pictures(app, number)[0]["scene"]["pelvis"]["height"] == 9.5
    assert pictures(app, number)[1]["scene"] == before[1]["scene"]
