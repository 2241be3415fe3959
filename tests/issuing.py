"""How tests come to an issued handout, by the services and not by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Handout, Patient, Programme, Protocol
from clinic_app.services import handouts, programmes
from tests.cast import Cast

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Issued:
    id: int
    programme_id: int


def started_programme(clinician: Account, patient: Patient, slug: str = "low-back-six") -> Programme:
    protocol = db.session.scalars(select(Protocol).filter_by(slug=slug, clinic_id=clinician.clinic_id)).one()
    return programmes.start(clinician, patient, protocol, NOW)


def edition_two(clinician: Account, programme: Programme) -> Handout:
    """The programme's next edition, with another title."""
    programme.title = f"{programme.title}, week {programme.next_edition}"
    programme.version += 1
    db.session.commit()
    key = f"edition {programme.next_edition}"
    handout = handouts.issue(clinician, handouts.prepare(clinician, programme, NOW), key, NOW)
    db.session.commit()
    return handout


def issued_handout(app: Flask, cast: Cast) -> Issued:
    """Ada's low-back-six, edition 1, issued by Clara."""
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        programme = started_programme(clinician, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        handout = handouts.issue(clinician, handouts.prepare(clinician, programme, NOW), "first click", NOW)
        db.session.commit()
        return Issued(handout.id, programme.id)
