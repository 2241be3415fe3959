from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, OfAClinic, Sha256, Word
from clinic_app.models.delivery import LIVING, Channel, Delivery, DeliveryState

if TYPE_CHECKING:
    from clinic_app.models.programme import Programme


class HandoutState(StrEnum):
    CURRENT = "current"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Withdrawal(OfAClinic):
    """Why a wrong edition was taken back. The edition itself stays as it was given out."""

    __tablename__ = "withdrawal"

    handout_id: Mapped[int] = mapped_column(ForeignKey("handout.id", ondelete="RESTRICT"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    reason: Mapped[str] = mapped_column(String(300))

    account: Mapped[Account] = relationship()


class Handout(OfAClinic):
    """A frozen, numbered edition of a programme. Triggers refuse every UPDATE and DELETE of a row."""

    __tablename__ = "handout"
    __table_args__ = (
        UniqueConstraint("programme_id", "edition"),
        UniqueConstraint("programme_id", "idempotency_key"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    programme_version: Mapped[int]
    edition: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    issued_at: Mapped[datetime]
    layout: Mapped[Word]
    snapshot: Mapped[str] = mapped_column(Text)  # canonical JSON of rendering.content.Handout
    snapshot_digest: Mapped[Sha256]
    pdf: Mapped[Sha256]  # the object that holds the printed pages
    pages: Mapped[int]
    idempotency_key: Mapped[str] = mapped_column(String(64))

    programme: Mapped[Programme] = relationship(back_populates="handouts", lazy="joined")
    account: Mapped[Account] = relationship()
    withdrawal: Mapped[Withdrawal | None] = relationship(lazy="joined")
    deliveries: Mapped[list[Delivery]] = relationship(order_by="Delivery.id", passive_deletes="all")

    @property
    def is_printed(self) -> bool:
        """Whether its sheets came out of a printer at least once, as far as anybody told."""
        return any(each.channel == Channel.PRINT and each.jam is None for each in self.deliveries)

    @property
    def is_sent(self) -> bool:
        """Whether an e-mail with it arrived or still may, as far as anybody told."""
        return any(
            each.channel == Channel.EMAIL and each.state in LIVING and each.returned_at is None
            for each in self.deliveries
        )

    @property
    def is_accepted(self) -> bool:
        """Whether a mail server took an e-mail with it, and nobody saw it come back."""
        return any(each.state == DeliveryState.ACCEPTED and each.returned_at is None for each in self.deliveries)

    @property
    def state(self) -> HandoutState:
        if self.withdrawal:
            return HandoutState.WITHDRAWN
        latest = self.programme.latest
        return HandoutState.CURRENT if latest is None or latest.id == self.id else HandoutState.REPLACED
