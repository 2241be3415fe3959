"""Opening the patient's address: the right date opens it, five wrong ones lock it, and nothing else counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Account, AuditEvent, CodeTries, Concern, PatientAddress, Programme
from clinic_app.models.concern import ConcernKind
from clinic_app.services import addresses, concerns, openings, programmes
from clinic_app.services.openings import MOST_CODES, MOST_TRIES, Opening, Outcome
from tests.cast import Cast
from tests.issuing import NOW, Issued

BORN = date(1957, 1, 1)  # Ada
OTHER = date(1957, 1, 2)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Door:
    """Ada's address, and Clara who gave it to her."""

    clara: Account
    programme: Programme
    address: PatientAddress

    def try_(self, born: date | None, now: object = NOW) -> Opening:
        opening = openings.open_address(self.address, secret(self.address), born, now)  # type: ignore[arg-type]
        db.session.commit()
        return opening


@pytest.fixture
def door(app: Flask, cast: Cast, issued: Issued) -> Iterator[Door]:
    with app.app_context():
        programme = db.session.get_one(Programme, issued.programme_id)
        yield Door(db.session.get_one(Account, cast.clinician), programme, addresses.present(programme))


def secret(address: PatientAddress) -> str:
    return addresses.url(address).partition("#")[2]


def told(kind: ConcernKind) -> list[Concern]:
    return list(db.session.scalars(select(Concern).where(Concern.kind == kind)))


def test_the_right_secret_and_date_open_it(door: Door) -> None:
    assert door.try_(BORN).outcome == Outcome.OPEN
    assert (door.address.openings, door.address.first_opened_at, door.address.last_opened_at) == (1, NOW, NOW)


def test_the_code_opens_it_however_it_is_typed(door: Door) -> None:
    code = addresses.code(door.address)
    for typed in (code, code.lower(), f" {code.replace('-', ' ')} "):
        assert openings.open_address(door.address, typed, BORN, NOW).outcome == Outcome.OPEN
        found = addresses.with_code(typed)
        assert found is not None
        assert found.id == door.address.id


@pytest.mark.parametrize("given", ["", "x", "#", "ABCDE-FGHJK", "ä" * 40, "0" * 10_000])
def test_another_secret_opens_nothing_and_is_no_try(door: Door, given: str) -> None:
    assert openings.open_address(door.address, given, BORN, NOW).outcome == Outcome.WRONG
    assert (door.address.wrong_tries, door.address.openings) == (0, 0)


def test_the_secret_of_another_programme_does_not_fit(door: Door) -> None:
    other = addresses.create(door.programme)
    assert not addresses.fits(door.address, secret(other))
    assert not addresses.fits(door.address, addresses.code(other))


def test_a_wrong_date_says_how_many_tries_are_left(door: Door) -> None:
    left = [door.try_(OTHER).tries_left for _ in range(MOST_TRIES)]
    assert left == [4, 3, 2, 1, 0]


def test_the_fifth_wrong_date_locks_it_and_the_right_one_does_not_help(door: Door) -> None:
    outcomes = [door.try_(OTHER).outcome for _ in range(MOST_TRIES)]
    assert outcomes == [Outcome.WRONG] * 4 + [Outcome.LOCKED]
    assert door.try_(BORN).outcome == Outcome.LOCKED
    assert door.try_(BORN, NOW + timedelta(days=30)).outcome == Outcome.LOCKED  # time alone opens nothing
    assert (door.address.wrong_tries, door.address.locked_at, door.address.openings) == (MOST_TRIES, NOW, 0)
    concern = told(ConcernKind.LOCKED)
    assert [each.programme_id for each in concern] == [door.programme.id]
    assert "Ada" not in concern[0].words


def test_staff_unlock_it(door: Door) -> None:
    for _ in range(MOST_TRIES):
        door.try_(OTHER)
    addresses.unlock(door.clara, door.address)
    db.session.commit()
    assert door.try_(OTHER).tries_left == 4
    assert door.try_(BORN).outcome == Outcome.OPEN
    assert len(db.session.scalars(select(AuditEvent).where(AuditEvent.action == "address.unlock")).all()) == 1


def test_a_second_lock_is_told_again(door: Door) -> None:
    for moment in (NOW, NOW + HOUR):
        for _ in range(MOST_TRIES):
            door.try_(OTHER, moment)
        addresses.unlock(door.clara, door.address)
    assert len(told(ConcernKind.LOCKED)) == 2


def test_the_right_date_forgets_the_wrong_ones(door: Door) -> None:
    for _ in range(4):
        door.try_(OTHER)
    assert door.try_(BORN).outcome == Outcome.OPEN
    assert door.try_(OTHER).tries_left == 4


def test_wrong_dates_of_yesterday_are_forgotten(door: Door) -> None:
    for _ in range(4):
        door.try_(OTHER)
    assert door.try_(OTHER, NOW + timedelta(hours=23)).outcome == Outcome.LOCKED
    addresses.unlock(door.clara, door.address)
    for _ in range(4):
        door.try_(OTHER)
    assert door.try_(OTHER, NOW + timedelta(hours=25)).tries_left == 4


def test_a_clinic_may_leave_the_date_out(door: Door) -> None:
    door.clara.clinic.asks_born = False
    assert door.try_(None).outcome == Outcome.OPEN


def test_an_unknown_date_of_birth_is_not_asked_for(door: Door) -> None:
    door.programme.patient.born = None
    assert door.try_(None).outcome == Outcome.OPEN


def test_a_revoked_address_is_closed_at_once(door: Door) -> None:
    new = addresses.renew(door.clara, door.programme, NOW)
    db.session.commit()
    assert door.try_(BORN).outcome == Outcome.REVOKED
    assert not addresses.usable(door.address, NOW)
    assert openings.open_address(new, secret(new), BORN, NOW).outcome == Outcome.OPEN
    assert addresses.present(door.programme).id == new.id


def test_an_address_runs_out_26_weeks_after_the_last_edition(
    door: Door, addresses_last: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "LASTS", addresses_last)
    assert addresses.usable(door.address, NOW + timedelta(weeks=26) - timedelta(seconds=1))
    assert door.try_(BORN, NOW + timedelta(weeks=26)).outcome == Outcome.EXPIRED
    door.address.expires_at = NOW + HOUR
    assert door.try_(BORN, NOW + HOUR).outcome == Outcome.EXPIRED


def test_a_closed_address_takes_no_tries(door: Door) -> None:
    addresses.revoke(door.clara, door.address, NOW)
    assert [door.try_(OTHER).outcome for _ in range(6)] == [Outcome.REVOKED] * 6
    assert (door.address.wrong_tries, told(ConcernKind.LOCKED)) == (0, [])


def test_a_carers_address_is_revoked_by_itself(door: Door) -> None:
    carer = addresses.for_carer(door.clara, door.programme, "  Grace, daughter ")
    db.session.commit()
    assert carer.holder_name == "Grace, daughter"
    assert openings.open_address(carer, secret(carer), BORN, NOW).outcome == Outcome.OPEN
    assert addresses.present(door.programme).id == door.address.id
    addresses.revoke(door.clara, carer, NOW)
    db.session.commit()
    assert openings.open_address(carer, secret(carer), BORN, NOW).outcome == Outcome.REVOKED
    assert door.try_(BORN).outcome == Outcome.OPEN
    assert addresses.carers(door.programme) == []


def test_wrong_dates_lock_one_address_and_no_other(door: Door) -> None:
    carer = addresses.for_carer(door.clara, door.programme, "Grace")
    for _ in range(MOST_TRIES):
        door.try_(OTHER)
    assert openings.open_address(carer, secret(carer), BORN, NOW).outcome == Outcome.OPEN


def test_an_ended_programme_that_is_still_used_is_told_once_a_month(door: Door) -> None:
    programmes.end(door.clara, door.programme, "discharged")
    for moment in (NOW, NOW + HOUR, NOW + timedelta(days=31)):
        assert door.try_(BORN, moment).outcome == Outcome.OPEN
    assert len(told(ConcernKind.STILL_USED)) == 2


def test_wrong_codes_are_counted_by_place_and_hour(door: Door) -> None:
    for _ in range(MOST_CODES):
        assert openings.may_type_code("192.0.2.7", NOW)
        openings.count_wrong_code("192.0.2.7", NOW)
    assert not openings.may_type_code("192.0.2.7", NOW)
    assert openings.may_type_code("192.0.2.8", NOW)
    assert openings.may_type_code("192.0.2.7", NOW + HOUR)
    kept = db.session.scalars(select(CodeTries)).one()
    assert "192.0.2.7" not in kept.place


def test_a_concern_is_told_once_and_dealt_with_once(door: Door) -> None:
    for _ in range(2):
        concerns.raise_once(door.clara.clinic_id, ConcernKind.FAILED, "failed:1", "It failed.")
    concern = concerns.open_ones(door.clara)
    assert len(concern) == 1
    concerns.handle(door.clara, concern[0], NOW)
    concerns.handle(door.clara, concern[0], NOW + HOUR)
    concerns.raise_once(door.clara.clinic_id, ConcernKind.FAILED, "failed:1", "It failed.")
    assert (concerns.open_ones(door.clara), concern[0].handled_at) == ([], NOW)
    assert len(db.session.scalars(select(AuditEvent).where(AuditEvent.action == "concern.handle")).all()) == 1
