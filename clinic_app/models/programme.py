from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model, utc_now
from clinic_app.dosage import Dosage
from clinic_app.models.account import Account
from clinic_app.models.columns import Created, DosageColumn, Key, Name, OfAClinic, Slug, Version
from clinic_app.models.exercise import Exercise
from clinic_app.models.patient import Patient

if TYPE_CHECKING:
    from clinic_app.models.handout import Handout


class ProgrammeState(StrEnum):
    DRAFT = "draft"  # nothing was issued yet
    ACTIVE = "active"
    ENDED = "ended"


class PrescribedExercise(Model):
    """An exercise in a programme: position, dosage and a note for this patient."""

    __tablename__ = "prescribed_exercise"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    group: Mapped[Name] = mapped_column("group_name", default="")
    dosage: Mapped[Dosage] = mapped_column(DosageColumn)
    note: Mapped[str] = mapped_column(String(1000), default="")
    confirmed: Mapped[list[str]] = mapped_column(default=list)  # unusual numbers the clinician stood by, as told
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)  # code of a clash -> why it is prescribed all the same
    is_removed: Mapped[bool] = mapped_column(default=False)  # kept below the list, to be put back

    exercise: Mapped[Exercise] = relationship(lazy="joined")


class ProgrammeRevision(Model):
    """What a programme said after one save. Undo and the comparison of two people's edits read it."""

    __tablename__ = "programme_revision"
    __table_args__ = (UniqueConstraint("programme_id", "version"),)

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    version: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    what: Mapped[Name]  # "Removed Bridge", for the Undo button
    before: Mapped[int | None]  # the version that Undo goes back to
    content: Mapped[dict[str, Any]]

    account: Mapped[Account] = relationship()


class Programme(OfAClinic):
    """What a clinician assembles for one patient. Issuing it makes a handout; the programme can then be changed."""

    __tablename__ = "programme"

    version: Mapped[Version]
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    title: Mapped[Name]
    why: Mapped[Slug]
    safety: Mapped[Slug]
    review_on: Mapped[date | None]
    not_better_weeks: Mapped[int]
    protocol_id: Mapped[int | None] = mapped_column(ForeignKey("protocol.id", ondelete="RESTRICT"), index=True)
    ended: Mapped[bool] = mapped_column(default=False)
    ended_reason: Mapped[str] = mapped_column(String(300), default="")
    same_as: Mapped[int | None]  # an issued version whose pages would say the same: after Undo nothing is new
    page_saves: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # open page -> its last save
    created_at: Mapped[Created]
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)

    patient: Mapped[Patient] = relationship(back_populates="programmes", lazy="joined")
    account: Mapped[Account] = relationship()
    rows: Mapped[list[PrescribedExercise]] = relationship(
        order_by=(PrescribedExercise.position, PrescribedExercise.id), cascade="all, delete-orphan"
    )
    handouts: Mapped[list[Handout]] = relationship(
        back_populates="programme", order_by="Handout.edition.desc()", passive_deletes="all"
    )

    @property
    def exercises(self) -> list[PrescribedExercise]:
        return [row for row in self.rows if not row.is_removed]

    @property
    def removed(self) -> list[PrescribedExercise]:
        return [row for row in self.rows if row.is_removed]

    @property
    def latest(self) -> Handout | None:
        """The newest edition, withdrawn or not."""
        return self.handouts[0] if self.handouts else None

    @property
    def current(self) -> Handout | None:
        """The edition the patient should follow: the newest one, unless it was withdrawn."""
        latest = self.latest
        return latest if latest and not latest.withdrawal else None

    @property
    def state(self) -> ProgrammeState:
        if self.ended:
            return ProgrammeState.ENDED
        return ProgrammeState.ACTIVE if self.latest else ProgrammeState.DRAFT

    @property
    def next_edition(self) -> int:
        return self.latest.edition + 1 if self.latest else 1

    @property
    def has_draft(self) -> bool:
        """Whether anything differs from what was last issued."""
        return self.latest is None or self.latest.programme_version not in {self.version, self.same_as}
