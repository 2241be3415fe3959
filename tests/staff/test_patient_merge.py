from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Patient
from tests.cast import Cast, sign_in

SECOND = {"name": "Ada Exampel", "reference": "H-99", "phone": "01632 960 555", "flags": "pregnant", "different": "1"}


def test_two_records_are_compared_and_joined(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    second = int(clara.post("/staff/patients", data=SECOND).location.rpartition("/")[2])
    old = f"/staff/patients/{cast.patient}"
    clara.post("/staff/programmes", data={"patient_id": cast.patient, "protocol": "low-back-six"})

    choose = clara.get(f"/staff/patients/{second}/merge?q=H-014").text
    assert f"/staff/patients/{second}/merge?other={cast.patient}" in choose
    page = clara.get(f"/staff/patients/{second}/merge?other={cast.patient}").text
    assert "1 January 1957" in page
    assert "01632 960 555" in page
    sent = {
        "other": cast.patient,
        "version": 1,
        "other_version": 1,
        "take-name": cast.patient,
        "take-born": cast.patient,
    }
    assert clara.post(f"/staff/patients/{second}/merge", data={**sent, "version": 7}).status_code == 409
    answer = clara.post(f"/staff/patients/{second}/merge", data=sent)
    assert (answer.status_code, answer.location) == (303, f"/staff/patients/{second}")

    record = clara.get(answer.location).text
    assert "Low back: six exercises" in record
    assert "01632 960 555" in record
    for address in (old, f"{old}/edit", f"{old}/merge"):
        assert clara.get(address).location == f"/staff/patients/{second}"
    assert clara.post(old, data={"version": 2, "name": "Ada", "reference": "x"}).status_code == 409
    assert clara.get("/staff/patients?q=H-014").text.count("/staff/patients/") == clara.get(
        "/staff/patients?q=nobody"
    ).text.count("/staff/patients/")
    with app.app_context():
        kept = db.session.scalars(select(Patient).filter_by(name="Ada Example", merged_into_id=None)).one()
        assert (kept.id, kept.reference, str(kept.born), kept.flags) == (second, "H-99", "1957-01-01", ["pregnant"])


def test_the_clinic_next_door_can_be_neither_half(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert clara.get(f"/staff/patients/{cast.patient}/merge?other={cast.neighbours_patient}").status_code == 404
    sent = {"other": cast.neighbours_patient, "version": 1, "other_version": 1}
    assert clara.post(f"/staff/patients/{cast.patient}/merge", data=sent).status_code == 404
