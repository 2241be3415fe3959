from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.columns import Created, Name, OfAClinic, Version, Word

if TYPE_CHECKING:
    from clinic_app.models.programme import Programme


class PrintSize(StrEnum):
    STANDARD = "standard"  # 14 pt
    LARGE = "large"  # 18 pt
    LARGEST = "largest"  # 24 pt


class Format(StrEnum):
    """How this person wants to be given the programme."""

    PAPER = "paper"
    EMAIL = "email"
    PHONE = "phone"


class Patient(OfAClinic):
    """A person who is given programmes. A date of birth or a reference tells two people of one name apart."""

    __tablename__ = "patient"

    version: Mapped[Version]
    name: Mapped[Name]
    born: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(40), default="")
    nhs_number: Mapped[str] = mapped_column(String(10), default="")  # ten digits; the last one is a check digit
    email: Mapped[str] = mapped_column(String(255), default="")
    phone: Mapped[Word] = mapped_column(default="")
    print_size: Mapped[Word] = mapped_column(default=PrintSize.STANDARD)
    language: Mapped[Word] = mapped_column(default="")  # the language this person reads; empty: the clinic's
    format: Mapped[Word] = mapped_column(default=Format.PAPER)
    attach_pdf: Mapped[bool] = mapped_column(default=False, server_default="0")  # wants the pages in the e-mail itself
    flags: Mapped[list[str]] = mapped_column(default=list)  # codes of services.precautions
    equipment: Mapped[list[str] | None]  # what is at home; None: nobody has asked yet
    # The figure in this person's pictures, in the words of illustration.looks; empty: as the clinic chose.
    figure_skin: Mapped[Word] = mapped_column(default="", server_default="")
    figure_hair: Mapped[Word] = mapped_column(default="", server_default="")
    figure_hair_colour: Mapped[Word] = mapped_column(default="", server_default="")
    figure_age: Mapped[Word] = mapped_column(default="", server_default="")
    figure_shape: Mapped[Word] = mapped_column(default="", server_default="")
    search_text: Mapped[str] = mapped_column(Text, default="")  # lower case, everything this person is found by
    is_anonymous: Mapped[bool] = mapped_column(default=False)  # stands for a quick handout without a record
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    created_at: Mapped[Created]

    merged_into: Mapped[Patient | None] = relationship(remote_side="Patient.id")

    programmes: Mapped[list[Programme]] = relationship(
        back_populates="patient", order_by="Programme.id.desc()", passive_deletes="all"
    )

    @property
    def called(self) -> str:
        """What lists call this person; nobody is written down behind a quick handout."""
        return "Quick handout" if self.is_anonymous else self.name
