"""The clinic's settings of the patient's page, for managers."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.services import patient_page_settings
from clinic_app.staff.blueprint import account, blueprint, for_managers
from clinic_app.staff.forms.patient_page import PatientPageForm


@blueprint.get("/branding/patient-page")
@for_managers
def patient_page_settings_form() -> str:
    return _page(PatientPageForm(obj=account().clinic))


@blueprint.post("/branding/patient-page")
@for_managers
def save_patient_page_settings() -> ResponseReturnValue:
    form = PatientPageForm()
    if not form.validate_on_submit():
        return _page(form), 422
    patient_page_settings.save(
        account(),
        asks_born=bool(form.asks_born.data),
        diary_reader=form.diary_reader.data or "",
        pain_threshold=form.pain_threshold.data or 0,
        worse_days=form.worse_days.data or 0,
    )
    db.session.commit()
    flash("Saved. It holds for every patient’s page at once.", "success")
    return redirect(url_for("staff.patient_page_settings_form"), 303)


def _page(form: PatientPageForm) -> str:
    return render_template("staff/branding/patient_page.html", form=form)
