from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import delete, select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Appointment, Patient
from clinic_app.services import appointments, demo, precautions, today
from tests.cast import Cast


def test_the_first_day_shows_what_the_page_is_for(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        demo.prepare(tmp_path)
        manager = db.session.scalars(select(Account)).unique().one()
        seen = appointments.of_day(manager, manager.clinic.today(utc_now()))
        names = ["Trial Person", "Example Person", "Sample Patient", "Test Patient"]
        assert [each.patient.name for each in seen] == names
        assert [each.patient.name for each in today.needs(manager, utc_now()).old_drafts] == ["Example Person"]
        assert len(today.drafts(manager)) == 2
        assert {code for patient in db.session.scalars(select(Patient)) for code in patient.flags} <= set(
            precautions.FLAGS
        )


def test_another_day_of_the_demo_has_patients_too(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        demo.prepare(tmp_path)
        db.session.execute(delete(Appointment))
        demo.prepare(tmp_path)
        assert len(db.session.scalars(select(Appointment)).all()) == len(demo.DAY)
        demo.prepare(tmp_path)
        assert len(db.session.scalars(select(Appointment)).all()) == len(demo.DAY)


def test_no_day_is_invented_for_a_real_clinic(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with app.app_context():
        assert demo.prepare(tmp_path) is None
        assert db.session.scalars(select(Appointment)).all() == []
