"""Clinics and patients of the time before the choice show different people; a choice survives no step down."""

from __future__ import annotations

from pathlib import Path

from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from clinic_app import create_app
from clinic_app.database import db
from clinic_app.illustration.people import Person
from clinic_app.models import Branding, Patient
from clinic_app.services import figures
from tests.cast import invite
from tests.settings import config


def test_rows_of_the_second_revision_leave_the_figure_open(tmp_path: Path) -> None:
    app = create_app(config(tmp_path, f"sqlite:///{tmp_path / 'clinic.sqlite3'}"))
    with app.app_context():
        upgrade()
        invite()
        db.session.commit()
        names = set(db.session.scalars(select(Patient.name)))
        for row in (*db.session.scalars(select(Branding)), *db.session.scalars(select(Patient))):
            row.figure_skin, row.figure_shape = "dark", "slim"
        db.session.commit()
        downgrade(revision="0002")
        upgrade()
        rows = (*db.session.scalars(select(Branding)), *db.session.scalars(select(Patient)))
        assert names == {row.name for row in rows if isinstance(row, Patient)}
        assert {figures.chosen_by(row) for row in rows} == {Person()}
        db.session.remove()
        db.engine.dispose()
