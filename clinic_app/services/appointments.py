"""When a clinician sees a patient today. Nothing is booked by it: it puts the page of the day in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import Account, Appointment, Patient
from clinic_app.services import audit


def of_day(account: Account, day: date) -> Sequence[Appointment]:
    """The account's appointments on `day` of the clinic's calendar, in the order of the clock."""
    query = (
        select(Appointment)
        .where(
            Appointment.account_id == account.id,
            Appointment.starts_at >= _moment(account, day, time.min),
            Appointment.starts_at < _moment(account, day + timedelta(days=1), time.min),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return db.session.scalars(query).all()


def add(account: Account, patient: Patient, day: date, at: time) -> Appointment:
    """See `patient` at `at` on the clinic's clock. The same time twice is one appointment.

    Raises:
        NotAllowed: if the record stands for nobody in particular, or was joined with another.
    """
    if patient.is_anonymous or patient.merged_into_id:
        raise NotAllowed("There is no record of this patient to see at a time.")
    starts_at = _moment(account, day, at)
    query = select(Appointment).where(
        Appointment.account_id == account.id,
        Appointment.patient_id == patient.id,
        Appointment.starts_at == starts_at,
    )
    there = db.session.scalars(query).one_or_none()
    if there:
        return there
    appointment = Appointment(
        clinic_id=account.clinic_id, patient_id=patient.id, account_id=account.id, starts_at=starts_at
    )
    db.session.add(appointment)
    db.session.flush()
    audit.record(account, "appointment.add", appointment.id, f"patient {patient.id}")
    return appointment


def remove(account: Account, appointment: Appointment) -> None:
    """Take it off the day. Raises NotAllowed if it is a colleague's."""
    if appointment.account_id != account.id:
        raise NotAllowed("This appointment is a colleague's.")
    audit.record(account, "appointment.remove", appointment.id, f"patient {appointment.patient_id}")
    db.session.delete(appointment)


def _moment(account: Account, day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZoneInfo(account.clinic.time_zone)).astimezone(UTC)
