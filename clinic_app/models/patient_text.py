from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from clinic_app.models.columns import Created, OfAClinic, Slug, Version, Word


class PatientText(OfAClinic):
    """A short text for patients that belongs to no exercise: why it helps, soreness, the floor, getting easier."""

    __tablename__ = "patient_text"
    __table_args__ = (UniqueConstraint("clinic_id", "slug"),)

    version: Mapped[Version]
    slug: Mapped[Slug]
    language: Mapped[Word]
    state: Mapped[Word]
    content: Mapped[dict[str, Any]]  # as in the content pack
    created_at: Mapped[Created]
