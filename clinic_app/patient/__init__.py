"""The patient's face: no accounts. Until the patient's own page exists, an address says whom to ask."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Clinic, PatientAddress

blueprint = Blueprint("patient", __name__)


@blueprint.get("/p/<public_id>")
def landing(public_id: str) -> str:
    """Nothing about a patient, and no clue whether the address exists beyond the clinic's public phone."""
    query = select(Clinic).join(PatientAddress).where(PatientAddress.public_id == public_id[:32])
    clinic = db.session.scalars(query).unique().one_or_none()
    return render_template("patient/landing.html", clinic=clinic)


@blueprint.get("/p")
def by_code() -> str:
    return render_template("patient/landing.html", clinic=None)
