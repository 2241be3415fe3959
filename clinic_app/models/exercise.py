from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import utc_now
from clinic_app.dosage import BodyPart, Dosage
from clinic_app.models.account import Account
from clinic_app.models.columns import Created, DosageColumn, Name, OfAClinic, Slug, Version, Word
from clinic_app.models.illustration import Illustration


class ExerciseState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Exercise(OfAClinic):
    """An entry of the clinic's catalogue. `details` holds the rest of the content pack's fields, as in the pack."""

    __tablename__ = "exercise"
    __table_args__ = (
        UniqueConstraint("clinic_id", "slug"),
        Index("ix_exercise_clinic_id_state_name", "clinic_id", "state", "name"),
    )

    version: Mapped[Version]
    slug: Mapped[Slug]
    name: Mapped[Name]
    state: Mapped[Word] = mapped_column(default=ExerciseState.DRAFT)
    language: Mapped[Word] = mapped_column(default="en-GB")
    kind: Mapped[Word]
    starting_position: Mapped[Word]
    part: Mapped[Word] = mapped_column(default="")  # what a side is called; empty: the exercise has no sides
    usual: Mapped[Dosage] = mapped_column(DosageColumn)
    details: Mapped[dict[str, Any]]
    review_due: Mapped[date | None]
    # A newer revision that is not published yet; the columns above stay in use until it is.
    proposed: Mapped[int | None]
    proposed_state: Mapped[Word] = mapped_column(default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    created_at: Mapped[Created]
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)

    illustrations: Mapped[list[Illustration]] = relationship(
        order_by=Illustration.letter, cascade="all, delete-orphan", back_populates="exercise"
    )

    written_by: Mapped[Account | None] = relationship()

    @property
    def has_sides(self) -> bool:
        return bool(self.part)

    @property
    def body_part(self) -> BodyPart:
        return BodyPart(self.part) if self.part else BodyPart.SIDE

    @property
    def drawn(self) -> list[Illustration]:
        """The pictures that can be shown. A draft may hold the words of pictures that nobody has drawn or taken yet."""
        return [each for each in self.illustrations if each.scene is not None or each.photo is not None]

    @property
    def is_published(self) -> bool:
        return self.state == ExerciseState.PUBLISHED
