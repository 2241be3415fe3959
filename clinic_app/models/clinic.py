from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model
from clinic_app.models.branding import Branding
from clinic_app.models.columns import Created, Key, Slug, Word


class Clinic(Model):
    """A site with its branding, staff and patients."""

    __tablename__ = "clinic"

    id: Mapped[Key]
    slug: Mapped[Slug] = mapped_column(unique=True)
    language: Mapped[Word] = mapped_column(default="en-GB")
    time_zone: Mapped[Word] = mapped_column(default="Europe/London")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]

    branding: Mapped[Branding] = relationship(back_populates="clinic", lazy="joined")

    @property
    def name(self) -> str:
        return self.branding.name

    @property
    def phone(self) -> str:
        return self.branding.phone

    def local(self, moment: datetime) -> datetime:
        """`moment` on the clinic's own clock."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    def today(self, now: datetime) -> date:
        return self.local(now).date()
