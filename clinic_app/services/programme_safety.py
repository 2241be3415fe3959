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
    return db.session.scalars(
        select(SafetyAdvice)
        .where(SafetyAdvice.clinic_id == programme.clinic_id, SafetyAdvice.slug == programme.safety)
        .order_by(SafetyAdvice.version.desc())
        .limit(1)
    ).one_or_none()


def choices(clinic_id: int) -> list[str]:
    """The slugs of the clinic's safety advice."""
    query = select(SafetyAdvice.slug).where(SafetyAdvice.clinic_id == clinic_id).distinct()
    return sorted(db.session.scalars(query))


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
