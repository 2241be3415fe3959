"""The staff face: every page behind the sign-in. One file per noun; views load, decide nothing, commit once."""

from __future__ import annotations

from clinic_app.staff import (
    appointments,
    branding,
    editions,
    exercise_edit,
    exercises,
    favourites,
    figures,
    handouts,
    imports,
    mailbox,
    moving_pictures,
    patient_merge,
    patients,
    poses,
    print_desk,
    programmes,
    protocols,
    quick_handouts,
    search,
    today,
    walk,
)
from clinic_app.staff.blueprint import blueprint

__all__ = [
    "appointments",
    "blueprint",
    "branding",
    "editions",
    "exercise_edit",
    "exercises",
    "favourites",
    "figures",
    "handouts",
    "imports",
    "mailbox",
    "moving_pictures",
    "patient_merge",
    "patients",
    "poses",
    "print_desk",
    "programmes",
    "protocols",
    "quick_handouts",
    "search",
    "today",
    "walk",
]
