from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model
from clinic_app.models.columns import Key, Name, Version, Word

if TYPE_CHECKING:
    from clinic_app.models.clinic import Clinic


class Branding(Model):
    """What a clinic's sheets look like and whom they name.

    `colour_chosen` is the clinic's own colour; `colour` is the one printed, darkened until text in it can be read.
    """

    __tablename__ = "branding"

    id: Mapped[Key]
    clinic_id: Mapped[int] = mapped_column(ForeignKey("clinic.id", ondelete="RESTRICT"), unique=True)
    version: Mapped[Version]
    name: Mapped[Name]
    address: Mapped[str] = mapped_column(String(300), default="")  # lines
    phone: Mapped[str] = mapped_column(String(40))
    hours: Mapped[str] = mapped_column(String(120), default="")
    footer: Mapped[str] = mapped_column(String(200), default="")
    specialist: Mapped[str] = mapped_column(String(120), default="")
    colour_chosen: Mapped[str] = mapped_column(String(7), default="#0E5A68")
    colour: Mapped[str] = mapped_column(String(7), default="#0E5A68")
    soreness_guide: Mapped[bool] = mapped_column(default=True)  # printed on the last page
    # The figure in the pictures, in the words of illustration.looks; empty: different people.
    figure_skin: Mapped[Word] = mapped_column(default="", server_default="")
    figure_hair: Mapped[Word] = mapped_column(default="", server_default="")
    figure_hair_colour: Mapped[Word] = mapped_column(default="", server_default="")
    figure_age: Mapped[Word] = mapped_column(default="", server_default="")
    figure_shape: Mapped[Word] = mapped_column(default="", server_default="")
    logo: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the object
    logo_type: Mapped[str | None] = mapped_column(String(40))

    clinic: Mapped[Clinic] = relationship(back_populates="branding")

    @property
    def address_lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.address.splitlines() if line.strip())
