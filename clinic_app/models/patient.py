from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.columns import Created, Name, OfAClinic, Version

if TYPE_CHECKING:
    from clinic_app.models.programme import Programme


class Patient(OfAClinic):
    """A person who is given programmes. A date of birth or a reference tells two people of one name apart."""

    __tablename__ = "patient"

    version: Mapped[Version]
    name: Mapped[Name]
    born: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[Created]

    programmes: Mapped[list[Programme]] = relationship(
        back_populates="patient", order_by="Programme.id.desc()", passive_deletes="all"
    )
