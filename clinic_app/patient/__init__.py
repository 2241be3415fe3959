"""The patient's face. Importing this package registers its pages."""

from clinic_app.patient import opening
from clinic_app.patient.blueprint import blueprint

__all__ = ["blueprint", "opening"]
