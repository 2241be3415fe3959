from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from clinic_app.models.columns import Created, Name, OfAClinic, Slug, Word


class SafetyAdvice(OfAClinic):
    """One version of a fixed safety box, in tiers. A new wording is a new row; an old one is never changed."""

    __tablename__ = "safety_advice"
    __table_args__ = (UniqueConstraint("clinic_id", "slug", "version"),)

    slug: Mapped[Slug]
    version: Mapped[int]
    name: Mapped[Name]
    language: Mapped[Word]
    state: Mapped[Word]  # "awaiting review" or "approved"
    content: Mapped[dict[str, Any]]  # the tiers, as in the content pack
    created_at: Mapped[Created]
