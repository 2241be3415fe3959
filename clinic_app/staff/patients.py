from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.models import Patient
from clinic_app.services import ours, patients
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.patient import PatientForm, rest_of


@blueprint.get("/patients", endpoint="patients")
def list_patients() -> str:
    text = request.args.get("q", "")[:80]
    found = patients.find(account(), text)
    return render_template(
        "staff/patients/list.html",
        q=text,
        patients=[summaries.patient_row(patient) for patient in found],
        most=patients.MOST_SHOWN,
    )


@blueprint.get("/patients/new")
def new_patient() -> str:
    return render_template("staff/patients/new.html", form=PatientForm())


@blueprint.post("/patients")
def create_patient() -> ResponseReturnValue:
    form = PatientForm()
    if not form.validate_on_submit():
        return render_template("staff/patients/new.html", form=form), 422
    patient = patients.create(account(), **rest_of(form))
    db.session.commit()
    flash(f"{patient.name} was added.", "success")
    return redirect(url_for("staff.patient", patient_id=patient.id), 303)


@blueprint.get("/patients/<int:patient_id>", endpoint="patient")
def show_patient(patient_id: int) -> str:
    patient = ours.fetch(Patient, patient_id, account())
    return render_template(
        "staff/patients/show.html",
        patient=patient,
        protocols=summaries.protocol_tiles(account()),
        programmes=patient.programmes,
        handout_words=summaries.handout_words,
        draft_words=summaries.draft_words,
    )


@blueprint.get("/patients/<int:patient_id>/edit")
def edit_patient(patient_id: int) -> str:
    patient = ours.fetch(Patient, patient_id, account())
    form = PatientForm(obj=patient)
    return render_template("staff/patients/edit.html", form=form, patient=patient, version=patient.version)


@blueprint.post("/patients/<int:patient_id>")
def save_patient(patient_id: int) -> ResponseReturnValue:
    patient = ours.fetch(Patient, patient_id, account())
    form = PatientForm()
    version = request.form.get("version", 0, type=int)
    if not form.validate_on_submit():
        return render_template("staff/patients/edit.html", form=form, patient=patient, version=version), 422
    patients.save(account(), patient, version=version, **rest_of(form))
    db.session.commit()
    flash("The record was saved. Handouts that were issued keep the old details.", "success")
    return redirect(url_for("staff.patient", patient_id=patient.id), 303)
