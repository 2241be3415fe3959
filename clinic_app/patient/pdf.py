"""The printed pages, byte for byte as they were issued."""

from __future__ import annotations

from flask import abort, make_response
from flask.typing import ResponseReturnValue

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import handouts, patient_page


@blueprint.get("/<public_id>/handout.pdf")
def pdf(public_id: str) -> ResponseReturnValue:
    shown = patient_page.shown(session.address(public_id), utc_now())
    if not shown.is_current or shown.handout is None:
        abort(404)
    response = make_response(handouts.pdf(shown.handout))
    response.mimetype = "application/pdf"
    # The name stays on the phone for others to see: no patient, no clinic, no complaint.
    response.headers["Content-Disposition"] = f'inline; filename="exercises-edition-{shown.edition}.pdf"'
    return response
