"""The clinic's settings of the patient's page: kept when they make sense, refused beside the field when they do not."""

from __future__ import annotations

import pytest
from flask import Flask

from clinic_app.database import db
from clinic_app.models import Account, Clinic
from tests.cast import Cast, sign_in

PAGE = "/staff/branding/patient-page"
GOOD = {"diary_reader": "Clara reads this on Fridays.", "pain_threshold": "7", "worse_days": "2"}


def settings(app: Flask, cast: Cast) -> tuple[bool, str, int, int]:
    with app.app_context():
        clinic: Clinic = db.session.get_one(Account, cast.manager).clinic
        return clinic.asks_born, clinic.diary_reader, clinic.pain_threshold, clinic.worse_days


def test_a_manager_sets_them(app: Flask, cast: Cast) -> None:
    maya = sign_in(app.test_client(), "Maya")
    assert PAGE in maya.get("/staff/branding").text
    assert maya.post(PAGE, data=GOOD).status_code == 303
    assert settings(app, cast) == (False, "Clara reads this on Fridays.", 7, 2)
    assert maya.post(PAGE, data=GOOD | {"asks_born": "y"}).status_code == 303
    assert settings(app, cast)[0]
    assert "Clara reads this on Fridays." in maya.get(PAGE).text


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("diary_reader", ""),
        ("diary_reader", "x" * 201),
        ("pain_threshold", "0"),
        ("pain_threshold", "11"),
        ("pain_threshold", "six"),
        ("pain_threshold", ""),
        ("worse_days", "15"),
    ],
)
def test_what_makes_no_sense_is_refused(app: Flask, cast: Cast, name: str, wrong: str) -> None:
    before = settings(app, cast)
    maya = sign_in(app.test_client(), "Maya")
    answer = maya.post(PAGE, data=GOOD | {name: wrong})
    assert answer.status_code == 422
    assert "Please put this right" in answer.text
    assert settings(app, cast) == before
