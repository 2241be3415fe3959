from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, OfAClinic, Sha256, Word


class Channel(StrEnum):
    PRINT = "print"


class PrintBatch(OfAClinic):
    """Several handouts that went to the printer as one PDF. Each of them has a delivery of its own."""

    __tablename__ = "print_batch"
    __table_args__ = (UniqueConstraint("clinic_id", "idempotency_key"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    pdf: Mapped[Sha256]  # the object that holds all sheets
    idempotency_key: Mapped[str] = mapped_column(String(64))

    deliveries: Mapped[list[Delivery]] = relationship(order_by="Delivery.id", passive_deletes="all")


class Jam(OfAClinic):
    """The record that the sheets of a printing did not come out. The delivery itself stays as it was noted."""

    __tablename__ = "jam"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="RESTRICT"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]

    account: Mapped[Account] = relationship()


class Delivery(OfAClinic):
    """One giving-out of a handout: today a printing, opened by a person for the printer."""

    __tablename__ = "delivery"

    handout_id: Mapped[int] = mapped_column(ForeignKey("handout.id", ondelete="RESTRICT"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("print_batch.id", ondelete="RESTRICT"), index=True)
    channel: Mapped[Word]
    at: Mapped[Created]

    account: Mapped[Account] = relationship()
    jam: Mapped[Jam | None] = relationship(lazy="joined")
