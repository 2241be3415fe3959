"""Which safety box a programme carries: its protocol's, or the one that suits the exercises put together by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Programme, SafetyAdvice
from clinic_app.starter.lists import BodyRegion

BACK, NECK = "back", "neck"
_LOWER = frozenset({BodyRegion.LOW_BACK, BodyRegion.BUTTOCK, BodyRegion.HIP})


def advice(programme: Programme) -> SafetyAdvice | None:
    """The newest version of the programme's safety advice in its clinic."""
    return next((each for each in choices(programme.clinic_id) if each.slug == programme.safety), None)


def choices(clinic_id: int) -> list[SafetyAdvice]:
    """The newest version of each of the clinic's safety advice, by name."""
    query = select(SafetyAdvice).where(SafetyAdvice.clinic_id == clinic_id).order_by(SafetyAdvice.version)
    newest = {each.slug: each for each in db.session.scalars(query)}
    return sorted(newest.values(), key=lambda each: each.name)


@contextmanager
def following(programme: Programme) -> Iterator[None]:
    """While exercises change, let the safety box follow them, unless a protocol or a person chose it."""
    follows = programme.protocol_id is None and programme.safety == _suited(programme)
    yield
    if follows:
        programme.safety = _suited(programme)


def _suited(programme: Programme) -> str:
    """The neck's for exercises of the neck alone; in doubt the back's, which most programmes are about."""
    regions = [set(row.exercise.details.get("body_regions", ())) for row in programme.exercises]
    neck = any(BodyRegion.NECK in each for each in regions)
    return NECK if neck and not any(each & _LOWER for each in regions) else BACK
