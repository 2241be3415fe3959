from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.columns import OfAClinic

if TYPE_CHECKING:
    from clinic_app.models.exercise import Exercise


class Illustration(OfAClinic):
    """One picture of an exercise, drawn from a scene. Its words never say left or right: the side is computed."""

    __tablename__ = "illustration"
    __table_args__ = (UniqueConstraint("exercise_id", "letter"),)

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    letter: Mapped[str] = mapped_column(String(1))
    caption: Mapped[str] = mapped_column(String(80))
    alt: Mapped[str] = mapped_column(String(300))
    scene: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: not drawn yet

    exercise: Mapped[Exercise] = relationship(back_populates="illustrations")
