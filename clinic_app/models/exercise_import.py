from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, OfAClinic, Sha256, Word


class ImportState(StrEnum):
    CHECKING = "checking"  # rows are read a portion at a time; nothing of the catalogue changes
    CHECKED = "checked"  # the dry run: the report says what would change
    APPLIED = "applied"
    CANCELLED = "cancelled"


class ExerciseImport(OfAClinic):
    """A file of exercises on its way into the catalogue: first checked row by row, then applied whole or not at all."""

    __tablename__ = "exercise_import"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    filename: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Word]  # "pack", "csv" or "xlsx"
    file: Mapped[Sha256]  # the stored upload
    state: Mapped[Word] = mapped_column(default=ImportState.CHECKING)
    rows: Mapped[int] = mapped_column(default=0)
    rows_checked: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[Created]
    applied_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
