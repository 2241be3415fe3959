"""How tests come to a programme that is being built, and what they say about it in one word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Hold, Range
from clinic_app.models import Account, Exercise, PrescribedExercise, Programme, Protocol
from clinic_app.services import programme_edits, programme_revisions
from clinic_app.services.programme_edits import RowEdit, Saved


def exercise(clinic_id: int, slug: str, *, published: bool = True) -> Exercise:
    """An exercise of the starter catalogue, published or made a draft by hand."""
    found = db.session.scalars(select(Exercise).filter_by(clinic_id=clinic_id, slug=slug)).one()
    found.state = "published" if published else "draft"
    return found


def protocol(clinic_id: int, slug: str) -> Protocol:
    return db.session.scalars(select(Protocol).filter_by(clinic_id=clinic_id, slug=slug)).one()


def slugs(programme: Programme) -> list[str]:
    return [row.exercise.slug for row in programme.exercises]


def row_of(programme: Programme, slug: str) -> PrescribedExercise:
    return next(row for row in programme.rows if row.exercise.slug == slug)


def holding(row: PrescribedExercise, seconds: int) -> Dosage:
    return replace(row.dosage, hold=Hold(Range.of(seconds)))


def save(
    account: Account,
    programme: Programme,
    *edits: RowEdit,
    version: int | None = None,
    title: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> Saved:
    """Save as a form does that shows `version` (without one, the present version) and changes only this."""
    return programme_edits.save(
        account,
        programme,
        version=programme.version if version is None else version,
        title=programme.title if title is None else title,
        review_on=programme.review_on,
        edits=edits,
        answers=answers or {},
    )


def said(programme: Programme) -> dict[str, Any]:
    """Everything the programme says, read from the database again."""
    db.session.flush()
    db.session.expire_all()
    return programme_revisions.content(programme)
