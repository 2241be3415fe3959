from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_app.models.columns import Created, OfAClinic, Slug, Word


class Done(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    NOT_TODAY = "not_today"


class Source(StrEnum):
    PHONE = "phone"
    PAPER = "paper"  # a member of staff copied the ticks


class DiaryEntry(OfAClinic):
    """What became of one exercise on one day: a tick. A correction replaces it; the later one written wins.

    `turn` counts the times of one day from 1. `written_at` is the clock of whoever wrote it, which may be hours before
    it arrived; `received_at` is ours.
    """

    __tablename__ = "diary_entry"
    __table_args__ = (UniqueConstraint("programme_id", "day", "exercise", "turn"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    handout_id: Mapped[int] = mapped_column(ForeignKey("handout.id", ondelete="RESTRICT"))  # the edition followed
    day: Mapped[date]
    exercise: Mapped[Slug]
    turn: Mapped[int] = mapped_column(default=1)
    done: Mapped[Word]
    reps: Mapped[int | None]
    source: Mapped[Word] = mapped_column(default=Source.PHONE)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("patient_address.id", ondelete="RESTRICT"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    written_at: Mapped[datetime]
    received_at: Mapped[Created]


class DiaryDay(OfAClinic):
    """How a day went: pain from 0 to 10 before and after, whether it was worse than the day before, and a note."""

    __tablename__ = "diary_day"
    __table_args__ = (UniqueConstraint("programme_id", "day"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    handout_id: Mapped[int] = mapped_column(ForeignKey("handout.id", ondelete="RESTRICT"))
    day: Mapped[date]
    pain_before: Mapped[int | None]
    pain_after: Mapped[int | None]
    worse: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(2000), default="")
    source: Mapped[Word] = mapped_column(default=Source.PHONE)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("patient_address.id", ondelete="RESTRICT"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    written_at: Mapped[datetime]
    received_at: Mapped[Created]
