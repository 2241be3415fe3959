"""The patient's face. Importing this package registers its pages."""

from clinic_app.patient import calendar, exercise, get_help, guided, opening, pdf, pictures, today
from clinic_app.patient.blueprint import blueprint

__all__ = ["blueprint", "calendar", "exercise", "get_help", "guided", "opening", "pdf", "pictures", "today"]
