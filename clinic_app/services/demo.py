"""The demo clinic: made on the first start, so that the main job can be tried in a minute."""

from __future__ import annotations

import os
import secrets
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Branding, Clinic, Protocol
from clinic_app.models.account import Role
from clinic_app.models.patient import PrintSize
from clinic_app.services import accounts, appointments, catalogue, patients, programmes
from clinic_app.services.patients import Details
from clinic_app.services.sample import CLINIC
from clinic_app.starter.pack import load_pack

EMAIL = "manager@clinic.example"
PATIENTS = [
    Details("Trial Person", date(1996, 2, 9), "DEMO-027", flags=("sore_wrists",), equipment=()),
    Details("Test Patient", date(1971, 11, 30), "DEMO-031", phone="01632 960 131"),
    Details("Example Person", date(1983, 6, 17), "DEMO-009", flags=("pregnant",), email="person@post.example"),
    Details(
        "Sample Patient",
        date(1957, 1, 1),
        "DEMO-014",
        print_size=PrintSize.LARGE,
        flags=("sore_knees", "osteoporosis"),
        equipment=("band",),
    ),
]
DAY = {"Trial Person": time(8, 30), "Example Person": time(9), "Sample Patient": time(10, 30), "Test Patient": time(11)}
# Drafts that wait: whose, from which protocol, and for how long.
DRAFTS = (
    ("Example Person", "low-back-first-days", timedelta(days=9)),
    ("Sample Patient", "low-back-six", timedelta(minutes=40)),
)


def sign_in_file(data: Path) -> Path:
    return data / "demo-sign-in.txt"


def prepare(data: Path) -> Path | None:
    """Make the demo clinic if there is no clinic yet; returns the file with e-mail and password, or None.

    A demo clinic of an earlier day gets today's appointments.

    The caller commits; the file (mode 0600) is written before that, so a clinic never exists without it.
    """
    now = utc_now()
    there = db.session.scalars(select(Clinic).limit(1)).first()
    if there is not None:
        if there.is_demo:
            _fill_day(there, now)
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
    manager = accounts.create(
        clinic,
        email=EMAIL,
        name="Demo Manager",
        password=password,
        role=Role.MANAGER,
        job_title="physiotherapist",
    )
    people = {each.name: patients.create(manager, each) for each in PATIENTS}
    for name, slug, ago in DRAFTS:
        protocol = db.session.scalars(select(Protocol).filter_by(clinic_id=clinic.id, slug=slug)).one()
        draft = programmes.start(manager, people[name], protocol, now - ago)
        draft.saved_at = draft.created_at = now - ago
    _fill_day(clinic, now)
    return _write(sign_in_file(data), f"{EMAIL}\n{password}\n")


def _fill_day(clinic: Clinic, now: datetime) -> None:
    """Patients to see today, in a demo clinic whose day is empty."""
    manager = db.session.scalars(select(Account).filter_by(clinic_id=clinic.id, email=EMAIL)).unique().one_or_none()
    today = clinic.today(now)
    if manager is None or appointments.of_day(manager, today):
        return
    for patient in patients.find(manager):
        if patient.name in DAY:
            appointments.add(manager, patient, today, DAY[patient.name])


def _write(path: Path, text: str) -> Path:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path
