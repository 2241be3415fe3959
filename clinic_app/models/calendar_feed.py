from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.columns import Created, OfAClinic, Sha256
from clinic_app.models.patient_address import PatientAddress


class CalendarFeed(OfAClinic):
    """Reminders that a calendar program fetches by itself, switched on by whoever opened `address`.

    Its secret opens this list of times and nothing else. It is switched off by itself, and dies with its address.
    """

    __tablename__ = "calendar_feed"

    address_id: Mapped[int] = mapped_column(ForeignKey("patient_address.id", ondelete="RESTRICT"), index=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    secret_digest: Mapped[Sha256]
    created_at: Mapped[Created]
    revoked_at: Mapped[datetime | None]

    address: Mapped[PatientAddress] = relationship()
