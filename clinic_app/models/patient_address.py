from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model
from clinic_app.models.columns import Created, Key, Name, OfAClinic, Sha256, Word
from clinic_app.models.programme import Programme


class Holder(StrEnum):
    PATIENT = "patient"
    CARER = "carer"


class PatientAddress(OfAClinic):
    """The stable address of one programme for the patient. Only digests of the secret and the code are kept.

    A carer gets an address of their own to the same programme, which is revoked by itself.
    """

    __tablename__ = "patient_address"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    secret_digest: Mapped[Sha256]
    code_digest: Mapped[Sha256] = mapped_column(unique=True)
    holder: Mapped[Word] = mapped_column(default=Holder.PATIENT, server_default="patient")
    holder_name: Mapped[Name] = mapped_column(default="", server_default="")  # the carer's
    created_at: Mapped[Created]
    expires_at: Mapped[datetime | None]  # None: with the programme
    revoked_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    first_wrong_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    first_opened_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    openings: Mapped[int] = mapped_column(default=0, server_default="0")

    programme: Mapped[Programme] = relationship()


class CodeTries(Model):
    """How many wrong codes came from one place within one hour. The place is kept as a keyed digest."""

    __tablename__ = "code_tries"
    __table_args__ = (UniqueConstraint("place", "hour"),)

    id: Mapped[Key]
    place: Mapped[Sha256]
    hour: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=0)
