"""What the worker does with the rows of sendings: take one, and note what became of it.

Every note is one statement guarded by the fence of the claim: a worker that comes too late changes nothing. Nothing
here commits; `clinic_app.postman` says where each transaction ends, and why there.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select, update

from clinic_app.database import db
from clinic_app.models import Clinic, Delivery, Handout, MailPause
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import Channel, DeliveryState
from clinic_app.services import concerns
from clinic_app.services.deliveries import pause_key, still_wanted

LEASE = timedelta(minutes=15)  # longer than the ten minutes that RFC 5321 gives a server after the last dot
DELAYS = (1, 5, 15, 60)  # minutes until the next try; the last one again and again
JITTER = 0.2  # of a delay, so that many that failed together do not come back together
GIVE_UP = timedelta(hours=48)
FEWEST_TRIES = 5  # after a long pause one temporary answer is not the end
MOST_DEATHS = 3
LONGEST_ERROR = 300  # characters

DUE = (DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.RETRY)
FAILED_WORDS = "An e-mail could not be sent. Check the address, then send it again or print the handout."
UNKNOWN_WORDS = "An e-mail may or may not have arrived. Ask the patient before you send it again."
PAUSED_WORDS = "No e-mail is sent: the mail server refuses our sign-in. Check the mail settings, then start it again."


class LeaseLost(Exception):
    """Another worker has it, or the lease ran out: whatever was noted last by others stands."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sending that this worker holds until its lease ends."""

    id: int
    handout_id: int
    recipient: str
    attach_pdf: bool
    message_id: str
    attempts: int  # with this one
    fence: int


def claim(now: datetime) -> Claimed | None:
    """Take the sending that is due longest, for 15 minutes. None: nothing is due, or sending is paused."""
    first = (
        select(Delivery.id)
        .where(*_due(now), ~exists().where(MailPause.lifted_at.is_(None)))
        .order_by(Delivery.next_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer at a time anyway
        .scalar_subquery()
    )
    row = db.session.execute(
        update(Delivery)
        .where(Delivery.id == first)
        .values(
            state=DeliveryState.SENDING,
            lease_until=now + LEASE,
            fence=Delivery.fence + 1,
            attempts=Delivery.attempts + 1,
            data_at=None,
        )
        .returning(
            Delivery.id,
            Delivery.handout_id,
            Delivery.recipient,
            Delivery.attach_pdf,
            Delivery.message_id,
            Delivery.attempts,
            Delivery.fence,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Claimed(*row) if row else None


def mark_data(claimed: Claimed, now: datetime) -> None:
    """Note that the message itself goes out next. The caller commits, and only then sends DATA.

    Raises:
        LeaseLost: the message must not go out.
    """
    _note(claimed, Delivery.lease_until > now, data_at=now, lease_until=now + LEASE)


def accepted(claimed: Claimed, now: datetime) -> None:
    """The mail server took it, with its 250."""
    _note(claimed, state=DeliveryState.ACCEPTED, accepted_at=now, lease_until=None, next_at=None, last_error="")


def cancelled(claimed: Claimed, why: str) -> None:
    """It should not be sent any more; `why` is a sentence for staff."""
    _note(claimed, state=DeliveryState.CANCELLED, lease_until=None, next_at=None, data_at=None, last_error=why)


def retry(claimed: Claimed, error: str, now: datetime, chance: float | None = None) -> datetime | None:
    """Note a temporary answer. When it is tried again; None after 48 hours, when it has failed."""
    delay = DELAYS[min(claimed.attempts, len(DELAYS)) - 1] * (
        1 + JITTER * (random.random() if chance is None else chance)  # noqa: S311 - nobody gains by guessing it
    )
    asked_at = db.session.scalars(select(Delivery.at).where(Delivery.id == claimed.id)).one()
    if now - asked_at >= GIVE_UP and claimed.attempts >= FEWEST_TRIES:
        failed(claimed, error)
        return None
    next_at = now + timedelta(minutes=delay)
    _note(claimed, state=DeliveryState.RETRY, next_at=next_at, lease_until=None, data_at=None, last_error=_short(error))
    return next_at


def failed(claimed: Claimed, error: str) -> None:
    """Refused for good. Somebody is told."""
    _note(claimed, state=DeliveryState.FAILED, next_at=None, lease_until=None, data_at=None, last_error=_short(error))
    _tell(claimed.id, ConcernKind.FAILED, FAILED_WORDS)


def unknown(claimed: Claimed, error: str) -> None:
    """The message went out and no answer came. It is never sent again by itself. Somebody is told."""
    _note(claimed, state=DeliveryState.UNKNOWN, next_at=None, lease_until=None, last_error=_short(error))
    _tell(claimed.id, ConcernKind.UNKNOWN, UNKNOWN_WORDS)


def pause(claimed: Claimed, error: str, now: datetime) -> None:
    """The mail server refuses our own sign-in: all sending stops, and each clinic with mail to send is told once."""
    _note(claimed, state=DeliveryState.HELD, next_at=None, lease_until=None, data_at=None, last_error=_short(error))
    # Two workers meet the refusal at once: the row of the first clinic lets one of them through at a time.
    db.session.scalars(select(Clinic.id).order_by(Clinic.id).limit(1).with_for_update(of=Clinic)).all()
    present = db.session.scalars(select(MailPause).where(MailPause.lifted_at.is_(None)).limit(1)).one_or_none()
    if present is None:
        present = MailPause(at=now, reason=_short(error))
        db.session.add(present)
        db.session.flush()
    waiting = select(Delivery.clinic_id).where(
        Delivery.channel == Channel.EMAIL, Delivery.state.in_((*DUE, DeliveryState.HELD))
    )
    for clinic_id in db.session.scalars(waiting.distinct().order_by(Delivery.clinic_id)):
        concerns.raise_once(clinic_id, ConcernKind.MAIL_PAUSED, pause_key(present), PAUSED_WORDS)


def put_back(claimed: Claimed, error: str, now: datetime) -> None:
    """Our own fault before anything went out: it counts as a death, and another worker tries in a while."""
    _after_death(claimed.id, claimed.fence, now, now + timedelta(minutes=DELAYS[1]), error)


def sweep(now: datetime) -> None:
    """Put right what dead workers left: before DATA it is sent later, after DATA nobody knows."""
    dead = Delivery.state == DeliveryState.SENDING, Delivery.lease_until <= now
    query = select(Delivery.id, Delivery.fence, Delivery.data_at).where(*dead).order_by(Delivery.id)
    for key, fence, data_at in db.session.execute(query).all():
        if data_at is None:
            _after_death(key, fence, now, now, "The worker stopped before the message went out.", only_dead=True)
        elif _write(
            key,
            fence,
            *dead,
            Delivery.data_at.is_not(None),
            state=DeliveryState.UNKNOWN,
            fence=fence + 1,
            next_at=None,
            lease_until=None,
            last_error="The worker stopped while the message went out.",
        ):
            _tell(key, ConcernKind.UNKNOWN, UNKNOWN_WORDS)
    # What the call-back time has passed waits for a worker now, and says so.
    db.session.execute(
        update(Delivery)
        .where(Delivery.state == DeliveryState.SCHEDULED, Delivery.next_at <= now)
        .values(state=DeliveryState.QUEUED)
        .execution_options(synchronize_session=False)
    )


def oldest_due(now: datetime) -> datetime | None:
    """Since when the sending that waits longest could have left, for the health of the service."""
    return db.session.scalars(select(func.min(Delivery.next_at)).where(*_due(now))).one()


def against(claimed: Claimed, now: datetime) -> str:
    """Why it should not be sent any more, read from the rows as they are now; empty when it should."""
    return still_wanted(db.session.get_one(Handout, claimed.handout_id), now)


def _due(now: datetime) -> tuple[Any, ...]:
    return (
        Delivery.channel == Channel.EMAIL,
        Delivery.state.in_(DUE),
        Delivery.next_at <= now,
        or_(Delivery.lease_until.is_(None), Delivery.lease_until <= now),
    )


def _write(key: int, held: int, /, *conditions: Any, **values: Any) -> bool:
    """Whether the row still had the fence `held`, and all else was as the writer believed."""
    statement = update(Delivery).where(Delivery.id == key, Delivery.fence == held, *conditions).values(**values)
    done = db.session.scalars(statement.returning(Delivery.id).execution_options(synchronize_session=False))
    return bool(done.all())


def _note(claimed: Claimed, *conditions: Any, **values: Any) -> None:
    if not _write(claimed.id, claimed.fence, Delivery.state == DeliveryState.SENDING, *conditions, **values):
        raise LeaseLost(f"delivery {claimed.id}")


def _after_death(
    key: int, fence: int, now: datetime, next_at: datetime, error: str, *, only_dead: bool = False
) -> None:
    deaths = db.session.scalars(select(Delivery.deaths).where(Delivery.id == key)).one() + 1
    last = deaths >= MOST_DEATHS
    conditions = [Delivery.state == DeliveryState.SENDING, Delivery.data_at.is_(None)]
    done = _write(
        key,
        fence,
        *conditions,
        *([Delivery.lease_until <= now] if only_dead else []),
        state=DeliveryState.FAILED if last else DeliveryState.QUEUED,
        deaths=deaths,
        fence=fence + 1,
        next_at=None if last else next_at,
        lease_until=None,
        last_error=_short(error),
    )
    if done and last:
        _tell(key, ConcernKind.FAILED, FAILED_WORDS)


def _tell(key: int, kind: ConcernKind, words: str) -> None:
    delivery = db.session.get_one(Delivery, key, populate_existing=True)
    programme = db.session.get_one(Handout, delivery.handout_id).programme
    concerns.raise_once(delivery.clinic_id, kind, f"{kind}:{key}", words, programme=programme, delivery=delivery)


def _short(error: str) -> str:
    """One printable line."""
    return "".join(letter if letter.isprintable() else " " for letter in error)[:LONGEST_ERROR]
