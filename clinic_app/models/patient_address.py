from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic_app.models.columns import Created, OfAClinic, Sha256


class PatientAddress(OfAClinic):
    """The stable address of one programme for the patient. Only digests of the secret and the code are kept."""

    __tablename__ = "patient_address"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    secret_digest: Mapped[Sha256]
    code_digest: Mapped[Sha256] = mapped_column(unique=True)
    created_at: Mapped[Created]
    revoked_at: Mapped[datetime | None]
