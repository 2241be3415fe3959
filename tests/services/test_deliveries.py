"""What staff do with sendings: asked for once, called back in time, and never to a patient who should not have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.errors import NotAllowed, NotFound
from clinic_app.models import Account, AuditEvent, Concern, Delivery, Handout, Incident, MailPause, PatientAddress
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import Channel, DeliveryState
from clinic_app.services import addresses, calendar_feeds, concerns, deliveries, handouts
from clinic_app.services import delivery_queue as queue
from tests.cast import Cast
from tests.issuing import NOW, Issued, edition_two

ADA = "ada@post.example"
LATER = NOW + deliveries.CALL_BACK


@dataclass(frozen=True, slots=True)
class Desk:
    """Clara with an issued handout of Ada's before her."""

    clara: Account
    handout: Handout
    cast: Cast

    def send(self, recipient: str = ADA, key: str = "one click") -> Delivery:
        made = deliveries.schedule(self.clara, self.handout, recipient=recipient, attach_pdf=False, key=key, now=NOW)
        db.session.commit()
        return made


@pytest.fixture
def desk(app: Flask, cast: Cast, issued: Issued) -> Iterator[Desk]:
    with app.app_context():
        yield Desk(db.session.get_one(Account, cast.clinician), db.session.get_one(Handout, issued.id), cast)


def events(action: str) -> int:
    return db.session.scalars(select(func.count(AuditEvent.id)).where(AuditEvent.action == action)).one()


def set_state(delivery: Delivery, state: DeliveryState) -> None:
    delivery.state = state
    db.session.commit()


def test_a_sending_waits_a_minute_and_has_its_own_name(desk: Desk) -> None:
    delivery = desk.send(f" {ADA} ")
    assert (delivery.channel, delivery.state, delivery.recipient) == (Channel.EMAIL, DeliveryState.SCHEDULED, ADA)
    assert delivery.next_at == NOW + timedelta(seconds=60)
    assert re.fullmatch(r"<[0-9a-f]{32}@handouts\.example>", delivery.message_id)
    assert events("delivery.schedule") == 1
    other = desk.send("other@post.example")
    assert other.message_id != delivery.message_id


def test_a_second_click_finds_the_first_row(desk: Desk) -> None:
    first = desk.send()
    assert desk.send().id == first.id
    assert desk.send(key="another tab").id == first.id, "while it is under way"
    set_state(first, DeliveryState.ACCEPTED)
    assert desk.send().id == first.id, "the old form once more"
    assert desk.send(key="asked for again").id != first.id


def test_a_cancelled_sending_can_be_asked_for_again(desk: Desk) -> None:
    first = desk.send()
    deliveries.cancel(desk.clara, first)
    assert desk.send(key="again").id != first.id


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "a@b",
        f"{ADA},eve@post.example",
        f"{ADA};eve@post.example",
        f"{ADA} eve@post.example",
        f"Ada <{ADA}>",
        f"{ADA}\r\nBcc: eve@post.example",
        f"{ADA}\n",
        "=?utf-8?q?a=0d=0aBcc:_x?=@post.example",
        f"{'a' * 250}@post.example",
        "ada@pоst.example",  # the first o is Cyrillic
        "ada\0@post.example",
    ],
)
def test_only_one_whole_address_is_taken(typed: str) -> None:
    with pytest.raises(NotAllowed):
        deliveries.one_address(typed)


def test_letters_of_other_alphabets_are_shown_as_the_mail_server_reads_them() -> None:
    assert deliveries.one_address("ada@роѕт.example").startswith("ada@xn--")
    assert deliveries.masked("ada@post.example") == "a…@post.example"


def test_what_the_patient_should_not_have_is_not_sent(desk: Desk) -> None:
    newer = edition_two(desk.clara, desk.handout.programme)
    with pytest.raises(NotAllowed, match="has replaced edition 1"):
        desk.send()
    second = replace(desk, handout=newer)
    newer.programme.ended = True
    with pytest.raises(NotAllowed, match="ended"):
        second.send()
    newer.programme.ended = False
    handouts.withdraw(desk.clara, newer, "wrong side")
    with pytest.raises(NotAllowed, match="withdrawn"):
        second.send()


def test_without_one_address_at_either_end_nothing_is_sent(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="one e-mail address"):
        desk.send(f"{ADA},eve@post.example")
    addresses.revoke(desk.clara, addresses.present(desk.handout.programme), NOW)
    with pytest.raises(NotAllowed, match="address is closed"):
        desk.send()
    addresses.create(desk.handout.programme)
    desk.send()


def test_the_neighbours_cannot_send_it(desk: Desk) -> None:
    nora = db.session.get_one(Account, desk.cast.neighbour)
    with pytest.raises(NotFound):
        deliveries.schedule(nora, desk.handout, recipient=ADA, attach_pdf=False, key="k", now=NOW)


def test_what_nobody_holds_is_called_back(desk: Desk) -> None:
    for number, state in enumerate(deliveries.WAITING):
        delivery = desk.send(key=f"click {number}")
        set_state(delivery, state)
        for _ in range(2):  # a press whose answer was lost is sent again
            deliveries.cancel(desk.clara, delivery)
        db.session.commit()
        assert delivery.state == DeliveryState.CANCELLED
        assert queue.claim(LATER) is None
    assert events("delivery.cancel") == len(deliveries.WAITING)


def test_what_is_on_its_way_is_not_called_back(desk: Desk) -> None:
    delivery = desk.send()
    for state in (DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.UNKNOWN):
        set_state(delivery, state)
        with pytest.raises(NotAllowed):
            deliveries.cancel(desk.clara, delivery)
        assert delivery.state == state


def test_sending_again_is_a_new_row(desk: Desk) -> None:
    for state in deliveries.AGAIN:
        delivery = desk.send(f"{state}@post.example")
        concerns.raise_once(delivery.clinic_id, ConcernKind.FAILED, f"{state}", "It failed.", delivery=delivery)
        set_state(delivery, state)
        again = deliveries.resend(desk.clara, delivery, LATER)
        db.session.commit()
        assert again.id != delivery.id
        assert (again.state, again.recipient) == (DeliveryState.SCHEDULED, delivery.recipient)
        assert again.next_at == LATER + deliveries.CALL_BACK
        assert again.message_id != delivery.message_id
        assert delivery.state == (DeliveryState.CANCELLED if state == DeliveryState.HELD else state)
        assert concerns.open_ones(desk.clara) == []
        assert deliveries.resend(desk.clara, delivery, LATER).id == again.id, "a second click"


def test_only_what_did_not_arrive_for_certain_is_sent_again(desk: Desk) -> None:
    delivery = desk.send()
    for state in (DeliveryState.SCHEDULED, DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.CANCELLED):
        set_state(delivery, state)
        with pytest.raises(NotAllowed):
            deliveries.resend(desk.clara, delivery, LATER)


def test_a_withdrawn_edition_is_not_sent_again(desk: Desk) -> None:
    delivery = desk.send()
    set_state(delivery, DeliveryState.FAILED)
    handouts.withdraw(desk.clara, desk.handout, "wrong side")
    with pytest.raises(NotAllowed, match="withdrawn"):
        deliveries.resend(desk.clara, delivery, LATER)


def test_what_came_back_is_noted_once(desk: Desk) -> None:
    delivery = desk.send()
    with pytest.raises(NotAllowed, match="left"):
        deliveries.note_returned(desk.clara, delivery, NOW)
    set_state(delivery, DeliveryState.ACCEPTED)
    deliveries.note_returned(desk.clara, delivery, NOW)
    deliveries.note_returned(desk.clara, delivery, LATER)
    db.session.commit()
    assert delivery.returned_at == NOW
    assert events("delivery.returned") == 1


def test_the_wrong_person_closes_the_address_and_stops_what_waits(desk: Desk) -> None:
    sent, waiting = desk.send(), desk.send("other@post.example")
    set_state(sent, DeliveryState.ACCEPTED)
    incident = deliveries.wrong_person(desk.clara, sent, " a neighbour opened it ", NOW)
    again = deliveries.wrong_person(desk.clara, sent, "twice", LATER)
    db.session.commit()
    assert again.id == incident.id
    assert (incident.what, incident.account_id) == ("a neighbour opened it", desk.clara.id)
    assert db.session.scalars(select(PatientAddress.revoked_at)).all() == [NOW]
    assert waiting.state == DeliveryState.CANCELLED
    assert "wrong person" in waiting.last_error
    assert db.session.scalars(select(func.count(Incident.id))).one() == 1
    assert events("delivery.wrong_person") == 1


def test_the_wrong_person_may_have_asked_for_a_carers_address_too(desk: Desk) -> None:
    """One from before the e-mail was not in it. One from since then goes, with the calendar that was made of it."""
    programme = desk.handout.programme
    before, since = (addresses.for_carer(desk.clara, programme, name) for name in ("Carol", "Nobody"))
    before.created_at, since.created_at = NOW - timedelta(seconds=1), NOW
    own, theirs, kept = (calendar_feeds.switch_on(each, NOW) for each in (addresses.present(programme), since, before))
    sent = desk.send()
    set_state(sent, DeliveryState.ACCEPTED)
    assert addresses.made_since(programme, sent.at) == [since]
    incident = deliveries.wrong_person(desk.clara, sent, "", LATER)
    db.session.commit()
    assert (before.revoked_at, since.revoked_at) == (None, LATER)
    assert addresses.carers_closed_at(programme, incident.at) == [since]
    assert [calendar_feeds.usable(feed, LATER) for feed in (own, theirs, kept)] == [False, False, True]
    noted = db.session.scalars(select(AuditEvent.note).where(AuditEvent.action == "delivery.wrong_person")).one()
    assert noted == f"incident {incident.id}, carers' addresses {since.id}"


def test_lifting_the_pause_sends_what_was_held(desk: Desk) -> None:
    delivery = desk.send()
    claimed = queue.claim(LATER)
    assert claimed
    queue.pause(claimed, "The mail server refuses our password.", LATER)
    db.session.commit()
    assert deliveries.open_pause() is not None
    deliveries.lift_pause(desk.clara, LATER)
    deliveries.lift_pause(desk.clara, LATER)
    db.session.commit()
    assert deliveries.open_pause() is None
    assert db.session.scalars(select(MailPause.lifted_by_id)).all() == [desk.clara.id]
    assert db.session.scalars(select(Concern).where(Concern.handled_at.is_(None))).all() == []
    assert events("mail.lift_pause") == 1
    held = queue.claim(LATER)
    assert held
    assert held.id == delivery.id
