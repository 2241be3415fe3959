"""How an exercise begins: with nothing but its name, or as a copy of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Mode, Side
from clinic_app.dosage.codec import to_data
from clinic_app.models import Account, Exercise
from clinic_app.services.exercise_entry import Content
from clinic_app.starter.lists import EvidenceGrade, Kind, ReviewStatus, StartingPosition

UNFINISHED = "Not finished yet."
FIRST_REVIEW = timedelta(days=2 * 365)
LONGEST_SLUG = 60  # characters, as in a content pack


def blank(account: Account, name: str, kind: Kind, position: StartingPosition, part: str, today: date) -> Content:
    """The content of a new exercise. It has no dose and no side: nobody has chosen them."""
    content: Content = {
        "name": name,
        "kind": str(kind),
        "starting_position": str(position),
        "aliases": [],
        "body_regions": [],
        "equipment": [],
        "steps": [],
        "feel": "",
        "mistakes": [],
        "take_care": "",
        "precautions": [],
        "easier": [],
        "easier_tip": "",
        "harder": [],
        "dosage": to_data(Dosage(mode=Mode.CONTINUOUS, side=None if part else Side.NONE)),
        "benefit": "",
        "targets": "",
        "evidence": {"source": "", "grade": str(EvidenceGrade.EXPERT)},
        "author": account.name[:80],
        "written_on": today.isoformat(),
        "licence": "All rights reserved",
        "review": {"status": str(ReviewStatus.AWAITING_CLINIC), "due": (today + FIRST_REVIEW).isoformat()},
        "pictures": [],
    }
    return content | ({"body_part": part} if part else {})


def copy_of(content: Mapping[str, Any], name: str) -> Content:
    """`content` under another name. Author and licence stay: the licence may ask for them to be named."""
    dropped = {"slug", "state", "state_reason"}
    return {key: value for key, value in content.items() if key not in dropped} | {"name": name, "aliases": []}


def unsigned(review: Mapping[str, Any]) -> dict[str, Any]:
    """The review of words that nobody has reviewed yet."""
    return {"status": str(ReviewStatus.AWAITING_CLINIC), "due": review["due"]}


def free_slug(clinic_id: int, name: str) -> str:
    """A slug made from `name` that no exercise of the clinic has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 5].strip("-") or "exercise"
    query = select(Exercise.slug).where(Exercise.clinic_id == clinic_id, Exercise.slug.startswith(base))
    taken = set(db.session.scalars(query))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
