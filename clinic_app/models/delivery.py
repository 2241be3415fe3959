from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.account import Account
from clinic_app.models.columns import Created, OfAClinic, Word


class Channel(StrEnum):
    PRINT = "print"


class Delivery(OfAClinic):
    """One giving-out of a handout: today a printing, opened by a person for the printer."""

    __tablename__ = "delivery"

    handout_id: Mapped[int] = mapped_column(ForeignKey("handout.id", ondelete="RESTRICT"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    channel: Mapped[Word]
    at: Mapped[Created]

    account: Mapped[Account] = relationship()
