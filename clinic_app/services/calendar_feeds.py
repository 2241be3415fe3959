"""The address a calendar program fetches reminders from. Such programs send no cookie, so the secret is in the path.

It is made of the same key as a patient's address, for another purpose: neither opens what the other does. Only its
digest is kept.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.errors import NotAllowed
from clinic_app.models import CalendarFeed, PatientAddress
from clinic_app.services import addresses

PURPOSE = "calendar"
MOST_A_DAY = 10  # times one address can be switched on: a page left to a child fills no table


def switch_on(address: PatientAddress, now: datetime) -> CalendarFeed:
    """The feed of `address`, made if there is none. Two presses at once find the same one.

    Raises:
        NotAllowed: after ten feeds within a day.
    """
    db.session.scalars(select(PatientAddress.id).where(PatientAddress.id == address.id).with_for_update()).one()
    found = present(address)
    if found:
        return found
    here = CalendarFeed.address_id == address.id, CalendarFeed.created_at > now - timedelta(days=1)
    if db.session.scalars(select(func.count(CalendarFeed.id)).where(*here)).one() >= MOST_A_DAY:
        raise NotAllowed("This was switched on too often today. Please try again tomorrow.")
    public_id = secrets.token_hex(16)
    made = CalendarFeed(
        clinic_id=address.clinic_id,
        address_id=address.id,
        public_id=public_id,
        secret_digest=addresses.digest(addresses.derived_secret(PURPOSE, public_id)),
        created_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def switch_off(address: PatientAddress, now: datetime) -> None:
    """Close the feed of `address` for ever. Without one nothing happens."""
    found = present(address)
    if found:
        found.revoked_at = now


def present(address: PatientAddress) -> CalendarFeed | None:
    """The feed that is switched on."""
    query = select(CalendarFeed).where(CalendarFeed.address_id == address.id, CalendarFeed.revoked_at.is_(None))
    return db.session.scalars(query.order_by(CalendarFeed.id).limit(1)).one_or_none()


def find(public_id: str, secret: str) -> CalendarFeed | None:
    """The feed with this id, if the secret is its own; a dead one too."""
    if not addresses.is_public_id(public_id):
        return None
    found = db.session.scalars(select(CalendarFeed).where(CalendarFeed.public_id == public_id)).one_or_none()
    given = addresses.digest(secret[:64].encode("ascii", "replace").decode("ascii"))
    return found if found and hmac.compare_digest(given, found.secret_digest) else None


def usable(feed: CalendarFeed, now: datetime) -> bool:
    """Whether it tells anything. Its address is asked too: what opened the page may be closed or have run out."""
    return feed.revoked_at is None and addresses.usable(feed.address, now)


def url(feed: CalendarFeed) -> str:
    """The whole address with its secret, for the page of whoever opened the programme; never for a log."""
    secret = addresses.derived_secret(PURPOSE, feed.public_id)
    return f"{current_app.config['CLINIC'].public_url}/p/calendar/{feed.public_id}/{secret}.ics"


def webcal(address: str) -> str:
    """The same address with the scheme that phones and computers hand to their calendar."""
    return f"webcal://{address.partition('://')[2]}"
