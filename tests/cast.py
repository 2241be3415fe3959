"""The people of the tests. Harbour is the clinic most tests happen in; Hillside is the one next door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask.testing import FlaskClient

from clinic_app.database import db
from clinic_app.models import Account, Branding, Clinic, Patient
from clinic_app.models.account import Role
from clinic_app.services import accounts, catalogue
from clinic_app.starter.pack import load_pack

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids, because a row belongs to the session that loaded it."""

    clinician: int
    editor: int
    manager: int
    colleague: int  # another clinician of Harbour
    neighbour: int  # a clinician of Hillside
    patient: int
    neighbours_patient: int


def invite() -> Cast:
    """Both clinics with staff, patients and the starter catalogue."""
    harbour = _clinic("harbour", "Harbour Physiotherapy", "01632 960 123")
    hillside = _clinic("hillside", "Hillside Physiotherapy", "01632 960 456")
    pack = load_pack()
    for clinic in (harbour, hillside):
        catalogue.load(clinic, pack)
    patient = Patient(clinic_id=harbour.id, name="Ada Example", born=date(1957, 1, 1), reference="H-014")
    other = Patient(clinic_id=hillside.id, name="Grace Example", born=date(1961, 5, 4), reference="N-001")
    db.session.add_all((patient, other))
    db.session.flush()
    return Cast(
        clinician=_account(harbour, "Clara Clinician", Role.CLINICIAN).id,
        editor=_account(harbour, "Edgar Editor", Role.EDITOR).id,
        manager=_account(harbour, "Maya Manager", Role.MANAGER).id,
        colleague=_account(harbour, "Colin Colleague", Role.CLINICIAN).id,
        neighbour=_account(hillside, "Nora Neighbour", Role.CLINICIAN).id,
        patient=patient.id,
        neighbours_patient=other.id,
    )


def email(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@clinic.example"


def sign_in(client: FlaskClient, first_name: str) -> FlaskClient:
    """Sign in by the form, as a person does."""
    answer = client.post("/sign-in", data={"email": email(first_name), "password": PASSWORD})
    assert answer.status_code in {302, 303}, answer.text
    return client


def _clinic(slug: str, name: str, phone: str) -> Clinic:
    branding = Branding(name=name, address="1 Quay Street\nSampleton", phone=phone, hours="Monday to Friday, 8 to 6")
    clinic = Clinic(slug=slug, branding=branding)
    db.session.add(clinic)
    db.session.flush()
    return clinic


def _account(clinic: Clinic, name: str, role: Role) -> Account:
    return accounts.create(
        clinic, email=email(name), name=name, password=PASSWORD, role=role, job_title="physiotherapist"
    )
