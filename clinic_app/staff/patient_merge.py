"""Two records of one person, side by side: choose what stays, and join them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic_app.database import db
from clinic_app.models import Patient
from clinic_app.models.patient import Format, PrintSize
from clinic_app.services import figures, ours, patient_duplicates, patient_merge, patients, precautions
from clinic_app.services.patients import Taken, details_of
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.patient import FORMATS, LANGUAGES, PRINT_SIZES, spaced
from clinic_app.staff.patients import sent_version
from clinic_app.web.filters import long_date

# Field -> what it is called; of these one value stays. Precautions and equipment stay from both.
CHOICES = {
    "name": "Name",
    "born": "Date of birth",
    "reference": "Reference",
    "nhs_number": "NHS number",
    "email": "E-mail",
    "phone": "Phone",
    "print_size": "Print size",
    "language": "Language",
    "format": "Wants it on",
}
MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both records. `chosen` is the id of the record whose value is proposed."""

    name: str
    label: str
    kept: str
    merged: str
    chosen: int

    @property
    def differs(self) -> bool:
        return self.kept != self.merged


@blueprint.get("/patients/<int:patient_id>/merge")
def merge_patient(patient_id: int) -> ResponseReturnValue:
    """Choose the other record; with `other` (its id), compare the two."""
    kept = ours.fetch(Patient, patient_id, account())
    if kept.merged_into_id or kept.is_anonymous:
        return redirect(url_for("staff.patient", patient_id=kept.merged_into_id or kept.id), 302)
    other = request.args.get("other", 0, type=int)
    if other and other != kept.id:
        return _compare_page(kept, ours.fetch(Patient, other, account()))
    text = request.args.get("q", "")[:80]
    found = patients.find(account(), text, MOST_FOUND + 1) if text else ()
    return render_template(
        "staff/patients/merge.html",
        patient=kept,
        q=text,
        found=[each for each in found if each.id != kept.id][:MOST_FOUND],
        likely=patient_duplicates.likely(account(), details_of(kept), but=kept.id),
    )


@blueprint.post("/patients/<int:patient_id>/merge")
def join_patients(patient_id: int) -> ResponseReturnValue:
    """Join `other` into this record with the values that were chosen."""
    kept = ours.fetch(Patient, patient_id, account())
    merged = ours.fetch(Patient, request.form.get("other", 0, type=int), account())
    taken = {name: getattr(merged, name) for name in CHOICES if request.form.get(f"take-{name}") == str(merged.id)}
    flags, equipment = patient_merge.together(kept, merged)
    chosen = figures.together(kept, merged)
    details = replace(details_of(kept), flags=flags, equipment=equipment, **chosen, **taken)
    seen = {kept.id: sent_version(), merged.id: sent_version("other_version")}
    try:
        patient_merge.merge(account(), kept.id, merged.id, seen, details)
    except Taken as error:
        flash(f"{error} It is the record of {error.patient.name}. Nothing was joined.", "error")
        return redirect(url_for("staff.merge_patient", patient_id=kept.id, other=error.patient.id), 303)
    db.session.commit()
    flash("The two records are one now. Handouts that were issued stay as they were printed.", "success")
    return redirect(url_for("staff.patient", patient_id=patient_id), 303)


def _compare_page(kept: Patient, merged: Patient) -> ResponseReturnValue:
    if merged.merged_into_id or merged.is_anonymous:
        return redirect(url_for("staff.patient", patient_id=kept.id), 302)
    flags, _equipment = patient_merge.together(kept, merged)
    return render_template(
        "staff/patients/compare.html",
        patient=kept,
        other=merged,
        lines=[_line(name, label, kept, merged) for name, label in CHOICES.items()],
        flags=precautions.labels(flags),
        programmes={each.id: len(each.programmes) for each in (kept, merged)},
    )


def _line(name: str, label: str, kept: Patient, merged: Patient) -> Line:
    first, second = getattr(kept, name), getattr(merged, name)
    usual = {"print_size": PrintSize.STANDARD, "format": Format.PAPER}.get(name)
    # What only one record says is proposed; a need that somebody wrote down counts more than the usual.
    chosen = merged if (not first and second) or (usual and first == usual and second != usual) else kept
    return Line(name, label, _words(name, first), _words(name, second), chosen.id)


def _words(name: str, value: Any) -> str:
    if name == "born":
        return long_date(value)
    if name == "nhs_number":
        return spaced(value)
    choices = {
        "language": LANGUAGES,
        "print_size": {each.value: each.label for each in PRINT_SIZES},
        "format": {each.value: each.label for each in FORMATS},
    }
    return str(choices.get(name, {}).get(value, value) or "")
