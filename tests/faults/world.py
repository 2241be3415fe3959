"""Where a worker and the web process may die, and what must hold of rows and messages after any fault."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic_app.database import db, utc_now
from clinic_app.models import (
    Account,
    AuditEvent,
    Concern,
    Delivery,
    Handout,
    Incident,
    MailPause,
    Patient,
    PatientAddress,
    Programme,
)
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import handouts, programme_edits, programmes
from tests.builder import exercise
from tests.cast import Cast
from tests.faults.mail_peer import Peer
from tests.sending import plain_pages

ADDRESS = "someone@post.example"  # Ada's; the mail server takes what comes for it
CALLED_BACK_NO_MORE = 2.0  # minutes
AFTER_LEASE = 16.0

# What is pressed -> where the web process dies with nothing kept, and where with everything kept, in the order of the
# way. Issuing first saves what was typed: where it dies with that kept and no edition stands before the other two.
ISSUE = (
    ("before_save_commit", "after_save_commit", "after_render", "after_store", "after_prepare"),
    ("after_issue_flush", "before_issue_commit"),
    ("after_issue_commit",),
)
SEND = ("after_schedule_flush", "before_schedule_commit"), ("after_schedule_commit", "after_wake")
AGAIN = ("after_cancel", *SEND[0]), SEND[1]
CANCEL = ("after_cancel", "before_note_commit"), ("after_note_commit",)
WRONG = ("after_revoke", "after_cancel", "before_wrong_person_commit"), ("after_wrong_person_commit",)
RESUME = ("after_lift",), ()
PRESSED = {name for points in (*ISSUE, *SEND, *AGAIN, *CANCEL, *WRONG, *RESUME) for name in points}

# Where the worker dies -> how it ends, once another worker has come by, and whether the patient has it.
KILLED = {
    "before_claim": (DeliveryState.ACCEPTED, 1),
    "before_claim_commit": (DeliveryState.ACCEPTED, 1),
    "after_claim": (DeliveryState.ACCEPTED, 1),
    "after_compose": (DeliveryState.ACCEPTED, 1),
    "connect": (DeliveryState.ACCEPTED, 1),
    "mail": (DeliveryState.ACCEPTED, 1),
    "rcpt": (DeliveryState.ACCEPTED, 1),
    "before_data_commit": (DeliveryState.ACCEPTED, 1),
    "after_data_commit": (DeliveryState.UNKNOWN, 0),
    "data": (DeliveryState.UNKNOWN, 0),
    "content": (DeliveryState.UNKNOWN, 0),
    "answered": (DeliveryState.UNKNOWN, 1),
    "before_outcome_commit": (DeliveryState.UNKNOWN, 1),
    "after_outcome_commit": (DeliveryState.ACCEPTED, 1),
}


def check_world(app: Flask, peer: Peer) -> dict[int, DeliveryState]:
    """What must hold after any fault, once another worker has come by. The state of each sending."""
    with app.app_context():
        rows = db.session.scalars(select(Delivery)).all()
        told = {(each.delivery_id, each.kind) for each in db.session.scalars(select(Concern))}
        for row in rows:
            got = peer.received[row.message_id]
            match row.state:
                case DeliveryState.ACCEPTED:
                    assert got == 1, f"{row.recipient} is shown as accepted and came {got} times"
                case DeliveryState.UNKNOWN:
                    assert got <= 1, f"{row.recipient} came {got} times"
                    assert (row.id, ConcernKind.UNKNOWN) in told, f"nobody is told of {row.recipient}"
                case DeliveryState.FAILED:
                    assert got == 0, f"{row.recipient} is shown as failed and came"
                    assert (row.id, ConcernKind.FAILED) in told, f"nobody is told of {row.recipient}"
                case DeliveryState.CANCELLED:
                    assert got == 0, f"{row.recipient} was cancelled and came"
                case DeliveryState.PRINTED:
                    assert got == 0, "a printing came as an e-mail"
                case _:
                    assert got == 0, f"{row.recipient} came and is to be sent again"
                    assert row.state != DeliveryState.SENDING, f"{row.recipient} was left lying"
                    assert row.next_at or row.state == DeliveryState.HELD, f"{row.recipient} is lost"
        assert set(peer.received) <= {row.message_id for row in rows}, "something came that nobody asked for"
        assert all(len(each) == 1 for each in peer.recipients)
        return {row.id: DeliveryState(row.state) for row in rows}


def bridge(app: Flask, cast: Cast) -> int:
    """A draft for Ada with one exercise."""
    with app.app_context():
        clara, ada = db.session.get_one(Account, cast.clinician), db.session.get_one(Patient, cast.patient)
        programme = programmes.start(clara, ada, None, utc_now())
        programme_edits.add(clara, programme, exercise(clara.clinic_id, "bridge"))
        db.session.commit()
        return programme.id


def issued(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """An edition for Ada, whose pages nobody looks at."""
    plain_pages(monkeypatch)
    key = bridge(app, cast)
    with app.app_context():
        clara, programme = db.session.get_one(Account, cast.clinician), db.session.get_one(Programme, key)
        handout = handouts.issue(clara, handouts.prepare(clara, programme, utc_now()), "one click", utc_now())
        db.session.commit()
        return handout.id


def kept(app: Flask) -> dict[str, object]:
    """What the rows say, as far as a press of these buttons changes them."""
    with app.app_context():
        closed = select(PatientAddress.id).where(PatientAddress.revoked_at.is_not(None)).order_by(PatientAddress.id)
        paused = select(func.count(MailPause.id)).where(MailPause.lifted_at.is_(None))
        return {
            "editions": db.session.scalars(select(func.count(Handout.id))).one(),
            "incidents": db.session.scalars(select(func.count(Incident.id))).one(),
            "given_out": tuple(db.session.scalars(select(Delivery.state).order_by(Delivery.id))),
            "noted": tuple(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))),
            "closed": tuple(db.session.scalars(closed)),
            "paused": db.session.scalars(paused).one(),
        }


def mail(app: Flask) -> Delivery:
    """The sending that was asked for last."""
    with app.app_context():
        return db.session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
