"""A programme for somebody who has no record here, and writing it into a record afterwards."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db, utc_now
from clinic_app.models import Patient, Programme
from clinic_app.services import ours, patient_merge, patients, programmes
from clinic_app.staff import programme_buttons, summaries
from clinic_app.staff.blueprint import account, blueprint

MOST_FOUND = 10


@blueprint.get("/quick-handouts", endpoint="quick_handouts")
def choose_quick_handout() -> str:
    """What to give: a protocol, or an empty programme."""
    return render_template("staff/patients/quick.html", tiles=summaries.protocol_tiles(account()))


@blueprint.post("/quick-handouts")
def start_quick_handout() -> ResponseReturnValue:
    """Start a programme for nobody in particular from `protocol` (a slug; empty: without exercises)."""
    slug = request.form.get("protocol", "")
    chosen = programme_buttons.protocol(account(), slug) if slug else None
    programme = programmes.start(account(), patients.create_anonymous(account()), chosen, utc_now())
    db.session.commit()
    return redirect(url_for("staff.edit_programme", programme_id=programme.id), 303)


@blueprint.get("/programmes/<int:programme_id>/patient")
def give_programme(programme_id: int) -> str:
    """Choose whose record a quick handout's programme goes into."""
    programme = ours.fetch(Programme, programme_id, account())
    text = request.args.get("q", "")[:80]
    return render_template(
        "staff/patients/give.html",
        programme=programme,
        patient=programme.patient,
        q=text,
        found=patients.find(account(), text, MOST_FOUND) if text else (),
    )


@blueprint.post("/programmes/<int:programme_id>/patient")
def put_programme(programme_id: int) -> ResponseReturnValue:
    programme = ours.fetch(Programme, programme_id, account(), lock=True)
    patient = ours.fetch(Patient, request.form.get("patient_id", 0, type=int), account())
    patient_merge.give(account(), programme, patient)
    db.session.commit()
    flash("The programme is in the record now. Sheets that were printed stay without a name.", "success")
    return redirect(url_for("staff.patient", patient_id=patient.id), 303)
