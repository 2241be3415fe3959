from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model
from clinic_app.models.branding import Branding
from clinic_app.models.columns import Created, Key, Slug, Word

DIARY_READER = "Your physiotherapist reads this before your next visit."


class Clinic(Model):
    """A site with its branding, staff and patients."""

    __tablename__ = "clinic"

    id: Mapped[Key]
    slug: Mapped[Slug] = mapped_column(unique=True)
    language: Mapped[Word] = mapped_column(default="en-GB")
    time_zone: Mapped[Word] = mapped_column(default="Europe/London")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    # The patient's page: whether it asks for the date of birth, who reads the diary, and when it asks for a person.
    asks_born: Mapped[bool] = mapped_column(default=True, server_default="1")
    diary_reader: Mapped[str] = mapped_column(String(200), default=DIARY_READER, server_default=DIARY_READER)
    pain_threshold: Mapped[int] = mapped_column(default=6, server_default="6")  # of 10, and above
    worse_days: Mapped[int] = mapped_column(default=3, server_default="3")

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
