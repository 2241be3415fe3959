from __future__ import annotations

import re
from datetime import date

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from nhs_number.validate import is_valid as fits_its_check_digit
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import Optional, ValidationError

from clinic_app.models import Patient
from clinic_app.models.patient import Format, PrintSize
from clinic_app.services import precautions
from clinic_app.services.patients import Details, details_of
from clinic_app.staff.forms.figure import FigureFields
from clinic_app.web.fields import AtMost, Needed, PlainTextField

OLDEST = 125  # years
FEWEST_DIGITS = 6  # of a phone number
PRINT_SIZES = [
    SelectChoice(value=PrintSize.STANDARD.value, label="Standard, 14 pt"),
    SelectChoice(value=PrintSize.LARGE.value, label="Large, 18 pt"),
    SelectChoice(value=PrintSize.LARGEST.value, label="Largest, 24 pt"),
]
FORMATS = [
    SelectChoice(value=Format.PAPER.value, label="Paper"),
    SelectChoice(value=Format.EMAIL.value, label="E-mail"),
    SelectChoice(value=Format.PHONE.value, label="Phone"),
]
# The languages most often read in British clinics; the handout follows as soon as its texts are approved in one.
LANGUAGES = {
    "": "The clinic's own",
    "ar": "Arabic",
    "bn": "Bengali",
    "cy": "Welsh",
    "fr": "French",
    "gu": "Gujarati",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "so": "Somali",
    "es": "Spanish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}
NOT_ASKED, NONE, SOME = "", "none", "some"
HOMES = [
    SelectChoice(value=NOT_ASKED, label="Not asked yet"),
    SelectChoice(value=NONE, label="None of these"),
    SelectChoice(value=SOME, label="These:"),
]


class PatientForm(FigureFields, FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    name = PlainTextField("Name", [Needed("Please write the patient's name."), AtMost(80)])
    born = DateField("Date of birth", [Optional()])
    reference = PlainTextField("Reference", [AtMost(40)])
    nhs_number = PlainTextField("NHS number", [AtMost(20)])
    email = PlainTextField("E-mail", [AtMost(254)])
    phone = PlainTextField("Phone", [AtMost(40)])
    print_size = SelectField("Print size", choices=PRINT_SIZES, default=PrintSize.STANDARD.value)
    language = SelectField(
        "Language", choices=[SelectChoice(value=code, label=name) for code, name in LANGUAGES.items()], default=""
    )
    format = SelectField("Wants it on", choices=FORMATS, default=Format.PAPER.value)
    flags = SelectMultipleField(
        "Take care with",
        choices=[SelectChoice(value=flag.code, label=flag.label) for flag in precautions.FLAGS.values()],
    )
    home = RadioField("At home", [Optional()], choices=HOMES, default=NOT_ASKED)
    equipment = SelectMultipleField(
        "Equipment at home",
        choices=[
            SelectChoice(value=str(code), label=words.capitalize()) for code, words in precautions.ASKED_ABOUT.items()
        ],
    )
    different = HiddenField()  # ids of the likely duplicates that a person has looked at and ruled out

    def validate_born(self, field: DateField) -> None:
        born = field.data
        if born and born > date.today():  # noqa: DTZ011 - a birthday has no time zone
            raise ValidationError("This date of birth lies in the future.")
        if born and born.year < date.today().year - OLDEST:  # noqa: DTZ011
            raise ValidationError(f"This date of birth is more than {OLDEST} years ago. Please check the year.")

    def validate_reference(self, field: PlainTextField) -> None:
        one_of_them = field.data or self.born.data or self.nhs_number.data
        if not one_of_them and not self.born.errors:
            raise ValidationError(
                "Please give a date of birth or a reference, or an NHS number: two people may share a name."
            )

    def validate_nhs_number(self, field: PlainTextField) -> None:
        typed = re.sub(r"[\s-]", "", field.data or "")
        if not typed:
            field.data = ""
            return
        if not re.fullmatch(r"[0-9]{10}", typed):
            raise ValidationError("An NHS number has 10 digits.")
        if typed == typed[0] * 10 or not fits_its_check_digit(typed):
            raise ValidationError("This NHS number has a typing error: its check digit does not fit.")
        field.data = typed

    def validate_email(self, field: PlainTextField) -> None:
        if not field.data:
            return
        try:
            checked = validate_email(field.data, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError("This is not an e-mail address. Please write one, such as ada@clinic.org.") from error
        field.data = checked.normalized

    def validate_phone(self, field: PlainTextField) -> None:
        typed = field.data or ""
        if typed and not (re.fullmatch(r"[0-9+()./\s-]+", typed) and len(re.sub(r"\D", "", typed)) >= FEWEST_DIGITS):
            raise ValidationError("A phone number has digits, spaces and a plus at the beginning.")

    def validate_equipment(self, field: SelectMultipleField) -> None:
        if self.home.data == SOME and not field.data:
            raise ValidationError("Please tick what there is at home, or choose “None of these”.")

    @property
    def details(self) -> Details:
        """What a valid form says."""
        ticked = tuple(self.equipment.data or ())
        # A tick counts even if the choice above it was forgotten.
        asked = bool(ticked) or self.home.data == NONE
        return Details(
            name=self.name.data or "",
            born=self.born.data,
            reference=self.reference.data or "",
            nhs_number=self.nhs_number.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            print_size=self.print_size.data,
            language=self.language.data,
            format=self.format.data,
            flags=tuple(self.flags.data or ()),
            equipment=ticked if asked else None,
            **self.figure,
        )


def first_form(patient: Patient) -> PatientForm:
    """The record in the form's fields."""
    known = details_of(patient)
    home = NOT_ASKED if known.equipment is None else SOME if known.equipment else NONE
    shown = known.columns | {"home": home, "nhs_number": spaced(known.nhs_number)}
    return PatientForm(formdata=None, data=shown)


def spaced(number: str) -> str:
    """An NHS number as people read it: 943 476 5919"""
    return " ".join(part for part in (number[:3], number[3:6], number[6:]) if part)
