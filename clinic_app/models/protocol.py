from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model, utc_now
from clinic_app.dosage import Dosage
from clinic_app.models.account import Account
from clinic_app.models.columns import Created, DosageColumn, Key, Name, OfAClinic, Slug, Version, Word
from clinic_app.models.exercise import Exercise


class ProtocolState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"  # programmes may start from it
    ARCHIVED = "archived"


class ProtocolExercise(Model):
    __tablename__ = "protocol_exercise"
    __table_args__ = (UniqueConstraint("protocol_id", "position"),)

    id: Mapped[Key]
    protocol_id: Mapped[int] = mapped_column(ForeignKey("protocol.id", ondelete="CASCADE"))
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="RESTRICT"))
    position: Mapped[int]
    group: Mapped[Name] = mapped_column("group_name", default="")
    dosage: Mapped[Dosage] = mapped_column(DosageColumn)

    exercise: Mapped[Exercise] = relationship(lazy="joined")


class Protocol(OfAClinic):
    """A reusable programme without a patient."""

    __tablename__ = "protocol"
    __table_args__ = (UniqueConstraint("clinic_id", "slug"),)

    version: Mapped[Version]
    slug: Mapped[Slug]
    name: Mapped[Name]
    patient_title: Mapped[Name]
    state: Mapped[Word] = mapped_column(default=ProtocolState.DRAFT)
    safety: Mapped[Slug]  # which safety advice
    why: Mapped[Slug]  # which text says why these exercises help
    review_weeks: Mapped[int]
    not_better_weeks: Mapped[int]
    is_protected: Mapped[bool] = mapped_column(default=False)  # only those who keep the catalogue change the master
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))  # who made it
    created_at: Mapped[Created]
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)

    account: Mapped[Account | None] = relationship()

    exercises: Mapped[list[ProtocolExercise]] = relationship(
        order_by=ProtocolExercise.position, cascade="all, delete-orphan"
    )
