"""When to get help: the safety box of the newest edition, in whatever state the programme is."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.patient.today import state_page
from clinic_app.services import patient_page


@blueprint.get("/<public_id>/help", endpoint="help_page")
def help_page(public_id: str) -> ResponseReturnValue:
    shown = patient_page.shown(session.address(public_id), utc_now())
    if shown.said is None:
        return state_page(public_id, shown)
    return render_template(
        "patient/help.html",
        clinic=shown.clinic,
        safety=shown.said.safety,
        shown=shown,
        public_id=public_id,
        back=shown.is_current,
    )
