from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import ValidationError


class ImportForm(FlaskForm):  # type: ignore[misc] # FlaskForm is untyped
    file = FileField("File")

    def validate_file(self, field: FileField) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError("Please choose a file first.")
