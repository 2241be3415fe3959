from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security import UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.models.clinic import Clinic
from clinic_app.models.columns import Created, Name, OfAClinic, Word


class Role(StrEnum):
    CLINICIAN = "clinician"  # assembles and issues programmes
    EDITOR = "editor"  # also keeps the catalogue
    MANAGER = "manager"  # also keeps branding and accounts


class Account(OfAClinic, UserMixin):
    """A person on the staff who signs in. Patients have no account."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[Name]
    job_title: Mapped[Name] = mapped_column(default="")
    role: Mapped[Word] = mapped_column(default=Role.CLINICIAN)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)  # changes when all sessions must end
    walked_through_at: Mapped[datetime | None]  # when the first-run walk was finished or skipped
    created_at: Mapped[Created]

    clinic: Mapped[Clinic] = relationship(lazy="joined")

    @property
    def keeps_catalogue(self) -> bool:
        """Whether this person may change exercises and protected protocols."""
        return self.role in {Role.EDITOR, Role.MANAGER}

    @property
    def is_manager(self) -> bool:
        return self.role == Role.MANAGER
