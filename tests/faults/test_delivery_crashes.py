"""A worker dies at any moment: nothing is lost, nothing is said to be sent that is not, nothing goes out twice unseen.

The workers are real processes and die by SIGKILL at the named failpoints; the mail server is real too.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app import jobs, postman
from clinic_app.database import db, utc_now
from clinic_app.emails import smtp
from clinic_app.emails.settings import Mail, Security, Sender
from clinic_app.emails.smtp import Patience
from clinic_app.models import Account, Concern, Delivery, Handout, MailPause
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import deliveries, delivery_mail
from clinic_app.services import delivery_queue as queue
from tests.cast import Cast
from tests.faults.mail_peer import Peer
from tests.faults.processes import Workers
from tests.faults.world import AFTER_LEASE, KILLED, check_world, issued

ROOT = Path(__file__).resolve().parents[2]
SHORT = Patience(connect=5, step=1, before_data=1, writing=1, answer=1)

# What the mail server does -> how it ends.
ANSWERS = {
    **dict.fromkeys(["rcpt-421", "rcpt-450", "rcpt-451", "rcpt-452", "data-451", "data-452"], DeliveryState.RETRY),
    **dict.fromkeys(["rcpt-silence", "rcpt-bytes", "rcpt-reset"], DeliveryState.RETRY),
    **dict.fromkeys(["rcpt-550", "data-552", "rcpt-554", "data-550", "data-554"], DeliveryState.FAILED),
    **dict.fromkeys(["data-silence", "data-reset", "data-garbage"], DeliveryState.UNKNOWN),
    "someone": DeliveryState.ACCEPTED,
}

Ask = Callable[[str], int]


@pytest.fixture
def ask(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask for a sending of Ada's handout that is due now; its id."""
    handout = issued(app, cast, monkeypatch)

    def one(name: str) -> int:
        with app.app_context():
            delivery = deliveries.schedule(
                db.session.get_one(Account, cast.clinician),
                db.session.get_one(Handout, handout),
                recipient=f"{name}@post.example",
                attach_pdf=True,
                key=name,
                now=utc_now() - deliveries.CALL_BACK - timedelta(seconds=1),
            )
            db.session.commit()
            return delivery.id

    return one


def mail(port: int) -> Mail:
    return Mail("127.0.0.1", port, Security.NONE, Sender("", "handouts@clinic.example"))


def test_a_worker_killed_anywhere(app: Flask, peer: Peer, ask: Ask, workers: Workers) -> None:
    for failpoint, (state, received) in KILLED.items():
        key = ask(failpoint)
        assert workers.run(failpoint) == -signal.SIGKILL, f"{failpoint} was never reached"
        assert workers.run(ahead=AFTER_LEASE) == 0
        assert check_world(app, peer)[key] == state, failpoint
        with app.app_context():
            assert peer.received[db.session.get_one(Delivery, key).message_id] == received, failpoint


def test_every_failpoint_is_swept() -> None:
    """Those of the worker, and the steps of the transport, which it passes on."""
    source = {name: (ROOT / "clinic_app" / name).read_text("utf-8") for name in ("postman.py", "emails/smtp.py")}
    named = re.findall(r'failpoint\("(\w+)"\)', source["postman.py"])
    steps = re.findall(r'on_step\("(\w+)"\)', source["emails/smtp.py"])
    assert named
    assert steps
    assert {*named, *steps} == set(KILLED)


def test_a_sending_that_kills_three_workers_is_given_up(app: Flask, peer: Peer, ask: Ask, workers: Workers) -> None:
    key = ask("poison")
    for death in range(3):
        assert workers.run("after_compose", ahead=death * AFTER_LEASE) == -signal.SIGKILL
    assert workers.run(ahead=3 * AFTER_LEASE) == 0
    assert check_world(app, peer)[key] == DeliveryState.FAILED


def test_two_workers_share_the_work(app: Flask, peer: Peer, ask: Ask, workers: Workers) -> None:
    keys = [ask(f"patient{number}") for number in range(8)]
    killed = workers.start("mail")
    both = [workers.start(), workers.start()]
    assert workers.wait(killed) == -signal.SIGKILL
    assert [workers.wait(each) for each in both] == [0, 0]
    assert workers.run(ahead=AFTER_LEASE) == 0
    states = check_world(app, peer)
    assert [states[key] for key in keys] == [DeliveryState.ACCEPTED] * len(keys)


def test_every_answer_of_a_mail_server(app: Flask, peer: Peer, ask: Ask) -> None:
    keys = {name: ask(name) for name in ANSWERS}
    with app.app_context():
        postman.work(_post(peer, SHORT))
    states = check_world(app, peer)
    assert {name: states[key] for name, key in keys.items()} == ANSWERS
    with app.app_context():
        temporary = db.session.scalars(select(Delivery).where(Delivery.state == DeliveryState.RETRY))
        assert all(row.data_at is None and row.next_at and row.last_error for row in temporary)


def test_a_refused_sign_in_stops_everything_and_is_told_once(app: Flask, peer: Peer, ask: Ask) -> None:
    first, second = ask("rcpt-535"), ask("someone")
    with app.app_context():
        assert postman.work(_post(peer)) == 1
    states = check_world(app, peer)
    assert (states[first], states[second]) == (DeliveryState.HELD, DeliveryState.SCHEDULED)
    with app.app_context():
        assert [each.kind for each in db.session.scalars(select(Concern))] == [ConcernKind.MAIL_PAUSED]
        assert len(db.session.scalars(select(MailPause)).all()) == 1


def test_a_worker_whose_lease_ran_out_sends_nothing(app: Flask, peer: Peer, ask: Ask) -> None:
    """Stopped after RCPT for longer than the lease. Another worker has sent it when it wakes up."""
    key = ask("someone")
    with app.app_context():
        quick = _post(peer)
        woken: list[str] = []

        def slow(message: EmailMessage, on_data: Callable[[], None]) -> None:
            def after_a_long_sleep() -> None:
                later = utc_now() + timedelta(minutes=AFTER_LEASE)
                with app.app_context():
                    postman.sweep(later)
                    postman.work(postman.Post(quick.compose, quick.send, lambda: later))
                woken.append("late")
                on_data()

            smtp.send(message, mail(peer.port), after_a_long_sleep)

        assert postman.work(postman.Post(quick.compose, slow)) == 1
    assert woken == ["late"]
    assert check_world(app, peer)[key] == DeliveryState.ACCEPTED


def test_a_message_of_the_queue_that_is_lost_loses_nothing(app: Flask, peer: Peer, ask: Ask) -> None:
    key = ask("someone")  # nobody calls `wake`
    app.config["CLINIC"] = replace(app.config["CLINIC"], mail=mail(peer.port))
    with app.app_context():
        jobs.sweep()
    assert check_world(app, peer)[key] == DeliveryState.ACCEPTED


def _post(peer: Peer, patience: Patience | None = None) -> postman.Post:
    def compose(claimed: queue.Claimed) -> EmailMessage:
        return delivery_mail.message(claimed, mail(peer.port).sender, utc_now())

    def send(message: EmailMessage, on_data: Callable[[], None]) -> None:
        smtp.send(message, mail(peer.port), on_data, patience=patience)

    return postman.Post(compose, send)
