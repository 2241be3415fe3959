from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, OfAClinic
from clinic_app.models.patient import Patient


class Appointment(OfAClinic):
    """When a clinician sees a patient: it orders the page of the day. It is no diary: nothing is booked by it."""

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("patient_id", "account_id", "starts_at"),
        Index("ix_appointment_account_id_starts_at", "account_id", "starts_at"),
    )

    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    starts_at: Mapped[datetime]
    created_at: Mapped[Created]

    patient: Mapped[Patient] = relationship(lazy="joined")
    account: Mapped[Account] = relationship()
