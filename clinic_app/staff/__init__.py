"""The staff face: every page behind the sign-in. One file per noun; views load, decide nothing, commit once."""

from __future__ import annotations

from clinic_app.staff import branding, exercises, handouts, patients, programmes, protocols, today
from clinic_app.staff.blueprint import blueprint

__all__ = ["blueprint", "branding", "exercises", "handouts", "patients", "programmes", "protocols", "today"]
