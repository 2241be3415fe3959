"""Columns that several tables share, and the types that turn JSON into our own values."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import JSON, Dialect, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from clinic_app.database import Model, utc_now
from clinic_app.dosage import Dosage
from clinic_app.dosage.codec import from_data, to_data

Key = Annotated[int, mapped_column(primary_key=True)]
ClinicKey = Annotated[int, mapped_column(ForeignKey("clinic.id", ondelete="RESTRICT"), index=True)]
Created = Annotated[datetime, mapped_column(default=utc_now)]
# Counts the saves of an editable row; a save names the version it started from, and another's save is noticed.
Version = Annotated[int, mapped_column(default=1, server_default="1")]
Slug = Annotated[str, mapped_column(String(80))]
Name = Annotated[str, mapped_column(String(120))]
Word = Annotated[str, mapped_column(String(40))]
Sha256 = Annotated[str, mapped_column(String(64))]


class OfAClinic(Model):
    """What belongs to exactly one clinic. `services.ours.fetch` finds such a row only for its own clinic's staff."""

    __abstract__ = True

    id: Mapped[Key]
    clinic_id: Mapped[ClinicKey]


class DosageColumn(TypeDecorator[Dosage]):
    """A `Dosage` as JSON. The value is frozen: assign a new one to change it."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Dosage | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else to_data(value)

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Dosage | None:
        return None if value is None else from_data(value)
