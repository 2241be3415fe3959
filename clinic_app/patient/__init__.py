"""The patient's face. Importing this package registers its pages."""

from clinic_app.patient import calendar, diary, exercise, get_help, guided, offline, opening, pdf, pictures, today
from clinic_app.patient.blueprint import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "diary",
    "exercise",
    "get_help",
    "guided",
    "offline",
    "opening",
    "pdf",
    "pictures",
    "today",
]
