from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model
from clinic_app.models.account import Account
from clinic_app.models.columns import Created, Key, OfAClinic, Sha256, Word


class Channel(StrEnum):
    PRINT = "print"
    EMAIL = "email"


class DeliveryState(StrEnum):
    """Where a sending stands. The words are what was seen, never more: "accepted" is not "read"."""

    PRINTED = "printed"  # the pages were opened for the printer
    SCHEDULED = "scheduled"  # can be cancelled without a trace at the recipient
    QUEUED = "queued"
    SENDING = "sending"  # a worker holds the lease
    ACCEPTED = "accepted"  # by the mail server, with its 250
    RETRY = "retry"  # a temporary answer; `next_at` says when it is tried again
    FAILED = "failed"  # refused for good, or tried for 48 hours
    UNKNOWN = "unknown"  # the connection broke after DATA: it may have arrived; never sent again by itself
    CANCELLED = "cancelled"
    HELD = "held"  # the mail server refuses our own sign-in; waits for a person


# E-mails that have arrived or still may: nobody needs to print the sheet instead.
LIVING = (
    DeliveryState.SCHEDULED,
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.RETRY,
    DeliveryState.ACCEPTED,
)


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


class Incident(OfAClinic):
    """A handout that went to the wrong person: what happened, who noted it. The address was revoked with it."""

    __tablename__ = "incident"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="RESTRICT"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    at: Mapped[Created]
    what: Mapped[str] = mapped_column(String(1000), default="")

    account: Mapped[Account] = relationship()


class Delivery(OfAClinic):
    """One giving-out of a handout: a printing, opened by a person for the printer, or one e-mail to one recipient.

    A printing is a note and never changes. The columns below `state` are those of an e-mail; its row is written in
    the transaction that asks for it, and is the truth of the sending: the queue only wakes a worker.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_state_next_at", "state", "next_at"),)

    handout_id: Mapped[int] = mapped_column(ForeignKey("handout.id", ondelete="RESTRICT"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("print_batch.id", ondelete="RESTRICT"), index=True)
    channel: Mapped[Word]
    at: Mapped[Created]
    state: Mapped[Word] = mapped_column(default=DeliveryState.PRINTED, server_default="printed")
    recipient: Mapped[str] = mapped_column(String(254), default="", server_default="")
    attach_pdf: Mapped[bool] = mapped_column(default=False, server_default="0")
    idempotency_key: Mapped[str | None] = mapped_column(String(64), unique=True)  # one sending of one edition to one
    message_id: Mapped[str] = mapped_column(String(120), default="", server_default="")  # the same at every try
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    deaths: Mapped[int] = mapped_column(default=0, server_default="0")  # workers that died with it in their hands
    next_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0, server_default="0")  # grows with each claim; a late worker is refused
    data_at: Mapped[datetime | None]  # committed just before DATA: from here on the outcome may be unknown
    accepted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]  # somebody saw that it came back
    last_error: Mapped[str] = mapped_column(String(300), default="", server_default="")

    account: Mapped[Account] = relationship()
    jam: Mapped[Jam | None] = relationship(lazy="joined")
    incident: Mapped[Incident | None] = relationship()


class MailPause(Model):
    """All sending stands still, because the mail server refused our own sign-in. Lifted by a person."""

    __tablename__ = "mail_pause"

    id: Mapped[Key]
    at: Mapped[Created]
    reason: Mapped[str] = mapped_column(String(300))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
