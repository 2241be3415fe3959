from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from clinic_app.services.deliveries import LONGEST_NOTE
from clinic_app.web.fields import AtMost, Needed, PlainTextArea, PlainTextField


class EmailForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    email = PlainTextField("E-mail", [Needed("Please write the e-mail address."), AtMost(254)])
    again = PlainTextField("E-mail, once more", [Needed("Please write it once more."), AtMost(254)])

    def validate_again(self, field: PlainTextField) -> None:
        if (field.data or "").casefold() != (self.email.data or "").casefold():
            raise ValidationError("The two addresses differ. Please look at both.")


class WrongPersonForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    what = PlainTextArea("What happened", [Needed("Please say what happened."), AtMost(LONGEST_NOTE)])


class CarerForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    name = PlainTextField("For whom", [Needed("Please write who the address is for."), AtMost(120)])
