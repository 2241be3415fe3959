"""What staff do with sendings: ask for one, call it back, send it again, say that it came back or went astray.

The row that is written here is the truth of a sending. `delivery_queue` is what the worker does with it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select, update

from clinic_app.database import db
from clinic_app.emails import recipient as recipients
from clinic_app.errors import NotAllowed
from clinic_app.failpoints import failpoint
from clinic_app.models import Account, Concern, Delivery, Handout, Incident, MailPause, PatientAddress, Programme
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import Channel, DeliveryState
from clinic_app.models.patient_address import Holder
from clinic_app.services import addresses, audit, concerns, ours

CALL_BACK = timedelta(seconds=60)  # in which a sending can be cancelled without a trace at the recipient
LONGEST_NOTE = 1000
LONGEST_AUDIT = 300  # each closed address has an event of its own besides

WAITING = (DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.RETRY, DeliveryState.HELD)
UNDER_WAY = (*WAITING, DeliveryState.SENDING)
AGAIN = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.HELD)


def schedule(
    account: Account, handout: Handout, *, recipient: str, attach_pdf: bool, key: str, now: datetime
) -> Delivery:
    """Ask for one e-mail of `handout` to `recipient`, in the running transaction. It leaves 60 seconds after `now`.

    `key` comes with the form: a second click finds the first row. While one e-mail of this edition to this address
    is under way, another press finds that one too. After the commit the caller calls `jobs.wake`.

    Raises:
        NotAllowed: if the address is no single e-mail address, or the edition is not the one the patient should have.
    """
    to = one_address(recipient)
    # Two people press at once: the second waits here and finds the row of the first.
    ours.fetch(Programme, handout.programme_id, account, lock=True)
    digest = _digest(f"send {handout.id} {to} {key}")
    found = _with_key(digest)
    if found is None:
        _refuse(handout, now)
        found = _under_way(handout, to)
    return found or _add(account, handout, to, attach_pdf=attach_pdf, key=digest, now=now)


def cancel(account: Account, delivery: Delivery) -> None:
    """Call back what nobody has begun to send. A second time changes nothing.

    Raises:
        NotAllowed: if a worker holds it, or it was sent already.
    """
    if not _cancel_waiting(delivery):
        if delivery.state == DeliveryState.CANCELLED:
            return
        raise NotAllowed("This e-mail is being sent or was sent already, so it cannot be called back.")
    audit.record(account, "delivery.cancel", delivery.id)


def resend(account: Account, delivery: Delivery, now: datetime) -> Delivery:
    """Send once more what failed, may not have arrived, or is held: a new row. A second click finds that row.

    Raises:
        NotAllowed: if the first sending is in another state, or the edition is no longer the one to have.
    """
    handout = ours.fetch(Handout, delivery.handout_id, account)
    ours.fetch(Programme, handout.programme_id, account, lock=True)
    db.session.refresh(delivery)
    digest = _digest(f"again {delivery.id}")
    found = _with_key(digest)
    if found:
        return found
    if delivery.state not in AGAIN:
        raise NotAllowed("Only an e-mail that failed, is held, or may not have arrived can be sent again.")
    _refuse(handout, now)
    if delivery.state == DeliveryState.HELD:
        _cancel_waiting(delivery)  # or it would go out as well once the pause is lifted
    for concern in db.session.scalars(select(Concern).where(Concern.delivery_id == delivery.id)):
        concerns.handle(account, concern, now)
    under_way = _under_way(handout, delivery.recipient)
    if under_way:
        return under_way
    return _add(account, handout, delivery.recipient, attach_pdf=delivery.attach_pdf, key=digest, now=now)


def note_returned(account: Account, delivery: Delivery, now: datetime) -> None:
    """Somebody saw that it came back. A second time changes nothing.

    Raises:
        NotAllowed: if it never left.
    """
    if delivery.state not in {DeliveryState.ACCEPTED, DeliveryState.UNKNOWN}:
        raise NotAllowed("Only an e-mail that left can come back.")
    if delivery.returned_at is None:
        delivery.returned_at = now
        audit.record(account, "delivery.returned", delivery.id)


def wrong_person(account: Account, delivery: Delivery, what: str, now: datetime) -> Incident:
    """Record that a handout reached the wrong person: the addresses it may have given away are closed, nothing is sent.

    Those are the patient's own and each carer's that was made since the e-mail was asked for: whoever had the patient's
    page could pass for the patient and ask for one. Calendar feeds end with their address. A second report of the
    same sending finds the first one.
    """
    handout = ours.fetch(Handout, delivery.handout_id, account)
    ours.fetch(Programme, handout.programme_id, account, lock=True)
    found = db.session.scalars(select(Incident).where(Incident.delivery_id == delivery.id)).one_or_none()
    if found:
        return found
    incident = Incident(
        clinic_id=delivery.clinic_id,
        delivery_id=delivery.id,
        account_id=account.id,
        at=now,
        what=what.strip()[:LONGEST_NOTE],
    )
    db.session.add(incident)
    carers = addresses.made_since(handout.programme, delivery.at)
    for address in [*_open_addresses(handout.programme_id), *carers]:
        addresses.revoke(account, address, now)
    db.session.flush()
    failpoint("after_revoke")
    for waiting in _waiting(handout.programme_id):
        if _cancel_waiting(waiting, "Cancelled: a handout reached the wrong person."):
            audit.record(account, "delivery.cancel", waiting.id)
    db.session.flush()
    closed = f", carers' addresses {', '.join(str(each.id) for each in carers)}" if carers else ""
    audit.record(account, "delivery.wrong_person", delivery.id, f"incident {incident.id}{closed}"[:LONGEST_AUDIT])
    return incident


def open_pause() -> MailPause | None:
    """The pause that keeps all sending back, if there is one."""
    query = select(MailPause).where(MailPause.lifted_at.is_(None)).order_by(MailPause.id).limit(1)
    return db.session.scalars(query).one_or_none()


def lift_pause(account: Account, now: datetime) -> None:
    """Let the worker send again, what was held first. Without a pause nothing happens."""
    for pause in db.session.scalars(select(MailPause).where(MailPause.lifted_at.is_(None)).with_for_update()):
        pause.lifted_at, pause.lifted_by_id = now, account.id
        audit.record(account, "mail.lift_pause", pause.id)
        # Every clinic was told; nobody needs to look any more. Who lifted it stands in the pause.
        told = Concern.kind == ConcernKind.MAIL_PAUSED, Concern.key == pause_key(pause), Concern.handled_at.is_(None)
        db.session.execute(update(Concern).where(*told).values(handled_at=now))
    held = Delivery.channel == Channel.EMAIL, Delivery.state == DeliveryState.HELD
    db.session.execute(update(Delivery).where(*held).values(state=DeliveryState.QUEUED, next_at=now, lease_until=None))
    failpoint("after_lift")


def pause_key(pause: MailPause) -> str:
    return f"{ConcernKind.MAIL_PAUSED}:{pause.id}"


def one_address(typed: str) -> str:
    """The one e-mail address in `typed`, as the mail server gets it and as staff should see it: domain in punycode.

    Raises:
        NotAllowed: for a list, a name beside the address, line breaks, or anything else that is no address.
    """
    try:
        return recipients.one_address(typed)
    except recipients.BadAddress as error:
        raise NotAllowed(str(error)) from error


def masked(recipient: str) -> str:
    """Enough of an address to recognise it: "a…@post.example"."""
    name, _, domain = recipient.rpartition("@")
    return f"{name[:1]}…@{domain}"


def still_wanted(handout: Handout, now: datetime) -> str:
    """Why `handout` should not be sent now, as a sentence for staff; empty when nothing speaks against it."""
    programme = handout.programme
    if handout.withdrawal:
        return f"Edition {handout.edition} was withdrawn."
    if programme.latest is not None and programme.latest.id != handout.id:
        return f"Edition {programme.latest.edition} has replaced edition {handout.edition}."
    if programme.ended:
        return "The programme has ended."
    if not any(addresses.usable(address, now) for address in _open_addresses(programme.id)):
        return "The patient's address is closed. Make a new one first."
    return ""


def _refuse(handout: Handout, now: datetime) -> None:
    against = still_wanted(handout, now)
    if against:
        raise NotAllowed(against)


def _add(account: Account, handout: Handout, recipient: str, *, attach_pdf: bool, key: str, now: datetime) -> Delivery:
    delivery = Delivery(
        clinic_id=handout.clinic_id,
        handout_id=handout.id,
        account_id=account.id,
        channel=Channel.EMAIL,
        at=now,
        state=DeliveryState.SCHEDULED,
        recipient=recipient,
        attach_pdf=attach_pdf,
        idempotency_key=key,
        message_id=_message_id(),
        next_at=now + CALL_BACK,
    )
    db.session.add(delivery)
    db.session.flush()
    failpoint("after_schedule_flush")
    audit.record(account, "delivery.schedule", delivery.id, f"handout {handout.id}")
    return delivery


def _message_id() -> str:
    host = urlsplit(current_app.config["CLINIC"].public_url).hostname or "localhost"
    return f"<{secrets.token_hex(16)}@{f'[{host}]' if ':' in host else host[-80:]}>"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _with_key(digest: str) -> Delivery | None:
    return db.session.scalars(select(Delivery).where(Delivery.idempotency_key == digest)).one_or_none()


def _under_way(handout: Handout, recipient: str) -> Delivery | None:
    query = select(Delivery).where(
        Delivery.handout_id == handout.id,
        Delivery.channel == Channel.EMAIL,
        Delivery.recipient == recipient,
        Delivery.state.in_(UNDER_WAY),
    )
    return db.session.scalars(query.order_by(Delivery.id).limit(1)).one_or_none()


def _open_addresses(programme_id: int) -> list[PatientAddress]:
    """The patient's own."""
    query = select(PatientAddress).where(
        PatientAddress.programme_id == programme_id,
        PatientAddress.holder == Holder.PATIENT,
        PatientAddress.revoked_at.is_(None),
    )
    return list(db.session.scalars(query))


def _waiting(programme_id: int) -> list[Delivery]:
    query = (
        select(Delivery)
        .join(Handout, Handout.id == Delivery.handout_id)
        .where(Handout.programme_id == programme_id, Delivery.state.in_(WAITING))
    )
    return list(db.session.scalars(query))


def _cancel_waiting(delivery: Delivery, why: str = "") -> bool:
    """One statement, so that either the worker has it or it is cancelled."""
    done = db.session.scalars(
        update(Delivery)
        .where(Delivery.id == delivery.id, Delivery.state.in_(WAITING))
        .values(state=DeliveryState.CANCELLED, next_at=None, lease_until=None, last_error=why)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    ).all()
    failpoint("after_cancel")
    db.session.refresh(delivery)
    return bool(done)
