"""The worker's round: take a sending, compose it, hand it to the mail server, note the answer.

Where a transaction ends matters here more than anywhere. The claim is committed before the work, "the message goes
out next" before DATA, and the answer at once: whenever this process dies, the rows say what can be known.
No transaction is open while the mail server is spoken to, so a slow one holds up nobody's saving.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from flask import current_app

from clinic_app.database import db, reading, utc_now
from clinic_app.emails import settings, transport
from clinic_app.emails.outcome import Permanent, Temporary, Uncertain, WrongPassword
from clinic_app.errors import ServiceError
from clinic_app.failpoints import failpoint
from clinic_app.services import delivery_mail
from clinic_app.services import delivery_queue as queue
from clinic_app.services.delivery_queue import Claimed, LeaseLost

Clock = Callable[[], datetime]
Compose = Callable[[Claimed], EmailMessage]
Send = Callable[[EmailMessage, Callable[[], None]], None]
Told = Callable[[int, datetime], None]

log = logging.getLogger(__name__)


class NotWanted(Exception):
    """It should not be sent any more; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Post:
    """How a message comes about and how it leaves."""

    compose: Compose
    send: Send
    clock: Clock = utc_now


def for_app() -> Post | None:
    """The post of the present application, by its settings; None when e-mail is not set up."""
    mail = current_app.config["CLINIC"].mail
    if mail is None:
        return None

    def send(message: EmailMessage, on_data: Callable[[], None]) -> None:
        transport.send(message, mail, on_data, failpoint)

    def compose(claimed: Claimed) -> EmailMessage:
        state = settings.state(mail, is_demo=delivery_mail.is_of_demo(claimed))
        if not state.can_send:  # a folder that no patient reads must not look like a mail server
            raise NotWanted(state.words)
        return delivery_mail.message(claimed, mail.sender, utc_now())

    return Post(compose, send)


def sweep(now: datetime) -> None:
    """Put right what dead workers left behind."""
    queue.sweep(now)
    db.session.commit()


def work(post: Post, *, again: Told | None = None) -> int:
    """Send everything that is due now; how many were taken. `again` is told when one is to be tried once more."""
    count = 0
    while work_one(post, again=again):
        count += 1
    return count


def work_one(post: Post, *, again: Told | None = None) -> bool:
    """Take one sending that is due and bring it as far as it goes. Whether there was one."""
    failpoint("before_claim")
    claimed = queue.claim(post.clock())
    failpoint("before_claim_commit")
    db.session.commit()
    if claimed is None:
        return False
    failpoint("after_claim")
    try:
        _send(claimed, post, again)
    except LeaseLost:
        db.session.rollback()
        log.warning("delivery %s is in other hands by now", claimed.id)
    return True


def _send(claimed: Claimed, post: Post, again: Told | None) -> None:
    went_out = False

    def on_data() -> None:
        nonlocal went_out
        _ask(claimed, post)  # once more: a withdrawal may be seconds old
        queue.mark_data(claimed, post.clock())
        failpoint("before_data_commit")
        db.session.commit()
        went_out = True
        failpoint("after_data_commit")

    try:
        with reading():
            _ask(claimed, post)
            message = post.compose(claimed)
        failpoint("after_compose")
        post.send(message, on_data)
        queue.accepted(claimed, post.clock())
        failpoint("before_outcome_commit")
        db.session.commit()
    except LeaseLost:
        raise
    except Exception as error:  # noqa: BLE001 - whatever happens with one message must not stop the others
        db.session.rollback()
        next_at = _note(claimed, error, post.clock(), went_out=went_out)
        failpoint("before_outcome_commit")
        db.session.commit()
        if again and next_at:
            again(claimed.id, next_at)
    failpoint("after_outcome_commit")


def _ask(claimed: Claimed, post: Post) -> None:
    why = queue.against(claimed, post.clock())
    if why:
        raise NotWanted(why)


def _note(claimed: Claimed, error: Exception, now: datetime, *, went_out: bool) -> datetime | None:
    """Note what `error` means for the sending. When it is tried again, if it is."""
    match error:
        case NotWanted():
            queue.cancelled(claimed, str(error))
        case WrongPassword():
            queue.pause(claimed, str(error), now)
        case Temporary():
            return queue.retry(claimed, str(error), now)
        case Uncertain():
            queue.unknown(claimed, str(error))
        case Permanent():
            queue.failed(claimed, str(error))
        case ServiceError() if not went_out:
            queue.failed(claimed, str(error))  # it cannot be composed, and never will be
        case _:
            # Its words may hold an address or a name; the kind of error does not.
            log.error("delivery %s met %s", claimed.id, type(error).__name__)
            if went_out:
                queue.unknown(claimed, "A fault of this service while the message went out.")
            else:
                queue.put_back(claimed, f"A fault of this service ({type(error).__name__}).", now)
    return None
