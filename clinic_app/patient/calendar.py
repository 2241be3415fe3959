"""Reminders for the patient's own calendar."""

from __future__ import annotations

from flask import abort, make_response
from flask.typing import ResponseReturnValue

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import patient_calendar, patient_page


@blueprint.get("/<public_id>/calendar.ics")
def calendar(public_id: str) -> ResponseReturnValue:
    address = session.address(public_id)
    shown = patient_page.shown(address, utc_now())
    if not shown.is_current:
        abort(404)
    response = make_response(patient_calendar.reminders(shown, address))
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="exercises.ics"'
    return response
