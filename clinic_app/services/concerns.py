"""What needs a person: told once, and open until somebody has dealt with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic_app.database import db
from clinic_app.models import Account, Concern, Delivery, Programme
from clinic_app.models.concern import ConcernKind
from clinic_app.services import audit

MOST_SHOWN = 100


def raise_once(
    clinic_id: int,
    kind: ConcernKind,
    key: str,
    words: str,
    *,
    programme: Programme | None = None,
    delivery: Delivery | None = None,
) -> None:
    """Tell the clinic, unless the same `key` was told before. `words` name no patient."""
    told = select(Concern.id).where(Concern.clinic_id == clinic_id, Concern.key == key)
    if db.session.scalars(told).first() is None:
        db.session.add(
            Concern(
                clinic_id=clinic_id,
                kind=kind,
                key=key,
                words=words,
                programme_id=programme.id if programme else None,
                delivery_id=delivery.id if delivery else None,
            )
        )
        db.session.flush()


def open_ones(account: Account) -> list[Concern]:
    """What nobody has dealt with yet, newest first."""
    query = (
        select(Concern)
        .where(Concern.clinic_id == account.clinic_id, Concern.handled_at.is_(None))
        .options(joinedload(Concern.programme).joinedload(Programme.patient))
        .order_by(Concern.id.desc())
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(query))


def handle(account: Account, concern: Concern, now: datetime) -> None:
    """Note who dealt with it. A second time changes nothing."""
    if concern.handled_at is None:
        concern.handled_at, concern.handled_by_id = now, account.id
        audit.record(account, "concern.handle", concern.id, concern.kind)
