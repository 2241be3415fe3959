from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Handout, Patient, Programme
from clinic_app.rendering import snapshot
from clinic_app.services import handouts
from tests.cast import Cast, sign_in
from tests.issuing import NOW


def issue(app: Flask, cast: Cast, programme_id: int) -> int:
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        programme = db.session.get_one(Programme, programme_id)
        handout = handouts.issue(clinician, handouts.prepare(clinician, programme, NOW), "click", NOW)
        db.session.commit()
        return handout.id


def test_nothing_about_a_person_is_written_down_and_a_record_can_come_later(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert "Low back: six exercises" in clara.get("/staff/quick-handouts").text
    started = clara.post("/staff/quick-handouts", data={"protocol": "low-back-six"})
    assert started.status_code == 303
    programme = int(started.location.rpartition("/")[2])
    assert "no patient record" in clara.get(started.location).text
    handout = issue(app, cast, programme)
    with app.app_context():
        row = db.session.get_one(Handout, handout)
        nobody, before = row.programme.patient_id, row.snapshot
        said = snapshot.from_json(row.snapshot)
        assert (said.patient.name, said.patient.born, said.patient.reference) == ("", None, "")
    for page in ("/staff/patients", "/staff/patients?q=quick", "/staff/today?patient=quick"):
        assert f"/staff/patients/{nobody}" not in clara.get(page).text
    assert "Quick handout" in clara.get(f"/staff/patients/{nobody}").text

    choose = f"/staff/programmes/{programme}/patient"
    assert "Ada Example" in clara.get(f"{choose}?q=ada").text
    given = clara.post(choose, data={"patient_id": cast.patient})
    assert (given.status_code, given.location) == (303, f"/staff/patients/{cast.patient}")
    assert "Low back: six exercises" in clara.get(given.location).text
    assert clara.get(f"/staff/patients/{nobody}").location == given.location
    assert clara.post(choose, data={"patient_id": cast.patient}).status_code == 409
    with app.app_context():
        assert db.session.get_one(Handout, handout).snapshot == before


def test_a_quick_handout_may_start_empty(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert clara.post("/staff/quick-handouts", data={"protocol": ""}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Patient).filter_by(is_anonymous=True)).one().name == ""


def test_a_protocol_that_does_not_exist_leaves_nobody_behind(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert clara.post("/staff/quick-handouts", data={"protocol": "invented"}).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(Patient).filter_by(is_anonymous=True)).all() == []
