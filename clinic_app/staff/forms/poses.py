"""The pictures of an exercise as they are drawn: their words, and each pose as the data it is kept as."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, IntegerField

from clinic_app.staff.forms.exercise import LINE, NAME, ONE_ROW, Wrapped
from clinic_app.web.fields import AtMost, PlainTextField


class DrawnForm(Form):
    was = HiddenField()  # the letter it had in the revision that the form began with; "" for a new picture
    scene = HiddenField()  # the pose as JSON; "" for a picture that has only a photo
    caption = PlainTextField("Caption", [AtMost(NAME)])
    alt = Wrapped("Description in words", [AtMost(LINE)], render_kw=ONE_ROW)


class PosesForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    revision = IntegerField()  # the newest when the form was shown
    base = IntegerField()  # the one whose photos it speaks of
    at = IntegerField()  # which picture is worked on, from 0
    start_from = PlainTextField("Start from an exercise", [AtMost(NAME)])
    pictures = FieldList(FormField(DrawnForm), max_entries=4)
