from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic_app.models.columns import Created, OfAClinic, Word


class AuditEvent(OfAClinic):
    """Who did what to which object, written in the transaction that did it. Rows are never changed (trigger)."""

    __tablename__ = "audit_event"

    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    action: Mapped[Word]  # "handout.issue"
    object_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(300), default="")  # ids and states only, never a patient's data

    def __repr__(self) -> str:
        return f"<AuditEvent {self.action} {self.object_id} {_when(self.at)}>"


def _when(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else "now"
