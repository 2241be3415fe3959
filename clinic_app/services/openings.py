"""Opening a patient's address: the right secret or code, and the date of birth as a check that it is the right person.

The check stops a mail that went astray, not a relative; it is no security. Five wrong dates lock the address until a
member of staff unlocks it. A try is counted before it is looked at, so that no two of them share one count.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db
from clinic_app.models import CodeTries, PatientAddress
from clinic_app.models.concern import ConcernKind
from clinic_app.services import addresses, concerns

MOST_TRIES = 5
FORGOTTEN = timedelta(hours=24)  # wrong tries that led to no lock
MOST_CODES = 20  # wrong codes from one place in an hour


class Outcome(StrEnum):
    OPEN = "open"
    WRONG = "wrong"  # the secret, the code or the date does not fit; which one is not said
    LOCKED = "locked"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Opening:
    outcome: Outcome
    tries_left: int = MOST_TRIES


def asks_born(address: PatientAddress) -> bool:
    """Whether the date of birth is asked: the clinic wants it and knows it."""
    return address.programme.account.clinic.asks_born and address.programme.patient.born is not None


def open_address(address: PatientAddress, given: str, born: date | None, now: datetime) -> Opening:
    """Try to open `address` with its secret or code. The caller commits whatever comes of it."""
    if not addresses.fits(address, given):
        return Opening(Outcome.WRONG)
    if address.revoked_at is not None:
        return Opening(Outcome.REVOKED)
    if not addresses.usable(address, now):
        return Opening(Outcome.EXPIRED)
    if asks_born(address):
        tried = _count_try(address, now)
        if tried is None:
            return Opening(Outcome.LOCKED, 0)
        if born != address.programme.patient.born:
            return _wrong(address, tried, now)
    address.wrong_tries, address.first_wrong_at = 0, None
    address.first_opened_at = address.first_opened_at or now
    note_opened(address, now)
    return Opening(Outcome.OPEN)


def note_opened(address: PatientAddress, now: datetime) -> None:
    """Note that a person saw the page; a programme that has ended and is still used is told to the clinic."""
    address.last_opened_at = now
    address.openings += 1
    programme = address.programme
    if programme.ended:
        key = f"{ConcernKind.STILL_USED}:{programme.id}:{now:%Y-%m}"
        words = "The patient still opens this programme, which has ended."
        concerns.raise_once(programme.clinic_id, ConcernKind.STILL_USED, key, words, programme=programme)


def place_of(remote_address: str, now: datetime) -> tuple[str, datetime]:
    """A place as a keyed digest, and the hour its wrong codes are counted in."""
    key: bytes = current_app.config["CLINIC"].address_key
    digest = hmac.new(key, f"place:{remote_address}".encode(), hashlib.sha256).hexdigest()
    return digest, now.replace(minute=0, second=0, microsecond=0)


def may_type_code(remote_address: str, now: datetime) -> bool:
    place, hour = place_of(remote_address, now)
    count = db.session.scalars(select(CodeTries.count).where(CodeTries.place == place, CodeTries.hour == hour)).first()
    return (count or 0) < MOST_CODES


def count_wrong_code(remote_address: str, now: datetime) -> None:
    place, hour = place_of(remote_address, now)
    here = update(CodeTries).where(CodeTries.place == place, CodeTries.hour == hour).values(count=CodeTries.count + 1)
    if db.session.scalars(here.returning(CodeTries.id)).first() is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(CodeTries(place=place, hour=hour, count=1))
    except IntegrityError:  # the first one of somebody else in this hour was quicker
        db.session.execute(here)


def _count_try(address: PatientAddress, now: datetime) -> int | None:
    """Take one of the five tries, in one statement; the number of this one, or None if none is left."""
    old = (PatientAddress.first_wrong_at < now - FORGOTTEN) & PatientAddress.locked_at.is_(None)
    here = PatientAddress.id == address.id
    db.session.execute(update(PatientAddress).where(here, old).values(wrong_tries=0, first_wrong_at=None))
    taken = db.session.execute(
        update(PatientAddress)
        .where(here, PatientAddress.locked_at.is_(None), PatientAddress.wrong_tries < MOST_TRIES)
        .values(wrong_tries=PatientAddress.wrong_tries + 1)
        .returning(PatientAddress.wrong_tries)
    ).scalar_one_or_none()
    db.session.refresh(address)
    return taken


def _wrong(address: PatientAddress, tried: int, now: datetime) -> Opening:
    address.first_wrong_at = address.first_wrong_at or now
    if tried < MOST_TRIES:
        return Opening(Outcome.WRONG, MOST_TRIES - tried)
    address.locked_at = now
    programme = address.programme
    key = f"{ConcernKind.LOCKED}:{address.id}:{now.isoformat(timespec='minutes')}"
    words = "The patient's page is locked after five wrong dates of birth."
    concerns.raise_once(programme.clinic_id, ConcernKind.LOCKED, key, words, programme=programme)
    return Opening(Outcome.LOCKED, 0)
