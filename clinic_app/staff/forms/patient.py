from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Form
from wtforms.validators import Optional, ValidationError

from clinic_app.web.fields import AtMost, Needed, PlainTextField

OLDEST = 125  # years


class PatientForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    name = PlainTextField("Name", [Needed("Please write the patient's name."), AtMost(80)])
    born = DateField("Date of birth", [Optional()])
    reference = PlainTextField("Reference", [AtMost(40)])

    def validate_born(self, field: DateField) -> None:
        born = field.data
        if born and born > date.today():  # noqa: DTZ011 - a birthday has no time zone
            raise ValidationError("This date of birth lies in the future.")
        if born and born.year < date.today().year - OLDEST:  # noqa: DTZ011
            raise ValidationError(f"This date of birth is more than {OLDEST} years ago. Please check the year.")

    def validate_reference(self, field: PlainTextField) -> None:
        if not field.data and not self.born.data and not self.born.errors:
            raise ValidationError("Please give a date of birth or a reference: two people may share a name.")


def rest_of(form: Form) -> dict[str, Any]:
    """The form's values by field name, without the token."""
    return {name: field.data for name, field in form._fields.items() if name != "csrf_token"}
