from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import NumberRange

from clinic_app.services.patient_page_settings import LONGEST_READER, PAIN, WORSE_DAYS
from clinic_app.web.fields import AtMost, Needed, NumberField, PlainTextField


def _between(bounds: tuple[int, int]) -> NumberRange:
    return NumberRange(*bounds, message=f"Please give a number from {bounds[0]} to {bounds[1]}.")


class PatientPageForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    asks_born = BooleanField("Ask for the date of birth")
    diary_reader = PlainTextField(
        "Who reads the diary", [Needed("Please say who reads the diary, and when."), AtMost(LONGEST_READER)]
    )
    pain_threshold = NumberField("Pain", [_between(PAIN)])
    worse_days = NumberField("Days worse", [_between(WORSE_DAYS)])
