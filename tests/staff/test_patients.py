from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Patient
from tests.cast import Cast, sign_in

NEW = {"name": "Łucja Żółć", "born": "1980-02-29", "reference": ""}


def test_a_new_patient_is_kept_and_found(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer = clara.post("/staff/patients", data=NEW)
    assert answer.status_code == 303
    assert "Łucja Żółć" in clara.get(answer.location).text
    assert (
        "Łucja Żółć" in clara.get("/staff/patients?q=żółć").text or "Łucja" in clara.get("/staff/patients?q=ucja").text
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please write the patient&#39;s name."),
        ("name", "A\u202eB", "direction-changing character, U+202E"),
        ("name", "x" * 61, "61 characters without a space"),
        ("name", "a b " * 30, "at most 80 fit"),
        ("born", "2999-01-01", "lies in the future"),
        ("born", "1800-01-01", "more than 125 years ago"),
        ("born", "yesterday", "Not a valid date"),
        ("reference", "\x07", "a control character"),
    ],
)
def test_a_wrong_field_is_said_and_nothing_typed_is_lost(
    app: Flask, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer = clara.post("/staff/patients", data={**NEW, "reference": "KEEP-ME", field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "KEEP-ME" in answer.text or field == "reference"
    with app.app_context():
        assert db.session.scalars(select(Patient).filter_by(reference="KEEP-ME")).first() is None


def test_two_people_of_one_name_can_be_told_apart(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer = clara.post("/staff/patients", data={"name": "Only A Name"})
    assert answer.status_code == 422
    assert "date of birth or a reference" in answer.text


def test_markup_is_printed_literally(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    page = clara.post("/staff/patients", data={**NEW, "name": "<b>Ada</b>"}, follow_redirects=True).text
    assert "&lt;b&gt;Ada&lt;/b&gt;" in page


def test_of_two_who_edit_one_is_told(app: Flask, cast: Cast) -> None:
    clara, colin = (sign_in(app.test_client(), name) for name in ("Clara", "Colin"))
    url = f"/staff/patients/{cast.patient}"
    edit = {"version": 1, "name": "Ada Example-Smith", "born": "1957-01-01", "reference": "H-014"}
    assert clara.post(url, data=edit).status_code == 303
    assert colin.post(url, data={**edit, "name": "Ada Other"}).status_code == 409
    with app.app_context():
        assert db.session.get_one(Patient, cast.patient).name == "Ada Example-Smith"
