from __future__ import annotations

from enum import StrEnum

from flask_security import UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic_app.database import Model
from clinic_app.models.clinic import Clinic
from clinic_app.models.columns import ClinicKey, Created, Key, Name, Word


class Role(StrEnum):
    CLINICIAN = "clinician"  # assembles and issues programmes
    EDITOR = "editor"  # also keeps the catalogue
    MANAGER = "manager"  # also keeps branding and accounts


class Account(Model, UserMixin):  # type: ignore[misc] # UserMixin is untyped
    """A person on the staff who signs in. Patients have no account."""

    __tablename__ = "account"

    id: Mapped[Key]
    clinic_id: Mapped[ClinicKey]
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[Name]
    job_title: Mapped[Name] = mapped_column(default="")
    role: Mapped[Word] = mapped_column(default=Role.CLINICIAN)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)  # changes when all sessions must end
    created_at: Mapped[Created]

    clinic: Mapped[Clinic] = relationship(lazy="joined")

    @property
    def roles(self) -> list[str]:
        """What Flask-Security asks for; a person has one role, and a wider one includes the narrower."""
        order = [Role.CLINICIAN, Role.EDITOR, Role.MANAGER]
        return [str(role) for role in order[: order.index(Role(self.role)) + 1]]

    @property
    def is_manager(self) -> bool:
        return self.role == Role.MANAGER

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()
