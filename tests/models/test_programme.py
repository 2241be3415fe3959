"""Where a programme and its editions stand, as the screens say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, StatementError

from clinic_app.database import db
from clinic_app.models import Account, Handout, Patient, Programme, Withdrawal
from clinic_app.models.handout import HandoutState
from clinic_app.models.programme import ProgrammeState
from tests.cast import Cast
from tests.issuing import NOW, started_programme


@pytest.fixture
def programme(app: Flask, cast: Cast) -> Iterator[Programme]:
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        started = started_programme(clinician, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        yield started


def edition(programme: Programme, number: int) -> Handout:
    """A row as issuing writes it, without its pages."""
    handout = Handout(
        clinic_id=programme.clinic_id,
        programme_id=programme.id,
        programme_version=programme.version,
        edition=number,
        account_id=programme.account_id,
        issued_at=NOW,
        layout="standard",
        snapshot="{}",
        snapshot_digest="0" * 64,
        pdf="0" * 64,
        pages=1,
        idempotency_key=f"key {number}",
    )
    db.session.add(handout)
    db.session.commit()
    db.session.expire_all()
    return handout


def withdraw(handout: Handout) -> None:
    db.session.add(
        Withdrawal(
            clinic_id=handout.clinic_id, handout_id=handout.id, account_id=handout.account_id, at=NOW, reason="x"
        )
    )
    db.session.commit()
    db.session.expire_all()


def test_a_new_programme_is_a_draft_of_edition_1(programme: Programme) -> None:
    assert programme.state == ProgrammeState.DRAFT
    assert programme.has_draft
    assert programme.next_edition == 1
    assert programme.latest is None
    assert programme.current is None


def test_issued_and_unchanged_it_is_active_without_a_draft(programme: Programme) -> None:
    first = edition(programme, 1)
    assert programme.state == ProgrammeState.ACTIVE
    assert not programme.has_draft
    assert programme.next_edition == 2
    assert programme.current == programme.latest == first
    assert first.state == HandoutState.CURRENT


def test_a_save_after_the_issue_is_a_draft_again(programme: Programme) -> None:
    edition(programme, 1)
    programme.version += 1
    db.session.commit()
    assert programme.has_draft
    assert programme.state == ProgrammeState.ACTIVE


def test_a_newer_edition_replaces_the_older(programme: Programme) -> None:
    first, second = edition(programme, 1), edition(programme, 2)
    assert [each.edition for each in programme.handouts] == [2, 1]
    assert (first.state, second.state) == (HandoutState.REPLACED, HandoutState.CURRENT)
    assert programme.current == second


def test_a_withdrawn_edition_leaves_the_patient_without_a_current_one(programme: Programme) -> None:
    """The older sheet does not become current again: it was replaced for a reason."""
    first, second = edition(programme, 1), edition(programme, 2)
    withdraw(second)
    assert second.state == HandoutState.WITHDRAWN
    assert first.state == HandoutState.REPLACED
    assert programme.current is None
    assert programme.latest == second
    assert programme.next_edition == 3


def test_an_edition_that_was_replaced_and_withdrawn_says_withdrawn(programme: Programme) -> None:
    first, second = edition(programme, 1), edition(programme, 2)
    withdraw(first)
    assert first.state == HandoutState.WITHDRAWN
    assert second.state == HandoutState.CURRENT
    assert programme.current == second


def test_ended_is_ended_whatever_was_issued(programme: Programme) -> None:
    edition(programme, 1)
    programme.ended = True
    assert programme.state == ProgrammeState.ENDED


def test_removed_rows_are_apart_and_the_rest_keeps_its_order(programme: Programme) -> None:
    programme.rows[1].is_removed = True
    db.session.commit()
    db.session.expire_all()
    assert [row.position for row in programme.exercises] == [1, 3, 4, 5, 6]
    assert [row.position for row in programme.removed] == [2]


def test_the_database_keeps_one_row_for_an_edition(programme: Programme) -> None:
    edition(programme, 1)
    with pytest.raises(IntegrityError):
        edition(programme, 1)
    db.session.rollback()


def test_a_dosage_comes_back_as_it_was_put_in(programme: Programme) -> None:
    before = [row.dosage for row in programme.rows]
    db.session.expire_all()
    assert [row.dosage for row in programme.rows] == before


def test_a_moment_comes_back_in_utc_and_one_without_a_zone_is_refused(programme: Programme) -> None:
    programme.saved_at = NOW
    db.session.commit()
    db.session.expire_all()
    assert programme.saved_at == NOW
    assert programme.saved_at.tzinfo == UTC
    programme.saved_at = datetime(2026, 11, 23, 10, 42)  # noqa: DTZ001 - the mistake that is refused
    with pytest.raises((StatementError, ValueError), match="without a time zone"):
        db.session.flush()
    db.session.rollback()
