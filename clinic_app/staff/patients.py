from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Patient, Programme
from clinic_app.models.patient import Format, PrintSize
from clinic_app.services import appointments, ours, patient_duplicates, patients, precautions
from clinic_app.services.patients import Taken
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.patient import LANGUAGES, PatientForm, first_form, spaced

FLAG_GROUPS = [
    (group, [flag for flag in precautions.FLAGS.values() if flag.group == group]) for group in precautions.GROUPS
]
PRINT_SIZES = {PrintSize.LARGE: "Large print 18 pt", PrintSize.LARGEST: "Largest print 24 pt"}
FORMATS = {Format.EMAIL: "By e-mail", Format.PHONE: "On the phone"}

blueprint.add_app_template_filter(spaced, "nhs_spaced")
blueprint.add_app_template_filter(precautions.labels, "flag_labels")


@blueprint.app_template_filter("needs_words")
def needs_words(patient: Patient) -> list[str]:
    """What this person needs, as badges: print size, language, format; what most people have is not said."""
    needs = (
        PRINT_SIZES.get(PrintSize(patient.print_size)),
        f"Reads {LANGUAGES.get(patient.language, patient.language)}" if patient.language else "",
        FORMATS.get(Format(patient.format)),
    )
    return [words for words in needs if words]


@blueprint.get("/patients", endpoint="patients")
def list_patients() -> str:
    text = request.args.get("q", "")[:80]
    found = patients.find(account(), text)
    return render_template(
        "staff/patients/list.html",
        q=text,
        patients=summaries.patient_rows(found),
        most=patients.MOST_SHOWN,
    )


@blueprint.get("/patients/new")
def new_patient() -> str:
    # What was typed into the start box is not typed again.
    return _new_page(PatientForm(formdata=None, data={"name": request.args.get("name", "")[:80]}))


@blueprint.post("/patients")
def create_patient() -> ResponseReturnValue:
    form = PatientForm()
    if not form.validate_on_submit():
        return _new_page(form), 422
    likely = patient_duplicates.likely(account(), form.details)
    seen = set((form.different.data or "").split())
    if not {str(each.patient.id) for each in likely if not each.certain} <= seen:
        return _new_page(form, likely=likely), 422
    try:
        patient = patients.create(account(), form.details)
    except Taken as taken:
        return _new_page(form, taken=taken.patient), 422
    db.session.commit()
    flash(f"{patient.name} was added.", "success")
    return redirect(url_for("staff.patient", patient_id=patient.id), 303)


@blueprint.get("/patients/<int:patient_id>", endpoint="patient")
def show_patient(patient_id: int) -> ResponseReturnValue:
    patient = ours.fetch(Patient, patient_id, account())
    if patient.merged_into_id:
        return redirect(url_for("staff.patient", patient_id=patient.merged_into_id), 302)
    today = account().clinic.today(utc_now())
    return render_template(
        "staff/patients/show.html",
        patient=patient,
        protocols=[] if patient.is_anonymous else summaries.protocol_tiles(account()),
        programmes=_programmes(patient),
        seen_today=[each for each in appointments.of_day(account(), today) if each.patient_id == patient.id],
        language=LANGUAGES.get(patient.language, patient.language),
        equipment=_equipment_words(patient),
        handout_words=summaries.handout_words,
        draft_words=summaries.draft_words,
    )


@blueprint.get("/patients/<int:patient_id>/edit")
def edit_patient(patient_id: int) -> ResponseReturnValue:
    patient = ours.fetch(Patient, patient_id, account())
    if patient.merged_into_id or patient.is_anonymous:
        return redirect(url_for("staff.patient", patient_id=patient.merged_into_id or patient.id), 302)
    return _edit_page(first_form(patient), patient, patient.version)


@blueprint.post("/patients/<int:patient_id>")
def save_patient(patient_id: int) -> ResponseReturnValue:
    patient = ours.fetch(Patient, patient_id, account())
    form = PatientForm()
    version = sent_version()
    if not form.validate_on_submit():
        return _edit_page(form, patient, version), 422
    try:
        patients.save(account(), patient, version=version, details=form.details)
    except Taken as taken:
        return _edit_page(form, patient, version, taken=taken.patient), 422
    db.session.commit()
    flash("The record was saved. Handouts that were issued keep the old details.", "success")
    return redirect(url_for("staff.patient", patient_id=patient.id), 303)


def sent_version(name: str = "version") -> int:
    """The version that a form was made from; 0, which no row has, for what cannot be one."""
    typed = request.form.get(name, "")
    fits = typed.isascii() and typed.isdigit() and len(typed) <= len(str(ours.LARGEST_KEY))
    return int(typed) if fits and int(typed) <= ours.LARGEST_KEY else 0


def _programmes(patient: Patient) -> Sequence[Programme]:
    query = select(Programme).where(Programme.patient_id == patient.id).order_by(Programme.id.desc())
    return db.session.scalars(query.options(*summaries.with_editions())).unique().all()


def _equipment_words(patient: Patient) -> str:
    if patient.equipment is None:
        return "Not asked yet"
    return ", ".join(precautions.ASKED_ABOUT.get(each, each) for each in patient.equipment).capitalize() or "None"


def _new_page(
    form: PatientForm,
    *,
    likely: Sequence[patient_duplicates.Likeness] = (),
    taken: Patient | None = None,
) -> str:
    sure = next((each.patient for each in likely if each.certain), taken)
    return render_template("staff/patients/new.html", form=form, flag_groups=FLAG_GROUPS, likely=likely, taken=sure)


def _edit_page(form: PatientForm, patient: Patient, version: int, *, taken: Patient | None = None) -> str:
    return render_template(
        "staff/patients/edit.html",
        form=form,
        flag_groups=FLAG_GROUPS,
        patient=patient,
        version=version,
        taken=taken,
    )
