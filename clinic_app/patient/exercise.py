"""One exercise as its card on paper says it, with the picture in motion."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import utc_now
from clinic_app.patient import session
from clinic_app.patient.blueprint import blueprint
from clinic_app.services import patient_page


@blueprint.get("/<public_id>/exercises/<slug>")
def exercise(public_id: str, slug: str) -> ResponseReturnValue:
    shown = patient_page.shown(session.address(public_id), utc_now())
    if not shown.is_current:
        return redirect(url_for("patient.today", public_id=public_id), 303)
    row = shown.row(slug)
    if row is None:
        abort(404)
    at = shown.rows.index(row)
    return render_template(
        "patient/exercise.html",
        clinic=shown.clinic,
        shown=shown,
        row=row,
        before=shown.rows[at - 1] if at else None,
        after=shown.rows[at + 1] if at + 1 < len(shown.rows) else None,
        public_id=public_id,
    )
