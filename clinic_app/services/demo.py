"""The demo clinic: made on the first start, so that the main job can be tried in a minute."""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Branding, Clinic, Patient
from clinic_app.models.account import Role
from clinic_app.services import accounts, catalogue
from clinic_app.services.sample import CLINIC
from clinic_app.starter.pack import load_pack

EMAIL = "manager@clinic.example"
PATIENTS = [
    ("Sample Patient", date(1957, 1, 1), "DEMO-014"),
    ("Example Person", date(1983, 6, 17), "DEMO-009"),
    ("Test Patient", date(1971, 11, 30), "DEMO-031"),
]


def sign_in_file(data: Path) -> Path:
    return data / "demo-sign-in.txt"


def prepare(data: Path) -> Path | None:
    """Make the demo clinic if there is no clinic yet; returns the file with e-mail and password, or None.

    The caller commits; the file (mode 0600) is written before that, so a clinic never exists without it.
    """
    if db.session.scalars(select(Clinic.id).limit(1)).first() is not None:
        return None
    clinic = Clinic(
        slug="demo",
        is_demo=True,
        branding=Branding(
            name=CLINIC.name,
            address="\n".join(CLINIC.address),
            phone=CLINIC.phone,
            hours=CLINIC.hours,
            footer=CLINIC.footer,
            specialist=CLINIC.specialist,
        ),
    )
    db.session.add(clinic)
    db.session.flush()
    catalogue.load(clinic, load_pack())
    password = secrets.token_urlsafe(15)
    accounts.create(
        clinic,
        email=EMAIL,
        name="Demo Manager",
        password=password,
        role=Role.MANAGER,
        job_title="physiotherapist",
    )
    db.session.add_all(
        Patient(clinic_id=clinic.id, name=name, born=born, reference=reference) for name, born, reference in PATIENTS
    )
    db.session.flush()
    return _write(sign_in_file(data), f"{EMAIL}\n{password}\n")


def _write(path: Path, text: str) -> Path:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path
