"""The worker's round: what is asked before anything goes out, and what a fault of ours does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app import jobs, postman
from clinic_app.database import db
from clinic_app.emails.handout_mail import BadMail
from clinic_app.emails.outcome import Temporary
from clinic_app.emails.settings import MailFolder, Sender
from clinic_app.models import Account, Delivery, Handout
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import addresses, deliveries, delivery_mail, handouts
from clinic_app.services.delivery_queue import Claimed
from clinic_app.services.printing import store
from tests.cast import Cast
from tests.issuing import NOW, Issued, edition_two

DUE = NOW + deliveries.CALL_BACK
SENDER = Sender("", "handouts@clinic.example")


@dataclass
class Round:
    """A worker with a mail server that does as `server` says."""

    clara: Account
    handout: Handout
    sent: list[EmailMessage] = field(default_factory=list)
    again: list[datetime] = field(default_factory=list)

    def work(self, server: Callable[[], None] = lambda: None, before: Callable[[], None] = lambda: None) -> str:
        def send(message: EmailMessage, on_data: Callable[[], None]) -> None:
            before()
            on_data()
            server()
            self.sent.append(message)

        def compose(claimed: Claimed) -> EmailMessage:
            return delivery_mail.message(claimed, SENDER, DUE)

        return self.run(postman.Post(compose, send, lambda: DUE))

    def run(self, post: postman.Post) -> str:
        postman.work(post, again=lambda _key, at: self.again.append(at))
        db.session.expire_all()
        return self.delivery.state

    @property
    def delivery(self) -> Delivery:
        return db.session.scalars(select(Delivery)).one()


@pytest.fixture
def turn(app: Flask, cast: Cast, issued: Issued) -> Iterator[Round]:
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handout = db.session.get_one(Handout, issued.id)
        deliveries.schedule(clara, handout, recipient="ada@post.example", attach_pdf=True, key="k", now=NOW)
        db.session.commit()
        yield Round(clara, handout)


def fail(error: Exception) -> Callable[[], None]:
    def now() -> None:
        raise error

    return now


def test_the_message_is_the_patients(turn: Round) -> None:
    assert turn.work() == DeliveryState.ACCEPTED
    (message,) = turn.sent
    assert message["To"] == "ada@post.example"
    assert message["Message-ID"] == turn.delivery.message_id
    (attached,) = message.iter_attachments()
    assert attached.get_content() == store().get(turn.handout.pdf)
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    address = addresses.present(turn.handout.programme)
    assert addresses.url(address) in text.replace("\n", "")
    assert "Hello Ada," in text
    assert "01632 960 123" in text
    assert "Example" not in f"{message['Subject']}{text}"


def test_the_greeting_is_never_the_full_name() -> None:
    names = {"Ada Example": "Ada", "Mrs Example": "", "Dr. Ada Example": "", "Ada": "", "": ""}
    assert {name: delivery_mail.called(name) for name in names} == names


def test_a_new_edition_says_what_changed(turn: Round) -> None:
    programme = turn.handout.programme
    row = programme.exercises[0]
    programme.rows.remove(row)
    newer = edition_two(turn.clara, programme)
    deliveries.schedule(turn.clara, newer, recipient="bea@post.example", attach_pdf=False, key="2", now=NOW)
    db.session.commit()
    postman.work(postman.Post(lambda each: delivery_mail.message(each, SENDER, DUE), _keep(turn), lambda: DUE))
    (message,) = turn.sent
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert row.exercise.name in text
    assert "Example" not in text


def test_what_changed_meanwhile_cancels_it_with_words(turn: Round) -> None:
    handouts.withdraw(turn.clara, turn.handout, "wrong side")
    db.session.commit()
    assert turn.work() == DeliveryState.CANCELLED
    assert "withdrawn" in turn.delivery.last_error
    assert turn.sent == []


def test_an_address_closed_in_the_last_second_keeps_it_here(turn: Round) -> None:
    """Composed already, the recipient accepted: the last question is asked in the transaction before DATA."""

    def close() -> None:
        addresses.revoke(turn.clara, addresses.present(turn.handout.programme), DUE)
        db.session.commit()

    assert turn.work(before=close) == DeliveryState.CANCELLED
    assert turn.sent == []
    assert turn.delivery.data_at is None


def test_what_cannot_be_composed_has_failed(turn: Round) -> None:
    def compose(_claimed: Claimed) -> EmailMessage:
        raise BadMail("The PDF is too large for an e-mail.")

    assert turn.run(postman.Post(compose, _keep(turn), lambda: DUE)) == DeliveryState.FAILED
    assert turn.delivery.last_error == "The PDF is too large for an e-mail."


def test_a_fault_of_ours_names_nobody_and_is_tried_later(turn: Round, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert turn.work(before=fail(KeyError("ada@post.example"))) == DeliveryState.QUEUED
    assert turn.delivery.next_at == DUE + timedelta(minutes=5)
    assert "KeyError" in caplog.text
    assert "ada" not in caplog.text.lower()


def test_a_fault_of_ours_after_data_is_uncertain(turn: Round) -> None:
    assert turn.work(fail(RuntimeError("whatever"))) == DeliveryState.UNKNOWN


def test_the_queue_is_told_when_to_try_again(turn: Round) -> None:
    assert turn.work(fail(Temporary("450"))) == DeliveryState.RETRY
    assert turn.again == [turn.delivery.next_at]


def test_a_folder_of_the_demo_is_no_mail_server(turn: Round, app: Flask, tmp_path: Path) -> None:
    """Only a demo clinic's mail goes there; a real patient's is cancelled with words, not shown as accepted."""
    app.config["CLINIC"] = replace(app.config["CLINIC"], mail=MailFolder(tmp_path / "mailbox", SENDER))
    post = postman.for_app()
    assert post
    assert turn.run(replace(post, clock=lambda: DUE)) == DeliveryState.CANCELLED
    assert "demo mailbox" in turn.delivery.last_error
    assert not (tmp_path / "mailbox").exists()
    turn.clara.clinic.is_demo = True
    again = deliveries.schedule(turn.clara, turn.handout, recipient="a@b.example", attach_pdf=False, key="2", now=NOW)
    db.session.commit()
    postman.work(replace(post, clock=lambda: DUE))
    assert db.session.get_one(Delivery, again.id, populate_existing=True).state == DeliveryState.ACCEPTED
    assert len(list((tmp_path / "mailbox").glob("*.eml"))) == 1


def test_without_settings_nothing_is_taken(turn: Round) -> None:
    assert postman.for_app() is None
    jobs.sweep()
    assert turn.delivery.state in {DeliveryState.SCHEDULED, DeliveryState.QUEUED}


def test_no_transaction_is_open_while_the_mail_server_is_spoken_to(turn: Round) -> None:
    def look() -> None:
        assert not db.session().in_transaction()

    assert turn.work(server=look, before=look) == DeliveryState.ACCEPTED


def _keep(turn: Round) -> postman.Send:
    def send(message: EmailMessage, on_data: Callable[[], None]) -> None:
        on_data()
        turn.sent.append(message)

    return send
