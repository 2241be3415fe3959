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


FULL = {
    "name": "Łucja Nowak",
    "born": "1957-01-02",
    "reference": "H-0815",
    "nhs_number": "943 476 5919",
    "email": "Lucja@Post.Example",
    "phone": "01632 960 777",
    "print_size": "large",
    "language": "pl",
    "format": "phone",
    "flags": ["cannot_kneel", "pregnant"],
    "home": "some",
    "equipment": ["band"],
}


def record(app: Flask, name: str) -> dict[str, object]:
    with app.app_context():
        row = db.session.scalars(select(Patient).filter_by(name=name)).one()
        return {key: getattr(row, key) for key in (*FULL, "id", "version") if key != "home"}


def test_everything_that_is_known_is_kept_and_shown(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    page = clara.post("/staff/patients", data=FULL, follow_redirects=True).text
    for words in ("943 476 5919", "Large print 18 pt", "Reads Polish", "On the phone", "Cannot kneel", "Exercise band"):
        assert words in page
    kept = record(app, "Łucja Nowak")
    assert (kept["nhs_number"], kept["email"]) == ("9434765919", "Lucja@post.example")
    form = clara.get(f"/staff/patients/{kept['id']}/edit").text
    assert 'value="943 476 5919"' in form
    assert "Łucja Nowak" in clara.get("/staff/patients?q=02/01/1957").text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("nhs_number", "943 476 5918", "its check digit does not fit"),
        ("nhs_number", "943 476 591", "has 10 digits"),
        ("nhs_number", "٩٤٣٤٧٦٥٩١٩", "has 10 digits"),
        ("nhs_number", "0000000000", "its check digit does not fit"),
        ("email", "ada@clinic.org, eve@evil.example", "not an e-mail address"),
        ("email", "ada@clinic.org\nBcc: eve@evil.example", "a control character"),
        ("email", "Ada <ada@clinic.org>", "not an e-mail address"),
        ("email", "ada", "not an e-mail address"),
        ("phone", "ring twice", "A phone number has digits"),
        ("flags", "invented", "not a valid choice"),
        ("print_size", "huge", "Not a valid choice"),
        ("home", "some", "Please tick what there is at home"),
    ],
)
def test_a_wrong_detail_is_said_and_nothing_typed_is_lost(
    app: Flask, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer = clara.post("/staff/patients", data={**NEW, "reference": "KEEP-ME", field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "KEEP-ME" in answer.text


@pytest.mark.parametrize(
    ("home", "ticked", "kept"),
    [("", [], None), ("none", [], []), ("some", ["band", "step"], ["band", "step"]), ("", ["belt"], ["belt"])],
)
def test_not_asked_is_not_the_same_as_nothing_at_home(
    app: Flask, cast: Cast, home: str, ticked: list[str], kept: list[str] | None
) -> None:
    clara = sign_in(app.test_client(), "Clara")
    clara.post("/staff/patients", data={**FULL, "home": home, "equipment": ticked})
    assert record(app, "Łucja Nowak")["equipment"] == kept


def test_likely_the_same_person_is_shown_before_a_second_record_is_made(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    typed = {"name": "Ada Exampel", "born": "1957-01-01", "phone": "01632 960 555", "flags": "pregnant"}
    asked = clara.post("/staff/patients", data=typed)
    assert asked.status_code == 422
    assert "Is it one of these?" in asked.text
    assert f'href="/staff/patients/{cast.patient}"' in asked.text
    assert "01632 960 555" in asked.text
    assert "H-014" in asked.text
    button = f'name="different" value="{cast.patient}"'
    assert button in asked.text
    answer = clara.post("/staff/patients", data={**typed, "different": str(cast.patient)})
    assert answer.status_code == 303


def test_who_was_not_looked_at_yet_is_asked_about_again(app: Flask, cast: Cast) -> None:
    """Between the question and the answer somebody else added the person."""
    clara, colin = (sign_in(app.test_client(), name) for name in ("Clara", "Colin"))
    typed = {"name": "Ada Exampel", "born": "1957-01-01"}
    seen = {**typed, "different": str(cast.patient)}
    assert colin.post("/staff/patients", data=seen).status_code == 303
    assert clara.post("/staff/patients", data=seen).status_code == 422


def test_an_nhs_number_has_one_record(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    clara.post("/staff/patients", data=FULL)
    holder = record(app, "Łucja Nowak")["id"]
    again = clara.post("/staff/patients", data={"name": "Other", "nhs_number": "9434765919", "different": str(holder)})
    assert again.status_code == 422
    assert "belongs to a record already" in again.text
    assert f'href="/staff/patients/{holder}"' in again.text
    edit = {"version": "1", "name": "Ada Example", "nhs_number": "943-476-5919"}
    other = clara.post(f"/staff/patients/{cast.patient}", data=edit)
    assert other.status_code == 422
    assert f"/staff/patients/{cast.patient}/merge?other={holder}" in other.text


@pytest.mark.parametrize("version", ["9" * 400, "9999999999", "-1", "1e3", "", "٣"])
def test_a_version_that_cannot_be_one_is_an_old_one(app: Flask, cast: Cast, version: str) -> None:
    clara = sign_in(app.test_client(), "Clara")
    edit = {"version": version, "name": "Ada Example", "reference": "H-014"}
    assert clara.post(f"/staff/patients/{cast.patient}", data=edit).status_code == 409
