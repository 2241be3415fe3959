from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from clinic_app.database import utc_now
from clinic_app.models import Patient
from clinic_app.services import patients
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account, blueprint


@blueprint.get("/today")
def today() -> str:
    """The start of the day: start a programme, and where each patient stands."""
    rows: Sequence[Patient] = patients.find(account())
    return render_template(
        "staff/today/show.html",
        today=account().clinic.today(utc_now()),
        protocols=summaries.protocol_tiles(account()),
        patients=[summaries.patient_row(patient) for patient in rows],
        drafts=summaries.drafts(rows),
    )
