"""People whose records are older than the desk are found by what is known of them as well as new ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from clinic_app import create_app
from clinic_app.database import db
from clinic_app.models import Patient
from clinic_app.services import patients
from tests.cast import invite
from tests.settings import config


def test_records_of_the_first_revision_are_found_as_new_ones_are(tmp_path: Path) -> None:
    app = create_app(config(tmp_path, f"sqlite:///{tmp_path / 'clinic.sqlite3'}"))
    with app.app_context():
        upgrade()
        invite()
        clinic = db.session.scalars(select(Patient.clinic_id)).first()
        names = ("Łucja Żółć-Øre", "Ångström  Æsir", "O'Brien")
        db.session.add_all(
            Patient(clinic_id=clinic, name=name, born=date(1957, 1, 2), reference="Ü-1") for name in names
        )
        db.session.add(Patient(clinic_id=clinic, name="Without Birthday", reference="X-1"))
        db.session.commit()
        downgrade(revision="0001")
        upgrade()
        rows = db.session.scalars(select(Patient)).all()
        assert len(rows) == 6
        for row in rows:
            assert row.search_text == patients.search_text(row)
        db.session.remove()
        db.engine.dispose()
