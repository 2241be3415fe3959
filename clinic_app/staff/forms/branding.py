from __future__ import annotations

import re

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import ValidationError

from clinic_app.staff.forms.figure import FigureFields
from clinic_app.web.fields import AtMost, Needed, PlainTextArea, PlainTextField

ADDRESS_LINES = 4


class BrandingForm(FigureFields, FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    version = IntegerField()
    name = PlainTextField("Clinic name", [Needed("Please write the clinic's name."), AtMost(80)])
    address = PlainTextArea("Address", [AtMost(200)])
    phone = PlainTextField("Phone", [Needed("Please give a phone: the safety box names it."), AtMost(30)])
    hours = PlainTextField("Opening hours", [AtMost(80)])
    footer = PlainTextField("Footer line", [AtMost(120)])
    specialist = PlainTextField("Specialist to ask for", [AtMost(80)])
    soreness_guide = BooleanField("Soreness guide")
    colour = StringField("Colour")
    logo = FileField("Logo")
    remove_logo = BooleanField("Take the logo away")

    def validate_address(self, field: PlainTextArea) -> None:
        if len([line for line in (field.data or "").splitlines() if line.strip()]) > ADDRESS_LINES:
            raise ValidationError(f"At most {ADDRESS_LINES} lines fit beside the logo.")

    def validate_phone(self, field: PlainTextField) -> None:
        if not re.fullmatch(r"[0-9 +()\-]*[0-9][0-9 +()\-]*(ext\.? ?[0-9]+)?", field.data or ""):
            raise ValidationError("Please write the phone in digits, such as 01632 960 123.")

    def validate_colour(self, field: StringField) -> None:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", field.data or ""):
            raise ValidationError("A colour is written as # and six digits, such as #0E5A68.")
