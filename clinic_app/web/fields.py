"""Form fields that refuse at the edge what can be neither stored nor printed, and keep what was typed."""

from __future__ import annotations

from typing import Any

from wtforms import Field, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import TextArea

from clinic_app import plain_text


class PlainTextField(StringField):
    """One line of visible characters, tidied."""

    lines = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = plain_text.tidy(valuelist[0])

    def _value(self) -> str:
        return plain_text.visible(self.data or "")

    def pre_validate(self, form: BaseForm) -> None:
        wrong = plain_text.fault(self.data or "", lines=self.lines)
        if wrong:
            raise StopValidation(f"{self.label.text} {wrong}. Please take it out.")


class PlainTextArea(PlainTextField):
    """Several lines of visible characters, tidied."""

    lines = True
    widget = TextArea()


class NumberField(IntegerField):
    """A whole number, or empty. Anything else is shown again as it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        if not typed.isascii() or not typed.isdigit() or len(typed) > 4:
            raise ValueError(f"“{typed[:20]}” is not a whole number.")
        self.data = int(typed)


class AtMost:
    """Refuses text longer than `limit` characters, naming both numbers."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, form: BaseForm, field: Field) -> None:
        length = len(field.data or "")
        if length > self.limit:
            raise StopValidation(f"{field.label.text} has {length} characters; at most {self.limit} fit.")


class Needed:
    """Refuses an empty field with a sentence that says what to write."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            raise StopValidation(self.sentence)
