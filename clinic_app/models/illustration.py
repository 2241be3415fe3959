from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.columns import OfAClinic, Word

if TYPE_CHECKING:
    from clinic_app.models.exercise import Exercise


class Illustration(OfAClinic):
    """One picture of an exercise: drawn from a scene, or a photo that was uploaded.

    Its words never say left or right: the side of a drawing is computed, that of a photo stands in `photo_side`.
    """

    __tablename__ = "illustration"
    __table_args__ = (UniqueConstraint("exercise_id", "letter"),)

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="CASCADE"))
    letter: Mapped[str] = mapped_column(String(1))
    caption: Mapped[str] = mapped_column(String(80))
    alt: Mapped[str] = mapped_column(String(300))
    scene: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: not drawn yet
    photo: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the stored picture, already without metadata
    photo_type: Mapped[Word] = mapped_column(default="")  # "image/jpeg" or "image/png"
    photo_side: Mapped[Word] = mapped_column(default="")  # "left", "right" or "": which side of the body it shows

    exercise: Mapped[Exercise] = relationship(back_populates="illustrations")
