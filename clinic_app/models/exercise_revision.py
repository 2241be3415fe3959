from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, Name, OfAClinic


class ExerciseRevision(OfAClinic):
    """What one save of an exercise said, in the content pack's shape with its pictures. Rows are only added."""

    __tablename__ = "exercise_revision"
    __table_args__ = (UniqueConstraint("exercise_id", "number"),)

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    number: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    what: Mapped[Name]  # "Saved", "Published", "Imported"
    content: Mapped[dict[str, Any]]

    account: Mapped[Account | None] = relationship()
