"""The protocol editor's form: a dose is one field of shorthand, which is read back before it counts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField
from wtforms.validators import ValidationError

from clinic_app.services.protocol_content import LONGEST_NAME, MOST_WEEKS
from clinic_app.services.protocol_doses import LONGEST
from clinic_app.starter.plain_words import SIDE_WORD
from clinic_app.web.fields import AtMost, Needed, NumberField, PlainTextField


def names_no_side(_form: Form, field: PlainTextField) -> None:
    """One protocol serves many patients, so its words cannot know whose side."""
    if side := SIDE_WORD.search(field.data or ""):
        raise ValidationError(f"It says “{side[0]}”, but the side is chosen for each patient.")


def some_weeks(_form: Form, field: NumberField) -> None:
    if field.data is None or not 1 <= field.data <= MOST_WEEKS:
        raise ValidationError(f"Give a number of weeks from 1 to {MOST_WEEKS}.")


class LineForm(Form):
    exercise_id = HiddenField()
    heading = PlainTextField("Heading", [AtMost(LONGEST_NAME), names_no_side])
    dose = PlainTextField("Dose", [AtMost(LONGEST)])
    removed = HiddenField()


class ProtocolForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    version = HiddenField()
    key = HiddenField()
    name = PlainTextField("Name", [Needed("Please give the protocol a name."), AtMost(LONGEST_NAME), names_no_side])
    patient_title = PlainTextField("Title the patient reads", [AtMost(LONGEST_NAME), names_no_side])
    review_weeks = NumberField("Review after", [some_weeks])
    not_better_weeks = NumberField("Not better after", [some_weeks])
    safety = SelectField("Safety advice")
    why = SelectField("Why these help")
    is_protected = BooleanField("Protected")
    lines = FieldList(FormField(LineForm))
