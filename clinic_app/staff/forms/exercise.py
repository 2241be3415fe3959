"""The exercise editor's form. Lists grow and shrink by buttons; empty lines of a list are ignored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from clinic_app.dosage import BodyPart, Mode, Side
from clinic_app.staff.forms.dosage import DosageFields
from clinic_app.starter.lists import (
    BodyRegion,
    Equipment,
    EvidenceGrade,
    Kind,
    PrecautionCode,
    Severity,
    StartingPosition,
)
from clinic_app.web.fields import AtMost, Needed, PlainTextArea, PlainTextField
from clinic_app.web.filters import position_words

LINE, NAME = 300, 80  # letters; as in a content pack
ONE_ROW = {"rows": 1}  # it grows with what is typed
MODES = {
    Mode.REPS_WITH_HOLD: "Repeats with a hold",
    Mode.SUSTAINED: "Stay in one position",
    Mode.CONTINUOUS: "Slow repeats, no hold",
    Mode.TIMED: "Keep going for a time",
}
SIDES = {"": "Not chosen yet", Side.EACH: "Each side, one after the other", Side.ALTERNATE: "Taking turns"}
PARTS = {"": "No sides", BodyPart.LEG: "Leg", BodyPart.ARM: "Arm", BodyPart.SIDE: "Side of the body"}
SEVERITIES = {Severity.INFO: "Know it", Severity.ASK: "Ask first", Severity.AVOID: "Avoid"}
GRADES = {
    EvidenceGrade.NHS: "NHS",
    EvidenceGrade.GUIDELINE: "Guideline",
    EvidenceGrade.HOSPITAL: "Hospital leaflet",
    EvidenceGrade.CLINIC: "Clinic leaflets",
    EvidenceGrade.EXPERT: "Expert judgement",
}


def words(code: str) -> str:
    """The label of a code: "low_back" is "Low back"."""
    return code.replace("_", " ").capitalize()


def choices(labels: dict[Any, str]) -> list[Any]:
    return [SelectChoice(value=str(value), label=label) for value, label in labels.items()]


def of_list(codes: Iterable[str]) -> list[Any]:
    return choices({code: words(code) for code in codes})


POSITIONS = choices({each: position_words(each).capitalize() for each in StartingPosition})
PRECAUTIONS = [SelectChoice(value="", label="Choose"), *of_list(sorted(PrecautionCode))]


class Wrapped(PlainTextField):
    """One line of text that may be long, so that it is shown whole; a line break counts as a space."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([" ".join(text.splitlines()) for text in valuelist])


class Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LinkForm(Form):
    name = PlainTextField("Exercise", [AtMost(NAME)])
    rule = Wrapped("When to change", [AtMost(LINE)], render_kw=ONE_ROW)


class PrecautionForm(Form):
    code = SelectField("Precaution", choices=PRECAUTIONS)
    severity = SelectField("What staff do", choices=choices(SEVERITIES))
    text = Wrapped("For staff", [AtMost(LINE)], render_kw=ONE_ROW)


class PictureForm(Form):
    was = HiddenField()  # the letter it had in the revision that the form began with
    kept = HiddenField()  # a photo that was uploaded and not saved yet, sealed
    caption = PlainTextField("Caption", [AtMost(NAME)])
    alt = Wrapped("Description in words", [AtMost(LINE)], render_kw=ONE_ROW)
    photo = FileField("Photo")
    side = SelectField("Side shown", choices=choices({"": "Not chosen yet", "left": "Left", "right": "Right"}))
    drop_photo = BooleanField("Take this photo away")


class DoseForm(DosageFields):
    mode = SelectField("How it is done", choices=choices(MODES))
    rest_of_it = HiddenField()  # load, effort, tempo and the like, which have no field of their own
    shorthand = PlainTextField("Shorthand", [AtMost(200)])


class StartForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    name = PlainTextField("Name patients see", [Needed("Please write the name."), AtMost(NAME)])
    kind = SelectField("Kind", choices=of_list(Kind))
    starting_position = SelectField("Start position", choices=POSITIONS)
    body_part = SelectField("Sides", choices=choices(PARTS))
    copy_of = IntegerField(validators=[Optional()])


class ExerciseForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    revision = IntegerField()  # the newest when the form was shown
    base = IntegerField()  # the one whose pictures it speaks of
    name = PlainTextField("Name patients see", [Needed("Please write the name."), AtMost(NAME)])
    aliases = PlainTextArea("Other names", [AtMost(600)])
    kind = SelectField("Kind", choices=of_list(Kind))
    starting_position = SelectField("Start position", choices=POSITIONS)
    body_part = SelectField("Sides", choices=choices(PARTS))
    body_regions = Ticks("Body regions", choices=of_list(BodyRegion))
    equipment = Ticks("Equipment", choices=of_list(Equipment))
    steps = FieldList(Wrapped("Step", [AtMost(LINE)], render_kw=ONE_ROW), max_entries=12)
    both_sides_step = Wrapped("How to change sides", [AtMost(LINE)], render_kw=ONE_ROW)
    feel = Wrapped("Feel it", [AtMost(LINE)], render_kw=ONE_ROW)
    take_care = Wrapped("Take care", [AtMost(LINE)], render_kw=ONE_ROW)
    easier_tip = Wrapped("If it is too hard", [AtMost(LINE)], render_kw=ONE_ROW)
    mistakes = PlainTextArea("Common mistakes", [AtMost(6 * LINE)])
    benefit = Wrapped("Why it helps", [AtMost(LINE)], render_kw=ONE_ROW)
    targets = Wrapped("Works on", [AtMost(LINE)], render_kw=ONE_ROW)
    easier = FieldList(FormField(LinkForm), max_entries=6)
    harder = FieldList(FormField(LinkForm), max_entries=6)
    dose = FormField(DoseForm)
    side = SelectField("How sides are worked", choices=choices(SIDES))
    pictures = FieldList(FormField(PictureForm), max_entries=4)
    precautions = FieldList(FormField(PrecautionForm), max_entries=20)
    evidence_source = Wrapped("Where the usual dose was seen", [AtMost(LINE)], render_kw=ONE_ROW)
    evidence_grade = SelectField("Kind of source", choices=choices(GRADES))
    author = PlainTextField("Author", [AtMost(NAME)])
    licence = PlainTextField("Licence", [AtMost(NAME)])
    review_due = DateField("Read again by", [Optional()])
    reason = Wrapped("What should be changed", [AtMost(LINE)], render_kw=ONE_ROW)
