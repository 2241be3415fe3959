from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, OfAClinic, Word
from clinic_app.models.programme import Programme


class ConcernKind(StrEnum):
    FAILED = "failed"  # an e-mail was refused for good
    UNKNOWN = "unknown"  # an e-mail may or may not have arrived
    MAIL_PAUSED = "mail_paused"
    HIGH_PAIN = "high_pain"
    WORSE = "worse"  # worse for more days than the clinic waits
    LOCKED = "locked"  # the patient's address, after wrong tries
    STILL_USED = "still_used"  # the patient opens a programme that has ended


class Concern(OfAClinic):
    """Something that needs a person, until somebody has dealt with it. `key` keeps it from being told twice."""

    __tablename__ = "concern"
    __table_args__ = (UniqueConstraint("clinic_id", "key"),)

    kind: Mapped[Word]
    key: Mapped[str] = mapped_column(String(80))  # "high_pain:12:2026-11-23"
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    words: Mapped[str] = mapped_column(String(300))  # what happened, for staff
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))

    programme: Mapped[Programme | None] = relationship()
    handled_by: Mapped[Account | None] = relationship()
