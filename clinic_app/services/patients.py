from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select, update

from clinic_app.database import db
from clinic_app.errors import Conflict
from clinic_app.models import Account, Patient
from clinic_app.services import audit

MOST_SHOWN = 50


def find(account: Account, text: str = "") -> Sequence[Patient]:
    """The clinic's patients whose name or reference holds `text`, the newest first; at most 50."""
    query = select(Patient).where(Patient.clinic_id == account.clinic_id)
    for word in text.lower().split():
        like = f"%{_escaped(word)}%"
        query = query.where(
            or_(
                func.lower(Patient.name).like(like, escape="\\"),
                func.lower(Patient.reference).like(like, escape="\\"),
            )
        )
    return db.session.scalars(query.order_by(Patient.id.desc()).limit(MOST_SHOWN)).all()


def create(account: Account, *, name: str, born: date | None, reference: str) -> Patient:
    patient = Patient(clinic_id=account.clinic_id, name=name, born=born, reference=reference)
    db.session.add(patient)
    db.session.flush()
    audit.record(account, "patient.create", patient.id)
    return patient


def save(account: Account, patient: Patient, *, version: int, name: str, born: date | None, reference: str) -> None:
    """Raises Conflict if somebody saved the record since `version` was shown."""
    counted = db.session.execute(
        update(Patient)
        .where(Patient.id == patient.id, Patient.version == version)
        .values(version=version + 1, name=name, born=born, reference=reference)
        .execution_options(synchronize_session="fetch")
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("Somebody else changed this patient's record while you were editing it.")
    audit.record(account, "patient.save", patient.id, f"version {version + 1}")


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
