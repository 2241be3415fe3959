"""The rows under the worker's hands: one worker at a time, and what each outcome writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, Clinic, Concern, Delivery, Handout, MailPause
from clinic_app.models.concern import ConcernKind
from clinic_app.models.delivery import Channel, DeliveryState
from clinic_app.services import deliveries
from clinic_app.services import delivery_queue as queue
from clinic_app.services.delivery_queue import Claimed, LeaseLost
from tests.cast import Cast
from tests.issuing import NOW, Issued

DUE = NOW + deliveries.CALL_BACK
EXPIRED = DUE + queue.LEASE
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outbox:
    clara: Account
    handout: Handout
    cast: Cast

    def add(self, name: str = "ada", now: datetime = NOW) -> Delivery:
        made = deliveries.schedule(
            self.clara, self.handout, recipient=f"{name}@post.example", attach_pdf=True, key=name, now=now
        )
        db.session.commit()
        return made


@pytest.fixture
def outbox(app: Flask, cast: Cast, issued: Issued) -> Iterator[Outbox]:
    with app.app_context():
        yield Outbox(db.session.get_one(Account, cast.clinician), db.session.get_one(Handout, issued.id), cast)


def taken(now: datetime = DUE) -> Claimed:
    claimed = queue.claim(now)
    db.session.commit()
    assert claimed
    return claimed


def row(claimed: Claimed) -> Delivery:
    db.session.commit()
    db.session.expire_all()
    return db.session.get_one(Delivery, claimed.id)


def told() -> list[str]:
    return list(db.session.scalars(select(Concern.kind).order_by(Concern.id)))


def test_only_what_is_due_is_taken_and_only_once(outbox: Outbox) -> None:
    later, first = outbox.add("later", NOW + MINUTE), outbox.add()
    assert queue.claim(DUE - timedelta(seconds=1)) is None
    claimed = taken()
    assert (claimed.id, claimed.fence, claimed.attempts) == (first.id, 1, 1)
    assert (claimed.recipient, claimed.attach_pdf, claimed.message_id) == ("ada@post.example", True, first.message_id)
    held = row(claimed)
    assert (held.state, held.lease_until) == (DeliveryState.SENDING, DUE + queue.LEASE)
    assert queue.claim(DUE) is None
    assert taken(DUE + MINUTE).id == later.id
    assert queue.claim(EXPIRED + MINUTE) is None, "an expired lease goes through the sweep, which counts the death"


def test_a_printing_is_never_taken(outbox: Outbox) -> None:
    printing = outbox.add()
    printing.channel = Channel.PRINT
    db.session.commit()
    assert queue.claim(DUE) is None
    assert queue.oldest_due(DUE) is None


def test_the_health_of_the_service_sees_what_waits(outbox: Outbox) -> None:
    outbox.add()
    assert queue.oldest_due(DUE + MINUTE) == DUE


def test_accepted(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken()
    queue.mark_data(claimed, DUE + MINUTE)
    assert row(claimed).data_at == DUE + MINUTE
    assert row(claimed).lease_until == DUE + MINUTE + queue.LEASE, "the server gets ten minutes from here"
    queue.accepted(claimed, DUE + 2 * MINUTE)
    after = row(claimed)
    assert (after.state, after.accepted_at, after.next_at) == (DeliveryState.ACCEPTED, DUE + 2 * MINUTE, None)
    assert told() == []


def test_temporary_answers_are_tried_again_with_growing_patience(outbox: Outbox) -> None:
    outbox.add()
    now, waited = DUE, []
    while True:
        claimed = taken(now)
        queue.mark_data(claimed, now)
        next_at = queue.retry(claimed, "450 later\r\nplease", now, chance=0.0)
        after = row(claimed)
        if next_at is None:
            break
        assert (after.state, after.next_at, after.data_at) == (DeliveryState.RETRY, next_at, None)
        assert after.last_error == "450 later  please"
        assert queue.claim(next_at - timedelta(seconds=1)) is None
        waited.append((next_at - now) // MINUTE)
        now = next_at
    assert waited[:6] == [1, 5, 15, 60, 60, 60]
    assert set(waited[6:]) == {60}
    assert queue.GIVE_UP <= now - NOW < queue.GIVE_UP + timedelta(hours=1)
    assert after.state == DeliveryState.FAILED
    assert told() == [ConcernKind.FAILED]


def test_many_that_failed_together_do_not_come_back_together(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken()
    assert queue.retry(claimed, "450", DUE, chance=0.5) == DUE + 1.1 * MINUTE


def test_after_a_long_standstill_one_temporary_answer_is_not_the_end(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken(DUE + 2 * queue.GIVE_UP)
    assert queue.retry(claimed, "450", DUE + 2 * queue.GIVE_UP) is not None


def test_refused_for_good(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken()
    queue.failed(claimed, "x" * 400)
    after = row(claimed)
    assert (after.state, len(after.last_error)) == (DeliveryState.FAILED, 300)
    concern = db.session.scalars(select(Concern)).one()
    assert (concern.kind, concern.delivery_id) == (ConcernKind.FAILED, after.id)
    assert concern.programme_id == outbox.handout.programme_id
    assert "ada" not in concern.words.lower()
    assert queue.claim(EXPIRED) is None


def test_without_an_answer_nobody_sends_it_again(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken()
    queue.mark_data(claimed, DUE)
    queue.unknown(claimed, "no answer")
    assert row(claimed).state == DeliveryState.UNKNOWN
    assert told() == [ConcernKind.UNKNOWN]
    queue.sweep(EXPIRED + MINUTE)
    db.session.commit()
    assert queue.claim(EXPIRED + MINUTE) is None


def test_a_dead_worker_before_data(outbox: Outbox) -> None:
    outbox.add()
    for death in range(1, queue.MOST_DEATHS + 1):
        now = DUE + death * queue.LEASE
        claimed = taken(now - queue.LEASE)
        queue.sweep(now - timedelta(seconds=1))
        assert row(claimed).state == DeliveryState.SENDING, "the lease still runs"
        queue.sweep(now)
        after = row(claimed)
        assert after.deaths == death
        with pytest.raises(LeaseLost):
            queue.mark_data(claimed, now)
        if death < queue.MOST_DEATHS:
            assert (after.state, after.next_at) == (DeliveryState.QUEUED, now)
    assert after.state == DeliveryState.FAILED
    assert told() == [ConcernKind.FAILED]


def test_a_dead_worker_after_data(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken()
    queue.mark_data(claimed, DUE)
    db.session.commit()
    queue.sweep(EXPIRED)
    assert row(claimed).state == DeliveryState.UNKNOWN
    assert told() == [ConcernKind.UNKNOWN]
    with pytest.raises(LeaseLost):  # it was not dead but slow: what staff were told stands
        queue.accepted(claimed, EXPIRED)
    assert row(claimed).state == DeliveryState.UNKNOWN


def test_a_late_worker_changes_nothing(outbox: Outbox) -> None:
    outbox.add()
    late = taken()
    with pytest.raises(LeaseLost):
        queue.mark_data(late, EXPIRED)
    db.session.rollback()
    queue.sweep(EXPIRED)
    db.session.commit()
    second = taken(EXPIRED)
    assert second.fence > late.fence
    notes: list[Callable[[], object]] = [
        lambda: queue.mark_data(late, EXPIRED),
        lambda: queue.accepted(late, EXPIRED),
        lambda: queue.retry(late, "", EXPIRED),
        lambda: queue.failed(late, ""),
        lambda: queue.unknown(late, ""),
        lambda: queue.cancelled(late, ""),
        lambda: queue.pause(late, "", EXPIRED),
    ]
    for note in notes:
        with pytest.raises(LeaseLost):
            note()
        db.session.rollback()
    assert row(second).state == DeliveryState.SENDING
    assert told() == []
    queue.put_back(late, "", EXPIRED)
    assert row(second).state == DeliveryState.SENDING
    queue.accepted(second, EXPIRED)
    assert row(second).state == DeliveryState.ACCEPTED


def test_our_own_fault_counts_as_a_death_and_waits_a_while(outbox: Outbox) -> None:
    outbox.add()
    claimed = taken()
    queue.put_back(claimed, "KeyError", DUE)
    after = row(claimed)
    assert (after.state, after.deaths, after.next_at) == (DeliveryState.QUEUED, 1, DUE + 5 * MINUTE)


def test_what_can_no_longer_be_cancelled_without_a_trace_says_so(outbox: Outbox) -> None:
    delivery = outbox.add()
    queue.sweep(DUE - timedelta(seconds=1))
    db.session.refresh(delivery)
    assert delivery.state == DeliveryState.SCHEDULED
    queue.sweep(DUE)
    db.session.refresh(delivery)
    assert delivery.state == DeliveryState.QUEUED
    assert taken().id == delivery.id


def test_a_pause_stops_everything_and_each_clinic_is_told_once(outbox: Outbox) -> None:
    outbox.add(), outbox.add("beth")
    other = outbox.add("nora")
    hillside = db.session.scalars(select(Clinic.id).where(Clinic.slug == "hillside")).one()
    other.clinic_id = hillside
    db.session.commit()
    first, second = taken(), taken()
    queue.pause(first, "535 no", DUE)
    db.session.commit()
    queue.pause(second, "535 no", DUE)
    assert {row(first).state, row(second).state} == {DeliveryState.HELD}
    assert queue.claim(DUE) is None
    assert len(db.session.scalars(select(MailPause)).all()) == 1
    assert told() == [ConcernKind.MAIL_PAUSED] * 2
    assert set(db.session.scalars(select(Concern.clinic_id))) == {hillside, outbox.clara.clinic_id}
    assert queue.claim(EXPIRED) is None
