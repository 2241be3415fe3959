from __future__ import annotations

from datetime import time

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db, utc_now
from clinic_app.models import Appointment, Patient
from clinic_app.services import appointments, ours
from clinic_app.staff.blueprint import account, blueprint


@blueprint.post("/patients/<int:patient_id>/appointments")
def add_appointment(patient_id: int) -> ResponseReturnValue:
    """See the patient today at `at` ("10:30")."""
    patient = ours.fetch(Patient, patient_id, account())
    record = redirect(url_for("staff.patient", patient_id=patient.id), 303)
    at = _time(request.form.get("at", ""))
    if at is None:
        flash("Please write the time as hours and minutes, such as 10:30.", "error")
        return record
    try:
        appointments.add(account(), patient, account().clinic.today(utc_now()), at)
        db.session.commit()
    except IntegrityError:  # the same click twice: the first one added it
        db.session.rollback()
    flash(f"You see {patient.name} today at {at.hour}:{at:%M}.", "success")
    return record


@blueprint.post("/appointments/<int:appointment_id>/removal")
def remove_appointment(appointment_id: int) -> ResponseReturnValue:
    appointment = ours.fetch(Appointment, appointment_id, account())
    patient = appointment.patient
    appointments.remove(account(), appointment)
    db.session.commit()
    flash(f"{patient.name} was taken off your day.", "success")
    if request.form.get("then") == "today":
        return redirect(url_for("staff.today"), 303)
    return redirect(url_for("staff.patient", patient_id=patient.id), 303)


def _time(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None
