"""Who the figure in the pictures is: the patient's choice, else the clinic's, else different people by exercise."""

from __future__ import annotations

from typing import Any

from clinic_app.illustration.looks import Look
from clinic_app.illustration.people import PARTS, Person
from clinic_app.illustration.people import look_for as look_for_person
from clinic_app.models import Branding, Patient


def chosen_by(row: Branding | Patient) -> Person:
    """What a clinic or a patient chose; a part that is left open is empty."""
    return Person(**{part: getattr(row, f"figure_{part}") for part in PARTS})


def together(kept: Patient, merged: Patient) -> dict[str, Any]:
    """What two records of one person chose, as columns: the kept one's choice, and the other one's where it is open."""
    person = chosen_by(kept).over(chosen_by(merged))
    return {f"figure_{part}": getattr(person, part) for part in PARTS}


def look_for(branding: Branding, patient: Patient | None, slug: str) -> Look:
    """How the figure of the exercise `slug` looks on a sheet of this clinic for this patient, or for nobody's yet."""
    chosen = [chosen_by(patient)] if patient is not None else []
    return look_for_person(slug, *chosen, chosen_by(branding), colour=branding.colour)
